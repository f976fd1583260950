# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is wrong with a document: every fault at once, each with its place and the rule it breaks.

A fault's text goes to screens and logs: it never quotes a value that could be a key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong.

    Attributes:
        path: Where, in the document's own words: `virtual_interfaces[2].vlan`; empty for the whole.
        rule: What is wrong and what to do, for the operator.
    """

    path: str
    rule: str

    def __str__(self) -> str:
        """One line: `virtual_interfaces[2].vlan: 5000 is not a VLAN id (1 to 4094)`."""
        return "".join(map(_visible, f"{self.path or 'estate'}: {self.rule}"))


def _visible(character: str) -> str:
    """Spell out what would break the line or steer the terminal."""
    return character if character.isprintable() else ascii(character)[1:-1]


class EstateError(ValueError):
    """A document cannot be an estate; `faults` holds every reason, the text one reason a line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults in the order in which they were found."""
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))
