# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proposals to associate across accounts: the one place that reads, makes and withdraws them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from ..core.snapshot import FoundProposal
from .associations import TARGETS
from .handler import Handler
from .made import Made
from .paging import all_pages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..core.model import Association
    from ..core.plan import Action
    from .made import Ids
    from .session import Aws


def read_proposals(aws: Aws) -> tuple[FoundProposal, ...]:
    """Return the proposals that the account has made, or is asked to accept."""
    call = aws.reader().describe_direct_connect_gateway_association_proposals
    answers = all_pages(call, "directConnectGatewayAssociationProposals")
    return tuple(_found(answer) for answer in answers)


def _found(answer: dict[str, Any]) -> FoundProposal:
    target = answer.get("associatedGateway", {})
    return FoundProposal(
        id=answer["proposalId"],
        gateway_id=answer["directConnectGatewayId"],
        gateway_owner=answer["directConnectGatewayOwnerAccount"],
        target_id=target.get("id", ""),
        target_type=target.get("type", ""),
        target_owner=target.get("ownerAccount", ""),
        state=answer.get("proposalState", "unknown"),
        requested_prefixes=_prefixes(answer, "requested"),
        existing_prefixes=_prefixes(answer, "existing"),
    )


def _prefixes(answer: dict[str, Any], which: str) -> tuple[str, ...]:
    found = answer.get(f"{which}AllowedPrefixesToDirectConnectGateway", [])
    return tuple(prefix["cidr"] for prefix in found)


def create_proposal(aws: Aws, action: Action, ids: Ids) -> Made:
    """Propose the association to the gateway's owner."""
    wanted = cast("Association", action.wanted)
    prefixes = [{"cidr": prefix} for prefix in wanted.allowed_prefixes or ()]
    optional = {"addAllowedPrefixesToDirectConnectGateway": prefixes} if prefixes else {}
    answer = aws.writer().create_direct_connect_gateway_association_proposal(
        directConnectGatewayId=ids.parent(action, "gateway"),
        directConnectGatewayOwnerAccount=ids.parent(action, "owner"),
        gatewayId=ids.parent(action, *TARGETS),
        **optional,
    )["directConnectGatewayAssociationProposal"]
    return Made(id=answer["proposalId"], state=answer["proposalState"])


def delete_proposal(aws: Aws, action: Action, _ids: Ids) -> None:
    """Withdraw the proposal."""
    aws.writer().delete_direct_connect_gateway_association_proposal(proposalId=action.id)


def _find(action: Action, ids: Ids, things: Iterable[FoundProposal]) -> FoundProposal | None:
    """Return the proposal of an action: by its id, else the open one of gateway and target."""
    if action.id:
        return next((thing for thing in things if thing.id == action.id), None)
    ends = (ids.parent(action, "gateway"), ids.parent(action, *TARGETS))
    open_ = (thing for thing in things if thing.state == "requested")
    return next((thing for thing in open_ if (thing.gateway_id, thing.target_id) == ends), None)


HANDLER = Handler(
    writes={"create": create_proposal, "delete": delete_proposal},
    read=read_proposals,
    kept=lambda snapshot: snapshot.proposals,
    find=_find,
    # It is the other owner's turn, and that takes people.
    unsettled_by=frozenset(),
)
