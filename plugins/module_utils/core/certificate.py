# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The turn-up certificate: the record of step 8 for the circuits that are in service."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from .evidence import DOWN, UP

if TYPE_CHECKING:
    from collections.abc import Mapping

VERDICTS = ("fail", "warn", "na", "pass")
LAST_STEP = 8


def in_service(circuit: Mapping[str, Any]) -> bool:
    """Whether a circuit of the report has passed the last step.

    It has when nobody is awaited, checks were made and none failed, AWS sees every session up and
    no router sees one down. (A router whose sessions were not read is held to the checks alone.)
    """
    return (
        circuit["step"] == LAST_STEP
        and circuit["awaited"] is None
        and bool(circuit["checks"])
        and not failing(circuit)
        and all(session["aws"] == UP and session["router"] != DOWN for session in sessions(circuit))
    )


def failing(circuit: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the failed checks of a circuit of the report."""
    return [check for check in circuit["checks"] if check["verdict"] == "fail"]


def sessions(circuit: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return all BGP sessions of a circuit of the report."""
    return [session for thing in circuit["virtual_interfaces"] for session in thing["bgp"]]


def verdict_counts(circuit: Mapping[str, Any]) -> dict[str, int]:
    """Count the verdicts of a circuit of the report, the gravest first."""
    counts = Counter(check["verdict"] for check in circuit["checks"])
    return {verdict: counts[verdict] for verdict in VERDICTS}


def certificates(report: Mapping[str, Any], handover: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return one certificate per circuit in service: what was tested, when, on what."""
    records = {circuit["name"]: circuit for circuit in handover["circuits"]}
    return [
        {
            "circuit": circuit["name"],
            "estate": report["estate"],
            "issued_at": report["generated_at"],
            "verdicts": verdict_counts(circuit),
            "record": records[circuit["name"]],
            "checks": circuit["checks"],
        }
        for circuit in report["circuits"]
        if in_service(circuit)
    ]
