# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Direct Connect gateways and what is attached to them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import lifecycle, tags
from .asn import check_amazon_asn
from .errors import ClientError
from .ids import new_uuid
from .request import Answer, Request, operation
from .state import Gateway

if TYPE_CHECKING:
    from .state import VirtualInterface

NAME = re.compile(r"[\w \-_,/]{1,100}", re.ASCII)
DEFAULT_ASN = 64512


@operation("CreateDirectConnectGateway")
def create_gateway(request: Request) -> Answer:
    """Make a gateway; its ASN can never be changed."""
    wanted = request.parameters
    asn = wanted.get("amazonSideAsn", DEFAULT_ASN)
    check_amazon_asn(asn)
    _check_name(wanted["directConnectGatewayName"])
    quota = request.world.quotas.gateways_per_account
    if len([g for g in request.global_ledger.gateways.values() if g.deleted_at is None]) >= quota:
        raise ClientError(f"You have reached the maximum number of gateways ({quota}).")
    gateway = Gateway(
        id=new_uuid(),
        name=wanted["directConnectGatewayName"],
        account=request.account,
        amazon_asn=asn,
        created_at=request.world.now,
        tags=tags.read(wanted.get("tags")),
    )
    request.global_ledger.gateways[gateway.id] = gateway
    return {"directConnectGateway": describe(request, gateway)}


def _check_name(name: str) -> None:
    if not NAME.fullmatch(name):
        raise ClientError(f"Direct Connect Gateway name {name!r} is not valid.")


@operation("DescribeDirectConnectGateways")
def describe_gateways(request: Request) -> Answer:
    """Return the account's gateways, the lately deleted too, by pages."""
    wanted = request.parameters.get("directConnectGatewayId")
    found = [
        gateway
        for gateway in request.global_ledger.gateways.values()
        if wanted in (None, gateway.id)
        and lifecycle.listed(gateway.deleted_at, request.world.now, request.world.delays)
    ]
    return request.page("directConnectGateways", found, lambda g: describe(request, g))


@operation("UpdateDirectConnectGateway")
def update_gateway(request: Request) -> Answer:
    """Rename."""
    gateway = find(request, request.parameters["directConnectGatewayId"])
    _check_name(request.parameters["newDirectConnectGatewayName"])
    gateway.name = request.parameters["newDirectConnectGatewayName"]
    return {"directConnectGateway": describe(request, gateway)}


@operation("DeleteDirectConnectGateway")
def delete_gateway(request: Request) -> Answer:
    """Delete; refused while anything is attached or associated."""
    gateway = find(request, request.parameters["directConnectGatewayId"])
    if attached_to(request, gateway.id):
        raise ClientError(
            f"Direct Connect Gateway {gateway.id} has attached Virtual Interfaces. "
            "Delete them before you delete the gateway."
        )
    if _ties(request, gateway.id):
        raise ClientError(
            f"Direct Connect Gateway {gateway.id} has associated gateways. "
            "Disassociate them before you delete the gateway."
        )
    gateway.deleted_at = request.world.now
    return {"directConnectGateway": describe(request, gateway)}


def _ties(request: Request, gateway_id: str) -> bool:
    """Tell whether associations exist, those that are just going away included."""
    world = request.world
    return any(
        association.gateway_id == gateway_id
        and lifecycle.association_state(association, world.now, world.delays) != "disassociated"
        for association in world.associations()
    )


@operation("DescribeDirectConnectGatewayAttachments")
def describe_attachments(request: Request) -> Answer:
    """Return which virtual interfaces hang on which gateways, by pages."""
    gateway = request.parameters.get("directConnectGatewayId")
    interface = request.parameters.get("virtualInterfaceId")
    if gateway is None and interface is None:
        raise ClientError("You must specify a Direct Connect gateway ID or a virtual interface ID.")
    found = [
        virtual_interface
        for virtual_interface in request.world.virtual_interfaces()
        if virtual_interface.gateway_id in request.global_ledger.gateways
        and gateway in (None, virtual_interface.gateway_id)
        and interface in (None, virtual_interface.id)
    ]
    attached = [v for v in found if _attachment(request, v)["attachmentState"] != "detached"]
    return request.page(
        "directConnectGatewayAttachments", attached, lambda v: _attachment(request, v)
    )


def _attachment(request: Request, virtual_interface: VirtualInterface) -> Answer:
    world = request.world
    return {
        "directConnectGatewayId": virtual_interface.gateway_id,
        "virtualInterfaceId": virtual_interface.id,
        "virtualInterfaceRegion": virtual_interface.region,
        "virtualInterfaceOwnerAccount": virtual_interface.account,
        "attachmentState": lifecycle.attachment_state(virtual_interface, world.now, world.delays),
        "attachmentType": f"{virtual_interface.type.capitalize()}VirtualInterface",
    }


def find(request: Request, gateway_id: str) -> Gateway:
    """Return the account's gateway; raises the service's text when there is none."""
    gateway = request.global_ledger.gateways.get(gateway_id)
    if gateway is None or gateway.deleted_at is not None:
        raise ClientError(f"Direct Connect Gateway {gateway_id} does not exist.")
    return gateway


def find_available(request: Request, gateway_id: str) -> Gateway:
    """Return the gateway, which must have come into being."""
    gateway = find(request, gateway_id)
    if lifecycle.gateway_state(gateway, request.world.now, request.world.delays) != "available":
        raise ClientError(f"Direct Connect Gateway {gateway_id} is not available.")
    return gateway


def attached_to(request: Request, gateway_id: str) -> list[VirtualInterface]:
    """Return the virtual interfaces on a gateway, until the last trace of them is detached."""
    world = request.world
    return [
        virtual_interface
        for virtual_interface in world.virtual_interfaces()
        if virtual_interface.gateway_id == gateway_id
        and lifecycle.attachment_state(virtual_interface, world.now, world.delays) != "detached"
    ]


def describe(request: Request, gateway: Gateway) -> Answer:
    """Return a gateway as the service words it."""
    world = request.world
    allocated = sum(v.prefixes_ipv4 + v.prefixes_ipv6 for v in attached_to(request, gateway.id))
    return {
        "directConnectGatewayId": gateway.id,
        "directConnectGatewayName": gateway.name,
        "amazonSideAsn": gateway.amazon_asn,
        "ownerAccount": gateway.account,
        "directConnectGatewayState": lifecycle.gateway_state(gateway, world.now, world.delays),
        "totalPrefixPoolAllocations": allocated,
        "tags": tags.write(gateway.tags),
    }
