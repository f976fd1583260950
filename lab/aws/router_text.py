# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""FRR configuration of an AWS router: the commands that lead from one state to the next.

The base configuration (backbone, iBGP, VPC networks) is the lab's and is never touched. All that is
ours is named DX-*, sits on a VLAN sub-interface, or is a Null0 route with the tag below.
"""

from __future__ import annotations

from ipaddress import ip_network
from typing import TYPE_CHECKING

from . import public_network

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .router_state import RouterInterface, RouterPeer, RouterState

AMAZON_ASN = public_network.ASN
ROUTE_TAG = 7224
# Behind iBGP's 200, so that a learned or connected route of the same prefix carries the traffic.
ROUTE_DISTANCE = 254
# AWS's local preference communities (low, medium, high); without one a route counts as medium.
PREFERENCES = {"LOW": ("7224:7100", 100), "MEDIUM": ("7224:7200", 200), "HIGH": ("7224:7300", 300)}
POLICY_IN, POLICY_ORIGINATE, POLICY_PUBLIC = "DX-IN", "DX-ORIGINATE", "DX-PUBLIC"
# Routes of the public network, by the community that they are originated with.
PUBLIC_TAGS = {community: int(community[5:]) for community in public_network.COMMUNITIES}


def commands(before: RouterState, after: RouterState) -> str:
    """Return the configuration commands that turn `before` into `after`; "" if they are equal."""
    if before == after:
        return ""
    lines: list[str] = []
    if before.is_empty:
        lines += prologue()
    lines += _withdrawals(before, after)
    lines += _additions(before, after)
    if after.is_empty:
        lines += epilogue()
    return "\n".join(lines) + "\n" if lines else ""


def prologue() -> list[str]:
    """Return what every session shares: the policies, and the origination of allowed prefixes."""
    lines: list[str] = []
    for sequence, (word, (community, preference)) in enumerate(PREFERENCES.items(), start=1):
        lines += [
            f"bgp community-list standard DX-{word} permit {community}",
            f"route-map {POLICY_IN} permit {sequence * 10}",
            f" match community DX-{word}",
            f" set local-preference {preference}",
            "exit",
        ]
    lines += [f"route-map {POLICY_IN} permit 100", " set local-preference 200", "exit"]
    lines += [
        f"route-map {POLICY_ORIGINATE} permit 10",
        f" match tag {ROUTE_TAG}",
        " set origin igp",
        "exit",
    ]
    for community, tag in PUBLIC_TAGS.items():
        lines += [
            f"route-map {POLICY_ORIGINATE} permit {tag // 10}",
            f" match tag {tag}",
            " set origin igp",
            f" set community {community}",
            "exit",
        ]
    lines += [f"route-map {POLICY_PUBLIC} permit 10", " set community no-export additive", "exit"]
    return lines + _in_families([f"redistribute static route-map {POLICY_ORIGINATE}"])


def epilogue() -> list[str]:
    """Return what takes the prologue back."""
    lines = _in_families(["no redistribute static"])
    lines += [f"no route-map {name}" for name in (POLICY_IN, POLICY_ORIGINATE, POLICY_PUBLIC)]
    lines += [f"no bgp community-list standard DX-{word}" for word in PREFERENCES]
    return lines


def _in_families(statements: Sequence[str]) -> list[str]:
    lines = [f"router bgp {AMAZON_ASN}"]
    for family in ("ipv4", "ipv6"):
        lines += [f" address-family {family} unicast"]
        lines += [f"  {statement}" for statement in statements]
        lines += [" exit-address-family"]
    return [*lines, "exit"]


def _withdrawals(before: RouterState, after: RouterState) -> list[str]:
    kept = {interface.name: interface for interface in after.interfaces}
    lines: list[str] = []
    for interface in before.interfaces:
        lines += _interface_withdrawals(interface, kept.get(interface.name))
    for prefix in before.originate:
        if prefix not in after.originate:
            lines.append(f"no {_null_route(prefix)}")
    return lines


def _interface_withdrawals(before: RouterInterface, after: RouterInterface | None) -> list[str]:
    kept = {peer.neighbor: peer for peer in after.peers} if after else {}
    lines: list[str] = []
    addresses: list[str] = []
    for peer in before.peers:
        successor = kept.get(peer.neighbor)
        if after is None or successor is None or not _same_session(peer, successor):
            lines += [f"router bgp {AMAZON_ASN}", f" no neighbor {peer.neighbor}", "exit"]
            lines += [f"no {_word(peer)} prefix-list {_list_name(before, peer)}"]
            if peer.accept is not None:
                lines += [f"no {_word(peer)} prefix-list {_list_name(before, peer, 'IN')}"]
        if after is None or peer.amazon_address not in {p.amazon_address for p in after.peers}:
            addresses.append(f" no {_word(peer)} address {peer.amazon_address}")
    if addresses:
        lines += [f"interface {before.name}", *addresses, "exit"]
    return lines


def retired(before: RouterState, after: RouterState) -> list[str]:
    """Return the sub-interfaces that are no more; FRR forgets one only after its link is gone."""
    kept = {interface.name for interface in after.interfaces}
    return [interface.name for interface in before.interfaces if interface.name not in kept]


def _same_session(before: RouterPeer, after: RouterPeer) -> bool:
    """Tell whether FRR can change the one into the other without removing the neighbor."""
    return (before.customer_asn, before.amazon_asn) == (after.customer_asn, after.amazon_asn)


def _additions(before: RouterState, after: RouterState) -> list[str]:
    lines = [_null_route(p) for p in after.originate if p not in before.originate]
    known = {interface.name: interface for interface in before.interfaces}
    for interface in after.interfaces:
        if known.get(interface.name) != interface:
            lines += _interface(interface, known.get(interface.name))
    return lines


def _interface(after: RouterInterface, before: RouterInterface | None) -> list[str]:
    known = {peer.neighbor: peer for peer in before.peers} if before else {}
    lines = [f"interface {after.name}", f" description DX {after.virtual_interface}"]
    lines += [f" {_word(peer)} address {peer.amazon_address}" for peer in after.peers]
    lines += ["exit"]
    for peer in after.peers:
        predecessor = known.get(peer.neighbor)
        if predecessor == peer:
            continue
        if predecessor is not None and not _same_session(predecessor, peer):
            predecessor = None
        lines += _prefix_lists(after, predecessor, peer) + _session(after, peer)
    return lines


def _prefix_lists(
    interface: RouterInterface, before: RouterPeer | None, after: RouterPeer
) -> list[str]:
    """Return the changes of the outbound list, and of the inbound one where there is one."""
    old = before.announce if before else None
    lines = _prefix_list(after, _list_name(interface, after), old, after.announce)
    accepted = _accepted(after)
    if accepted is None:
        return lines
    known = _accepted(before) if before else None
    return lines + _prefix_list(after, _list_name(interface, after, "IN"), known, accepted)


def _accepted(peer: RouterPeer) -> list[str] | None:
    """Return what a public session may announce: a registered prefix, or a part of one."""
    if peer.accept is None:
        return None
    longest = 32 if peer.family == "ipv4" else 128
    return [f"{prefix} le {longest}" for prefix in peer.accept]


def _prefix_list(
    peer: RouterPeer, name: str, before: Sequence[str] | None, new: Sequence[str]
) -> list[str]:
    """Return the changes of a list; it never passes through a state that permits more.

    A list without entries would permit everything, so the empty one holds a denial; `before` is
    None where there is no list yet.
    """
    name, old = f"{_word(peer)} prefix-list {name}", before or ()
    denial = f"{name} seq 1 deny {'0.0.0.0/0 le 32' if peer.family == 'ipv4' else '::/0 le 128'}"
    lines = [denial] if not new else []
    lines += [f"{name} permit {entry}" for entry in new if entry not in old]
    lines += [f"no {name} permit {entry}" for entry in old if entry not in new]
    if new and before is not None and not old:
        lines.append(f"no {denial}")
    return lines


def _session(interface: RouterInterface, peer: RouterPeer) -> list[str]:
    name = f" neighbor {peer.neighbor}"
    return [
        f"router bgp {AMAZON_ASN}",
        f"{name} remote-as {peer.customer_asn}",
        *_local_asn(peer),
        f"{name} description DX {interface.virtual_interface}",
        f"{name} password {peer.key}",
        f"{name} bfd",
        f"{name} timers connect 1",
        f"{name} shutdown" if peer.held_down else f" no neighbor {peer.neighbor} shutdown",
        f" address-family {peer.family} unicast",
        f" {name} activate",
        f" {name} prefix-list {_list_name(interface, peer)} out",
        f" {name} route-map {POLICY_IN} in",
        *_public(interface, peer),
        f" {name} maximum-prefix {peer.maximum_prefixes}",
        " exit-address-family",
        "exit",
    ]


def _local_asn(peer: RouterPeer) -> list[str]:
    """Return what hides the router's own ASN; FRR refuses to hide it behind itself."""
    if peer.amazon_asn == AMAZON_ASN:
        return []
    return [f" neighbor {peer.neighbor} local-as {peer.amazon_asn} no-prepend replace-as"]


def _public(interface: RouterInterface, peer: RouterPeer) -> list[str]:
    """Return what only a public session has: route filters, and routes that go no further."""
    if peer.accept is None:
        return []
    name = f"  neighbor {peer.neighbor}"
    return [
        f"{name} prefix-list {_list_name(interface, peer, 'IN')} in",
        f"{name} route-map {POLICY_PUBLIC} out",
    ]


def _list_name(interface: RouterInterface, peer: RouterPeer, direction: str = "OUT") -> str:
    return f"DX-{interface.name}-{direction}{4 if peer.family == 'ipv4' else 6}"


def _word(peer: RouterPeer) -> str:
    return "ip" if peer.family == "ipv4" else "ipv6"


def _null_route(prefix: str) -> str:
    word = "ip" if ip_network(prefix).version == 4 else "ipv6"  # noqa: PLR2004 - the IP version
    tag = PUBLIC_TAGS.get(public_network.PREFIXES.get(prefix, ""), ROUTE_TAG)
    return f"{word} route {prefix} Null0 tag {tag} {ROUTE_DISTANCE}"
