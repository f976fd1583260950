# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which sessions must look at their routes again: IOS applies a changed policy to new routes only.

A soft clear sends and asks for all routes once more; the session stays up.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...languages.tree import parse

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ...languages.tree import Path

_POLICY = re.compile(r"(?:no )?(?:route-map|(?:ip|ipv6) prefix-list) (\S+)")
_MATCH = re.compile(r"match (?:ip|ipv6) address prefix-list (.+)")
_USE = re.compile(r"neighbor (\S+) route-map (\S+) (?:in|out)$")
_VRF = re.compile(r"address-family \S+ vrf (\S+)")


def clears(running: str, merged: str, neighbors: Collection[str]) -> list[tuple[str, ...]]:
    """Return the commands, each with the other words for it that older software knows.

    Args:
        running: The configuration with the change.
        merged: What was changed: its policies' neighbors are meant, and those that it turns to
            another policy.
        neighbors: Neighbors that are meant as well.
    """
    paths, changes = parse(running), parse(merged)
    names = {found[1] for path in changes if (found := _POLICY.match(path[0]))}
    turned = {_session(path, use[1]) for path in changes if (use := _USE.match(path[-1]))}
    names |= set(_users(paths, names))
    told = {each.lower() for each in neighbors}
    meant: dict[tuple[str, str], None] = {}
    for path in paths:
        use = _USE.match(path[-1])
        if use and (use[2] in names or use[1].lower() in told or _session(path, use[1]) in turned):
            meant[_vrf(path), use[1]] = None
    return [_words(vrf, neighbor) for vrf, neighbor in meant]


def _users(paths: Collection[Path], names: Collection[str]) -> Iterator[str]:
    """Return the route maps that hold routes against one of these lists."""
    for path in paths:
        found, used = _POLICY.match(path[0]), _MATCH.match(path[-1])
        if found and used and not set(used[1].split()).isdisjoint(names):
            yield found[1]


def _session(path: Path, neighbor: str) -> tuple[str, str]:
    return _vrf(path), neighbor.lower()


def _vrf(path: Path) -> str:
    return next((found[1] for line in path if (found := _VRF.match(line))), "")


def _words(vrf: str, neighbor: str) -> tuple[str, ...]:
    within = f" vrf {vrf}" if vrf else ""
    if ":" not in neighbor:
        return (f"clear ip bgp{within} {neighbor} soft",)
    return (
        f"clear bgp{within} ipv6 unicast {neighbor} soft",
        f"clear ip bgp{within} {neighbor} soft",
    )
