# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The revert timer on an NX-OS router: a checkpoint, and a scheduled job that goes back there.

Both bear one name, which no other session has and which tells the deadline by the router's clock:
so whoever sees the name knows what it is, without a word of it kept elsewhere.
"""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta

NAME = re.compile(r"\bdx-[0-9a-f]{8}(?:-(?P<deadline>\d{12}))?\b")
_DEADLINE = "%Y%m%d%H%M"


def minute_after(now: datetime, seconds: int) -> datetime:
    """Return the whole minute that is not earlier: the scheduler knows no seconds."""
    end = now + timedelta(seconds=seconds)
    minute = end.replace(second=0, microsecond=0)
    return minute if minute == end else minute + timedelta(minutes=1)


def new_name(deadline: datetime | None) -> str:
    """Return a name for a checkpoint, with the deadline of its job if there is one."""
    name = f"dx-{secrets.token_hex(4)}"
    return f"{name}-{deadline.strftime(_DEADLINE)}" if deadline else name


def deadline_of(name: str) -> datetime | None:
    """Return the deadline that a name tells; None where it is not one of ours, or has no job."""
    found = NAME.fullmatch(name)
    if found is None or found["deadline"] is None:
        return None
    return datetime.strptime(found["deadline"], _DEADLINE)  # noqa: DTZ007 - the router's own zone


def arming(name: str) -> list[str]:
    """Return the lines that start the timer.

    All or nothing first; where that fails, as much of the old configuration as can be had.
    """
    back = f"rollback running-config checkpoint {name}"
    deadline = deadline_of(name)
    return [
        f"scheduler job name {name}",
        "terminal dont-ask",
        f"{back} atomic",
        f"{back} best-effort",
        "end-job",
        f"scheduler schedule name {name}",
        f"job name {name}",
        f"time start {deadline:%Y:%m:%d:%H:%M}",
    ]


def disarming(name: str) -> list[str]:
    """Return the lines that stop the timer."""
    return [f"no scheduler schedule name {name}", f"no scheduler job name {name}"]
