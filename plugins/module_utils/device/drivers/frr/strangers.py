# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What of FRR's configuration is somebody else's, and shall not become ours without a word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .text import process

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .text import Node

_INTERFACE = re.compile(r"(?:interface|link) (\S+)")
_NEIGHBOR = re.compile(r"(?:no )?neighbor (\S+) ")
_DESCRIPTION = re.compile(r"(?:neighbor \S+ )?description (.+)")


def of_others(others: Iterable[Node], wanted: Iterable[Node]) -> Iterator[str]:
    """Yield a sentence for each wanted interface or neighbor that somebody else has.

    What else it has would stay in one run, and go in the next one.
    """
    there = {thing for thing, _ in _things(others)}
    described = {thing: words for thing, words in _things(wanted) if words}
    for thing, words in described.items():
        if thing in there:
            yield (
                f"{thing} is there and not ours: to hand it over, give it the description"
                f" `{words}`; what else stands in it will go"
            )


def _things(nodes: Iterable[Node]) -> Iterator[tuple[str, str]]:
    """Return each interface and neighbor with what a line says that describes it, if it does."""
    for node in nodes:
        if found := _INTERFACE.match(node.line):
            yield f"interface {found[1]}", ""
            yield from ((f"interface {found[1]}", words) for words in _described(node))
        elif node.line.startswith("router bgp "):
            for child in node.children:
                if neighbor := _NEIGHBOR.match(child.line):
                    words = _DESCRIPTION.match(child.line)
                    yield f"{process(node.line)}, neighbor {neighbor[1]}", words[1] if words else ""


def _described(node: Node) -> Iterator[str]:
    for child in node.children:
        if words := _DESCRIPTION.match(child.line):
            yield words[1]
