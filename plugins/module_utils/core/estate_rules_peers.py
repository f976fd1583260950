# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on BGP peers: families, addresses, keys. No text here ever quotes a key."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from .addressing import Interface, family, interface_address, is_link_end, overlap
from .estate_fault import Fault
from .estate_ground import Rule, numbered, virtual_interfaces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .addressing import Network
    from .estate_ground import Ground
    from .model import Peer, VirtualInterface


def peers(ground: Ground) -> Iterator[tuple[str, VirtualInterface, Peer]]:
    """Yield each peer after its path and its interface."""
    for path, interface in virtual_interfaces(ground):
        for place, peer in numbered(f"{path}.peers", interface.peers):
            yield place, interface, peer


def families(ground: Ground) -> Iterator[Fault]:
    """Require that an interface has one peer per family, and one at least."""
    for path, interface in virtual_interfaces(ground):
        if not interface.peers:
            yield Fault(
                f"{path}.peers", "is empty: give a peer of family ipv4, ipv6, or one of each"
            )
        count = Counter(peer.family for peer in interface.peers)
        for name in ("ipv4", "ipv6"):
            if count[name] > 1:
                yield Fault(f"{path}.peers", f"has {count[name]} peers of {name}: AWS takes one")


def key_present(ground: Ground) -> Iterator[Fault]:
    """Require a key where a router needs it: AWS would make one up and not tell it."""
    for path, interface in virtual_interfaces(ground):
        keyless = interface.peers and not any(peer.key for peer in interface.peers)
        if keyless and ground.router(interface):
            yield Fault(
                f"{path}.peers[0].key",
                f"is missing: {ground.router(interface)} needs it, give one from the vault",
            )


def key_form(ground: Ground) -> Iterator[Fault]:
    """Require that a key has AWS's length and nothing but visible ASCII characters."""
    shortest, longest = ground.limits.key_shortest, ground.limits.key_longest
    for path, _, peer in peers(ground):
        if peer.key and not shortest <= len(peer.key) <= longest:
            yield Fault(
                f"{path}.key",
                f"has {len(peer.key)} characters, a BGP key has {shortest} to {longest}",
            )
        if peer.key and not all("!" <= character <= "~" for character in peer.key):
            yield Fault(
                f"{path}.key",
                "has a character that AWS refuses: use letters, digits and punctuation, no space",
            )


def key_same(ground: Ground) -> Iterator[Fault]:
    """Require one key per interface, by whose name the router's configuration asks for it."""
    for path, interface in virtual_interfaces(ground):
        if len({peer.key for peer in interface.peers if peer.key}) > 1:
            yield Fault(
                f"{path}.peers[1].key",
                "is another key than that of peers[0]: give one key per virtual interface",
            )


def ipv6_assigned(ground: Ground) -> Iterator[Fault]:
    """Require that IPv6 addresses are left to AWS, which assigns them and takes none."""
    for path, _, peer in peers(ground):
        for attribute, text in _ends(peer):
            if peer.family == "ipv6":
                yield Fault(
                    f"{path}.{attribute}",
                    f"{text} cannot be chosen: AWS assigns IPv6 addresses, leave it out",
                )


def ipv4_pair(ground: Ground) -> Iterator[Fault]:
    """Require that both addresses are given, or AWS assigns both."""
    for path, _, peer in peers(ground):
        given = dict(_ends(peer))
        if peer.family == "ipv4" and len(given) == 1:
            missing = "amazon" if "customer_address" in given else "customer"
            yield Fault(
                f"{path}.{missing}_address",
                "is missing: give both addresses, or neither for AWS to assign them",
            )


def ipv4_form(ground: Ground) -> Iterator[Fault]:
    """Require that an IPv4 address is a host's, with a prefix length for two ends."""
    lengths = ground.limits.ipv4_prefix_lengths
    for path, _, peer in peers(ground):
        for attribute, text in _ends(peer):
            if peer.family == "ipv4" and (rule := _ipv4_fault(text, lengths)):
                yield Fault(f"{path}.{attribute}", rule)


def _ipv4_fault(text: str, lengths: tuple[int, ...]) -> str | None:
    end = _ipv4_end(text)
    if end is None:
        return f"{text} is no IPv4 address with its prefix length, as 169.254.101.1/30"
    if end.network.prefixlen not in lengths:
        return f"{text} is not on a link of two ends (/{', /'.join(map(str, lengths))})"
    if not is_link_end(end):
        return f"{text} is no address that a host can have in {end.network}"
    return None


def ipv4_link(ground: Ground) -> Iterator[Fault]:
    """Require that the two ends are distinct addresses of one subnet."""
    for path, _, peer in peers(ground):
        ends = dict(_ends(peer))
        amazon = _ipv4_end(ends.get("amazon_address", ""))
        customer = _ipv4_end(ends.get("customer_address", ""))
        if amazon and customer and amazon.network != customer.network:
            yield Fault(
                f"{path}.customer_address",
                f"{customer} is in {customer.network}, amazon_address in {amazon.network}:"
                " both ends must be in one subnet",
            )
        elif amazon and customer and amazon.ip == customer.ip:
            yield Fault(
                f"{path}.customer_address", f"{customer} is amazon_address too: give the other end"
            )


def links_apart(ground: Ground) -> Iterator[Fault]:
    """Require that on one router no two interfaces share addresses."""
    taken: dict[str, list[tuple[str, Network]]] = {}
    for path, interface, peer in peers(ground):
        router = ground.router(interface)
        end = _ipv4_end(peer.customer_address or "")
        if router and end:
            links = taken.setdefault(router, [])
            for name, network in links:
                if name != interface.name and overlap(network, end.network):
                    yield Fault(
                        f"{path}.customer_address",
                        f"{end} overlaps {network} of {name} on {router}: choose another link",
                    )
            links.append((interface.name, end.network))


def _ends(peer: Peer) -> Iterator[tuple[str, str]]:
    if peer.amazon_address is not None:
        yield "amazon_address", peer.amazon_address
    if peer.customer_address is not None:
        yield "customer_address", peer.customer_address


def _ipv4_end(text: str) -> Interface | None:
    return interface_address(text) if family(text) == "ipv4" else None


RULES: tuple[Rule, ...] = (
    families,
    key_present,
    key_form,
    key_same,
    ipv6_assigned,
    ipv4_pair,
    ipv4_form,
    ipv4_link,
    links_apart,
)
