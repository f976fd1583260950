# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Associations: a gateway's tie to a transit gateway or a VGW, with its allowed prefixes.

Gateway and target may belong to two accounts; both see the association, and either may end it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import association_rules, gateways, lifecycle, prefixes, transit_attachments
from .errors import ClientError
from .ids import new_uuid
from .request import Answer, Request, operation
from .state import GLOBAL_REGION, Association

if TYPE_CHECKING:
    from .ec2 import Target
    from .state import Gateway

ADD = "addAllowedPrefixesToDirectConnectGateway"
REMOVE = "removeAllowedPrefixesToDirectConnectGateway"


@operation("CreateDirectConnectGatewayAssociation")
def create_association(request: Request) -> Answer:
    """Tie a gateway to a transit gateway or a VGW."""
    gateway = gateways.find_available(request, request.parameters["directConnectGatewayId"])
    wanted = request.parameters.get("gatewayId") or request.parameters.get("virtualGatewayId")
    if not wanted:
        raise ClientError("You must specify a gateway ID.")
    target = association_rules.existing_target(request, wanted)
    association = make(request, gateway, target, prefixes.read(request.parameters.get(ADD)))
    return {"directConnectGatewayAssociation": describe(request, association)}


def make(
    request: Request, gateway: Gateway, target: Target, allowed: tuple[str, ...]
) -> Association:
    """Tie the two together; with no prefixes named, a VGW's are those of its VPC."""
    association_rules.check_new(request, gateway, target, allowed)
    association = Association(
        id=new_uuid(),
        gateway_id=gateway.id,
        account=gateway.account,
        target_id=target.id,
        target_type=target.type,
        target_account=target.account,
        region=target.region,
        allowed_prefixes=allowed or target.vpc_prefixes,
        created_at=request.world.now,
    )
    if target.type == "transitGateway":
        transit_attachments.attach(association, target)
    ledger = request.world.ledger(gateway.account, GLOBAL_REGION)
    ledger.associations[association.id] = association
    request.world.nudge()
    return association


@operation("UpdateDirectConnectGatewayAssociation")
def update_association(request: Request) -> Answer:
    """Add and remove allowed prefixes in one go; the target's owner has to propose it instead."""
    association = _find(request, request.parameters.get("associationId"))
    if association.account != request.account:
        raise ClientError(
            f"Only the owner of Direct Connect Gateway {association.gateway_id} can update "
            f"association {association.id}."
        )
    _check_not_attached(association)
    change(request, association, wished(request, association.allowed_prefixes))
    return {"directConnectGatewayAssociation": describe(request, association)}


def wished(request: Request, present: tuple[str, ...]) -> tuple[str, ...]:
    """Return the present prefixes without those to remove and with those to add."""
    added = prefixes.read(request.parameters.get(ADD))
    removed = prefixes.read(request.parameters.get(REMOVE))
    return tuple(dict.fromkeys((*(p for p in present if p not in removed), *added)))


def change(request: Request, association: Association, allowed: tuple[str, ...]) -> None:
    """Put other allowed prefixes in the place of the present ones."""
    if state(request, association) != "associated":
        raise ClientError(f"Association {association.id} is not in the associated state.")
    association_rules.check_prefixes(
        request, association.gateway_id, association.target_type, association.target_id, allowed
    )
    association.previous_prefixes = association.allowed_prefixes
    association.allowed_prefixes = allowed
    association.updated_at = request.world.now
    request.world.nudge()


@operation("DeleteDirectConnectGatewayAssociation")
def delete_association(request: Request) -> Answer:
    """Take the tie away, named by its id or by both of its ends."""
    wanted = request.parameters
    ends = wanted.get("directConnectGatewayId"), wanted.get("virtualGatewayId")
    if not wanted.get("associationId") and not all(ends):
        raise ClientError(
            "You must specify an association ID, or a Direct Connect gateway ID "
            "and a virtual gateway ID."
        )
    association = _find(request, wanted.get("associationId") or _by_ends(request))
    _check_not_attached(association)
    association.deleted_at = request.world.now
    request.world.nudge()
    return {"directConnectGatewayAssociation": describe(request, association)}


def _check_not_attached(association: Association) -> None:
    if association.target_type == "coreNetwork":
        raise ClientError(
            f"Association {association.id} belongs to attachment {association.attachment_id} of "
            f"Core Network {association.target_id}. Use Network Manager."
        )


def _by_ends(request: Request) -> str | None:
    wanted = (request.parameters["directConnectGatewayId"], request.parameters["virtualGatewayId"])
    living = association_rules.living(request)
    return next((a.id for a in living if (a.gateway_id, a.target_id) == wanted), None)


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
        for association in request.world.associations()
        if _is_seen(request, association)
        and identifier in (None, association.id)
        and gateway in (None, association.gateway_id)
        and target in (None, association.target_id)
        and state(request, association) != "disassociated"
    ]
    return request.page(
        "directConnectGatewayAssociations", found, lambda each: describe(request, each)
    )


def _is_seen(request: Request, association: Association) -> bool:
    return request.account in (association.account, association.target_account)


def _find(request: Request, association_id: str | None) -> Association:
    for association in association_rules.living(request):
        if association.id == association_id and _is_seen(request, association):
            return association
    raise ClientError(f"Association {association_id} does not exist.")


def of_pair(request: Request, gateway_id: str, target_id: str) -> Association | None:
    """Return the association of a gateway with a target that nobody has deleted."""
    found = request.world.associations_of(gateway_id)
    return next((each for each in found if each.target_id == target_id), None)


def state(request: Request, association: Association) -> str:
    """Return the state at this moment."""
    return lifecycle.association_state(association, request.world.now, request.world.delays)


def describe(request: Request, association: Association) -> Answer:
    """Return an association as the service words it."""
    answer: Answer = {
        "directConnectGatewayId": association.gateway_id,
        "directConnectGatewayOwnerAccount": association.account,
        "associationState": state(request, association),
        "associationId": association.id,
        "allowedPrefixesToDirectConnectGateway": prefixes.write(association.allowed_prefixes),
    }
    if association.target_type == "coreNetwork":
        return answer | {"associatedCoreNetwork": _core_network(association)}
    answer["associatedGateway"] = {
        "id": association.target_id,
        "type": association.target_type,
        "ownerAccount": association.target_account,
        "region": association.region,
    }
    if association.target_type == "virtualPrivateGateway":
        answer["virtualGatewayId"] = association.target_id
        answer["virtualGatewayRegion"] = association.region
        answer["virtualGatewayOwnerAccount"] = association.target_account
    return answer


def _core_network(association: Association) -> Answer:
    return {
        "id": association.target_id,
        "ownerAccount": association.target_account,
        "attachmentId": association.attachment_id or "",
    }
