# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""BGP peers of an interface that is there: made if missing, deleted if undeclared, or replaced.

The list of peers is exact. AWS changes nothing on a peer, and never deletes the last one: so what
is missing is made before anything is deleted, one peer is replaced after the other, and what is not
listed goes last.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from ipaddress import ip_interface
from typing import TYPE_CHECKING

from ..plan import Action, Change, Draft, Reference, Wait
from ..snapshot import GONE
from .consent import with_consent
from .drift import WAY_OUT
from .peers import create_peer, peer_name

if TYPE_CHECKING:
    from ..model import Peer, VirtualInterface
    from ..snapshot import FoundPeer, FoundVirtualInterface
    from .context import Context

_KEY = "key"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scene:
    """One interface, declared and found."""

    wanted: VirtualInterface
    found: FoundVirtualInterface
    context: Context

    @property
    def living(self) -> dict[str, FoundPeer]:
        return _living(self.found)


def plan_peers(wanted: VirtualInterface, found: FoundVirtualInterface, context: Context) -> Draft:
    """Return what brings an interface's peers to the estate's list; no list means "don't care"."""
    if not wanted.peers:
        return Draft()
    scene = _Scene(wanted=wanted, found=found, context=context)
    missing = (peer for peer in wanted.peers if peer.family not in scene.living)
    draft = Draft(actions=tuple(create_peer(wanted, peer, found) for peer in missing))
    for peer in wanted.peers:
        if differences := _differences(peer, scene.living.get(peer.family)):
            draft += _replace(scene, peer, differences, draft)
    families = {peer.family for peer in wanted.peers}
    for family, there in scene.living.items():
        if family not in families:
            reason = "it is not among the estate's peers"
            draft += Draft(actions=(_deletion(scene, there, reason, draft),))
    return draft


def peer_differences(wanted: VirtualInterface, found: FoundVirtualInterface) -> tuple[Change, ...]:
    """Return what AWS has fixed otherwise on the peers that are there; a key is never shown."""
    living = _living(found)
    return tuple(
        Change(
            attribute=f"peer {peer.family} {change.attribute}",
            before=change.before,
            after=change.after,
        )
        for peer in wanted.peers
        for change in _differences(peer, living.get(peer.family))
    )


def _living(found: FoundVirtualInterface) -> dict[str, FoundPeer]:
    return {peer.family: peer for peer in found.peers if peer.state not in GONE}


def _differences(wanted: Peer, found: FoundPeer | None) -> tuple[Change, ...]:
    if found is None:
        return ()
    pairs = {
        "amazon_address": (found.amazon_address, wanted.amazon_address),
        "customer_address": (found.customer_address, wanted.customer_address),
    }
    changes = [
        Change(attribute=attribute, before=there, after=wish)
        for attribute, (there, wish) in pairs.items()
        if wish is not None and not _same_address(there, wish)
    ]
    if wanted.key is not None and found.key is not None and wanted.key != found.key:
        changes.append(Change(attribute=_KEY, before="AWS's", after="the estate's"))
    return tuple(changes)


def _same_address(found: str | None, wanted: str) -> bool:
    """Compare addresses as addresses: 2001:DB8::1/125 and 2001:db8:0::1/125 are one."""
    return found is not None and ip_interface(found) == ip_interface(wanted)


def _replace(scene: _Scene, peer: Peer, differences: tuple[Change, ...], before: Draft) -> Draft:
    """Return a peer's deletion and creation, or what AWS or the operator has against it.

    A run that is killed in between leaves a peer that is missing: the next one makes it.
    """
    name = peer_name(scene.wanted.name, peer.family)
    if way_out := _obstacle(scene, name, before):
        return Draft(faults=tuple(_fault(name, change, way_out) for change in differences))
    there = scene.living[peer.family]
    delete = replace(_deletion(scene, there, "REPLACES it", before), changes=differences)
    gone = Wait(on=Reference(kind="peer", name=name, id=there.id), now=there.state)
    return Draft(actions=(delete, create_peer(scene.wanted, peer, scene.found, (gone,))))


def _obstacle(scene: _Scene, name: str, before: Draft) -> str:
    """Return the way out if a peer cannot be replaced as it is; empty if it can."""
    made = any(action.verb == "create" for action in before.actions)
    if len(scene.living) == 1 and not made:
        return "as AWS deletes no last peer, " + WAY_OUT.format(scene.wanted.name)
    return "" if name in scene.context.terms.replace else WAY_OUT.format(name)


def _fault(name: str, change: Change, way_out: str) -> str:
    if change.attribute == _KEY:
        return (
            f"peer {name}: AWS holds another key than the estate (neither is shown), and AWS fixes "
            f"it at birth: put the right key into the estate, or {way_out}"
        )
    return (
        f"peer {name}: {change.attribute} is {change.before} at AWS and {change.after} in the "
        f"estate, and AWS fixes it at birth: put {change.before} into the estate, or {way_out}"
    )


def _deletion(scene: _Scene, there: FoundPeer, reason: str, before: Draft) -> Action:
    interface = scene.wanted.name
    cut = "; this cuts a BGP session that is up" if there.status == "up" else ""
    action = Action(
        verb="delete",
        kind="peer",
        name=peer_name(interface, there.family),
        id=there.id,
        parents=(Reference(kind="virtual_interface", name=interface, id=scene.found.id),),
        waits_for=_made(before),
    )
    return with_consent(action, f"{reason}{cut}", scene.context)


def _made(before: Draft) -> tuple[Wait, ...]:
    """Wait for the peers that the plan makes before: something has to carry the traffic."""
    return tuple(
        Wait(on=Reference(kind="peer", name=action.name), until=("available",))
        for action in before.actions
        if action.verb == "create"
    )
