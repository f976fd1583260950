# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""FRR configuration of an AWS router: the commands that lead from one state to the next.

The base configuration (backbone, iBGP, VPC networks) is the lab's and is never touched. All that is
ours is named DX-*, sits on a VLAN sub-interface, or is a Null0 route with the tag below.
"""

from __future__ import annotations

from ipaddress import ip_network
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .router_state import RouterInterface, RouterPeer, RouterState

AMAZON_ASN = 7224
ROUTE_TAG = 7224
# Behind iBGP's 200, so that a learned or connected route of the same prefix carries the traffic.
ROUTE_DISTANCE = 254
# AWS's local preference communities (low, medium, high); without one a route counts as medium.
PREFERENCES = {"LOW": ("7224:7100", 100), "MEDIUM": ("7224:7200", 200), "HIGH": ("7224:7300", 300)}
POLICY_IN = "DX-IN"
POLICY_ORIGINATE = "DX-ORIGINATE"


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
    return lines + _in_families([f"redistribute static route-map {POLICY_ORIGINATE}"])


def epilogue() -> list[str]:
    """Return what takes the prologue back."""
    lines = _in_families(["no redistribute static"])
    lines += [f"no route-map {POLICY_IN}", f"no route-map {POLICY_ORIGINATE}"]
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
        lines += _prefix_list(after, predecessor, peer) + _session(after, peer)
    return lines


def _prefix_list(
    interface: RouterInterface, before: RouterPeer | None, after: RouterPeer
) -> list[str]:
    """Return the changes of an outbound list; it never passes through a state that permits more.

    A list without entries would permit everything, so the empty one holds a denial.
    """
    name = f"{_word(after)} prefix-list {_list_name(interface, after)}"
    old, new = before.announce if before else (), after.announce
    denial = f"{name} seq 1 deny {'0.0.0.0/0 le 32' if after.family == 'ipv4' else '::/0 le 128'}"
    lines = [denial] if not new else []
    lines += [f"{name} permit {prefix}" for prefix in new if prefix not in old]
    lines += [f"no {name} permit {prefix}" for prefix in old if prefix not in new]
    if new and before is not None and not old:
        lines.append(f"no {denial}")
    return lines


def _session(interface: RouterInterface, peer: RouterPeer) -> list[str]:
    name = f" neighbor {peer.neighbor}"
    return [
        f"router bgp {AMAZON_ASN}",
        f"{name} remote-as {peer.customer_asn}",
        f"{name} local-as {peer.amazon_asn} no-prepend replace-as",
        f"{name} description DX {interface.virtual_interface}",
        f"{name} password {peer.key}",
        f"{name} bfd",
        f"{name} timers connect 1",
        f"{name} shutdown" if peer.held_down else f" no neighbor {peer.neighbor} shutdown",
        f" address-family {peer.family} unicast",
        f" {name} activate",
        f" {name} prefix-list {_list_name(interface, peer)} out",
        f" {name} route-map {POLICY_IN} in",
        f" {name} maximum-prefix {peer.maximum_prefixes}",
        " exit-address-family",
        "exit",
    ]


def _list_name(interface: RouterInterface, peer: RouterPeer) -> str:
    return f"DX-{interface.name}-OUT{4 if peer.family == 'ipv4' else 6}"


def _word(peer: RouterPeer) -> str:
    return "ip" if peer.family == "ipv4" else "ipv6"


def _null_route(prefix: str) -> str:
    word = "ip" if ip_network(prefix).version == 4 else "ipv6"  # noqa: PLR2004 - the IP version
    return f"{word} route {prefix} Null0 tag {ROUTE_TAG} {ROUTE_DISTANCE}"
