# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attachments: virtual interfaces as a router sees them, neutral to the router's platform.

A virtual interface becomes an attachment when every address of every peer is known, declared or
assigned by AWS; until then no line of it belongs on a router. Keys are no part of an attachment:
its peers name a key, and `keys` hands the keys out to the one place that needs them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .addressing import address, of_family
from .evidence import Evidence, declared_asn, interface_of, owner_words
from .landings import landing_on, owner
from .limits import Limits
from .preferences import communities, local_preference
from .prefix_guards import inbound_maximum, longest_accepted, outbound_maximum

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .model import Connection, Estate, Family, Lag, Peer, VirtualInterface

# States before the first `available`, and who ends them. Later states never take an attachment off
# a router: a circuit that is down must find its configuration when it comes back.
_IN_THE_MAKING = ("confirming", "verifying", "pending")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bfd:
    """How fast a dead path is noticed: interval x multiplier."""

    interval_ms: int
    multiplier: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentPeer:
    """One BGP session from the router's side.

    Attributes:
        local_address: The router's address with its prefix length.
        remote_address: Amazon's address, without one.
        key_name: What to ask `keys` for; None where the estate holds no key.
        accept: Prefixes to take from AWS.
        accept_longest: Longest prefix length to take within `accept`; None for those exactly. A
            virtual private gateway announces the CIDRs of its VPC, which lie within the prefixes
            allowed; a transit gateway announces exactly the prefixes allowed.
        local_preference: None to leave the router's own.
        maximum_prefixes: Over this many routes from AWS the session is cut.
        maximum_prefixes_out: Over this many the router stops to announce.
    """

    family: Family
    local_address: str
    remote_address: str
    remote_asn: int
    key_name: str | None
    advertise: tuple[str, ...]
    accept: tuple[str, ...]
    accept_longest: int | None
    local_preference: int | None
    communities: tuple[str, ...]
    prepend: int
    maximum_prefixes: int
    maximum_prefixes_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A virtual interface on its router.

    Attributes:
        mtu: What AWS has now, because a router that sends more loses packets; None leaves the
            port's own.
        owner: The beginning of every name on the router that belongs to the virtual interface.
    """

    name: str
    id: str
    type: str
    account: str
    router: str
    port: str
    interface: str
    vlan: int
    mtu: int | None
    owner: str
    description: str
    local_asn: int
    bfd: Bfd
    peers: tuple[AttachmentPeer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotReady:
    """A virtual interface that the router cannot have yet: why, and who is awaited if anybody."""

    name: str
    router: str
    owner: str
    reason: str
    awaited_from: str | None = None


def keys(estate: Estate, router: str) -> dict[str, str]:
    """Return the BGP keys of a router by `key_name`; the one thing here that is secret."""
    return {
        thing.name: peer.key
        for _, thing in landing_on(estate, router)
        for peer in thing.peers
        if peer.key
    }


def attachments(
    estate: Estate,
    observed: Sequence[Mapping[str, Any]],
    router: str,
    *,
    limits: Limits | None = None,
) -> tuple[Attachment, ...]:
    """Return what the router shall have now, by VLAN.

    Args:
        estate: What shall exist.
        observed: One mapping per account, as the modules `estate` and `estate_info` return it.
        router: The router's name in the inventory.
        limits: The limits in force; None for the built-in ones.
    """
    scene = _Scene(estate, Evidence(observed=observed), limits or Limits())
    landing = (thing for _, thing in landing_on(estate, router))
    return tuple(_attachment(scene, thing) for thing in landing if not _lack(scene, thing))


def not_ready(
    estate: Estate, observed: Sequence[Mapping[str, Any]], router: str
) -> tuple[NotReady, ...]:
    """Return the router's virtual interfaces that are no attachments yet, by VLAN."""
    scene = _Scene(estate, Evidence(observed=observed), Limits())
    return tuple(
        NotReady(
            name=thing.name,
            router=router,
            owner=owner(thing.vlan),
            reason=lack.reason,
            awaited_from=lack.awaited_from,
        )
        for _, thing in landing_on(estate, router)
        if (lack := _lack(scene, thing))
    )


@dataclass(frozen=True, slots=True)
class _Scene:
    estate: Estate
    evidence: Evidence
    limits: Limits

    def carrier(self, interface: VirtualInterface) -> Connection | Lag:
        return self.estate.carrier(interface.on)

    def found(self, interface: VirtualInterface) -> Mapping[str, Any]:
        account = self.carrier(interface).account
        return self.evidence.virtual_interface(account, interface.name)


@dataclass(frozen=True, slots=True)
class _Lack:
    reason: str
    awaited_from: str | None = None


def _lack(scene: _Scene, interface: VirtualInterface) -> _Lack | None:
    """Say what an interface lacks to be an attachment; None when it lacks nothing."""
    found = scene.found(interface)
    if not found:
        return _Lack("not made in AWS yet")
    if found["state"] in _IN_THE_MAKING:
        others = found["state"] == "confirming"
        who = owner_words(interface.account) if others else "AWS"
        return _Lack(f"{found['state']} in AWS", who)
    for peer in interface.peers:
        known = _found_peer(found, peer.family)
        if not known.get("amazon_address") or not known.get("customer_address"):
            return _Lack(f"AWS has not assigned its {peer.family} addresses yet", "AWS")
    if _amazon_asn(scene, interface) is None:
        return _Lack("the ASN of its gateway is not known yet", "AWS")
    return None


def _found_peer(found: Mapping[str, Any], wanted: Family) -> Mapping[str, Any]:
    return next((peer for peer in found["peers"] if peer["family"] == wanted), {})


def _amazon_asn(scene: _Scene, interface: VirtualInterface) -> int | None:
    """Return Amazon's ASN as AWS tells it, else as what the interface ends on was declared."""
    asn: int | None = scene.found(interface).get("amazon_asn")
    return asn or declared_asn(scene.estate, interface, scene.limits)


def _attachment(scene: _Scene, interface: VirtualInterface) -> Attachment:
    carrier, found = scene.carrier(interface), scene.found(interface)
    limits = scene.limits
    return Attachment(
        name=interface.name,
        id=found["id"],
        type=interface.type,
        account=carrier.account,
        router=carrier.router or "",
        port=carrier.port or "",
        interface=interface_of(scene.estate, interface) or "",
        vlan=interface.vlan,
        mtu=found.get("mtu") or interface.mtu,
        owner=owner(interface.vlan),
        description=f"{owner(interface.vlan)} {found['id']} {interface.name}",
        local_asn=interface.customer_asn,
        bfd=Bfd(interval_ms=limits.bfd_interval_ms, multiplier=limits.bfd_multiplier),
        peers=tuple(_peer(scene, interface, peer) for peer in interface.peers),
    )


def _peer(scene: _Scene, interface: VirtualInterface, peer: Peer) -> AttachmentPeer:
    known = _found_peer(scene.found(interface), peer.family)
    routing, limits = interface.routing, scene.limits
    advertise = of_family(routing.advertise, peer.family)
    return AttachmentPeer(
        family=peer.family,
        local_address=known["customer_address"],
        remote_address=address(known["amazon_address"]),
        remote_asn=_amazon_asn(scene, interface) or 0,
        key_name=interface.name if peer.key else None,
        advertise=advertise,
        accept=of_family(routing.accept, peer.family),
        accept_longest=longest_accepted(interface, peer.family),
        local_preference=local_preference(interface),
        communities=communities(interface),
        prepend=routing.prepend,
        maximum_prefixes=inbound_maximum(scene.estate, interface, peer.family, limits),
        maximum_prefixes_out=outbound_maximum(interface, peer.family, limits),
    )
