# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Associations: a gateway's tie to a transit gateway or a VGW, with its allowed prefixes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import ec2, gateways, lifecycle, prefixes
from .errors import ClientError
from .ids import new_uuid
from .request import Answer, Request, operation
from .state import Association

if TYPE_CHECKING:
    from .ec2 import Target
    from .state import Gateway

PREFIXES_PER_TRANSIT_GATEWAY = 200
QUOTAS = {"transitGateway": 6, "virtualPrivateGateway": 20}
GATEWAYS_PER_TRANSIT_GATEWAY = 20
_ADD = "addAllowedPrefixesToDirectConnectGateway"
_REMOVE = "removeAllowedPrefixesToDirectConnectGateway"


@operation("CreateDirectConnectGatewayAssociation")
def create_association(request: Request) -> Answer:
    """Tie a gateway to a transit gateway or a VGW."""
    gateway = gateways.find_available(request, request.parameters["directConnectGatewayId"])
    target = find_target(request)
    allowed = prefixes.read(request.parameters.get(_ADD))
    _check_pair(request, gateway, target)
    _check_quota(request, gateway, target)
    _check_prefixes(request, gateway.id, target.type, target.id, allowed)
    association = Association(
        id=new_uuid(),
        gateway_id=gateway.id,
        account=request.account,
        target_id=target.id,
        target_type=target.type,
        region=request.region,
        allowed_prefixes=allowed or target.vpc_prefixes,
        created_at=request.world.now,
    )
    request.global_ledger.associations[association.id] = association
    request.world.nudge()
    return {"directConnectGatewayAssociation": describe(request, association)}


def find_target(request: Request) -> Target:
    """Return the EC2 gateway that the request names; raises when there is none."""
    wanted = request.parameters.get("gatewayId") or request.parameters.get("virtualGatewayId")
    if not wanted:
        raise ClientError("You must specify a gateway ID.")
    return _existing_target(request, wanted)


def find_virtual_gateway(request: Request, virtual_gateway_id: str) -> Target:
    """Return the VGW with this id; raises when there is none or when it is a transit gateway."""
    target = _existing_target(request, virtual_gateway_id)
    if target.type != "virtualPrivateGateway":
        raise ClientError(f"{virtual_gateway_id} is not a Virtual Private Gateway.")
    return target


def _existing_target(request: Request, wanted: str) -> Target:
    request.world.wait_for_ec2()
    target = ec2.find_target(request.account, request.region, wanted)
    if target is None:
        raise ClientError(f"Gateway {wanted} does not exist.")
    if target.type == "virtualPrivateGateway" and not target.vpc_prefixes:
        raise ClientError(f"Virtual Private Gateway {wanted} is not attached to a VPC.")
    return target


def _check_pair(request: Request, gateway: Gateway, target: Target) -> None:
    if target.type == "transitGateway" and target.amazon_asn == gateway.amazon_asn:
        raise ClientError(
            f"The Amazon side ASN {gateway.amazon_asn} of Direct Connect Gateway {gateway.id} "
            f"must be different from the ASN of Transit Gateway {target.id}."
        )
    for other in _living(request):
        if (other.gateway_id, other.target_id) == (gateway.id, target.id):
            raise ClientError(f"{target.id} is already associated with {gateway.id}.")
        if other.target_id == target.id and target.type == "virtualPrivateGateway":
            raise ClientError(
                f"Virtual Private Gateway {target.id} is already associated with "
                f"Direct Connect Gateway {other.gateway_id}."
            )
        if other.gateway_id == gateway.id and other.target_type != target.type:
            raise ClientError(
                f"Direct Connect Gateway {gateway.id} cannot be associated with both "
                "Transit Gateways and Virtual Private Gateways."
            )
    _check_attached(request, gateway, target)


def _check_attached(request: Request, gateway: Gateway, target: Target) -> None:
    """Refuse a transit gateway beside private interfaces, and a VGW beside transit ones."""
    unfit = "private" if target.type == "transitGateway" else "transit"
    if any(each.type == unfit for each in gateways.attached_to(request, gateway.id)):
        raise ClientError(
            f"Direct Connect Gateway {gateway.id} has a {unfit} Virtual Interface attached and "
            f"cannot be associated with {target.id}."
        )


def _check_quota(request: Request, gateway: Gateway, target: Target) -> None:
    same = [a for a in _living(request) if a.gateway_id == gateway.id]
    if len(same) >= QUOTAS[target.type]:
        raise ClientError(
            f"You have reached the maximum number of associations ({QUOTAS[target.type]}) "
            f"for Direct Connect Gateway {gateway.id}."
        )
    if (
        len([a for a in _living(request) if a.target_id == target.id])
        >= GATEWAYS_PER_TRANSIT_GATEWAY
    ):
        raise ClientError(
            f"You have reached the maximum number of Direct Connect Gateways "
            f"({GATEWAYS_PER_TRANSIT_GATEWAY}) for {target.id}."
        )


def _check_prefixes(
    request: Request, gateway_id: str, target_type: str, target_id: str, allowed: tuple[str, ...]
) -> None:
    if target_type != "transitGateway":
        return
    if not allowed:
        raise ClientError("Allowed prefixes are required for a Transit Gateway association.")
    if len(allowed) > PREFIXES_PER_TRANSIT_GATEWAY:
        raise ClientError(
            f"You have reached the maximum number of allowed prefixes "
            f"({PREFIXES_PER_TRANSIT_GATEWAY}) for {target_id}."
        )
    for other in _living(request):
        if other.gateway_id != gateway_id or other.target_id == target_id:
            continue
        for mine in allowed:
            for theirs in other.allowed_prefixes:
                if prefixes.overlap(mine, theirs):
                    raise ClientError(
                        f"Allowed prefix {mine} overlaps with {theirs} of {other.target_id}."
                    )


@operation("UpdateDirectConnectGatewayAssociation")
def update_association(request: Request) -> Answer:
    """Add and remove allowed prefixes in one go."""
    association = _find(request, request.parameters.get("associationId"))
    world = request.world
    if lifecycle.association_state(association, world.now, world.delays) != "associated":
        raise ClientError(f"Association {association.id} is not in the associated state.")
    added = prefixes.read(request.parameters.get(_ADD))
    removed = prefixes.read(request.parameters.get(_REMOVE))
    kept = tuple(p for p in association.allowed_prefixes if p not in removed)
    allowed = tuple(dict.fromkeys((*kept, *added)))
    _check_prefixes(
        request, association.gateway_id, association.target_type, association.target_id, allowed
    )
    association.previous_prefixes = association.allowed_prefixes
    association.allowed_prefixes = allowed
    association.updated_at = world.now
    world.nudge()
    return {"directConnectGatewayAssociation": describe(request, association)}


@operation("DeleteDirectConnectGatewayAssociation")
def delete_association(request: Request) -> Answer:
    """Take the tie away, named by its id or by both of its ends."""
    wanted = request.parameters
    if "associationId" not in wanted and not {"directConnectGatewayId", "virtualGatewayId"} <= set(
        wanted
    ):
        raise ClientError(
            "You must specify an association ID, or a Direct Connect gateway ID "
            "and a virtual gateway ID."
        )
    association = _find(request, wanted.get("associationId") or _by_ends(request))
    association.deleted_at = request.world.now
    request.world.nudge()
    return {"directConnectGatewayAssociation": describe(request, association)}


def _by_ends(request: Request) -> str | None:
    wanted = (request.parameters["directConnectGatewayId"], request.parameters["virtualGatewayId"])
    matches = (a.id for a in _living(request) if (a.gateway_id, a.target_id) == wanted)
    return next(matches, None)


@operation("DescribeDirectConnectGatewayAssociations")
def describe_associations(request: Request) -> Answer:
    """Return associations of a gateway, of a target, or one by id, by pages."""
    wanted = request.parameters
    target = wanted.get("associatedGatewayId") or wanted.get("virtualGatewayId")
    gateway, identifier = wanted.get("directConnectGatewayId"), wanted.get("associationId")
    if not (target or gateway or identifier):
        raise ClientError(
            "You must specify a Direct Connect gateway ID, an associated gateway ID, "
            "a virtual gateway ID or an association ID."
        )
    found = [
        association
        for association in request.global_ledger.associations.values()
        if identifier in (None, association.id)
        and gateway in (None, association.gateway_id)
        and target in (None, association.target_id)
        and _state(request, association) != "disassociated"
    ]
    return request.page(
        "directConnectGatewayAssociations", found, lambda each: describe(request, each)
    )


def _find(request: Request, association_id: str | None) -> Association:
    association = request.global_ledger.associations.get(association_id or "")
    if association is None or association.deleted_at is not None:
        raise ClientError(f"Association {association_id} does not exist.")
    return association


def _living(request: Request) -> list[Association]:
    return [a for a in request.global_ledger.associations.values() if a.deleted_at is None]


def _state(request: Request, association: Association) -> str:
    return lifecycle.association_state(association, request.world.now, request.world.delays)


def describe(request: Request, association: Association) -> Answer:
    """Return an association as the service words it."""
    answer: Answer = {
        "directConnectGatewayId": association.gateway_id,
        "directConnectGatewayOwnerAccount": association.account,
        "associationState": _state(request, association),
        "associatedGateway": {
            "id": association.target_id,
            "type": association.target_type,
            "ownerAccount": association.account,
            "region": association.region,
        },
        "associationId": association.id,
        "allowedPrefixesToDirectConnectGateway": prefixes.write(association.allowed_prefixes),
    }
    if association.target_type == "virtualPrivateGateway":
        answer["virtualGatewayId"] = association.target_id
        answer["virtualGatewayRegion"] = association.region
        answer["virtualGatewayOwnerAccount"] = association.account
    return answer
