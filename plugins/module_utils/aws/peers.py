# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""BGP peers of virtual interfaces: the one place that makes and deletes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from ..core.snapshot import GONE
from .handler import Handler
from .made import Made
from .virtual_interfaces import found_interface, read_virtual_interfaces

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..core.model import Peer
    from ..core.plan import Action
    from ..core.snapshot import FoundPeer, FoundVirtualInterface
    from .made import Ids
    from .session import Aws


def given(**parameters: Any) -> dict[str, Any]:
    """Return the parameters that have a value."""
    return {key: value for key, value in parameters.items() if value is not None}


def peer_parameters(peer: Peer | None) -> dict[str, Any]:
    """Return a peer as the calls that make one take it, an interface's first among them."""
    if peer is None:
        return {}
    return given(
        addressFamily=peer.family,
        amazonAddress=peer.amazon_address,
        customerAddress=peer.customer_address,
        authKey=peer.key,
    )


def create_peer(aws: Aws, action: Action, ids: Ids) -> Made:
    """Add a BGP peer to an interface that is there."""
    peer = cast("Peer", action.wanted)
    (asn,) = (change.after for change in action.changes if change.attribute == "customer_asn")
    answer = aws.writer().create_bgp_peer(
        virtualInterfaceId=ids.parent(action, "virtual_interface"),
        newBGPPeer={"asnLong": asn, **peer_parameters(peer)},
    )["virtualInterface"]
    # The answer holds all peers, one of the same family that is just being deleted among them.
    found = found_interface(answer).peers
    made = next(new for new in found if new.family == peer.family and new.state not in GONE)
    return Made(id=made.id, state=made.state)


def delete_peer(aws: Aws, action: Action, ids: Ids) -> None:
    """Delete one BGP peer of an interface that keeps another."""
    aws.writer().delete_bgp_peer(
        virtualInterfaceId=ids.parent(action, "virtual_interface"), bgpPeerId=action.id
    )


def _find(action: Action, ids: Ids, things: Iterable[FoundVirtualInterface]) -> FoundPeer | None:
    """Return the peer of an action: by its id, else the living one of its interface and family."""
    if action.id:
        known = (peer for thing in things for peer in thing.peers)
        return next((peer for peer in known if peer.id == action.id), None)
    interface_id = ids.parent(action, "virtual_interface")
    family = action.name.rpartition("/")[2]
    peers = (peer for thing in things if thing.id == interface_id for peer in thing.peers)
    living = (peer for peer in peers if peer.state not in GONE)
    return next((peer for peer in living if peer.family == family), None)


HANDLER = Handler(
    writes={"create": create_peer, "delete": delete_peer},
    read=read_virtual_interfaces,
    kept=lambda snapshot: snapshot.virtual_interfaces,
    parts=lambda interface: interface.peers,
    find=_find,
)
