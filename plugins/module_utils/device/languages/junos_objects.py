# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Junos's statements are parts of, and whose they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .set_lines import under

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from .set_lines import Words

OWNER = re.compile(r"DX-(?:VIF|PORT)[^\s-]+(?=[ -])")
# Things that go as a whole, by the words of their paths.
_OBJECTS = (
    re.compile(r"interfaces \S+ unit \d+ family ethernet-switching vlan members DX-VIF\S+"),
    re.compile(r"interfaces \S+ unit \d+"),
    re.compile(r"interfaces \S+ (?:gig)?ether-options 802\.3ad ae\d+"),
    # The rate of LACP is the operator's, on every platform.
    re.compile(r"interfaces ae\d+\b(?! aggregated-ether-options lacp periodic )"),
    re.compile(r"vlans \S+"),
    re.compile(r"security macsec connectivity-association \S+"),
    re.compile(r"security macsec interfaces \S+ connectivity-association DX-PORT\S+"),
    re.compile(r"policy-options (?:policy-statement|prefix-list|community) \S+"),
    re.compile(r"routing-instances \S+ interface \S+"),
    re.compile(r"(?:routing-instances \S+ )?protocols bgp group \S+ neighbor \S+"),
)
MEMBERSHIP = "802.3ad"
_BUNDLE, _UNIT = len(("interfaces", "ae0")), len(("interfaces", "ae0", "unit", "0"))
_NAMED = ("vlans", "policy-options", "security")
_GROUP = re.compile(r"((?:routing-instances \S+ )?protocols bgp group DX-V[46]) neighbor \S+")
# What of a port would stay behind empty, the widest first.
_CONTAINERS = (
    re.compile(r"(security macsec interfaces \S+) connectivity-association \S+"),
    re.compile(r"(interfaces \S+) (?:gig)?ether-options 802\.3ad \S+"),
    re.compile(r"(interfaces \S+ (?:gig)?ether-options) 802\.3ad \S+"),
)
# Parts of an object that would stay behind empty.
_PARTS = re.compile(
    r"family inet6?|family \S+ unicast(?: prefix-limit)?|term \S+(?: from| then)?"
    r"|bfd-liveness-detection|mka|pre-shared-key|fallback-key"
    r"|aggregated-ether-options(?: lacp)?"
)


def _start(pattern: re.Pattern[str], path: Words) -> Words | None:
    found = pattern.match(" ".join(path) + " ")
    return path[: len(found[found.lastindex or 0].split())] if found else None


def object_of(path: Words) -> Words | None:
    """Return the path of the thing that a statement is a part of."""
    return next((whole for each in _OBJECTS if (whole := _start(each, path))), None)


def containers(path: Words) -> tuple[Words, ...]:
    """Return what holds a statement of a port, the widest first; else nothing."""
    return tuple(found for each in _CONTAINERS if (found := _start(each, path)))


def group_of(path: Words) -> Words | None:
    """Return the path of the group of ours that a neighbor's statement stands in."""
    return _start(_GROUP, path)


def shortest(path: Words, want: Collection[Words], single: Collection[str]) -> Words:
    """Return what takes a statement away, and the part that it was the last one of."""
    whole = object_of(path) or path
    for depth in range(len(whole) + 1, len(path)):
        part = path[:depth]
        if _PARTS.fullmatch(" ".join(part[len(whole) :])) and not any(
            under(each, part) for each in want
        ):
            return part
    return path[:-1] if path[-2] in single else path


class Ownership:
    """What certain owners have in a configuration."""

    def __init__(self, paths: Collection[Words], owners: Collection[str]) -> None:
        """Find the units and neighbors that are theirs; the rest is told by its name."""
        self._names = tuple(f"{owner}-" for owner in owners)
        words = tuple(f"{owner} " for owner in owners)
        self._described = {
            object_of(path)
            for path in paths
            if path[-2] == "description" and path[-1].startswith(words)
        } - {None}
        ports = [path for path in self._described if path and path[0] == "interfaces"]
        self._bundles = {path[1] for path in ports if len(path) == _BUNDLE}
        self._units = {f"{path[1]}.{path[3]}" for path in ports if len(path) == _UNIT}

    def owns(self, path: Words) -> bool:
        """Whether a statement is theirs."""
        whole = object_of(path)
        if whole is None:
            return False
        if whole[0] in _NAMED or whole[-2] == "members":
            return whole[-1].startswith(self._names)
        if whole[-2] == "interface":
            return whole[-1] in self._units
        if whole[-2] == MEMBERSHIP:
            return whole[-1] in self._bundles
        return whole in self._described


def of_others(
    have: Collection[Words], want: Collection[Words], owners: Collection[str]
) -> Iterator[str]:
    """Yield a sentence for each wanted unit or neighbor that is there without our name.

    What else it has would stay in one run, and go in the next one.
    """
    mine = Ownership(have, owners)
    strange = {object_of(path) for path in have if not mine.owns(path)}
    for path in want:
        whole = object_of(path)
        if whole in strange and path[-2] == "description" and whole is not None:
            yield (
                f"{' '.join(whole)} is there and not ours: to hand it over, give it the description"
                f" `{path[-1]}`; what else stands in it will go"
            )
