# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A configuration of indented blocks as paths: each statement with the blocks it stands in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

# A statement below the blocks that hold it: ("router bgp 65001", "neighbor 10.0.0.1 activate").
Path = tuple[str, ...]
NO_PIECES: Mapping[str, str] = {}
_CLOSING = ("exit-", "end-")


def parse(text: str, pieces: Mapping[str, str] = NO_PIECES) -> list[Path]:
    """Read a configuration; separators and closing words carry nothing.

    Args:
        text: The configuration as the router prints it; what is indented below a statement is its
            block.
        pieces: Blocks at the top that are one piece of text, as a route policy of IOS XR: their
            first word, and the word that ends them. Such a block is one statement of several lines.
    """
    found: list[Path] = []
    above: list[tuple[int, str]] = []
    lines = iter(text.splitlines())
    for raw in lines:
        line = " ".join(raw.split())
        if not line or line[0] in "!#" or line in {"end", "exit"} or line.startswith(_CLOSING):
            continue
        depth = len(raw) - len(raw.lstrip())
        while above and above[-1][0] >= depth:
            above.pop()
        if not depth and (closing := pieces.get(line.split()[0])):
            line = "\n".join((line, *_until(closing, lines)))
        found.append((*(each for _, each in above), line))
        above.append((depth, line))
    return found


def _until(closing: str, lines: Iterator[str]) -> Iterator[str]:
    for raw in lines:
        line = " ".join(raw.split())
        if line and line[0] != "!":
            yield line
        if line == closing:
            return


@dataclass(slots=True)
class Block:
    """Statements in the order in which they came, each with a block of its own."""

    statements: dict[str, Block] = field(default_factory=dict)

    def put(self, path: Path) -> None:
        """Add a statement, and the blocks that it stands in where they are not there yet."""
        here = self
        for line in path:
            here = here.statements.setdefault(line, Block())


def write(paths: Iterable[Path], closings: Mapping[str, str]) -> list[str]:
    """Return the lines of a configuration.

    Args:
        paths: The statements; those of one block need not stand together.
        closings: Words that end a block, by the first word of its statement: where the platform
            would take the next statement for a part of it. `router vrf` is a vrf within a router.
    """
    root = Block()
    for path in paths:
        root.put(path)
    return list(_lines(root, closings, 0))


def _lines(block: Block, closings: Mapping[str, str], depth: int, above: str = "") -> Iterator[str]:
    for line, inner in _in_order(block, depth):
        word = line.split()[0]
        yield from (f"{' ' * depth}{each}" for each in line.split("\n"))
        yield from _lines(inner, closings, depth + 1, word)
        if closing := closings.get(f"{above} {word}") or closings.get(word):
            yield f"{' ' * depth}{closing}"


def _in_order(block: Block, depth: int) -> list[tuple[str, Block]]:
    """Return statements in their order, but in a block those first that are no blocks themselves.

    A statement behind a block of its own depth would read as if it stood in that block.
    """
    statements = list(block.statements.items())
    return sorted(statements, key=lambda item: bool(depth and item[1].statements))
