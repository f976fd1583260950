# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What NX-OS answers, read: complaints about a line, its checkpoints, its schedules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

_COMPLAINT = re.compile(
    r"\s*(?:%|ERROR\b|Error\b|Syntax error|Cannot |Failed |Operation failed|Invalid )"
)
_HARMLESS = re.compile(r"\s*%\s*(?:Warning|Note)\b", re.IGNORECASE)
_CHECKPOINT = re.compile(r"^\s*\d+\) (\S+):\s*$", re.MULTILINE)
_FIELDS = {
    "user": re.compile(r"Created by (\S+)"),
    "since": re.compile(r"Created at (.+)"),
    "description": re.compile(r"Description: (.+)"),
}
_SCHEDULE = re.compile(
    r"^\s*Schedule Name\s*:\s*(\S+)\s*\n(?:\s*-+\s*\n)?\s*User Name\s*:\s*(\S+)", re.MULTILINE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A configuration that the router keeps: by whom, since when, and what for."""

    user: str
    since: str
    description: str


def complaints(answer: str) -> list[str]:
    """Return the lines by which NX-OS refuses something, in its own words.

    Whatever begins with `%` refuses, but for warnings: what nobody has heard of is no success. A
    message of the log begins with its date.
    """
    return [
        line.strip()
        for line in answer.splitlines()
        if _COMPLAINT.match(line) and not _HARMLESS.match(line)
    ]


def checkpoints(text: str) -> dict[str, Checkpoint]:
    """Read `show checkpoint summary`."""
    starts = [*_CHECKPOINT.finditer(text)]
    ends = [found.start() for found in starts[1:]] + [len(text)]
    return {
        found[1]: _checkpoint(text[found.end() : end])
        for found, end in zip(starts, ends, strict=False)
    }


def _checkpoint(text: str) -> Checkpoint:
    said = {
        name: found[1].strip() if (found := pattern.search(text)) else ""
        for name, pattern in _FIELDS.items()
    }
    description = said["description"] if said["description"] != "None" else ""
    return Checkpoint(user=said["user"], since=_moment(said["since"]), description=description)


def _moment(words: str) -> str:
    """Return a time as it is sorted; in the router's own words where nobody knows them."""
    try:
        return str(datetime.strptime(words, "%a, %H:%M:%S %d %b %Y"))  # noqa: DTZ007 - its own zone
    except ValueError:
        return words


def schedules(text: str) -> dict[str, str]:
    """Read `show scheduler schedule`: the user of each schedule."""
    return {found[1]: found[2] for found in _SCHEDULE.finditer(text)}
