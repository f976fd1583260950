# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""moto's EC2 responses about VPN connections, with what they need to be true to AWS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.core.responses import ActionResult, EmptyResult
from moto.ec2.exceptions import (
    EC2ClientError,
    InvalidCustomerGatewayIdError,
    InvalidVpnConnectionIdError,
)
from moto.ec2.responses import EC2Response

from . import customer_gateways, vpn_connections, vpn_tunnels
from .ec2_filters import passing

if TYPE_CHECKING:
    from .world import World

# A few of the devices that AWS has a sample configuration for.
DEVICES = (
    ("9005b6c1", "Cisco Systems, Inc.", "ISR Series Routers", "IOS 12.4+"),
    ("48f0a5a2", "Juniper Networks, Inc.", "SRX Routers", "JunOS 11.0+"),
    ("7b754310", "Strongswan", "Ubuntu 16.04", "Strongswan 5.5.1+"),
)
VPN_CALLS = frozenset(
    {
        "CreateCustomerGateway",
        "CreateVpnConnection",
        "CreateVpnConnectionRoute",
        "DeleteCustomerGateway",
        "DeleteVpnConnection",
        "DeleteVpnConnectionRoute",
        "DescribeCustomerGateways",
        "DescribeVpnConnections",
        "GetVpnConnectionDeviceSampleConfiguration",
        "GetVpnConnectionDeviceTypes",
        "ModifyVpnConnection",
        "ModifyVpnTunnelOptions",
    }
)


class VpnResponses(EC2Response):
    """What EC2 answers of customer gateways and VPN connections."""

    world: World

    def create_customer_gateway(self) -> ActionResult:
        """Make a customer gateway, or return the one that looks the same."""
        tags = self._parse_tag_specification().get("customer-gateway", {})
        made = customer_gateways.create(self.world, self.ec2_backend, self.params, tags)
        return ActionResult({"CustomerGateway": customer_gateways.row(self.world, made)})

    def delete_customer_gateway(self) -> ActionResult:
        """Delete a customer gateway at which no VPN connection begins."""
        wanted = self._get_param("CustomerGatewayId")
        found = customer_gateways.living(self.world, self.ec2_backend, wanted)
        for vpn in self.ec2_backend.vpn_connections.values():
            gone = vpn_connections.state(self.world, vpn) == "deleted"
            if vpn.customer_gateway_id == wanted and not gone:
                raise EC2ClientError("IncorrectState", f"The customer gateway {wanted} is in use.")
        found.deleted_at = self.world.now
        return EmptyResult()

    def describe_customer_gateways(self) -> ActionResult:
        """List the customer gateways, those of late among them."""
        things = self.ec2_backend.customer_gateways.values()
        rows = [customer_gateways.row(self.world, each) for each in things]
        if wanted := self._get_param("CustomerGatewayIds", []):
            rows = [row for row in rows if row["CustomerGatewayId"] in wanted]
            if missing := set(wanted) - {row["CustomerGatewayId"] for row in rows}:
                raise InvalidCustomerGatewayIdError(min(missing))
        found = passing(rows, self._filters_from_querystring())
        return ActionResult({"CustomerGateways": found})

    def create_vpn_connection(self) -> ActionResult:
        """Make a VPN connection."""
        tags = self._parse_tag_specification().get("vpn-connection", {})
        made = vpn_connections.create(self.world, self.ec2_backend, self.params, tags)
        return self._vpn(made)

    def delete_vpn_connection(self) -> ActionResult:
        """Delete a VPN connection."""
        vpn_connections.delete(self.world, self.ec2_backend, self._get_param("VpnConnectionId"))
        return EmptyResult()

    def describe_vpn_connections(self) -> ActionResult:
        """List the VPN connections, those of late among them."""
        things = self.ec2_backend.vpn_connections.values()
        rows = [vpn_connections.row(self.world, each) for each in things]
        if wanted := self._get_param("VpnConnectionIds", []):
            rows = [row for row in rows if row["VpnConnectionId"] in wanted]
            if missing := set(wanted) - {row["VpnConnectionId"] for row in rows}:
                raise InvalidVpnConnectionIdError(min(missing))
        filters = self._filters_from_querystring()
        # The number is the customer gateway's, and in no answer.
        asns = filters.pop("bgp-asn", None)
        rows = [row for row in rows if asns is None or self._asn(row) in asns]
        found = passing(rows, filters)
        return ActionResult({"VpnConnections": found})

    def _asn(self, row: dict[str, Any]) -> str:
        _, asn, _ = self.ec2_backend.customer_gateways[row["CustomerGatewayId"]].identity
        return str(asn)

    def modify_vpn_connection(self) -> ActionResult:
        """Give a VPN connection other ends."""
        wanted = self._get_param("VpnConnectionId")
        return self._vpn(vpn_connections.move(self.world, self.ec2_backend, wanted, self.params))

    def modify_vpn_tunnel_options(self) -> ActionResult:
        """Change the options of a tunnel."""
        changed = vpn_connections.change_tunnel(
            self.world,
            self.ec2_backend,
            self._get_param("VpnConnectionId"),
            self._get_param("VpnTunnelOutsideIpAddress"),
            self._get_param("TunnelOptions", {}),
        )
        return self._vpn(changed)

    def create_vpn_connection_route(self) -> ActionResult:
        """Add a static route."""
        vpn, prefix = self._get_param("VpnConnectionId"), self._get_param("DestinationCidrBlock")
        vpn_connections.add_route(self.world, self.ec2_backend, vpn, prefix)
        return EmptyResult()

    def delete_vpn_connection_route(self) -> ActionResult:
        """Take a static route away."""
        vpn, prefix = self._get_param("VpnConnectionId"), self._get_param("DestinationCidrBlock")
        vpn_connections.remove_route(self.world, self.ec2_backend, vpn, prefix)
        return EmptyResult()

    def get_vpn_connection_device_types(self) -> ActionResult:
        """List the devices that there are sample configurations for."""
        words = ("VpnConnectionDeviceTypeId", "Vendor", "Platform", "Software")
        types = [dict(zip(words, device, strict=True)) for device in DEVICES]
        return ActionResult({"VpnConnectionDeviceTypes": types})

    def get_vpn_connection_device_sample_configuration(self) -> ActionResult:
        """Return a device's configuration, the keys in it."""
        wanted, device = (
            self._get_param("VpnConnectionId"),
            self._get_param("VpnConnectionDeviceTypeId"),
        )
        found = vpn_connections.living(self.world, self.ec2_backend, wanted)
        if device not in {each[0] for each in DEVICES}:
            raise EC2ClientError("InvalidParameterValue", f"There is no device type {device}.")
        text = f"! {device}\n{vpn_tunnels.configuration(found.id, found.tunnels)}\n"
        return ActionResult({"VpnConnectionDeviceSampleConfiguration": text})

    def _vpn(self, found: Any) -> ActionResult:
        return ActionResult({"VpnConnection": vpn_connections.row(self.world, found)})
