# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Communities in one form, for routers keep them in an order and in words of their own."""

from __future__ import annotations

import re

_COMMUNITIES = re.compile(r"^( +set community )(.+)$", re.MULTILINE)
_WELL_KNOWN = {"gshut": "65535:0", "graceful-shutdown": "65535:0"}


def with_sorted_communities(text: str) -> str:
    """Write communities as numbers in their order, as routers keep them, whatever they print."""
    return _COMMUNITIES.sub(lambda found: found[1] + _in_order(found[2].split()), text)


def _in_order(words: list[str]) -> str:
    numbers = [_WELL_KNOWN.get(word.lower(), word) for word in words if word != "additive"]
    named = [
        f"{int(word) >> 16}:{int(word) & 0xFFFF}" if word.isdigit() else word for word in numbers
    ]
    named.sort(key=lambda word: [int(part) if part.isdigit() else 0 for part in word.split(":")])
    return " ".join([*named, *(["additive"] if "additive" in words else [])])
