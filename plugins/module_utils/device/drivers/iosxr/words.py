# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes to IOS XR as XML, and what it tells, in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from datetime import datetime

_SESSION = re.compile(r"session-id[^>]*>\s*(\d+)")


def content_of(filename: str | None, config: str | None) -> str:
    """Return a candidate, given as a text or by a file's name, fit for XML."""
    if config is None:
        with open(filename or "", encoding="utf-8") as file:  # noqa: PTH123 - as NAPALM names it
            config = file.read()
    return escape(config)


def held_by(told: str) -> str:
    """Say who holds the lock; by RFC 6241, 7.5, session 0 is none of NETCONF's."""
    found = _SESSION.search(told)
    number = found[1] if found else "0"
    if number == "0":
        return (
            "its configuration is locked, not over NETCONF: `show configuration sessions` tells by"
            " whom (`configure exclusive`); wait, or have that session ended"
        )
    return (
        f"its configuration is locked by NETCONF session {number}: `show netconf-yang clients`"
        " tells whose it is; wait, or have that session ended"
    )


def moment_of(time: datetime) -> str:
    """Return a moment in UTC, to the second."""
    return time.strftime("%Y-%m-%d %H:%M:%S UTC")
