# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attachments of type direct-connect-gateway: how a transit gateway sees its associations.

Nobody makes one: it appears with the association of a Direct Connect gateway, and goes with it.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Literal

from . import lifecycle
from .clock import as_datetime
from .state import RouteTableTie

if TYPE_CHECKING:
    from .ec2 import Target
    from .state import Association
    from .world import World

Kind = Literal["association", "propagation"]
RESOURCE_TYPE = "direct-connect-gateway"
_STATES = {
    "associating": "pending",
    "associated": "available",
    "updating": "available",
    "disassociating": "deleting",
}
# What a tie to a route table is called while it settles, once it has, and while it goes.
_TIE_STATES = {
    "association": ("associating", "associated", "disassociating"),
    "propagation": ("enabling", "enabled", "disabling"),
}


def attach(association: Association, target: Target) -> None:
    """Give a new association its attachment, in the transit gateway's default route tables."""
    association.attachment_id = f"tgw-attach-{secrets.token_hex(9)[:17]}"
    defaults: dict[Kind, str | None] = {
        "association": target.association_table,
        "propagation": target.propagation_table,
    }
    association.route_tables = [
        RouteTableTie(route_table_id=table, kind=kind, since=association.created_at)
        for kind, table in defaults.items()
        if table is not None
    ]


def of(world: World, account: str, region: str) -> list[Association]:
    """Return what the account's transit gateways of a Region have attached."""
    return [
        each
        for each in world.associations()
        if each.target_type == "transitGateway"
        and (each.target_account, each.region) == (account, region)
        and _state(world, each) != "disassociated"
    ]


def _state(world: World, association: Association) -> str:
    return lifecycle.association_state(association, world.now, world.delays)


def ties(world: World, association: Association, kind: Kind) -> list[RouteTableTie]:
    """Return the route tables that know the attachment for this purpose; the last one last."""
    return [
        tie
        for tie in association.route_tables
        if tie.kind == kind
        and (tie.ended_at is None or world.now - tie.ended_at < world.delays.gateway)
    ]


def tie_state(world: World, tie: RouteTableTie) -> str:
    """Return the state of a tie as EC2 words it."""
    settling, settled, going = _TIE_STATES[tie.kind]
    if tie.ended_at is not None:
        return going
    return settling if world.now - tie.since < world.delays.gateway else settled


def row(world: World, association: Association) -> dict[str, Any]:
    """Return the attachment as DescribeTransitGatewayAttachments words it."""
    answer: dict[str, Any] = {
        "TransitGatewayAttachmentId": association.attachment_id,
        "TransitGatewayId": association.target_id,
        "TransitGatewayOwnerId": association.target_account,
        "ResourceOwnerId": association.account,
        "ResourceType": RESOURCE_TYPE,
        "ResourceId": association.gateway_id,
        "State": _STATES[_state(world, association)],
        "CreationTime": as_datetime(association.created_at),
        "Tags": [{"Key": key, "Value": value} for key, value in association.tags.items()],
    }
    for tie in ties(world, association, "association")[-1:]:
        answer["Association"] = {
            "TransitGatewayRouteTableId": tie.route_table_id,
            "State": tie_state(world, tie),
        }
    return answer


def tie_row(world: World, association: Association, tie: RouteTableTie) -> dict[str, Any]:
    """Return a tie as the calls on route tables word it."""
    return {
        "TransitGatewayAttachmentId": association.attachment_id,
        "TransitGatewayRouteTableId": tie.route_table_id,
        "ResourceId": association.gateway_id,
        "ResourceType": RESOURCE_TYPE,
        "State": tie_state(world, tie),
    }
