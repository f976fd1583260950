# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Failover tests as text that a person can approve, and as the plain data that modules hand on."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from .failover import Looks, Session

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .failover import FailoverTest, Look

LOOKS = ("before", "during", "after")


def start_text(name: str, tested: Look, minutes: int, *, consented: bool) -> str:
    """Return what a start does, for approval."""
    consent = "given" if consented else "MISSING"
    lines = [f"+ failover test of {name}: for up to {minutes} min, then AWS ends it by itself"]
    lines += [f"    takes {each} down" for each in tested]
    lines.append(f"    consent {name}: {consent}")
    return "".join(f"{line}\n" for line in lines)


def stop_text(name: str, test: FailoverTest) -> str:
    """Return what a stop does, for approval."""
    return f"- failover test of {name} ({test.id})\n"


def no_consent(name: str, tested: Look, minutes: int) -> str:
    """Say what a start harms, and what it needs."""
    sessions = " and ".join(map(str, tested)) or "BGP"
    return (
        f"start the failover test of {name}: takes {sessions} down for up to {minutes} min; "
        f"this needs {name} in the consent list (dx_consent)"
    )


def other_test(name: str, test: FailoverTest, tested: Look) -> list[str]:
    """Say that the test that runs is another one than was asked for, if it is."""
    if {each.id for each in tested} == set(test.peer_ids):
        return []
    ends = f"until {test.ends.isoformat()}" if test.ends else "already"
    words = f"a failover test of {name} with other sessions runs {ends} ({test.id})"
    return [f"{words}: stop it first, or name its families"]


def record(test: FailoverTest) -> dict[str, Any]:
    """Return a test as plain data, its times in ISO 8601."""
    return {
        "id": test.id,
        "status": test.status,
        "minutes": test.minutes,
        "started": test.started.isoformat() if test.started else None,
        "ends": test.ends.isoformat() if test.ends else None,
        "peers": list(test.peer_ids),
    }


def looks_as_data(looks: Looks) -> dict[str, Any]:
    """Return looks as plain data; what was not looked at is null."""
    seen = {name: getattr(looks, name) for name in LOOKS}
    return {
        name: None if look is None else [asdict(each) for each in look]
        for name, look in seen.items()
    }


def looks_from_data(data: Mapping[str, Any]) -> Looks:
    """Return the looks that `looks_as_data` has written."""
    return Looks(
        **{
            name: tuple(Session(**each) for each in data[name])
            for name in LOOKS
            if data.get(name) is not None
        }
    )
