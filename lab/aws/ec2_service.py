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

from . import ec2, ec2_pages, neighbour_validation, vpn_gateways
from .ec2_attachments import TransitGatewayAttachments
from .ec2_vpn import VPN_CALLS, VpnResponses

if TYPE_CHECKING:
    from .world import World

# What has to do with Direct Connect; the rest of EC2 is moto's alone.
CHECKED = VPN_CALLS | frozenset(
    {
        "AssociateTransitGatewayRouteTable",
        "AttachVpnGateway",
        "CreateTags",
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
        "GetTransitGatewayAttachmentPropagations",
        "GetTransitGatewayRouteTableAssociations",
        "GetTransitGatewayRouteTablePropagations",
    }
)


class Ec2(VpnResponses, TransitGatewayAttachments):
    """One HTTP request to EC2."""

    _unreadable: str | None = None

    def parse_parameters(self, request: Any) -> None:
        """Read what the call asks for; the answer tells what is no number where one belongs."""
        try:
            super().parse_parameters(request)
        except ValueError as error:
            self.params, self._unreadable = {}, str(error)

    def call_action(self) -> Any:
        """Answer, once the call is found to be as EC2 describes it."""
        try:
            self._check()
        except EC2ClientError as error:
            return self.serialized(ActionResult(error))
        return super().call_action()

    def _check(self) -> None:
        operation = self._get_action()
        if self._unreadable is not None:
            raise EC2ClientError("InvalidParameterValue", f"A value is wrong: {self._unreadable}")
        if operation not in CHECKED:
            return
        if unknown := neighbour_validation.unknown_to_ec2(operation, self.querystring):
            raise EC2ClientError("UnknownParameter", f"The parameter {unknown} is not recognized")
        if missing := neighbour_validation.missing("ec2", operation, self.params):
            raise EC2ClientError(
                "MissingParameter", f"The request must contain the parameter {missing}"
            )
        filters = self._filters_from_querystring()
        if filters and (wrong := neighbour_validation.unknown_filter(operation, filters)):
            raise EC2ClientError("InvalidParameterValue", f"The filter '{wrong}' is invalid")
        ec2_pages.check(operation, self.params)

    def serialized(self, action_result: ActionResult) -> Any:
        """Cut the page that was asked for, and put it into EC2's form."""
        operation, answer = self._get_action(), action_result.result
        if operation in CHECKED and isinstance(answer, dict):
            action_result = ActionResult(ec2_pages.cut(operation, self.params, answer))
        return super().serialized(action_result)

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


def install(world: World) -> None:
    """Put our responses in the place of moto's, in this world."""
    Ec2.world = world
    urls.url_paths = {"{0}/": Ec2.dispatch}
