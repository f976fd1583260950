# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a router is given to load."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A text, and what the router shall do with it.

    Attributes:
        mode: `replace` takes the text as the whole configuration, `merge` as changes to it.
        text: Empty for a merge that changes nothing.
        touched: Neighbors and interfaces that it speaks of, whose sessions it may reset.
    """

    mode: Literal["merge", "replace"]
    text: str
    touched: frozenset[str] = frozenset()
