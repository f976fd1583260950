# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""moto's EC2 responses about attachments of transit gateways, with those that moto has not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.responses import EC2Response

from . import transit_attachments, transit_route_tables
from .ec2_filters import passing

if TYPE_CHECKING:
    from collections.abc import Callable

    from .state import Association
    from .transit_attachments import Kind
    from .world import World

    Act = Callable[[World, Association, Kind, Any], dict[str, Any]]


class TransitGatewayAttachments(EC2Response):
    """What EC2 answers of attachments; those of Direct Connect gateways are our own records."""

    world: World

    def describe_transit_gateway_attachments(self) -> ActionResult:
        """List moto's attachments and those of Direct Connect gateways."""
        backend = self.ec2_backend
        rows = [_row(each) for each in backend.transit_gateway_attachments.values()]
        rows += [transit_attachments.row(self.world, each) for each in self._attached()]
        if wanted := self._get_param("TransitGatewayAttachmentIds", []):
            rows = [row for row in rows if row["TransitGatewayAttachmentId"] in wanted]
            known = {row["TransitGatewayAttachmentId"] for row in rows}
            if missing := [each for each in wanted if each not in known]:
                raise _no_attachment(missing[0])
        found = passing(rows, self._filters_from_querystring())
        return ActionResult({"TransitGatewayAttachments": found})

    def associate_transit_gateway_route_table(self) -> ActionResult:
        """Have an attachment use a route table."""
        moto = super().associate_transit_gateway_route_table
        return self._carry_out(transit_route_tables.tie, "association", moto)

    def disassociate_transit_gateway_route_table(self) -> ActionResult:
        """Have an attachment use none."""
        moto = super().disassociate_transit_gateway_route_table
        return self._carry_out(transit_route_tables.untie, "association", moto)

    def enable_transit_gateway_route_table_propagation(self) -> ActionResult:
        """Have an attachment tell its routes to a route table."""
        moto = super().enable_transit_gateway_route_table_propagation
        return self._carry_out(transit_route_tables.tie, "propagation", moto)

    def disable_transit_gateway_route_table_propagation(self) -> ActionResult:
        """Have an attachment no longer tell them."""
        moto = super().disable_transit_gateway_route_table_propagation
        return self._carry_out(transit_route_tables.untie, "propagation", moto)

    def _carry_out(self, act: Act, kind: Kind, moto: Callable[[], ActionResult]) -> ActionResult:
        """Tie or untie the attachment that the call names, and keep it; moto does so with its own.

        Raises:
            EC2ClientError: Attachment or route table do not exist, or cannot be had so.
        """
        wanted, table = self._get_param("TransitGatewayAttachmentId"), self._table()
        if wanted in self.ec2_backend.transit_gateway_attachments:
            return moto()
        found = next((each for each in self._attached() if each.attachment_id == wanted), None)
        if found is None:
            raise _no_attachment(wanted)
        answer = act(self.world, found, kind, table)
        self.world.keep()
        return ActionResult({kind.capitalize(): answer})

    def get_transit_gateway_route_table_associations(self) -> ActionResult:
        """List the attachments that use a route table."""
        table = self._table()
        rows = self._with_ours(table.route_table_associations.values(), "association", table)
        return ActionResult({"Associations": rows})

    def get_transit_gateway_route_table_propagations(self) -> ActionResult:
        """List the attachments that tell their routes to a route table."""
        table = self._table()
        rows = self._with_ours(table.route_table_propagation, "propagation", table)
        return ActionResult({"TransitGatewayRouteTablePropagations": rows})

    def get_transit_gateway_attachment_propagations(self) -> ActionResult:
        """List the route tables that a Direct Connect gateway's attachment tells its routes to."""
        wanted = self._get_param("TransitGatewayAttachmentId")
        found = next((each for each in self._attached() if each.attachment_id == wanted), None)
        if found is None:
            raise _no_attachment(wanted)
        ties = transit_attachments.ties(self.world, found, "propagation")
        rows = [
            {
                "TransitGatewayRouteTableId": tie.route_table_id,
                "State": transit_attachments.tie_state(self.world, tie),
            }
            for tie in ties
        ]
        kept = passing(rows, self._filters_from_querystring())
        return ActionResult({"TransitGatewayAttachmentPropagations": kept})

    def _with_ours(self, motos: Any, kind: Kind, table: Any) -> list[Any]:
        rows = [_tie_row(each) for each in motos]
        rows += transit_route_tables.rows(self.world, self._attached(), kind, table.id)
        return passing(rows, self._filters_from_querystring())

    def _attached(self) -> list[Association]:
        return transit_attachments.of(self.world, self.current_account, self.region)

    def _table(self) -> Any:
        wanted = self._get_param("TransitGatewayRouteTableId")
        found = self.ec2_backend.transit_gateways_route_tables.get(wanted)
        if found is None:
            raise EC2ClientError(
                "InvalidRouteTableID.NotFound",
                f"Transit Gateway Route Table {wanted} was deleted or does not exist.",
            )
        return found


def _no_attachment(wanted: str) -> EC2ClientError:
    return EC2ClientError(
        "InvalidTransitGatewayAttachmentID.NotFound",
        f"Transit Gateway Attachment {wanted} was deleted or does not exist.",
    )


def _row(attachment: Any) -> dict[str, Any]:
    """Return an attachment of moto's in EC2's words."""
    row = {
        "TransitGatewayAttachmentId": attachment.id,
        "TransitGatewayId": attachment.transit_gateway_id,
        "TransitGatewayOwnerId": attachment.transit_gateway_owner_id,
        "ResourceOwnerId": attachment.resource_owner_id,
        "ResourceType": attachment.resource_type,
        "ResourceId": attachment.resource_id,
        "State": attachment.state,
        "CreationTime": attachment.creation_time,
        "Association": attachment.association,
        "Tags": [{"Key": t["key"], "Value": t["value"]} for t in attachment.get_tags()],
    }
    return {key: value for key, value in row.items() if value is not None}


def _tie_row(tie: Any) -> dict[str, Any]:
    """Return a tie of moto's to a route table in EC2's words."""
    return {
        "TransitGatewayAttachmentId": tie.transitGatewayAttachmentId,
        "ResourceId": tie.resourceId,
        "ResourceType": tie.resourceType,
        "State": tie.state,
    }
