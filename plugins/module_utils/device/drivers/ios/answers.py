# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What IOS answers, read: complaints about a line, the pending commit, what is on the flash."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

# A message of the log that comes in between, as %SYS-5-CONFIG_I.
_LOGGED = re.compile(r"%\w+(?:-\w+)*-\d-\w+:")
_COMPLAINT = re.compile(
    r"\s*(?:%|Bad mask|Command rejected|ERROR|Error:|Invalid |Insertion failed)"
    r"|.*\boverlaps with\b"
)
# What IOS says with a % though it does what it was told.
_HARMLESS = re.compile(
    r"\s*%\s*(?:Not all config may be removed"
    r"|Interface \S+ IPv[46] disabled and address\(es\) removed"
    r"|Saved connected|Generating \d+ bit)",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?P<time>\d\d:\d\d:\d\d)(?:\.\d+)? (?P<zone>\S+) \w{3} (?P<day>\w{3} +\d+ \d{4})"
)
_MINUTES = re.compile(r"(\d+) min")
_UNSAVED = re.compile(r".*\b(?:fail(?:ed|ure)|busy|denied)\b.*", re.IGNORECASE)
_FREE = re.compile(r"\((\d+) bytes free\)")


def complaints(answer: str) -> list[str]:
    """Return the lines by which IOS refuses something, in its own words.

    Whatever begins with `%` refuses, but for the log's messages and a few remarks: what nobody has
    heard of before is no success.
    """
    return [
        line.strip()
        for line in answer.splitlines()
        if _COMPLAINT.match(line) and not _LOGGED.search(line) and not _HARMLESS.match(line)
    ]


def pending(fields: dict[str, str]) -> dict[str, str | None] | None:
    """Return whose commit awaits its confirmation, since when and until when, by its clock.

    Args:
        fields: What `show archive config rollback timer` tells: configured, timer, user.
    """
    if not fields:
        return None
    since, minutes = fields.get("configured", "").strip(), _MINUTES.search(fields.get("timer", ""))
    deadline = None
    if found := clock(since):
        begun, zone = found
        since = f"{begun} {zone}"
        if minutes:
            deadline = f"{begun + timedelta(minutes=int(minutes[1]))} {zone}"
    owner = fields.get("user", "").strip()
    return {"owner": owner or None, "since": since or None, "deadline": deadline}


def clock(text: str) -> tuple[datetime, str] | None:
    """Return the time that a router tells, and the name of its own zone; None if it tells none."""
    found = _CLOCK.search(text)
    if found is None:
        return None
    words = f"{' '.join(found['day'].split())} {found['time']}"
    # The router's own zone, whatever it is: only its name is told.
    return datetime.strptime(words, "%b %d %Y %H:%M:%S"), found["zone"]  # noqa: DTZ007


def unsaved(answer: str) -> str:
    """Return why `write memory` did not write, empty where it did."""
    found = _UNSAVED.search(answer)
    return "; ".join(complaints(answer)) or (found[0].strip() if found else "")


def free_bytes(listing: str) -> int | None:
    """Return what `dir` says to be free; None where it does not say."""
    found = _FREE.search(listing)
    return int(found[1]) if found else None


def reason(error: Exception) -> str:
    """Return the line that says what an error came of; one that ends in a colon says nothing."""
    lines = [line.strip() for line in str(error.__context__ or error).splitlines()]
    return next((line for line in lines if line and not line.endswith(":")), "")
