# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""BGP peers to be made: the first comes with the interface, the others after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..plan import Action, Change, Reference, Wait

if TYPE_CHECKING:
    from ..model import Peer, VirtualInterface
    from ..snapshot import FoundVirtualInterface

SETTLED = ("available", "down")


def first_peer(wanted: VirtualInterface) -> Peer | None:
    """Return the peer that is made with the interface; None leaves it to AWS's default."""
    return wanted.peers[0] if wanted.peers else None


def peer_name(interface: str, family: str) -> str:
    """Return the name of a peer in plans, in replace and in consents: interface/family."""
    return f"{interface}/{family}"


def peer_words(peer: Peer | None) -> str | None:
    """Return a peer as it stands in a plan; a key is told, never shown."""
    if peer is None:
        return None
    amazon, customer = peer.amazon_address, peer.customer_address
    addresses = f"{customer} to {amazon}" if amazon else "addresses by AWS"
    return f"{peer.family} {addresses}" + (", with key" if peer.key else "")


def late_peers(wanted: VirtualInterface, waits: tuple[Wait, ...]) -> tuple[Action, ...]:
    """Return the creation of all peers but the first, for an interface that this plan makes.

    Args:
        wanted: The interface in the estate.
        waits: What the interface's own creation waits for.
    """
    people = tuple(wait for wait in waits if wait.people)
    return tuple(create_peer(wanted, peer, None, people) for peer in wanted.peers[1:])


def create_peer(
    wanted: VirtualInterface,
    peer: Peer,
    found: FoundVirtualInterface | None,
    waits: tuple[Wait, ...] = (),
) -> Action:
    """Return the creation of a peer on an interface, which has settled before."""
    interface = Reference(
        kind="virtual_interface", name=wanted.name, id=found.id if found else None
    )
    settling = Wait(on=interface, until=SETTLED, now=found.state if found else None)
    settled = found is not None and found.state in SETTLED
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
        waits_for=(*waits, *(() if settled else (settling,)), *_vacancy(peer, found)),
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
