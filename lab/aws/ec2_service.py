# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""moto's EC2 responses with what Direct Connect needs of them and moto lacks.

Imported behind the server's start: moto's EC2 alone takes a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.core.responses import ActionResult, EmptyResult
from moto.ec2 import urls
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.responses import EC2Response

from . import (
    ec2,
    neighbour_validation,
    transit_attachments,
    transit_route_tables,
    vpn_gateways,
)
from .ec2_filters import passing

if TYPE_CHECKING:
    from .state import Association
    from .transit_attachments import Kind
    from .world import World

# What has to do with Direct Connect; the rest of EC2 is moto's alone.
CHECKED = frozenset(
    {
        "AssociateTransitGatewayRouteTable",
        "AttachVpnGateway",
        "CreateVpnGateway",
        "DeleteVpnGateway",
        "DescribeRouteTables",
        "DescribeTransitGatewayAttachments",
        "DescribeTransitGatewayRouteTables",
        "DescribeTransitGateways",
        "DescribeVpcs",
        "DescribeVpnGateways",
        "DetachVpnGateway",
        "DisableTransitGatewayRouteTablePropagation",
        "DisableVgwRoutePropagation",
        "DisassociateTransitGatewayRouteTable",
        "EnableTransitGatewayRouteTablePropagation",
        "EnableVgwRoutePropagation",
        "GetTransitGatewayRouteTableAssociations",
        "GetTransitGatewayRouteTablePropagations",
    }
)


class Ec2(EC2Response):
    """One HTTP request to EC2."""

    world: World

    def call_action(self) -> Any:
        """Answer, once the call is found to be as EC2 describes it."""
        try:
            self._check()
        except EC2ClientError as error:
            return self.serialized(ActionResult(error))
        return super().call_action()

    def _check(self) -> None:
        operation = self._get_action()
        if operation not in CHECKED:
            return
        if unknown := neighbour_validation.unknown_to_ec2(operation, self.querystring):
            raise EC2ClientError("UnknownParameter", f"The parameter {unknown} is not recognized")
        if missing := neighbour_validation.missing("ec2", operation, self.params):
            raise EC2ClientError(
                "MissingParameter", f"The request must contain the parameter {missing}"
            )

    def attach_vpn_gateway(self) -> ActionResult:
        """Attach a VGW to a VPC, which takes a moment; each has one of the other at most."""
        gateway, vpc = self._get_param("VpnGatewayId"), self._get_param("VpcId")
        attached = vpn_gateways.attach(self.world, self.ec2_backend, gateway, vpc)
        return ActionResult({"VpcAttachment": attached})

    def detach_vpn_gateway(self) -> ActionResult:
        """Detach a VGW from its VPC, which takes a moment."""
        gateway, vpc = self._get_param("VpnGatewayId"), self._get_param("VpcId")
        vpn_gateways.detach(self.world, self.ec2_backend, gateway, vpc)
        return EmptyResult()

    def delete_vpn_gateway(self) -> ActionResult:
        """Delete a VGW that is attached to nothing."""
        vpn_gateways.delete(self.world, self.ec2_backend, self._get_param("VpnGatewayId"))
        return EmptyResult()

    def describe_vpn_gateways(self) -> ActionResult:
        """Let what was in motion come to rest, then answer as moto does."""
        ec2.settle(self.world, self.ec2_backend)
        return super().describe_vpn_gateways()

    def enable_vgw_route_propagation(self) -> ActionResult:
        """Let a VGW put its routes into a route table."""
        gateway, table = self._get_param("GatewayId"), self._get_param("RouteTableId")
        vpn_gateways.propagate(self.ec2_backend, gateway, table)
        return EmptyResult()

    def disable_vgw_route_propagation(self) -> ActionResult:
        """Stop that; a VGW that does not do so is no error."""
        gateway, table = self._get_param("GatewayId"), self._get_param("RouteTableId")
        vpn_gateways.stop_propagating(self.ec2_backend, gateway, table)
        return EmptyResult()

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
        ours = self._tied("association")
        if ours is None:
            return super().associate_transit_gateway_route_table()
        return ActionResult({"Association": ours})

    def disassociate_transit_gateway_route_table(self) -> ActionResult:
        """Have an attachment use none."""
        ours = self._untied("association")
        if ours is None:
            return super().disassociate_transit_gateway_route_table()
        return ActionResult({"Association": ours})

    def enable_transit_gateway_route_table_propagation(self) -> ActionResult:
        """Have an attachment tell its routes to a route table."""
        ours = self._tied("propagation")
        if ours is None:
            return super().enable_transit_gateway_route_table_propagation()
        return ActionResult({"Propagation": ours})

    def disable_transit_gateway_route_table_propagation(self) -> ActionResult:
        """Have an attachment no longer tell them."""
        ours = self._untied("propagation")
        if ours is None:
            return super().disable_transit_gateway_route_table_propagation()
        return ActionResult({"Propagation": ours})

    def get_transit_gateway_route_table_associations(self) -> ActionResult:
        """List the attachments that use a route table."""
        table = self._table()
        rows = [_tie_row(each) for each in table.route_table_associations.values()]
        return ActionResult({"Associations": self._with_ours(rows, "association", table)})

    def get_transit_gateway_route_table_propagations(self) -> ActionResult:
        """List the attachments that tell their routes to a route table."""
        table = self._table()
        rows = [_tie_row(each) for each in table.route_table_propagation]
        found = self._with_ours(rows, "propagation", table)
        return ActionResult({"TransitGatewayRouteTablePropagations": found})

    def _with_ours(self, rows: list[Any], kind: Kind, table: Any) -> list[Any]:
        rows += transit_route_tables.rows(self.world, self._attached(), kind, table.id)
        return passing(rows, self._filters_from_querystring())

    def _attached(self) -> list[Association]:
        return transit_attachments.of(self.world, self.current_account, self.region)

    def _named(self) -> Association | None:
        """Return the attachment that the call names; None if it is moto's.

        Raises:
            EC2ClientError: It is nobody's.
        """
        wanted = self._get_param("TransitGatewayAttachmentId")
        if wanted in self.ec2_backend.transit_gateway_attachments:
            return None
        found = next((each for each in self._attached() if each.attachment_id == wanted), None)
        if found is None:
            raise _no_attachment(wanted)
        return found

    def _table(self) -> Any:
        wanted = self._get_param("TransitGatewayRouteTableId")
        found = self.ec2_backend.transit_gateways_route_tables.get(wanted)
        if found is None:
            raise EC2ClientError(
                "InvalidRouteTableID.NotFound",
                f"Transit Gateway Route Table {wanted} was deleted or does not exist.",
            )
        return found

    def _tied(self, kind: Kind) -> Any:
        found, table = self._named(), self._table()
        if found is None:
            return None
        answer = transit_route_tables.tie(self.world, found, kind, table)
        self.world.keep()
        return answer

    def _untied(self, kind: Kind) -> Any:
        found, table = self._named(), self._table()
        if found is None:
            return None
        answer = transit_route_tables.untie(self.world, found, kind, table.id)
        self.world.keep()
        return answer


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


def install(world: World) -> None:
    """Put our responses in the place of moto's, in this world."""
    Ec2.world = world
    urls.url_paths = {"{0}/": Ec2.dispatch}
