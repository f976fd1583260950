# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""VPN connections: the one place that reads, makes, moves and deletes them.

AWS's answers bear the pre-shared keys, twice: in the tunnels' options, and in the text that
configures a device. The text is dropped where it arrives.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any, cast

from ..core.snapshot_vpn import FoundVpnConnection, FoundVpnTunnel
from .handler import Handler
from .made import Made
from .tagging import ec2_tags, set_ec2_tags, tags_of_ec2
from .transit_routes import attachment_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ..core.model_vpn import VpnConnection, VpnTunnel
    from ..core.plan import Action
    from .made import Ids
    from .session import Aws

# What a VPN connection ends on: something found, or a virtual private gateway of the estate.
TARGETS = ("target", "virtual_gateway")
OUTSIDE_TYPES = {"public": "PublicIpv4", "private": "PrivateIpv4"}
_WORDS = {word: name for name, word in OUTSIDE_TYPES.items()}
_GONE_ROUTES = ("deleting", "deleted")


def read_vpn_connections(aws: Aws) -> tuple[FoundVpnConnection, ...]:
    """Return the VPN connections of the account in the Region; the call has no pages."""
    answer = aws.reader("ec2").describe_vpn_connections()
    return tuple(_found(vpn) for vpn in answer["VpnConnections"])


def _found(answer: dict[str, Any]) -> FoundVpnConnection:
    answer.pop("CustomerGatewayConfiguration", None)
    options, tags = answer.get("Options") or {}, tags_of_ec2(answer)
    outside = options.get("OutsideIpAddressType") or "PublicIpv4"
    return FoundVpnConnection(
        id=answer["VpnConnectionId"],
        name=tags.get("Name", ""),
        state=answer.get("State", "unknown"),
        customer_gateway_id=answer.get("CustomerGatewayId", ""),
        target_id=answer.get("VpnGatewayId") or answer.get("TransitGatewayId"),
        static_routes=_routes(answer) if options.get("StaticRoutesOnly") else None,
        outside_address_type=_WORDS.get(outside, outside.lower()),
        transport_attachment_id=options.get("TransportTransitGatewayAttachmentId"),
        tunnels=_tunnels(options, answer),
        tags=tags,
    )


def _routes(answer: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(
        route["DestinationCidrBlock"]
        for route in answer.get("Routes") or ()
        if route.get("State") not in _GONE_ROUTES
    )


def _tunnels(options: Mapping[str, Any], answer: Mapping[str, Any]) -> tuple[FoundVpnTunnel, ...]:
    seen = {each.get("OutsideIpAddress"): each for each in answer.get("VgwTelemetry") or ()}
    return tuple(
        _tunnel(each, seen.get(each["OutsideIpAddress"], {}))
        for each in options.get("TunnelOptions") or ()
        if each.get("OutsideIpAddress")
    )


def _tunnel(options: Mapping[str, Any], seen: Mapping[str, Any]) -> FoundVpnTunnel:
    return FoundVpnTunnel(
        outside_address=options["OutsideIpAddress"],
        inside_cidr=options.get("TunnelInsideCidr"),
        key=options.get("PreSharedKey") or None,
        ike_versions=tuple(each["Value"] for each in options.get("IkeVersions") or ()),
        startup_action=options.get("StartupAction"),
        dpd_timeout_action=options.get("DpdTimeoutAction"),
        status=seen.get("Status"),
        since=_utc(seen.get("LastStatusChange")),
        accepted_routes=seen.get("AcceptedRouteCount"),
    )


def _utc(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    text = moment.astimezone(UTC).isoformat(timespec="seconds")
    return text.replace("+00:00", "Z")


def create_vpn_connection(aws: Aws, action: Action, ids: Ids) -> Made:
    """Make the VPN connection; what its answer says of keys is dropped here."""
    wanted = cast("VpnConnection", action.wanted)
    answer = aws.writer("ec2").create_vpn_connection(
        Type="ipsec.1",
        CustomerGatewayId=ids.parent(action, "customer_gateway"),
        **{_end(wanted): ids.parent(action, *TARGETS)},
        Options=_options(aws, wanted, action, ids),
        TagSpecifications=[{"ResourceType": "vpn-connection", "Tags": ec2_tags(action.tags)}],
    )["VpnConnection"]
    return Made(id=answer["VpnConnectionId"], state=answer["State"])


def _end(wanted: VpnConnection) -> str:
    return "TransitGatewayId" if wanted.transit_gateway else "VpnGatewayId"


def _options(aws: Aws, wanted: VpnConnection, action: Action, ids: Ids) -> dict[str, Any]:
    options: dict[str, Any] = {"StaticRoutesOnly": wanted.static_routes is not None}
    if wanted.outside_address_type:
        options["OutsideIpAddressType"] = OUTSIDE_TYPES[wanted.outside_address_type]
    if wanted.private:
        carrying = attachment_of(aws, action, ids)
        options["TransportTransitGatewayAttachmentId"] = carrying.id
    if wanted.tunnels:
        options["TunnelOptions"] = [tunnel_options(tunnel) for tunnel in wanted.tunnels]
    return options


def tunnel_options(tunnel: VpnTunnel) -> dict[str, Any]:
    """Return what is wanted of a tunnel as EC2's calls take it, by the names of the estate."""
    versions = tunnel.ike_versions
    given = {
        "TunnelInsideCidr": tunnel.inside_cidr,
        "PreSharedKey": tunnel.key,
        "IKEVersions": None if versions is None else [{"Value": each} for each in versions],
        "StartupAction": tunnel.startup_action,
        "DPDTimeoutAction": tunnel.dpd_timeout_action,
    }
    return {key: value for key, value in given.items() if value is not None}


def move_vpn_connection(aws: Aws, action: Action, ids: Ids) -> None:
    """Give the VPN connection other ends; its tunnels keep addresses and keys."""
    wanted = cast("VpnConnection", action.wanted)
    changed = {change.attribute for change in action.changes}
    ends: dict[str, str] = {}
    if "customer_gateway" in changed:
        ends["CustomerGatewayId"] = ids.parent(action, "customer_gateway")
    if changed - {"customer_gateway"}:
        ends[_end(wanted)] = ids.parent(action, *TARGETS)
    aws.writer("ec2").modify_vpn_connection(VpnConnectionId=action.id, **ends)


def delete_vpn_connection(aws: Aws, action: Action, _ids: Ids) -> None:
    """Delete the VPN connection with its tunnels and static routes."""
    aws.writer("ec2").delete_vpn_connection(VpnConnectionId=action.id)


def _has_moved(action: Action, ids: Ids, found: FoundVpnConnection) -> bool:
    ends = (ids.parent(action, "customer_gateway"), ids.parent(action, *TARGETS))
    return (found.customer_gateway_id, found.target_id) == ends


HANDLER = Handler(
    writes={
        "create": create_vpn_connection,
        "update": move_vpn_connection,
        "adopt": set_ec2_tags,
        "tag": set_ec2_tags,
        "delete": delete_vpn_connection,
    },
    read=read_vpn_connections,
    kept=lambda snapshot: snapshot.vpn_connections,
    shows={"update": _has_moved},
    unsettled_by=frozenset({"create", "update"}),
    # Of two on a transit gateway both stand; AWS bills them by the hour until one is withdrawn.
    twins="free",
)
