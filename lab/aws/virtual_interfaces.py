# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Virtual interfaces of all three types: made, listed, deleted.

One may belong to another account than what it rides on; then both accounts see it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import amazon_side, carriers, lifecycle, peers, prefixes, shares, tags
from . import virtual_interface_rules as rules
from .asn import both_fields
from .errors import ClientError
from .ids import new_id
from .request import Answer, Request, operation
from .router_configuration import customer_router_config
from .state import InterfaceType, VirtualInterface

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .carriers import Carrier


@operation("CreatePrivateVirtualInterface")
def create_private(request: Request) -> Answer:
    """Make a private virtual interface on a gateway or a VGW."""
    wanted = request.parameters["newPrivateVirtualInterface"]
    return describe(request, _create(request, "private", wanted))


@operation("CreatePublicVirtualInterface")
def create_public(request: Request) -> Answer:
    """Make a public virtual interface, whose addresses AWS verifies before it comes up."""
    wanted = request.parameters["newPublicVirtualInterface"]
    return describe(request, _create(request, "public", wanted))


@operation("CreateTransitVirtualInterface")
def create_transit(request: Request) -> Answer:
    """Make a transit virtual interface, which needs a gateway."""
    wanted = request.parameters["newTransitVirtualInterface"]
    return {"virtualInterface": describe(request, _create(request, "transit", wanted))}


def _create(request: Request, kind: InterfaceType, wanted: Mapping[str, Any]) -> VirtualInterface:
    carrier = carriers.find_for_interfaces(request, request.parameters["connectionId"])
    rules.check_new(request, carrier, kind, wanted)
    rules.check_owner(request, kind, wanted)
    made = build(request, carrier, kind, wanted)
    made.gateway_id = wanted.get("directConnectGatewayId")
    made.virtual_gateway_id = wanted.get("virtualGatewayId")
    made.site_link = wanted.get("enableSiteLink", False)
    return keep(request, made)


def build(
    request: Request, carrier: Carrier, kind: InterfaceType, wanted: Mapping[str, Any]
) -> VirtualInterface:
    """Return the interface that the request describes, its session included; nobody holds it yet.

    Raises:
        ClientError: The carrier cannot give what is asked for, or the session cannot be.
    """
    shares.check_prefix_counts(request, carrier, wanted)
    counted = 0 if kind == "public" else shares.PREFIXES_BY_DEFAULT
    return VirtualInterface(
        id=new_id("dxvif"),
        name=wanted["virtualInterfaceName"],
        type=kind,
        account=request.account,
        region=request.region,
        connection_id=carrier.id,
        vlan=wanted["vlan"],
        mtu=wanted.get("mtu", rules.PLAIN_MTU),
        created_at=request.world.now,
        route_filters=rules.read_route_filters(wanted) if kind == "public" else (),
        peers=[peers.new_peer(request, wanted, kind)],
        prefixes_ipv4=wanted.get("prefixPoolAllocatedCountIpv4", counted),
        prefixes_ipv6=wanted.get("prefixPoolAllocatedCountIpv6", counted),
        rate_limit=shares.rate_limit(request, carrier, wanted),
        tags=tags.read(wanted.get("tags")),
    )


def keep(request: Request, made: VirtualInterface) -> VirtualInterface:
    """Enter the interface into its owner's ledger."""
    ledger = request.world.ledger(made.account, made.region)
    ledger.virtual_interfaces[made.id] = made
    request.world.nudge()
    return made


@operation("DescribeVirtualInterfaces")
def describe_virtual_interfaces(request: Request) -> Answer:
    """Return the virtual interfaces that the account owns or carries, by pages.

    Those lately deleted are among them.
    """
    wanted = request.parameters
    world = request.world
    found = [
        each
        for each in world.virtual_interfaces()
        if wanted.get("virtualInterfaceId") in (None, each.id)
        and wanted.get("connectionId") in (None, each.connection_id)
        and lifecycle.listed(each.deleted_at, world.now, world.delays)
        and is_seen(request, each)
    ]
    return request.page("virtualInterfaces", found, lambda each: describe(request, each))


def is_seen(request: Request, virtual_interface: VirtualInterface) -> bool:
    """Tell whether the account owns the interface or what it rides on, in this Region."""
    if virtual_interface.region != request.region:
        return False
    if virtual_interface.account == request.account:
        return True
    carrier = request.world.find_carrier(virtual_interface.connection_id)
    return carrier is not None and carrier.account == request.account


@operation("DeleteVirtualInterface")
def delete(request: Request) -> Answer:
    """Delete the virtual interface with its sessions; an owner who has not accepted it rejects."""
    found = find(request, request.parameters["virtualInterfaceId"])
    found.rejected = found.awaits_confirmation and found.account == request.account
    found.deleted_at = request.world.now
    request.world.nudge()
    return {"virtualInterfaceState": state(request, found)}


def find(request: Request, virtual_interface_id: str) -> VirtualInterface:
    """Return what the account owns or carries; raises the service's text when there is none."""
    for _, _, ledger in request.world.ledgers():
        found = ledger.virtual_interfaces.get(virtual_interface_id)
        if found is not None and found.deleted_at is None and is_seen(request, found):
            return found
    raise ClientError(f"Virtual Interface {virtual_interface_id} does not exist.")


def state(request: Request, virtual_interface: VirtualInterface) -> str:
    """Return the state at this moment; with no session up it is down."""
    world = request.world
    established = any(
        peers.status(request, virtual_interface, peer) == "up"
        for peer in virtual_interface.live_peers
    )
    return lifecycle.virtual_interface_state(
        virtual_interface,
        world.now,
        world.delays,
        test=world.running_test(virtual_interface),
        established=established,
    )


def describe(request: Request, virtual_interface: VirtualInterface) -> Answer:
    """Return a virtual interface as the service words it: the first session stands on top too."""
    carrier = request.world.find_carrier(virtual_interface.connection_id)
    answer: Answer = {
        "ownerAccount": virtual_interface.account,
        "virtualInterfaceId": virtual_interface.id,
        "location": carrier.location if carrier else "",
        "connectionId": virtual_interface.connection_id,
        "virtualInterfaceType": virtual_interface.type,
        "virtualInterfaceName": virtual_interface.name,
        "vlan": virtual_interface.vlan,
        **_session(request, virtual_interface),
        "virtualInterfaceState": state(request, virtual_interface),
        "mtu": virtual_interface.mtu,
        "jumboFrameCapable": virtual_interface.type != "public"
        and (carrier is None or shares.is_jumbo_frame_capable(request, carrier)),
        "virtualGatewayId": virtual_interface.virtual_gateway_id or "",
        "directConnectGatewayId": virtual_interface.gateway_id or "",
        "routeFilterPrefixes": prefixes.write(virtual_interface.route_filters),
        "bgpPeers": _peers(request, virtual_interface),
        "region": virtual_interface.region,
        **peers.device(carrier),
        "tags": tags.write(virtual_interface.tags),
        "siteLinkEnabled": virtual_interface.site_link,
    }
    return answer | _shares(virtual_interface)


def _session(request: Request, virtual_interface: VirtualInterface) -> Answer:
    """Return the members that repeat the first session."""
    first = (virtual_interface.live_peers or virtual_interface.peers)[0]
    asn = amazon_asn_of(request, virtual_interface)
    return {
        **both_fields(first.asn),
        "amazonSideAsn": asn,
        "authKey": first.key,
        "amazonAddress": first.amazon_address,
        "customerAddress": first.customer_address,
        "addressFamily": first.family,
        "customerRouterConfig": customer_router_config(virtual_interface, asn),
    }


def _shares(virtual_interface: VirtualInterface) -> Answer:
    """Return what it takes of its carrier: a public one no prefixes, an unlimited one no limit."""
    answer: Answer = {}
    if virtual_interface.type != "public":
        answer["prefixPoolAllocatedCountIpv4"] = virtual_interface.prefixes_ipv4
        answer["prefixPoolAllocatedCountIpv6"] = virtual_interface.prefixes_ipv6
    if virtual_interface.rate_limit:
        answer["rateLimit"] = virtual_interface.rate_limit
    return answer


def _peers(request: Request, virtual_interface: VirtualInterface) -> list[Answer]:
    """Return the sessions; a deleted one is listed while it is being deleted."""
    described = [peers.describe(request, virtual_interface, p) for p in virtual_interface.peers]
    return [peer for peer in described if peer["bgpPeerState"] != "deleted"]


def amazon_asn_of(request: Request, virtual_interface: VirtualInterface) -> int:
    """Return the ASN on AWS's side: the gateway's, the VGW's, or that of the public network."""
    return amazon_side.asn(request.world, virtual_interface)
