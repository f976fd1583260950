# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on public virtual interfaces: route filters, addresses, and what they cannot have."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network
from typing import TYPE_CHECKING

from .addressing import interface_address, overlap, prefix
from .estate_fault import Fault
from .estate_ground import Rule, numbered, virtual_interfaces
from .estate_prefixes import prefix_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .addressing import Network
    from .estate_ground import Ground
    from .model import Peer, VirtualInterface

# Nobody can announce these on the internet. Whether another range is its announcer's own, AWS asks.
_NOT_PUBLIC: tuple[Network, ...] = (
    *map(
        IPv4Network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "224.0.0.0/3",
        ),
    ),
    *map(IPv6Network, ("::/8", "fc00::/7", "fe80::/10", "ff00::/8")),
)
_MEANINGLESS = (
    "site_link",
    "prefix_pool_allocated_count_ipv4",
    "prefix_pool_allocated_count_ipv6",
)


def public_interfaces(ground: Ground) -> Iterator[tuple[str, VirtualInterface]]:
    """Yield each public interface after its path."""
    return (pair for pair in virtual_interfaces(ground) if pair[1].type == "public")


def filters_given(ground: Ground) -> Iterator[Fault]:
    """Require route filters of a public interface with IPv4, and of no other interface."""
    for path, interface in virtual_interfaces(ground):
        filters = interface.route_filter_prefixes
        public = interface.type == "public"
        has_ipv4 = any(peer.family == "ipv4" for peer in interface.peers)
        if public and has_ipv4 and not filters:
            yield Fault(
                f"{path}.route_filter_prefixes",
                "is missing: give the public prefixes that the router announces to AWS",
            )
        if interface.type in ("private", "transit") and filters is not None:
            yield Fault(
                f"{path}.route_filter_prefixes",
                f"has no meaning on a {interface.type} interface: leave it out",
            )


def filters_public(ground: Ground) -> Iterator[Fault]:
    """Require that route filters are public prefixes that AWS takes, and not too many."""
    longest, most = ground.limits.public_ipv6_longest, ground.limits.public_prefixes
    for path, interface in public_interfaces(ground):
        filters = interface.route_filter_prefixes or ()
        place = f"{path}.route_filter_prefixes"
        yield from prefix_faults(place, filters)
        if len(filters) > most:
            yield Fault(place, f"has {len(filters)} prefixes, AWS takes {most}: summarise")
        for item, text in numbered(place, filters):
            network = prefix(text)
            if network and not _is_public(network):
                yield Fault(item, f"{text} is not public: give prefixes that are yours")
            elif network and network.version == 6 and network.prefixlen > longest:  # noqa: PLR2004
                yield Fault(item, f"{text} is too long: AWS takes IPv6 up to /{longest}")


def announced_within_filters(ground: Ground) -> Iterator[Fault]:
    """Require that the router announces over a public interface what its filters let pass."""
    for path, interface in public_interfaces(ground):
        networks = [prefix(text) for text in interface.route_filter_prefixes or ()]
        filters = [network for network in networks if network]
        for item, text in numbered(f"{path}.routing.advertise", interface.routing.advertise):
            network = prefix(text)
            if network and filters and not any(_within(network, each) for each in filters):
                yield Fault(
                    item, f"{text} is in none of route_filter_prefixes: AWS would not take it"
                )


def addresses_public(ground: Ground) -> Iterator[Fault]:
    """Require both public IPv4 addresses, which AWS assigns to nobody but on request."""
    for path, interface in public_interfaces(ground):
        for place, peer in numbered(f"{path}.peers", interface.peers):
            if peer.family == "ipv4":
                yield from _address_faults(place, peer)


def _address_faults(path: str, peer: Peer) -> Iterator[Fault]:
    if not peer.amazon_address and not peer.customer_address:
        yield Fault(
            path,
            "has no addresses: give both, from a public range of yours, or ask AWS Support for one",
        )
    for attribute in ("amazon_address", "customer_address"):
        text = getattr(peer, attribute)
        end = interface_address(text or "")
        if end and not _is_public(end.network):
            yield Fault(f"{path}.{attribute}", f"{text} is not public")


def without_meaning(ground: Ground) -> Iterator[Fault]:
    """Refuse what a public interface cannot have."""
    for path, interface in public_interfaces(ground):
        for attribute in _MEANINGLESS:
            if getattr(interface, attribute) is not None:
                yield Fault(
                    f"{path}.{attribute}", "has no meaning on a public interface: leave it out"
                )


def _is_public(network: Network) -> bool:
    return not any(overlap(network, other) for other in _NOT_PUBLIC)


def _within(inner: Network, outer: Network) -> bool:
    return overlap(inner, outer) and inner.prefixlen >= outer.prefixlen


RULES: tuple[Rule, ...] = (
    filters_given,
    filters_public,
    announced_within_filters,
    addresses_public,
    without_meaning,
)
