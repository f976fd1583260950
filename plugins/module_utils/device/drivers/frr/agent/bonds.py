# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""LACP bundles, bonds in the kernel's words, which zebra cannot create either: one line each.

    link bond0 bond eth1,eth2 min-links 2 mtu 8500

Only bonds that were made here are told, and they bear it as their alias: no candidate reaches any
other. The rate of LACP, the hash and how often the links are looked at are the operator's, once
the bond is there. A port is up before it joins, and is up again, with its own MTU, when it leaves.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from . import iproute
from .iproute import batch, ip

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .iproute import Interface

STATEMENT = re.compile(
    r"^link (\S+) bond ([^\s,]+(?:,[^\s,]+)*)(?: min-links (\d+))?(?: mtu (\d+))?$"
)
GRAMMAR = "link <name> bond <port>[,<port>...] [min-links <number>] [mtu <bytes>]"
NOBODY = "none"  # of a bond that has no port (yet)
MADE = "Made by Crossconnect"
LACP = "802.3ad"
# Of the kernel's own hash all traffic to AWS has one value: there is one pair of MAC addresses.
OPTIONS = {"mode": LACP, "miimon": "100", "xmit_hash_policy": "layer3+4"}
PLAIN_MTU = 1500


class Bond(NamedTuple):
    """A bundle, with its ports in the order of their names."""

    name: str
    members: tuple[str, ...]
    minimum: int
    mtu: int | None

    @property
    def line(self) -> str:
        """The statement in the configuration language."""
        minimum = f" min-links {self.minimum}" if self.minimum else ""
        mtu = "" if self.mtu is None else f" mtu {self.mtu}"
        return f"link {self.name} bond {','.join(self.members) or NOBODY}{minimum}{mtu}"


def parse(line: str) -> Bond | None:
    """Read one statement; None if it is none of a bundle."""
    found = STATEMENT.match(line)
    if not found:
        return None
    members = () if found[2] == NOBODY else tuple(sorted(set(found[2].split(","))))
    return Bond(found[1], members, int(found[3] or 0), int(found[4]) if found[4] else None)


def running(present: dict[str, Interface]) -> Iterator[Bond]:
    """Yield the bundles that exist and were made here."""
    for name, entry in present.items():
        if _ours(entry):
            members = sorted(port for port, one in present.items() if one.get("master") == name)
            minimum = int(iproute.data(entry).get("min_links", 0))
            yield Bond(name, tuple(members), minimum, int(entry["mtu"]))


def _ours(entry: Interface) -> bool:
    return iproute.kind(entry) == "bond" and entry.get("ifalias") == MADE


def faults(
    bonds: Iterable[Bond], present: dict[str, Interface], addressed: set[str]
) -> Iterator[str]:
    """Say what the kernel would refuse, and what would harm somebody else.

    Args:
        bonds: All that shall be.
        present: All interfaces.
        addressed: Those of them that have addresses.
    """
    wanted = {bond.name: bond for bond in bonds}
    leaving = {
        (port, bond.name)
        for bond in running(present)
        for port in bond.members
        if bond.name not in wanted or port not in wanted[bond.name].members
    }
    for bond in wanted.values():
        yield from (f"{bond.line}: {fault}" for fault in _bond_faults(bond, present))
        for port in bond.members:
            if present.get(port, {}).get("master") == bond.name:
                continue
            for fault in _port_faults(bond, port, present, leaving):
                yield f"{bond.line}: {fault}"
            if port in addressed:
                yield f"{bond.line}: port {port} has addresses: take them away first"


def _bond_faults(bond: Bond, present: dict[str, Interface]) -> Iterator[str]:
    entry = present.get(bond.name)
    if entry is None:
        if iproute.lacks(bond.name, "type", "bond"):
            yield "the router's kernel has no bonds: it lacks the module bonding"
    elif iproute.kind(entry) != "bond":
        yield f"{bond.name} is there, and is no bond"
    elif iproute.data(entry).get("mode") != LACP:
        yield f"{bond.name} is there, and does not speak LACP (mode {LACP})"
    elif not _ours(entry):
        yield (
            f"{bond.name} is there and not ours: to hand it over,"
            f" `ip link set dev {bond.name} alias '{MADE}'`"
        )


def _port_faults(
    bond: Bond, port: str, present: dict[str, Interface], leaving: set[tuple[str, str]]
) -> Iterator[str]:
    entry = present.get(port)
    if entry is None:
        yield f"the router has no port {port}"
        return
    master, largest = entry.get("master"), entry.get("max_mtu")
    if master and (port, master) not in leaving:
        yield f"port {port} is in {master}: take it out first"
    if "UP" not in entry.get("flags", []):
        yield f"port {port} is shut down: set it up first"
    if bond.mtu and largest and bond.mtu > largest:
        yield f"port {port} has an MTU of {largest} at most"


def release(before: Bond, after: Bond | None) -> None:
    """Let go of the ports that leave: the kernel shuts them then."""
    for port in before.members:
        if after is None or port not in after.members:
            ip("link", "set", "dev", port, "nomaster")
            ip("link", "set", "dev", port, "up")


def make(before: Bond | None, after: Bond) -> None:
    """Create or change, and take the ports in that join."""
    if before is None:
        _add(after)
    elif before.minimum != after.minimum:
        ip("link", "set", "dev", after.name, "type", "bond", "min_links", str(after.minimum))
    if after.mtu:
        ip("link", "set", "dev", after.name, "mtu", str(after.mtu))
    for port in after.members:
        if before is None or port not in before.members:
            ip("link", "set", "dev", port, "down")  # the kernel takes in none that is up
            ip("link", "set", "dev", port, "master", after.name)
    ip("link", "set", "dev", after.name, "up")


def _add(bond: Bond) -> None:
    # At once: a bond without its alias would be a stranger's to the timer that takes it back.
    options = " ".join(f"{name} {value}" for name, value in OPTIONS.items())
    batch(
        f"link add name {bond.name} type bond {options} min_links {bond.minimum}",
        f'link set dev {bond.name} alias "{MADE}"',
    )
