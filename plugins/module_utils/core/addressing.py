# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses and prefixes: texts in, texts and facts out.

A *prefix* is a network (`10.20.0.0/16`), an *interface address* an address with its prefix length
(`169.254.101.2/30`), an *address* has none.
"""

from __future__ import annotations

from ipaddress import (
    IPv4Interface,
    IPv4Network,
    IPv6Interface,
    IPv6Network,
    ip_interface,
    ip_network,
)
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .model import Family

Interface = IPv4Interface | IPv6Interface
Network = IPv4Network | IPv6Network


class Overlap(NamedTuple):
    """Two prefixes of one sequence that share addresses; positions count from 0."""

    first: int
    second: int


def interface_address(text: str) -> Interface | None:
    """Return an address with its prefix length, or None if the text is none or lacks the length."""
    try:
        return ip_interface(text) if "/" in text else None
    except ValueError:
        return None


def prefix(text: str) -> Network | None:
    """Return a network, or None if the text is none or has host bits set."""
    try:
        return ip_network(text) if "/" in text else None
    except ValueError:
        return None


def enclosing_prefix(text: str) -> str | None:
    """Return the network that an interface address lies in, as text."""
    interface = interface_address(text)
    return None if interface is None else str(interface.network)


def address(text: str) -> str:
    """Return an interface address without its prefix length."""
    return text.partition("/")[0]


def family(text: str) -> Family:
    """Return the family that an address or a prefix is written in."""
    return "ipv6" if ":" in text else "ipv4"


def of_family(prefixes: Iterable[str], wanted: Family) -> tuple[str, ...]:
    """Return those of one family, in the order given."""
    return tuple(text for text in prefixes if family(text) == wanted)


def overlap(first: Network, second: Network) -> bool:
    """Tell whether two networks share addresses; of two families they never do."""
    if isinstance(first, IPv4Network):
        return isinstance(second, IPv4Network) and first.overlaps(second)
    return isinstance(second, IPv6Network) and first.overlaps(second)


def overlaps(prefixes: Iterable[str]) -> tuple[Overlap, ...]:
    """Return each pair that shares addresses; what is no prefix overlaps nothing."""
    networks = [
        (position, found) for position, text in enumerate(prefixes) if (found := prefix(text))
    ]
    return tuple(
        Overlap(first, second)
        for index, (second, right) in enumerate(networks)
        for first, left in networks[:index]
        if overlap(left, right)
    )


def is_link_end(end: Interface) -> bool:
    """Tell whether a host can have the address: neither the network's own nor its broadcast."""
    host = end.ip
    if host.is_multicast or host.is_loopback or host.is_unspecified or host.is_reserved:
        return False
    ends_are_hosts = end.network.prefixlen >= end.network.max_prefixlen - 1
    return ends_are_hosts or host not in (
        end.network.network_address,
        end.network.broadcast_address,
    )
