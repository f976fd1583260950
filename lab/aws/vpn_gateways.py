# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""VGWs of EC2: attached and detached in steps, telling their routes to route tables.

The records are moto's, so that its own calls see them too; what moves remembers since when.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.ec2.exceptions import EC2ClientError, InvalidVpnGatewayAttachmentError

from . import ec2, vpn_connections

if TYPE_CHECKING:
    from .world import World

_IN_USE = ("attaching", "attached", "detaching")


def attach(world: World, backend: Any, gateway_id: str, vpc_id: str) -> Any:
    """Attach; a VGW has one VPC, and a VPC one VGW.

    Raises:
        EC2ClientError: One of them is taken, gone or unknown.
    """
    ec2.settle(world, backend)
    gateway = _living(backend, gateway_id)
    backend.get_vpc(vpc_id)
    if any(attachment.state in _IN_USE for attachment in gateway.attachments.values()):
        raise EC2ClientError(
            "VpnGatewayAttachmentLimitExceeded", f"{gateway_id} is already attached to a VPC."
        )
    for other in backend.vpn_gateways.values():
        held = other.attachments.get(vpc_id)
        if held is not None and held.state in _IN_USE:
            raise EC2ClientError(
                "VpnGatewayAttachmentLimitExceeded", f"{vpc_id} already has {other.id} attached."
            )
    attachment = backend.attach_vpn_gateway(gateway_id, vpc_id)
    attachment.state, attachment.moved_at = "attaching", world.now
    return attachment


def detach(world: World, backend: Any, gateway_id: str, vpc_id: str) -> None:
    """Detach; refused while the gateway serves Direct Connect.

    Raises:
        EC2ClientError: They are not attached, or something rides on the gateway.
    """
    ec2.settle(world, backend)
    attachment = _living(backend, gateway_id).attachments.get(vpc_id)
    if attachment is None or attachment.state not in {"attaching", "attached"}:
        raise InvalidVpnGatewayAttachmentError(gateway_id, vpc_id)
    _check_unused(world, gateway_id)
    attachment.state, attachment.moved_at = "detaching", world.now
    for table in backend.route_tables.values():
        stop_propagating(backend, gateway_id, table.id)


def delete(world: World, backend: Any, gateway_id: str) -> None:
    """Delete a VGW; it stays listed as deleted.

    Raises:
        EC2ClientError: It is attached, or something rides on it.
    """
    ec2.settle(world, backend)
    gateway = _living(backend, gateway_id)
    if any(attachment.state in _IN_USE for attachment in gateway.attachments.values()):
        raise EC2ClientError("IncorrectState", f"{gateway_id} is attached to a VPC.")
    _check_unused(world, gateway_id)
    for vpn in backend.vpn_connections.values():
        if vpn.vpn_gateway_id == gateway_id and vpn_connections.state(world, vpn) != "deleted":
            raise EC2ClientError("IncorrectState", f"{gateway_id} has {vpn.id}.")
    backend.delete_vpn_gateway(gateway_id)


def _check_unused(world: World, gateway_id: str) -> None:
    for tie in world.associations():
        if tie.target_id == gateway_id and tie.deleted_at is None:
            raise EC2ClientError(
                "IncorrectState",
                f"{gateway_id} is associated with Direct Connect gateway {tie.gateway_id}.",
            )
    for each in world.virtual_interfaces():
        if each.virtual_gateway_id == gateway_id and each.deleted_at is None:
            raise EC2ClientError(
                "IncorrectState", f"{gateway_id} has virtual interface {each.id} attached."
            )


def _living(backend: Any, gateway_id: str) -> Any:
    gateway = backend.get_vpn_gateway(gateway_id)
    if gateway.state == "deleted":
        raise EC2ClientError("IncorrectState", f"{gateway_id} is deleted.")
    return gateway


def propagate(backend: Any, gateway_id: str, table_id: str) -> None:
    """Let a VGW put its routes into a route table; a second time changes nothing.

    Raises:
        EC2ClientError: One is unknown, or they belong to two VPCs.
    """
    gateway, table = _living(backend, gateway_id), backend.get_route_table(table_id)
    attachment = gateway.attachments.get(table.vpc_id)
    if attachment is None or attachment.state not in {"attaching", "attached"}:
        raise EC2ClientError(
            "Gateway.NotAttached", f"{gateway_id} is not attached to {table.vpc_id}."
        )
    present = [each for each in _propagating(table) if each["GatewayId"] != gateway_id]
    table.propagating_vgws = [*present, {"GatewayId": gateway_id}]


def stop_propagating(backend: Any, gateway_id: str, table_id: str) -> None:
    """Take a VGW's routes out of a route table; one that puts none there is no error."""
    table = backend.get_route_table(table_id)
    table.propagating_vgws = [e for e in _propagating(table) if e["GatewayId"] != gateway_id]


def _propagating(table: Any) -> list[dict[str, str]]:
    found: list[dict[str, str]] = getattr(table, "propagating_vgws", [])
    return found
