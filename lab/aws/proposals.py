# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Association proposals: one account's transit gateway or VGW for another account's gateway."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import association_rules, associations, ec2, gateways, lifecycle, prefixes
from .errors import ClientError
from .ids import new_uuid
from .request import Answer, Request, operation
from .state import GLOBAL_REGION, Proposal

if TYPE_CHECKING:
    from .ec2 import Target

_OVERRIDE = "overrideAllowedPrefixesToDirectConnectGateway"


@operation("CreateDirectConnectGatewayAssociationProposal")
def create_proposal(request: Request) -> Answer:
    """Propose a tie, or other prefixes for the tie that exists, to the gateway's owner."""
    wanted = request.parameters
    gateway_id, owner = wanted["directConnectGatewayId"], wanted["directConnectGatewayOwnerAccount"]
    gateway = request.world.ledger(owner, GLOBAL_REGION).gateways.get(gateway_id)
    if gateway is None or gateway.deleted_at is not None:
        raise ClientError(f"Direct Connect Gateway {gateway_id} does not exist.")
    target = association_rules.existing_target(request, wanted["gatewayId"])
    present = associations.of_pair(request, gateway_id, target.id)
    existing = present.allowed_prefixes if present else ()
    requested = associations.wished(request, existing)
    association_rules.check_prefixes(request, gateway_id, target.type, target.id, requested)
    proposal = Proposal(
        id=new_uuid(),
        gateway_id=gateway_id,
        gateway_account=owner,
        account=request.account,
        region=request.region,
        target_id=target.id,
        target_type=target.type,
        existing_prefixes=existing,
        requested_prefixes=requested or target.vpc_prefixes,
        created_at=request.world.now,
    )
    request.global_ledger.proposals[proposal.id] = proposal
    return {"directConnectGatewayAssociationProposal": describe(proposal)}


@operation("DescribeDirectConnectGatewayAssociationProposals")
def describe_proposals(request: Request) -> Answer:
    """Return the proposals that the account has made or is asked to accept, by pages."""
    wanted = request.parameters
    found = [
        proposal
        for proposal in _seen(request)
        if wanted.get("proposalId") in (None, proposal.id)
        and wanted.get("directConnectGatewayId") in (None, proposal.gateway_id)
        and wanted.get("associatedGatewayId") in (None, proposal.target_id)
    ]
    return request.page("directConnectGatewayAssociationProposals", found, describe)


@operation("AcceptDirectConnectGatewayAssociationProposal")
def accept_proposal(request: Request) -> Answer:
    """Make the association that is proposed, or give the present one the proposed prefixes."""
    wanted = request.parameters
    proposal = _open(request, wanted["proposalId"])
    named = (wanted["directConnectGatewayId"], wanted["associatedGatewayOwnerAccount"])
    if request.account != proposal.gateway_account or named != (
        proposal.gateway_id,
        proposal.account,
    ):
        raise ClientError(f"Proposal {proposal.id} does not exist.")
    allowed = prefixes.read(wanted.get(_OVERRIDE)) or proposal.requested_prefixes
    gateway = gateways.find_available(request, proposal.gateway_id)
    association = associations.of_pair(request, gateway.id, proposal.target_id)
    if association is None:
        association = associations.make(request, gateway, _target(request, proposal), allowed)
    else:
        associations.change(request, association, allowed)
    proposal.accepted_at = request.world.now
    return {"directConnectGatewayAssociation": associations.describe(request, association)}


def _target(request: Request, proposal: Proposal) -> Target:
    request.world.wait_for_ec2()
    found = ec2.find_target(request.world, proposal.account, proposal.region, proposal.target_id)
    if found is None:
        raise ClientError(f"Gateway {proposal.target_id} does not exist.")
    return found


@operation("DeleteDirectConnectGatewayAssociationProposal")
def delete_proposal(request: Request) -> Answer:
    """Withdraw a proposal, or turn it down."""
    proposal = _open(request, request.parameters["proposalId"])
    proposal.deleted_at = request.world.now
    return {"directConnectGatewayAssociationProposal": describe(proposal)}


def _seen(request: Request) -> list[Proposal]:
    world = request.world
    return [
        proposal
        for proposal in world.proposals()
        if request.account in (proposal.account, proposal.gateway_account)
        and lifecycle.proposal_listed(proposal, world.now, world.delays)
    ]


def _open(request: Request, proposal_id: str) -> Proposal:
    """Return a proposal that awaits its answer; raises when it is unknown or settled."""
    for proposal in _seen(request):
        if proposal.id == proposal_id and proposal.deleted_at is None:
            if proposal.accepted_at is not None:
                raise ClientError(f"Proposal {proposal_id} has been accepted.")
            return proposal
    raise ClientError(f"Proposal {proposal_id} does not exist.")


def describe(proposal: Proposal) -> Answer:
    """Return a proposal as the service words it."""
    return {
        "proposalId": proposal.id,
        "directConnectGatewayId": proposal.gateway_id,
        "directConnectGatewayOwnerAccount": proposal.gateway_account,
        "proposalState": lifecycle.proposal_state(proposal),
        "associatedGateway": {
            "id": proposal.target_id,
            "type": proposal.target_type,
            "ownerAccount": proposal.account,
            "region": proposal.region,
        },
        "existingAllowedPrefixesToDirectConnectGateway": prefixes.write(proposal.existing_prefixes),
        "requestedAllowedPrefixesToDirectConnectGateway": prefixes.write(
            proposal.requested_prefixes
        ),
    }
