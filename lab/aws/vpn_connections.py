# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""VPN connections of EC2: made, moved, changed and deleted in steps, with their static routes.

The records are moto's, so that its own calls see them too, with what moto leaves out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.ec2.exceptions import EC2ClientError, InvalidVpnConnectionIdError

from . import customer_gateways, transit_attachments, vpn_tunnels
from .clock import as_datetime

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .world import World

_THERE = ("pending", "available")
_PRIVATE_ADDRESSES = ("10.", "192.168.", "100.64.", "172.16.")


def create(world: World, backend: Any, wanted: Mapping[str, Any], tags: dict[str, str]) -> Any:
    """Make one; between a customer gateway and a VGW there is one, which a second call returns.

    Raises:
        EC2ClientError: An end is missing, or the options do not go together.
    """
    customer, options = wanted["CustomerGatewayId"], wanted.get("Options") or {}
    ends = _ends(backend, wanted)
    gateway = customer_gateways.living(world, backend, customer)
    _check_transport(world, backend, options, ends, gateway)
    for each in backend.vpn_connections.values():
        same = (each.customer_gateway_id, each.vpn_gateway_id) == (customer, ends[0])
        if ends[0] and same and state(world, each) in _THERE:
            return each
    private = options.get("OutsideIpAddressType") == "PrivateIpv4"
    tunnels = vpn_tunnels.make(
        len(backend.vpn_connections),
        options.get("TunnelOptions") or (),
        _inside_of(world, backend, ends),
        private=private,
    )
    made = backend.create_vpn_connection("ipsec.1", customer, *ends, tags=tags)
    made.options = {
        "EnableAcceleration": False,
        "StaticRoutesOnly": str(options.get("StaticRoutesOnly")).lower() == "true",
        "OutsideIpAddressType": options.get("OutsideIpAddressType") or "PublicIpv4",
        "TunnelInsideIpVersion": "ipv4",
    }
    if private:
        made.options["TransportTransitGatewayAttachmentId"] = options[_TRANSPORT]
    made.tunnels, made.routes, made.up = tunnels, [], {}
    made.changed_at, made.deleted_at = world.now, None
    _attach(backend, made)
    return made


_TRANSPORT = "TransportTransitGatewayAttachmentId"


def _ends(backend: Any, wanted: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Return the VGW or the transit gateway that a call names, once that is found to be there."""
    virtual, transit = wanted.get("VpnGatewayId"), wanted.get("TransitGatewayId")
    if bool(virtual) == bool(transit):
        raise EC2ClientError(
            "InvalidParameterCombination", "Give one of VpnGatewayId and TransitGatewayId."
        )
    if virtual and getattr(backend.vpn_gateways.get(virtual), "state", "deleted") == "deleted":
        raise EC2ClientError("InvalidVpnGatewayID.NotFound", f"{virtual} does not exist.")
    if transit and transit not in backend.transit_gateways:
        raise EC2ClientError("InvalidTransitGatewayID.NotFound", f"{transit} does not exist.")
    return virtual, transit


def _check_transport(
    world: World,
    backend: Any,
    options: Mapping[str, Any],
    ends: tuple[str | None, str | None],
    gateway: Any,
) -> None:
    """Refuse a private VPN connection without its attachment, and a public one that needs it."""
    private, transport = (
        options.get("OutsideIpAddressType") == "PrivateIpv4",
        options.get(_TRANSPORT),
    )
    if not private:
        if transport or str(gateway.identity[0]).startswith(_PRIVATE_ADDRESSES):
            raise EC2ClientError(
                "InvalidParameterCombination",
                f"{_TRANSPORT} and private addresses need OutsideIpAddressType PrivateIpv4.",
            )
        return
    attached = transit_attachments.of(world, backend.account_id, backend.region_name)
    rows = (transit_attachments.row(world, each) for each in attached)
    fitting = {
        row["TransitGatewayAttachmentId"]: row["State"]
        for row in rows
        if row["TransitGatewayId"] == ends[1]
    }
    if fitting.get(str(transport)) != "available":
        raise EC2ClientError(
            "InvalidTransitGatewayAttachmentID.NotFound",
            f"Transit Gateway Attachment {transport} was deleted or does not exist.",
        )


def _inside_of(world: World, backend: Any, ends: tuple[str | None, str | None]) -> list[str]:
    return [
        tunnel["TunnelInsideCidr"]
        for each in backend.vpn_connections.values()
        if (each.vpn_gateway_id, each.transit_gateway_id) == ends and state(world, each) in _THERE
        for tunnel in each.tunnels
    ]


def _attach(backend: Any, vpn: Any) -> None:
    """Let a transit gateway see the VPN connection as an attachment."""
    if vpn.transit_gateway_id:
        backend.create_transit_gateway_vpn_attachment(
            vpn_id=vpn.id, transit_gateway_id=vpn.transit_gateway_id
        )


def _detach(backend: Any, vpn: Any) -> None:
    for attachment in backend.transit_gateway_attachments.values():
        if attachment.resource_id == vpn.id:
            attachment.state = "deleted"


def state(world: World, vpn: Any) -> str:
    """Return the state; while AWS changes something it is pending again."""
    if vpn.deleted_at is not None:
        return "deleting" if world.now - vpn.deleted_at < world.delays.deletion else "deleted"
    return "pending" if world.now - vpn.changed_at < world.delays.gateway else "available"


def living(world: World, backend: Any, vpn_id: str) -> Any:
    """Return the one of that id.

    Raises:
        InvalidVpnConnectionIdError: There is none, or no more.
    """
    found = backend.vpn_connections.get(vpn_id)
    if found is None or state(world, found) not in _THERE:
        raise InvalidVpnConnectionIdError(vpn_id)
    return found


def settled(world: World, backend: Any, vpn_id: str) -> Any:
    """Return the one of that id, on which AWS is not at work.

    Raises:
        EC2ClientError: AWS is at work on it, or there is none.
    """
    found = living(world, backend, vpn_id)
    if state(world, found) != "available":
        raise EC2ClientError("IncorrectState", f"{vpn_id} is not in the state available.")
    return found


def delete(world: World, backend: Any, vpn_id: str) -> None:
    """Delete one, which takes a moment.

    Raises:
        InvalidVpnConnectionIdError: There is none.
    """
    found = living(world, backend, vpn_id)
    found.deleted_at = world.now
    _detach(backend, found)


def move(world: World, backend: Any, vpn_id: str, wanted: Mapping[str, Any]) -> Any:
    """Give one other ends; tunnels keep their options and are away for a moment.

    Raises:
        EC2ClientError: It cannot move as it is.
    """
    found = settled(world, backend, vpn_id)
    if customer := wanted.get("CustomerGatewayId"):
        customer_gateways.living(world, backend, customer)
        found.customer_gateway_id = customer
    if wanted.get("VpnGatewayId") or wanted.get("TransitGatewayId"):
        ends = _ends(backend, wanted)
        if found.options["OutsideIpAddressType"] == "PrivateIpv4":
            raise EC2ClientError("UnsupportedOperation", f"{vpn_id} is private and stays.")
        if found.routes:
            raise EC2ClientError("IncorrectState", f"{vpn_id} has static routes.")
        _detach(backend, found)
        found.vpn_gateway_id, found.transit_gateway_id = ends
        _attach(backend, found)
    found.changed_at = world.now
    return found


def change_tunnel(
    world: World, backend: Any, vpn_id: str, outside: str, options: Mapping[str, Any]
) -> Any:
    """Change the options of one tunnel.

    Raises:
        EC2ClientError: There is no such tunnel, or EC2 does not take the options.
    """
    found = settled(world, backend, vpn_id)
    there = next((each for each in found.tunnels if each["OutsideIpAddress"] == outside), None)
    if there is None:
        raise EC2ClientError("InvalidParameterValue", f"{vpn_id} has no tunnel to {outside}.")
    ends = (found.vpn_gateway_id, found.transit_gateway_id)
    others = set(_inside_of(world, backend, ends)) - {there["TunnelInsideCidr"]}
    new = vpn_tunnels.changed(there, options, others)
    found.tunnels = [new if each is there else each for each in found.tunnels]
    found.changed_at = world.now
    return found


def add_route(world: World, backend: Any, vpn_id: str, prefix: str) -> None:
    """Add a static route; one that is there changes nothing.

    Raises:
        EC2ClientError: The VPN connection takes none.
    """
    found = living(world, backend, vpn_id)
    if found.transit_gateway_id or not found.options["StaticRoutesOnly"]:
        raise EC2ClientError("UnsupportedOperation", f"{vpn_id} takes no static routes.")
    found.routes = [*(each for each in found.routes if each != prefix), prefix]


def remove_route(world: World, backend: Any, vpn_id: str, prefix: str) -> None:
    """Take a static route away.

    Raises:
        EC2ClientError: There is none.
    """
    found = living(world, backend, vpn_id)
    if prefix not in found.routes:
        raise EC2ClientError("InvalidRoute.NotFound", f"{vpn_id} has no route to {prefix}.")
    found.routes = [each for each in found.routes if each != prefix]


def row(world: World, vpn: Any) -> dict[str, Any]:
    """Return one in EC2's words, with all its keys, as EC2 does."""
    now = state(world, vpn)
    answer = {
        "VpnConnectionId": vpn.id,
        "State": now,
        "Type": "ipsec.1",
        "Category": "VPN",
        "CustomerGatewayId": vpn.customer_gateway_id,
        "VpnGatewayId": vpn.vpn_gateway_id,
        "TransitGatewayId": vpn.transit_gateway_id,
        "CustomerGatewayConfiguration": vpn_tunnels.configuration(vpn.id, vpn.tunnels)
        if now in _THERE
        else None,
        "Options": {**vpn.options, "TunnelOptions": vpn.tunnels},
        "Routes": [{"DestinationCidrBlock": each, "State": "available"} for each in vpn.routes],
        "VgwTelemetry": [_telemetry(vpn, each["OutsideIpAddress"], now) for each in vpn.tunnels],
        "Tags": [{"Key": tag["key"], "Value": tag["value"]} for tag in vpn.get_tags()],
    }
    return {key: value for key, value in answer.items() if value is not None}


def _telemetry(vpn: Any, outside: str, now: str) -> dict[str, Any]:
    up = outside in vpn.up and now == "available"
    return {
        "OutsideIpAddress": outside,
        "Status": "UP" if up else "DOWN",
        "StatusMessage": "1 BGP ROUTES" if up else "",
        "LastStatusChange": as_datetime(max(vpn.up.get(outside, 0.0), vpn.changed_at)),
        "AcceptedRouteCount": 1 if up else 0,
    }
