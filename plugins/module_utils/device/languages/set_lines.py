# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A configuration of Junos in set form: each statement as the words of its path."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# ("protocols", "bgp", "group", "DX-V4", "type", "external"); a quoted text is one word.
Words = tuple[str, ...]
_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
_PLAIN = re.compile(r"[\w.:/,+*=@%-]+")


@dataclass(frozen=True, slots=True)
class Statements:
    """What is set, in its order, and what of it is deactivated."""

    there: tuple[Words, ...]
    inactive: tuple[Words, ...]


def parse(text: str) -> Statements:
    """Read set lines; a comment carries nothing."""
    there: dict[Words, None] = {}
    inactive: dict[Words, None] = {}
    for line in text.splitlines():
        verb, *words = split(line.partition(" ## ")[0])
        if verb == "set":
            there[tuple(words)] = None
        elif verb == "deactivate":
            inactive[tuple(words)] = None
    return Statements(tuple(there), tuple(inactive))


def split(line: str) -> Words:
    """Return the words of a line, quoted texts without their quotes; at least one."""
    return tuple(
        re.sub(r"\\(.)", r"\1", found[1]) if found[2] is None else found[2]
        for found in _WORD.finditer(line)
    ) or ("",)


def write(verb: str, words: Iterable[str]) -> str:
    """Return a line, with quotes where Junos needs them."""
    return " ".join((verb, *(_quoted(word) for word in words)))


def _quoted(word: str) -> str:
    if _PLAIN.fullmatch(word):
        return word
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def under(path: Words, above: Words) -> bool:
    """Whether a path is another one, or stands below it."""
    return path[: len(above)] == above
