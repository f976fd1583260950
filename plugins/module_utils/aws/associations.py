# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Associations of gateways: the one place that reads and writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from ..core.snapshot import GONE, FoundAssociation
from .handler import Handler, Under
from .made import Made
from .paging import all_pages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..core.model import Association
    from ..core.plan import Action
    from .made import Ids
    from .session import Aws


def read_associations(aws: Aws, gateway_ids: Iterable[str]) -> tuple[FoundAssociation, ...]:
    """Return the associations of the gateways named: AWS answers for one gateway at a time."""
    call = aws.reader().describe_direct_connect_gateway_associations
    return tuple(
        _found(answer)
        for gateway_id in gateway_ids
        for answer in all_pages(
            call, "directConnectGatewayAssociations", directConnectGatewayId=gateway_id
        )
    )


def _found(answer: dict[str, Any]) -> FoundAssociation:
    target = answer.get("associatedGateway", {})
    prefixes = answer.get("allowedPrefixesToDirectConnectGateway", [])
    return FoundAssociation(
        id=answer["associationId"],
        gateway_id=answer["directConnectGatewayId"],
        target_id=target.get("id") or answer.get("associatedCoreNetwork", {}).get("id", ""),
        target_type=target.get("type", "coreNetwork"),
        state=answer.get("associationState", "unknown"),
        allowed_prefixes=tuple(prefix["cidr"] for prefix in prefixes),
    )


def create_association(aws: Aws, action: Action, ids: Ids) -> Made:
    """Tie the gateway to its target."""
    wanted = cast("Association", action.wanted)
    prefixes = _cidrs(wanted.allowed_prefixes or ())
    optional = {"addAllowedPrefixesToDirectConnectGateway": prefixes} if prefixes else {}
    answer = aws.writer().create_direct_connect_gateway_association(
        directConnectGatewayId=ids.parent(action, "gateway"),
        gatewayId=ids.parent(action, "target"),
        **optional,
    )["directConnectGatewayAssociation"]
    return Made(id=answer["associationId"], state=answer["associationState"])


def update_association(aws: Aws, action: Action, _ids: Ids) -> None:
    """Change the allowed prefixes by one call that adds and removes, and touches nothing else."""
    (change,) = action.changes
    aws.writer().update_direct_connect_gateway_association(
        associationId=action.id,
        addAllowedPrefixesToDirectConnectGateway=_cidrs(
            prefix for prefix in change.after if prefix not in change.before
        ),
        removeAllowedPrefixesToDirectConnectGateway=_cidrs(
            prefix for prefix in change.before if prefix not in change.after
        ),
    )


def delete_association(aws: Aws, action: Action, _ids: Ids) -> None:
    """Untie the gateway from its target."""
    aws.writer().delete_direct_connect_gateway_association(associationId=action.id)


def _cidrs(prefixes: Iterable[str]) -> list[dict[str, str]]:
    return [{"cidr": prefix} for prefix in prefixes]


def _find(action: Action, ids: Ids, things: Iterable[FoundAssociation]) -> FoundAssociation | None:
    """Return the association of an action: by its id, else the living one of gateway and target."""
    if action.id:
        return next((thing for thing in things if thing.id == action.id), None)
    target = ids.parent(action, "target")
    living = (thing for thing in things if thing.state not in GONE)
    return next((thing for thing in living if thing.target_id == target), None)


HANDLER = Handler(
    writes={
        "create": create_association,
        "update": update_association,
        "delete": delete_association,
    },
    read=read_associations,
    kept=lambda snapshot: snapshot.associations,
    find=_find,
    under=Under(kinds=("gateway",), parent_id=lambda thing: thing.gateway_id),
    unsettled_by=frozenset({"create", "update"}),
)
