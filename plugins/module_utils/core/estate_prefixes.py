# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be wrong with a list of prefixes, wherever it stands in the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .addressing import enclosing_prefix, prefix
from .estate_fault import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def prefix_faults(path: str, prefixes: Sequence[str]) -> Iterator[Fault]:
    """Yield what is no prefix and what is given twice."""
    first: dict[str, int] = {}
    for position, text in enumerate(prefixes):
        network = prefix(text)
        if network is None:
            yield Fault(f"{path}[{position}]", _no_prefix(text))
        elif first.setdefault(str(network), position) != position:
            yield Fault(f"{path}[{position}]", f"{text} is given twice: leave one out")


def _no_prefix(text: str) -> str:
    if meant := enclosing_prefix(text):
        return f"{text} has host bits set: write {meant}"
    return f"{text} is no prefix: write a network and its length, as 10.20.0.0/16"
