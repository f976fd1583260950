# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Private and transit virtual interfaces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

from . import (
    amazon_side,
    association_rules,
    carriers,
    connections,
    gateways,
    lifecycle,
    peers,
    tags,
)
from .asn import both_fields
from .errors import ClientError, LimitExceededError
from .ids import new_id
from .request import Answer, Request, operation
from .router_configuration import customer_router_config
from .state import VirtualInterface

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .state import Connection

NAME = re.compile(r"^[\w \-_,/]{1,100}$")
# The guide and Terraform say 9001 for private, the API's own texts 8500: both are taken.
MTUS = {"private": (1500, 8500, 9001), "transit": (1500, 8500)}
TRANSIT_PER_CONNECTION, OTHERS_PER_CONNECTION, ON_A_HOSTED_CONNECTION = 4, 50, 1
PER_GATEWAY = 30
LARGEST_VLAN = 4094
PREFIXES_AT_MOST = 1000
READY_FOR_INTERFACES = ("available", "down")


@operation("CreatePrivateVirtualInterface")
def create_private(request: Request) -> Answer:
    """Make a private virtual interface on a gateway or a VGW."""
    made = _create(request, "private", request.parameters["newPrivateVirtualInterface"])
    return describe(request, made)


@operation("CreateTransitVirtualInterface")
def create_transit(request: Request) -> Answer:
    """Make a transit virtual interface, which needs a gateway."""
    made = _create(request, "transit", request.parameters["newTransitVirtualInterface"])
    return {"virtualInterface": describe(request, made)}


def _create(
    request: Request, kind: Literal["private", "transit"], wanted: Mapping[str, Any]
) -> VirtualInterface:
    connection = _connection_for(request, request.parameters["connectionId"])
    _check_basics(kind, wanted)
    _check_vlan(request, connection, wanted["vlan"])
    _check_room(request, connection, kind)
    _check_owner(request, kind, wanted)
    made = VirtualInterface(
        id=new_id("dxvif"),
        name=wanted["virtualInterfaceName"],
        type=kind,
        account=request.account,
        region=request.region,
        connection_id=connection.id,
        vlan=wanted["vlan"],
        mtu=wanted.get("mtu", 1500),
        created_at=request.world.now,
        peers=[peers.new_peer(request, wanted)],
        gateway_id=wanted.get("directConnectGatewayId"),
        virtual_gateway_id=wanted.get("virtualGatewayId"),
        site_link=wanted.get("enableSiteLink", False),
        prefixes_ipv4=wanted.get("prefixPoolAllocatedCountIpv4", 100),
        prefixes_ipv6=wanted.get("prefixPoolAllocatedCountIpv6", 100),
        rate_limit=_rate_limit(request, connection, wanted),
        tags=tags.read(wanted.get("tags")),
    )
    request.ledger.virtual_interfaces[made.id] = made
    request.world.nudge()
    return made


def _connection_for(request: Request, connection_id: str) -> Connection:
    connection = connections.find(request, connection_id)
    if connections.state(request, connection) not in READY_FOR_INTERFACES:
        raise ClientError(f"Connection ID {connection_id} is not available.")
    return connection


def _check_basics(kind: str, wanted: Mapping[str, Any]) -> None:
    """Check name, MTU and counts; botocore asks for nothing in the transit type, AWS does."""
    for key in ("virtualInterfaceName", "vlan"):
        if key not in wanted:
            raise ClientError(f"You must specify {key}.")
    _check_name(wanted["virtualInterfaceName"])
    _check_mtu(kind, wanted.get("mtu", 1500))
    for key in ("prefixPoolAllocatedCountIpv4", "prefixPoolAllocatedCountIpv6"):
        if not 0 <= wanted.get(key, 100) <= PREFIXES_AT_MOST:
            raise ClientError(f"{key} must be between 0 and {PREFIXES_AT_MOST}.")


def _check_name(name: str) -> None:
    if not NAME.match(name):
        raise ClientError(f"Virtual Interface name {name!r} is not valid.")


def _check_mtu(kind: str, mtu: int) -> None:
    if mtu not in MTUS[kind]:
        allowed = " or ".join(str(each) for each in MTUS[kind])
        raise ClientError(
            f"MTU {mtu} is not valid for a {kind} Virtual Interface. It must be {allowed}."
        )


def _check_vlan(request: Request, connection: Connection, vlan: int) -> None:
    if not 1 <= vlan <= LARGEST_VLAN:
        raise ClientError(f"VLAN {vlan} is not valid. The valid range is 1 to {LARGEST_VLAN}.")
    if connection.hosted_vlan and vlan != connection.hosted_vlan:
        raise ClientError(f"VLAN of hosted connection {connection.id} is {connection.hosted_vlan}.")
    if any(each.vlan == vlan for each in carriers.interfaces_on(request, connection.id)):
        raise ClientError(f"VLAN {vlan} is already in use on connection {connection.id}.")


def _check_room(request: Request, connection: Connection, kind: str) -> None:
    present = carriers.interfaces_on(request, connection.id)
    same = [each for each in present if (each.type == "transit") == (kind == "transit")]
    quota = TRANSIT_PER_CONNECTION if kind == "transit" else OTHERS_PER_CONNECTION
    if connection.hosted_vlan:
        same, quota = present, ON_A_HOSTED_CONNECTION
    if len(same) >= quota:
        raise ClientError(
            f"You have reached the maximum number of {kind} Virtual Interfaces ({quota}) "
            f"on connection {connection.id}."
        )


def _check_owner(request: Request, kind: str, wanted: Mapping[str, Any]) -> None:
    gateway, virtual = wanted.get("directConnectGatewayId"), wanted.get("virtualGatewayId")
    if kind == "transit" and not gateway:
        raise ClientError("A Direct Connect gateway is required for a transit Virtual Interface.")
    if bool(gateway) == bool(virtual):
        raise ClientError(
            "Specify either a virtual private gateway or a Direct Connect gateway, and not both."
        )
    if wanted.get("enableSiteLink") and not gateway:
        raise ClientError("SiteLink needs a Virtual Interface on a Direct Connect gateway.")
    if gateway:
        _check_gateway(request, kind, gateway)
    else:
        association_rules.existing_virtual_gateway(request, str(virtual))


def _check_gateway(request: Request, kind: str, gateway_id: str) -> None:
    gateways.find_available(request, gateway_id)
    if len(gateways.attached_to(request, gateway_id)) >= PER_GATEWAY:
        raise ClientError(
            f"You have reached the maximum number of Virtual Interfaces ({PER_GATEWAY}) "
            f"on Direct Connect Gateway {gateway_id}."
        )
    unfit = "virtualPrivateGateway" if kind == "transit" else "transitGateway"
    if any(a.target_type == unfit for a in request.world.associations_of(gateway_id)):
        raise ClientError(
            f"A {kind} Virtual Interface cannot be attached to Direct Connect Gateway "
            f"{gateway_id}, which is associated with a {_PROSE[unfit]}."
        )


_PROSE = {
    "virtualPrivateGateway": "Virtual Private Gateway",
    "transitGateway": "Transit Gateway",
}


def _rate_limit(request: Request, connection: Connection, wanted: Mapping[str, Any]) -> str | None:
    limit = wanted.get("rateLimit")
    if limit is None:
        return None
    if connection.hosted_vlan:
        raise ClientError("A rate limit needs a dedicated connection.")
    limited = [v for v in carriers.interfaces_on(request, connection.id) if v.rate_limit]
    if len(limited) >= connections.RATE_LIMITERS:
        raise LimitExceededError(f"Connection {connection.id} has no rate limiter left.")
    return str(limit)


@operation("DescribeVirtualInterfaces")
def describe_virtual_interfaces(request: Request) -> Answer:
    """Return the account's virtual interfaces in the Region, the lately deleted too, by pages."""
    wanted = request.parameters
    world = request.world
    found = [
        each
        for each in request.ledger.virtual_interfaces.values()
        if wanted.get("virtualInterfaceId") in (None, each.id)
        and wanted.get("connectionId") in (None, each.connection_id)
        and lifecycle.listed(each.deleted_at, world.now, world.delays)
    ]
    return request.page("virtualInterfaces", found, lambda each: describe(request, each))


@operation("UpdateVirtualInterfaceAttributes")
def update_attributes(request: Request) -> Answer:
    """Change name, MTU, SiteLink, prefix counts or the rate limit in place."""
    wanted = request.parameters
    found = find(request, wanted["virtualInterfaceId"])
    checked = {"virtualInterfaceName": found.name, "vlan": found.vlan, **wanted}
    checked.setdefault("mtu", found.mtu)
    _check_basics(found.type, checked)
    if wanted.get("enableSiteLink") and not found.gateway_id:
        raise ClientError("SiteLink needs a Virtual Interface on a Direct Connect gateway.")
    found.name = checked["virtualInterfaceName"]
    found.mtu = checked["mtu"]
    found.site_link = wanted.get("enableSiteLink", found.site_link)
    found.prefixes_ipv4 = wanted.get("prefixPoolAllocatedCountIpv4", found.prefixes_ipv4)
    found.prefixes_ipv6 = wanted.get("prefixPoolAllocatedCountIpv6", found.prefixes_ipv6)
    if "rateLimit" in wanted:
        found.rate_limit = _rate_limit(request, _parent(request, found), wanted)
    request.world.nudge()
    return describe(request, found)


def _parent(request: Request, virtual_interface: VirtualInterface) -> Connection:
    return connections.find(request, virtual_interface.connection_id)


@operation("AssociateVirtualInterface")
def associate(request: Request) -> Answer:
    """Move the virtual interface to another connection of the account."""
    found = find(request, request.parameters["virtualInterfaceId"])
    connection = _connection_for(request, request.parameters["connectionId"])
    if connection.id != found.connection_id:
        _check_vlan(request, connection, found.vlan)
        _check_room(request, connection, found.type)
        found.connection_id = connection.id
        request.world.nudge()
    return describe(request, found)


@operation("DeleteVirtualInterface")
def delete(request: Request) -> Answer:
    """Delete the virtual interface with its sessions."""
    found = find(request, request.parameters["virtualInterfaceId"])
    found.deleted_at = request.world.now
    request.world.nudge()
    return {"virtualInterfaceState": state(request, found)}


def find(request: Request, virtual_interface_id: str) -> VirtualInterface:
    """Return the account's virtual interface; raises the service's text when there is none."""
    found = request.ledger.virtual_interfaces.get(virtual_interface_id)
    if found is None or found.deleted_at is not None:
        raise ClientError(f"Virtual Interface {virtual_interface_id} does not exist.")
    return found


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
    connection = request.world.find_connection(virtual_interface.connection_id)
    first = (virtual_interface.live_peers or virtual_interface.peers)[0]
    asn = amazon_asn_of(request, virtual_interface)
    answer: Answer = {
        "ownerAccount": virtual_interface.account,
        "virtualInterfaceId": virtual_interface.id,
        "location": connection.location if connection else "",
        "connectionId": virtual_interface.connection_id,
        "virtualInterfaceType": virtual_interface.type,
        "virtualInterfaceName": virtual_interface.name,
        "vlan": virtual_interface.vlan,
        **both_fields(first.asn),
        "amazonSideAsn": asn,
        "authKey": first.key,
        "amazonAddress": first.amazon_address,
        "customerAddress": first.customer_address,
        "addressFamily": first.family,
        "virtualInterfaceState": state(request, virtual_interface),
        "customerRouterConfig": customer_router_config(virtual_interface, asn),
        "mtu": virtual_interface.mtu,
        "jumboFrameCapable": True,
        "virtualGatewayId": virtual_interface.virtual_gateway_id or "",
        "directConnectGatewayId": virtual_interface.gateway_id or "",
        "routeFilterPrefixes": [],
        "bgpPeers": _peers(request, virtual_interface),
        "region": virtual_interface.region,
        **peers.device(connection),
        "tags": tags.write(virtual_interface.tags),
        "siteLinkEnabled": virtual_interface.site_link,
        "prefixPoolAllocatedCountIpv4": virtual_interface.prefixes_ipv4,
        "prefixPoolAllocatedCountIpv6": virtual_interface.prefixes_ipv6,
    }
    if virtual_interface.rate_limit:
        answer["rateLimit"] = virtual_interface.rate_limit
    return answer


def _peers(request: Request, virtual_interface: VirtualInterface) -> list[Answer]:
    """Return the sessions; a deleted one is listed while it is being deleted."""
    described = [peers.describe(request, virtual_interface, p) for p in virtual_interface.peers]
    return [peer for peer in described if peer["bgpPeerState"] != "deleted"]


def amazon_asn_of(request: Request, virtual_interface: VirtualInterface) -> int:
    """Return the ASN on AWS's side: the gateway's, or the VGW's."""
    return amazon_side.asn(request.world, virtual_interface)
