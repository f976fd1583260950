# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""BGP peers: one per address family; the first comes with the interface, the second after it."""

from __future__ import annotations

from ipaddress import ip_interface
from typing import TYPE_CHECKING

from ..plan import Action, Change, Draft, Reference, Wait
from ..snapshot import GONE

if TYPE_CHECKING:
    from ..model import Peer, VirtualInterface
    from ..snapshot import FoundPeer, FoundVirtualInterface

WAY_OUT = (
    "delete the virtual interface with consent (state absent) and let the next run make it anew"
)


def first_peer(wanted: VirtualInterface) -> Peer | None:
    """Return the peer that is made with the interface; None leaves it to AWS's default."""
    return wanted.peers[0] if wanted.peers else None


def peer_name(interface: str, family: str) -> str:
    """Return the name of a peer in plans: interface/family."""
    return f"{interface}/{family}"


def peer_words(peer: Peer | None) -> str | None:
    """Return a peer as it stands in a plan; a key is told, never shown."""
    if peer is None:
        return None
    amazon, customer = peer.amazon_address, peer.customer_address
    addresses = f"{customer} to {amazon}" if amazon else "addresses by AWS"
    return f"{peer.family} {addresses}" + (", with key" if peer.key else "")


def plan_peers(
    wanted: VirtualInterface, found: FoundVirtualInterface | None, *, waits: tuple[Wait, ...] = ()
) -> Draft:
    """Return the peers to be made, and a fault for each that is there but different.

    Args:
        wanted: The interface in the estate.
        found: The interface at AWS; None when it is made by this plan, with its first peer.
        waits: What the interface's own creation waits for.
    """
    if found is None:
        late = [_create(wanted, peer, None, waits) for peer in wanted.peers[1:]]
        return Draft(actions=tuple(late))
    draft = Draft()
    for peer in wanted.peers:
        there = _find(found, peer)
        if there is None:
            draft += Draft(actions=(_create(wanted, peer, found, ()),))
        else:
            draft += Draft(faults=_faults(wanted.name, peer, there))
    return draft


def _find(found: FoundVirtualInterface, wanted: Peer) -> FoundPeer | None:
    living = [peer for peer in found.peers if peer.state not in GONE]
    return next((peer for peer in living if peer.family == wanted.family), None)


def _create(
    wanted: VirtualInterface,
    peer: Peer,
    found: FoundVirtualInterface | None,
    waits: tuple[Wait, ...],
) -> Action:
    interface = Reference(
        kind="virtual_interface", name=wanted.name, id=found.id if found else None
    )
    until = ("available", "down")
    settling = Wait(on=interface, until=until, now=found.state if found else None)
    settled = found is not None and found.state in until
    people = tuple(wait for wait in waits if wait.people)
    return Action(
        verb="create",
        kind="peer",
        name=peer_name(wanted.name, peer.family),
        wanted=peer,
        parents=(interface,),
        changes=(
            Change(attribute="customer_asn", after=wanted.customer_asn),
            Change(attribute="peer", after=peer_words(peer)),
        ),
        waits_for=(*people, *(() if settled else (settling,)), *_vacancy(peer, found)),
    )


def _vacancy(wanted: Peer, found: FoundVirtualInterface | None) -> tuple[Wait, ...]:
    """Wait until a peer of the same family that is being deleted has gone."""
    if found is None:
        return ()
    name = peer_name(found.name, wanted.family)
    return tuple(
        Wait(on=Reference(kind="peer", name=name, id=peer.id), now=peer.state)
        for peer in found.peers
        if peer.family == wanted.family and peer.state == "deleting"
    )


def _faults(interface: str, wanted: Peer, found: FoundPeer) -> tuple[str, ...]:
    name = peer_name(interface, wanted.family)
    pairs = {
        "amazon_address": (found.amazon_address, wanted.amazon_address),
        "customer_address": (found.customer_address, wanted.customer_address),
    }
    faults = [
        f"peer {name}: {attribute} is {there} at AWS and {wish} in the estate, and AWS fixes it at "
        f"birth: put {there} into the estate, or {WAY_OUT}"
        for attribute, (there, wish) in pairs.items()
        if wish is not None and not _same_address(there, wish)
    ]
    if wanted.key is not None and found.key is not None and wanted.key != found.key:
        faults.append(
            f"peer {name}: AWS holds another key than the estate (neither is shown), and AWS fixes "
            f"it at birth: put the right key into the estate, or {WAY_OUT}"
        )
    return tuple(faults)


def _same_address(found: str | None, wanted: str) -> bool:
    """Compare addresses as addresses: 2001:DB8::1/125 and 2001:db8:0::1/125 are one."""
    return found is not None and ip_interface(found) == ip_interface(wanted)
