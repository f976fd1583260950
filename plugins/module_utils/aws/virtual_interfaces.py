# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Virtual interfaces and their BGP peers: the one place that reads and writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from ..core.planner.peers import first_peer
from ..core.snapshot import GONE, FoundPeer, FoundVirtualInterface
from .handler import Handler
from .made import Made
from .paging import all_pages
from .tagging import as_dict, tags_given

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..core.model import Peer, VirtualInterface
    from ..core.plan import Action
    from .made import Ids
    from .session import Aws

# AWS's names of what UpdateVirtualInterfaceAttributes can change.
ATTRIBUTES = {"name": "virtualInterfaceName", "mtu": "mtu", "site_link": "enableSiteLink"}


def read_virtual_interfaces(aws: Aws) -> tuple[FoundVirtualInterface, ...]:
    """Return all virtual interfaces of the account in the Region: one call per hundred."""
    answers = all_pages(aws.reader().describe_virtual_interfaces, "virtualInterfaces")
    return tuple(_found(answer) for answer in answers)


def _found(answer: dict[str, Any]) -> FoundVirtualInterface:
    return FoundVirtualInterface(
        id=answer["virtualInterfaceId"],
        name=answer.get("virtualInterfaceName", ""),
        type=answer.get("virtualInterfaceType", ""),
        state=answer.get("virtualInterfaceState", "unknown"),
        connection_id=answer.get("connectionId", ""),
        vlan=answer.get("vlan", 0),
        gateway_id=answer.get("directConnectGatewayId") or answer.get("virtualGatewayId"),
        customer_asn=_asn(answer),
        amazon_asn=answer.get("amazonSideAsn"),
        mtu=answer.get("mtu"),
        site_link=answer.get("siteLinkEnabled"),
        peers=tuple(_peer(peer) for peer in answer.get("bgpPeers", [])),
        owner_account=answer.get("ownerAccount"),
        tags=as_dict(answer.get("tags")),
    )


def _peer(answer: dict[str, Any]) -> FoundPeer:
    return FoundPeer(
        id=answer.get("bgpPeerId", ""),
        family=answer.get("addressFamily", "ipv4"),
        state=answer.get("bgpPeerState", "unknown"),
        status=answer.get("bgpStatus", "unknown"),
        asn=_asn(answer),
        amazon_address=answer.get("amazonAddress") or None,
        customer_address=answer.get("customerAddress") or None,
        key=answer.get("authKey"),
    )


def _asn(answer: dict[str, Any]) -> int:
    """Return the ASN; beside a 4-byte one AWS shows `asn` as 0."""
    return int(answer.get("asnLong") or answer.get("asn") or 0)


def create_virtual_interface(aws: Aws, action: Action, ids: Ids) -> Made:
    """Make the interface with its first peer."""
    wanted = cast("VirtualInterface", action.wanted)
    new = _given(
        virtualInterfaceName=wanted.name,
        vlan=wanted.vlan,
        asnLong=wanted.customer_asn,
        mtu=wanted.mtu,
        enableSiteLink=wanted.site_link,
        directConnectGatewayId=ids.parent(action, "gateway"),
        **tags_given(action.tags),
        **_peer_parameters(first_peer(wanted)),
    )
    connection_id = ids.parent(action, "connection", "lag")
    client = aws.writer()
    if wanted.type == "transit":
        answer = client.create_transit_virtual_interface(
            connectionId=connection_id, newTransitVirtualInterface=new
        )["virtualInterface"]
    else:
        answer = client.create_private_virtual_interface(
            connectionId=connection_id, newPrivateVirtualInterface=new
        )
    return Made(id=answer["virtualInterfaceId"], state=answer["virtualInterfaceState"])


def update_virtual_interface(aws: Aws, action: Action, _ids: Ids) -> None:
    """Change in place what AWS can change in place, by one call."""
    attributes = {ATTRIBUTES[change.attribute]: change.after for change in action.changes}
    aws.writer().update_virtual_interface_attributes(virtualInterfaceId=action.id, **attributes)


def delete_virtual_interface(aws: Aws, action: Action, _ids: Ids) -> None:
    """Delete the interface; its peers go with it."""
    aws.writer().delete_virtual_interface(virtualInterfaceId=action.id)


def create_peer(aws: Aws, action: Action, ids: Ids) -> Made:
    """Add a BGP peer to an interface that is there."""
    peer = cast("Peer", action.wanted)
    (asn,) = (change.after for change in action.changes if change.attribute == "customer_asn")
    answer = aws.writer().create_bgp_peer(
        virtualInterfaceId=ids.parent(action, "virtual_interface"),
        newBGPPeer=_given(asnLong=asn, **_peer_parameters(peer)),
    )["virtualInterface"]
    # The answer holds all peers, one of the same family that is just being deleted among them.
    found = _found(answer).peers
    made = next(new for new in found if new.family == peer.family and new.state not in GONE)
    return Made(id=made.id, state=made.state)


def _peer_parameters(peer: Peer | None) -> dict[str, Any]:
    if peer is None:
        return {}
    return {
        "addressFamily": peer.family,
        "amazonAddress": peer.amazon_address,
        "customerAddress": peer.customer_address,
        "authKey": peer.key,
    }


def _given(**parameters: Any) -> dict[str, Any]:
    return {key: value for key, value in parameters.items() if value is not None}


def read_routes(aws: Aws, interface_id: str) -> list[dict[str, Any]]:
    """Return what AWS accepted from and advertised to the router over one interface."""
    call = aws.reader().list_virtual_interface_routes
    routes = all_pages(call, "routes", virtualInterfaceId=interface_id)
    return sorted((_route(route) for route in routes), key=_place)


def _route(answer: dict[str, Any]) -> dict[str, Any]:
    return {
        "prefix": answer["cidr"],
        "direction": answer["routeDirection"],
        "family": answer["addressFamily"],
        "as_path": [asn for part in answer.get("asPath", []) for asn in part["path"]],
        "communities": answer.get("communities", []),
    }


def _place(route: dict[str, Any]) -> tuple[str, str, str]:
    return route["direction"], route["family"], route["prefix"]


def _find_peer(
    action: Action, ids: Ids, things: Iterable[FoundVirtualInterface]
) -> FoundPeer | None:
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
    writes={
        "create": create_virtual_interface,
        "update": update_virtual_interface,
        "delete": delete_virtual_interface,
    },
    read=read_virtual_interfaces,
    kept=lambda snapshot: snapshot.virtual_interfaces,
    unsettled_by=frozenset({"create", "update"}),
)
PEER_HANDLER = Handler(
    writes={"create": create_peer},
    read=read_virtual_interfaces,
    kept=lambda snapshot: snapshot.virtual_interfaces,
    parts=lambda interface: interface.peers,
    find=_find_peer,
)
