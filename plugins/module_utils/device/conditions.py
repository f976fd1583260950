# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Policies that let something pass without a condition: found in what follows a line, not in it.

A route policy of IOS XR, which is one piece of text, is read by its own language.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENTRY = re.compile(r"^route-map \S+ permit \d+.*\n(?P<inside>(?:[ \t]+.*(?:\n|$))*)", re.MULTILINE)
_MATCH = re.compile(r"^\s+match ", re.MULTILINE)
_TERM = re.compile(
    r"^set policy-options policy-statement (?P<term>\S+(?: term \S+)?)"
    r" (?P<word>from|then accept)\b",
    re.MULTILINE,
)


def unconditional(rendered: str) -> Iterator[tuple[int, str]]:
    """Yield what lets everything pass, with the number of its line: an entry, or Junos's term."""
    text = f"{rendered}\n"
    for entry in _ENTRY.finditer(text):
        if not _MATCH.search(entry["inside"]):
            yield _number(text, entry.start()), entry[0].partition("\n")[0].strip()
    limited = {found["term"] for found in _TERM.finditer(text) if found["word"] == "from"}
    for found in _TERM.finditer(text):
        if found["word"] == "then accept" and found["term"] not in limited:
            yield _number(text, found.start()), found[0]


def _number(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
