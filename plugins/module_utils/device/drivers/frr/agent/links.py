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

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from .shell import AgentError, run

if TYPE_CHECKING:
    from collections.abc import Iterable

STATEMENT = re.compile(r"^link (\S+)(?: parent (\S+))? vlan (\d+)(?: mtu (\d+))?(?: vrf (\S+))?$")
GRAMMAR = "link <name> [parent <port>] vlan <id> [mtu <bytes>] [vrf <name>]"


class Link(NamedTuple):
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


def parse(line: str) -> Link:
    """Read one statement."""
    found = STATEMENT.match(" ".join(line.split()))
    parent = found and (found[2] or found[1].rpartition(".")[0])
    if not found or not parent:
        raise AgentError(f"not a link statement: {line!r} ({GRAMMAR})", "load")
    mtu = int(found[4]) if found[4] else None
    return Link(found[1], parent, int(found[3]), mtu, found[5] or "")


def split(text: str) -> tuple[list[Link], str]:
    """Part a configuration into its links and FRR's own text."""
    lines = text.splitlines()
    links = [parse(line) for line in lines if line.startswith("link ")]
    rest = "".join(f"{line}\n" for line in lines if not line.startswith("link "))
    return sorted(links, key=order), rest


def order(link: Link) -> tuple[str, int, str]:
    """Sort by port, then by tag as a number."""
    return link.parent, link.vlan, link.name


def interfaces() -> dict[str, dict[str, object]]:
    """All of the router's interfaces as iproute2 shows them, by name."""
    answer = run(["ip", "-j", "-d", "link", "show"])
    if answer.rc:
        raise AgentError(f"iproute2 does not list the links: {answer.words}")
    return {entry["ifname"]: entry for entry in json.loads(answer.out or "[]") if "ifname" in entry}


def running() -> list[Link]:
    """Return the VLAN sub-interfaces that exist now."""
    return sorted(filter(None, map(_from_kernel, interfaces().values())), key=order)


def _from_kernel(entry: dict[str, object]) -> Link | None:
    info = entry.get("linkinfo")
    data = info.get("info_data") if isinstance(info, dict) else None
    if not isinstance(data, dict) or not isinstance(info, dict) or info.get("info_kind") != "vlan":
        return None
    parent = str(entry.get("link") or str(entry["ifname"]).rpartition(".")[0])
    # A bridge's port has a master, too: that is no VRF.
    vrf = str(entry["master"]) if info.get("info_slave_kind") == "vrf" else ""
    return Link(str(entry["ifname"]), parent, int(data["id"]), int(str(entry["mtu"])), vrf)


class Change(NamedTuple):
    """One difference between wanted and present links; None where it does not exist."""

    before: Link | None
    after: Link | None

    @property
    def remake(self) -> bool:
        """Whether the link must be made anew: iproute2 changes only the MTU in place.

        It changes the VRF, too, but the kernel then forgets the IPv6 addresses of the link.
        """
        if self.before is None or self.after is None:
            return False
        return self.before != self.after._replace(mtu=self.before.mtu)


def compare(wanted: Iterable[Link], present: Iterable[Link]) -> list[Change]:
    """Tell what differs; a wanted link without MTU is content with any."""
    now = {link.name: link for link in present}
    then = {link.name: link for link in wanted}
    changes = [Change(now[name], None) for name in now if name not in then]
    for name, link in then.items():
        before = now.get(name)
        after = link._replace(mtu=before.mtu) if before and link.mtu is None else link
        if before != after:
            changes.append(Change(before, after))
    return changes


def check(wanted: Iterable[Link]) -> None:
    """Refuse at load what iproute2 would refuse at commit."""
    present = interfaces()
    for link in wanted:
        parent = present.get(link.parent)
        if parent is None:
            raise AgentError(f"{link.line}: the router has no port {link.parent}", "load")
        limit = int(str(parent["mtu"]))
        if link.mtu and link.mtu > limit:
            raise AgentError(
                f"{link.line}: port {link.parent} has an MTU of {limit}; raise it first", "load"
            )
        if link.vrf:
            _check_vrf(link, present)


def _check_vrf(link: Link, present: dict[str, dict[str, object]]) -> None:
    info = present.get(link.vrf, {}).get("linkinfo")
    if isinstance(info, dict) and info.get("info_kind") == "vrf":
        return
    # In a namespace of its own, which ends with the command.
    able = run(["unshare", "--net", "ip", "link", "add", link.vrf, "type", "vrf", "table", "1"])
    missing = f"the router has no VRF {link.vrf}: make it first"
    if "Unknown device type" in able.words:
        missing = "the router's kernel has no VRFs"
    raise AgentError(f"{link.line}: {missing}", "load")


def make(changes: Iterable[Change]) -> None:
    """Create and resize: before FRR's configuration refers to the links."""
    for change in changes:
        if change.after is None:
            continue
        if change.remake and change.before:
            _ip("link", "del", change.before.name)
        if change.before is None or change.remake:
            _add(change.after)
        elif change.after.mtu:
            _ip("link", "set", change.after.name, "mtu", str(change.after.mtu))


def _add(link: Link) -> None:
    vrf = ("master", link.vrf) if link.vrf else ()
    kind = ("type", "vlan", "id", str(link.vlan))
    _ip("link", "add", "link", link.parent, "name", link.name, *vrf, *kind)
    if link.mtu:
        _ip("link", "set", link.name, "mtu", str(link.mtu))
    _ip("link", "set", link.name, "up")


def unmake(changes: Iterable[Change]) -> None:
    """Delete: after FRR's configuration has let go of the links."""
    for change in changes:
        if change.before and change.after is None:
            _ip("link", "del", change.before.name)


def _ip(*arguments: str) -> None:
    answer = run(["ip", *arguments])
    if answer.rc:
        raise AgentError(f"ip {' '.join(arguments)}: {answer.words}", "commit")
