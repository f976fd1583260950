# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the estate and what AWS has to attachments.

A virtual interface becomes an attachment when every address of every peer is known, declared or
assigned by AWS; until then no line of it belongs on a router. Keys are no part of an attachment:
its peers name a key, and `keys` hands the keys out to the one place that needs them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from .addressing import address, of_family
from .attachment import Attachment, AttachmentPeer, Bfd, Drain, Timers
from .evidence import Evidence, declared_asn, interface_of, owner_words
from .expected_prefixes import expected_prefixes
from .landings import key_name, landing_on, owner
from .limits import Limits
from .preferences import (
    DRAINED_COMMUNITIES,
    DRAINED_LOCAL_PREFERENCE,
    DRAINED_PREPEND,
    communities,
    local_preference,
)
from .prefix_guards import inbound_maximum, longest_accepted, outbound_maximum

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from .model import Connection, Estate, Family, Lag, Peer, VirtualInterface

# States before the first `available`, and who ends them. Later states never take an attachment off
# a router: a circuit that is down must find its configuration when it comes back.
_IN_THE_MAKING = ("confirming", "verifying", "pending")


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
        key_name(thing.name): peer.key
        for _, thing in landing_on(estate, router)
        for peer in thing.peers
        if peer.key
    }


def attachments(  # noqa: PLR0913 - what there is to know
    estate: Estate,
    observed: Sequence[Mapping[str, Any]],
    router: str,
    *,
    limits: Limits | None = None,
    drained: Collection[str] = (),
    shut: Collection[str] = (),
) -> tuple[Attachment, ...]:
    """Return what the router shall have now, by VLAN.

    Args:
        estate: What shall exist.
        observed: One mapping per account, as the modules `estate` and `estate_info` return it.
        router: The router's name in the inventory.
        limits: The limits in force; None for the built-in ones.
        drained: The names of the interfaces that shall carry no traffic.
        shut: The names of those among them whose sessions shall be down.
    """
    evidence = Evidence(observed=observed)
    scene = _Scene(estate, evidence, limits or Limits(), frozenset(drained), frozenset(shut))
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
    drained: frozenset[str] = frozenset()
    shut: frozenset[str] = frozenset()

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
    limits, router = scene.limits, scene.estate.router(carrier.router or "")
    return Attachment(
        name=interface.name,
        id=found["id"],
        type=interface.type,
        account=carrier.account,
        router=carrier.router or "",
        port=carrier.port or "",
        interface=interface_of(scene.estate, interface) or "",
        landing=router.landing,
        vlan=interface.vlan,
        vrf=interface.routing.vrf or "",
        mtu=found.get("mtu") or interface.mtu,
        owner=owner(interface.vlan),
        description=f"{owner(interface.vlan)} {found['id']} {interface.name}",
        local_asn=interface.customer_asn,
        bfd=Bfd(interval_ms=limits.bfd_interval_ms, multiplier=limits.bfd_multiplier),
        timers=Timers(
            keepalive_seconds=router.keepalive_seconds or limits.bgp_keepalive_seconds,
            hold_seconds=router.hold_seconds or limits.bgp_hold_seconds,
        ),
        multipath=router.multipath,
        drain=_drain(scene, interface) if interface.name in scene.drained else None,
        last_resort=_last_resort(interface),
        peers=tuple(_peer(scene, interface, peer) for peer in interface.peers),
    )


def _drain(scene: _Scene, interface: VirtualInterface) -> Drain:
    return replace(_last_resort(interface), shut=interface.name in scene.shut)


def _last_resort(interface: VirtualInterface) -> Drain:
    """Return what drains a way; over its public network no community tells AWS anything."""
    return Drain(
        local_preference=DRAINED_LOCAL_PREFERENCE,
        prepend=DRAINED_PREPEND,
        communities=() if interface.type == "public" else DRAINED_COMMUNITIES,
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
        key_name=key_name(interface.name) if peer.key else None,
        advertise=advertise,
        accept=of_family(routing.accept, peer.family),
        accept_longest=longest_accepted(interface, peer.family),
        local_preference=local_preference(interface),
        communities=communities(interface),
        prepend=routing.prepend,
        maximum_prefixes=inbound_maximum(
            scene.estate, interface, peer.family, limits, scene.evidence
        ),
        maximum_prefixes_out=outbound_maximum(interface, peer.family, limits),
        expect=expected_prefixes(scene.estate, interface, peer.family, scene.evidence),
    )
