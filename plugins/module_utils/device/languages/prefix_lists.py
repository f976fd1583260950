# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prefix lists where line follows line: what stays in a list keeps the number that it has there.

A prefix that comes in front of others would shift the numbers of all of them: each would go and
come again, and a router that applies every line at once would withdraw them all for that while.
"""

from __future__ import annotations

import re
from itertools import chain, count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from .tree import Path

_ENTRY = re.compile(
    r"(?P<list>(?:ip|ipv6) prefix-list \S+) seq (?P<number>\d+) (?P<said>permit .+)"
)
LAST_ENTRY = re.compile(r"(?:ip|ipv6) prefix-list \S+ seq 65535 deny ")
STEP = 5


def keeping_numbers(have: Iterable[Path], want: Collection[Path]) -> list[Path]:
    """Give the wanted entries that permit the numbers under which the router has them.

    Entries that are new get their own number where it is free, else the next one that is. An exact
    list says the same in any order; the entry that denies the rest keeps its place, the last.
    """
    there = {(found["list"], found["said"]): found["number"] for found in _entries(have)}
    taken = {
        (found["list"], there[found["list"], found["said"]])
        for found in _entries(want)
        if (found["list"], found["said"]) in there
    }
    return [_numbered(path, there, taken) for path in want]


def _entries(paths: Iterable[Path]) -> Iterable[re.Match[str]]:
    return (found for path in paths if (found := _ENTRY.fullmatch(path[0])))


def _numbered(path: Path, there: dict[tuple[str, str], str], taken: set[tuple[str, str]]) -> Path:
    found = _ENTRY.fullmatch(path[0])
    if found is None:
        return path
    name, said = found["list"], found["said"]
    number = there.get((name, said)) or next(
        each
        for each in chain([found["number"]], map(str, count(STEP, STEP)))
        if (name, each) not in taken
    )
    taken.add((name, number))
    return (f"{name} seq {number} {said}",)
