# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""VLAN sub-interfaces, which FRR's zebra cannot create: one line each, carried out by iproute2.

    link eth1.101 vlan 101 mtu 8500
    link transit parent eth1 vlan 102 mtu 1500
    link eth1.103 vlan 103 mtu 8500 vrf DX

The parent comes from the name unless it is said; without `mtu` the link keeps what it has. A VRF is
a device of the kernel, which the operator makes; without `vrf` the link is in none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from . import iproute
from .iproute import ip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .iproute import Interface

STATEMENT = re.compile(r"^link (\S+)(?: parent (\S+))? vlan (\d+)(?: mtu (\d+))?(?: vrf (\S+))?$")
GRAMMAR = "link <name> [parent <port>] vlan <id> [mtu <bytes>] [vrf <name>]"


class Vlan(NamedTuple):
    """A VLAN sub-interface."""

    name: str
    parent: str
    vlan: int
    mtu: int | None
    vrf: str = ""

    @property
    def line(self) -> str:
        """The statement in the configuration language."""
        parent = "" if self.name.rpartition(".")[0] == self.parent else f" parent {self.parent}"
        mtu = "" if self.mtu is None else f" mtu {self.mtu}"
        vrf = f" vrf {self.vrf}" if self.vrf else ""
        return f"link {self.name}{parent} vlan {self.vlan}{mtu}{vrf}"


def parse(line: str) -> Vlan | None:
    """Read one statement; None if it is none of a VLAN."""
    found = STATEMENT.match(line)
    parent = found and (found[2] or found[1].rpartition(".")[0])
    if not found or not parent:
        return None
    mtu = int(found[4]) if found[4] else None
    return Vlan(found[1], parent, int(found[3]), mtu, found[5] or "")


def running(present: dict[str, Interface]) -> Iterator[Vlan]:
    """Yield the VLAN sub-interfaces that exist."""
    for name, entry in present.items():
        if iproute.kind(entry) == "vlan" and (data := iproute.data(entry)):
            parent = str(entry.get("link") or name.rpartition(".")[0])
            # A bridge's port has a master, too: that is no VRF.
            inside = entry["linkinfo"].get("info_slave_kind") == "vrf"
            vrf = str(entry["master"]) if inside else ""
            yield Vlan(name, parent, int(data["id"]), int(entry["mtu"]), vrf)


def faults(link: Vlan, present: dict[str, Interface], limits: dict[str, int]) -> Iterator[str]:
    """Say what iproute2 would refuse; `limits` has the MTU of what a link can ride on."""
    if link.name in present and iproute.kind(present[link.name]) != "vlan":
        yield f"{link.line}: {link.name} is there, and is no VLAN"
    limit = limits.get(link.parent)
    if limit is None:
        yield f"{link.line}: the router has no port {link.parent}"
    elif link.mtu and link.mtu > limit:
        yield f"{link.line}: port {link.parent} has an MTU of {limit}; raise it first"
    if link.vrf and iproute.kind(present.get(link.vrf, {})) != "vrf":
        missing = f"the router has no VRF {link.vrf}: make it first"
        if iproute.lacks(link.vrf, "type", "vrf", "table", "1"):
            missing = "the router's kernel has no VRFs"
        yield f"{link.line}: {missing}"


def remake(before: Vlan, after: Vlan) -> bool:
    """Whether the link must be made anew: iproute2 changes only the MTU in place.

    It changes the VRF, too, but the kernel then forgets the IPv6 addresses of the link.
    """
    return before != after._replace(mtu=before.mtu)


def make(before: Vlan | None, after: Vlan) -> None:
    """Create or resize."""
    anew = before is not None and remake(before, after)
    if before and anew:
        ip("link", "del", before.name)
    if before is None or anew:
        _add(after)
    elif after.mtu:
        ip("link", "set", after.name, "mtu", str(after.mtu))


def _add(link: Vlan) -> None:
    vrf = ("master", link.vrf) if link.vrf else ()
    kind = ("type", "vlan", "id", str(link.vlan))
    ip("link", "add", "link", link.parent, "name", link.name, *vrf, *kind)
    if link.mtu:
        ip("link", "set", link.name, "mtu", str(link.mtu))
    ip("link", "set", link.name, "up")
