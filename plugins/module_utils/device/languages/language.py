# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tells one platform's configuration of indented blocks from another's, as data."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .tree import Path

Pattern = re.Pattern[str]
NEVER = re.compile(r"(?!)")


def no(statement: str) -> str:
    """Return what takes a statement away, on most platforms."""
    if statement.startswith("channel-group "):
        return "no channel-group"  # of which a port has one
    return statement.removeprefix("no ") if statement.startswith("no ") else f"no {statement}"


def undecodable(path: Path) -> None:
    """Say that nobody can tell the secret of a statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A platform's configuration.

    Attributes:
        named: A policy object at the top: group `name` is its name, group `whole` what `no` takes
            away with all its entries.
        scope: A block of the BGP process that has neighbors of its own: a VRF.
        single: Statements of which a block holds one each, the groups being what stays when the
            value changes: a new one takes the old one's place without a word.
        fixed: A statement of an interface that wipes its addresses when it changes.
        bundle: A port's membership in a bundle, with the group `bundle`: the bundle's interface
            is `bundle_name` with it in place of `{}`.
        beside: Statements of a port that are ours where one stands there that names ours.
        added: Statements that the router adds to ours by itself.
        first: Statements at the top that come before all others: what ends a list with a denial,
            where line follows line. A list that empties lets everything pass.
        pieces: Blocks that are one piece of text: their first word, and the word that ends them.
        closings: Words that end a block, by the first word of its statement.
        secret: A statement with a secret, its group `word`; group 1 is what comes before the
            secret and its type.
        decode: Returns the secret of a statement in clear, or None where nobody can tell.
        negate: Returns what takes a statement away.
    """

    named: Pattern
    scope: Pattern
    single: tuple[Pattern, ...]
    fixed: Pattern = NEVER
    bundle: Pattern = NEVER
    bundle_name: str = "{}"
    beside: Pattern = NEVER
    added: Pattern = NEVER
    first: Pattern = NEVER
    pieces: Mapping[str, str] = field(default_factory=dict)
    closings: Mapping[str, str] = field(default_factory=dict)
    secret: Pattern = NEVER
    decode: Callable[[Path], str | None] = undecodable
    negate: Callable[[str], str] = no

    def key(self, statement: str) -> str | None:
        """Return what of a statement stays when its value changes; None if there may be many."""
        found = next((each.match(statement) for each in self.single if each.match(statement)), None)
        return " ".join(found.groups()) if found else None
