# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Associations of gateways: the one place that reads and writes them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from ..core.snapshot import GONE, FoundAssociation
from .core_networks import attach, detach, move
from .errors import AWS_ERRORS
from .handler import Handler, Under
from .made import Made
from .paging import all_pages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..core.model import Association
    from ..core.plan import Action
    from .handler import Stateful
    from .made import Ids
    from .session import Aws

# What an action ties a gateway to: something found, or a virtual private gateway of the estate.
TARGETS = ("target", "virtual_gateway")


def read_associations(aws: Aws, end_ids: Iterable[str]) -> tuple[FoundAssociation, ...]:
    """Return the associations of the gateways or targets named: AWS answers for one at a time."""
    call = aws.reader().describe_direct_connect_gateway_associations
    return tuple(
        _found(answer, end_id)
        for end_id in end_ids
        for answer in all_pages(call, "directConnectGatewayAssociations", **_end(end_id))
    )


def _end(end_id: str) -> dict[str, str]:
    """Return the parameter that asks for the associations of a gateway, or of a target."""
    target = end_id.startswith(("tgw-", "vgw-"))
    return {"associatedGatewayId" if target else "directConnectGatewayId": end_id}


def _found(answer: dict[str, Any], end_id: str) -> FoundAssociation:
    target = answer.get("associatedGateway") or {}
    core_network = answer.get("associatedCoreNetwork") or {}
    prefixes = answer.get("allowedPrefixesToDirectConnectGateway", [])
    return FoundAssociation(
        id=answer["associationId"],
        gateway_id=answer["directConnectGatewayId"],
        target_id=target.get("id") or core_network.get("id", ""),
        target_type=target.get("type", "coreNetwork"),
        state=answer.get("associationState", "unknown"),
        allowed_prefixes=tuple(prefix["cidr"] for prefix in prefixes),
        gateway_owner=answer.get("directConnectGatewayOwnerAccount"),
        target_owner=target.get("ownerAccount") or core_network.get("ownerAccount"),
        attachment_id=core_network.get("attachmentId"),
        read_of=end_id,
    )


def create_association(aws: Aws, action: Action, ids: Ids) -> Made:
    """Tie the gateway to its target."""
    wanted = cast("Association", action.wanted)
    if wanted.core_network:
        return attach(aws, action, ids)
    prefixes = _cidrs(wanted.allowed_prefixes or ())
    optional = {"addAllowedPrefixesToDirectConnectGateway": prefixes} if prefixes else {}
    answer = aws.writer().create_direct_connect_gateway_association(
        directConnectGatewayId=ids.parent(action, "gateway"),
        gatewayId=ids.parent(action, *TARGETS),
        **optional,
    )["directConnectGatewayAssociation"]
    return Made(id=answer["associationId"], state=answer["associationState"])


def accept_association(aws: Aws, action: Action, ids: Ids) -> Made:
    """Accept what the target's owner proposes, with the estate's prefixes in place of its own."""
    wanted = cast("Association", action.wanted)
    prefixes = _cidrs(wanted.allowed_prefixes or ())
    optional = {"overrideAllowedPrefixesToDirectConnectGateway": prefixes} if prefixes else {}
    try:
        answer = aws.writer().accept_direct_connect_gateway_association_proposal(
            directConnectGatewayId=ids.parent(action, "gateway"),
            proposalId=ids.parent(action, "proposal"),
            associatedGatewayOwnerAccount=ids.parent(action, "owner"),
            **optional,
        )["directConnectGatewayAssociation"]
    except AWS_ERRORS as error:
        there = _there(aws, action, ids) if "has been accepted" in str(error) else None
        if there is None:
            raise
        return Made(id=there.id, state=there.state)
    return Made(id=answer["associationId"], state=answer["associationState"])


def _there(aws: Aws, action: Action, ids: Ids) -> FoundAssociation | None:
    """Return what another run has accepted at the same time."""
    return _find(action, ids, read_associations(aws, (ids.parent(action, "gateway"),)))


def update_association(aws: Aws, action: Action, ids: Ids) -> None:
    """Change the allowed prefixes by one call that adds and removes, and touches nothing else."""
    (change,) = action.changes
    if change.attribute == "edge_locations":
        move(aws, action, ids)
        return
    aws.writer().update_direct_connect_gateway_association(
        associationId=action.id,
        addAllowedPrefixesToDirectConnectGateway=_cidrs(
            prefix for prefix in change.after if prefix not in change.before
        ),
        removeAllowedPrefixesToDirectConnectGateway=_cidrs(
            prefix for prefix in change.before if prefix not in change.after
        ),
    )


def delete_association(aws: Aws, action: Action, ids: Ids) -> None:
    """Untie the gateway from its target; the other owner may have done so in the meantime."""
    if action.parents:
        detach(aws, action, ids)
        return
    try:
        aws.writer().delete_direct_connect_gateway_association(associationId=action.id)
    except AWS_ERRORS as error:
        if "does not exist" not in str(error):
            raise


def _cidrs(prefixes: Iterable[str]) -> list[dict[str, str]]:
    return [{"cidr": prefix} for prefix in prefixes]


def _find(action: Action, ids: Ids, things: Iterable[FoundAssociation]) -> FoundAssociation | None:
    """Return the association of an action: by its id, else the living one of gateway and target."""
    if action.id:
        return next((thing for thing in things if thing.id == action.id), None)
    target = ids.parent(action, *TARGETS)
    living = (thing for thing in things if thing.state not in GONE)
    return next((thing for thing in living if thing.target_id == target), None)


def _parts(thing: FoundAssociation) -> Iterable[Stateful]:
    """Return the association, under Network Manager's id too where it has one."""
    attachment = (replace(thing, id=thing.attachment_id),) if thing.attachment_id else ()
    return (thing, *attachment)


HANDLER = Handler(
    writes={
        "create": create_association,
        "accept": accept_association,
        "update": update_association,
        "delete": delete_association,
    },
    read=read_associations,
    kept=lambda snapshot: snapshot.associations,
    parts=_parts,
    find=_find,
    under=Under(kinds=("gateway",), parent_id=lambda thing: thing.read_of or thing.gateway_id),
    unsettled_by=frozenset({"create", "accept", "update"}),
)
