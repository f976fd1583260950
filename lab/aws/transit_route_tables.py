# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A transit gateway's route tables and the attachments of Direct Connect gateways.

An attachment uses one table (association) and tells its routes to any number (propagation).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.ec2.exceptions import EC2ClientError

from . import transit_attachments
from .state import RouteTableTie

if TYPE_CHECKING:
    from .state import Association
    from .transit_attachments import Kind
    from .world import World


def tie(world: World, association: Association, kind: Kind, table: Any) -> dict[str, Any]:
    """Have a route table of moto's know the attachment.

    Raises:
        EC2ClientError: The table is another gateway's, or the attachment is tied already.
    """
    if table.transit_gateway_id != association.target_id:
        raise EC2ClientError(
            "InvalidParameterValue",
            f"Transit Gateway Route Table {table.id} does not belong to {association.target_id}.",
        )
    present = _living(association, kind)
    if kind == "association" and present:
        raise EC2ClientError(
            "Resource.AlreadyAssociated",
            f"Transit Gateway Attachment {association.attachment_id} is already associated "
            "to a route table.",
        )
    if any(each.route_table_id == table.id for each in present):
        raise EC2ClientError(
            "TransitGatewayRouteTablePropagation.Duplicate",
            f"Propagation of {association.attachment_id} to {table.id} is already enabled.",
        )
    made = RouteTableTie(route_table_id=table.id, kind=kind, since=world.now)
    association.route_tables.append(made)
    return transit_attachments.tie_row(world, association, made)


def untie(world: World, association: Association, kind: Kind, table: Any) -> dict[str, Any]:
    """Have a route table of moto's forget the attachment.

    Raises:
        EC2ClientError: It does not know it.
    """
    for found in _living(association, kind):
        if found.route_table_id == table.id:
            found.ended_at = world.now
            return transit_attachments.tie_row(world, association, found)
    code = "InvalidAssociation.NotFound"
    if kind == "propagation":
        code = "TransitGatewayRouteTablePropagation.NotFound"
    raise EC2ClientError(code, f"{table.id} has no {kind} with {association.attachment_id}.")


def _living(association: Association, kind: Kind) -> list[RouteTableTie]:
    return [t for t in association.route_tables if t.kind == kind and t.ended_at is None]


def rows(
    world: World, attached: list[Association], kind: Kind, table_id: str
) -> list[dict[str, Any]]:
    """Return which attachments a route table knows for this purpose."""
    return [
        transit_attachments.tie_row(world, association, found)
        for association in attached
        for found in transit_attachments.ties(world, association, kind)
        if found.route_table_id == table_id
    ]
