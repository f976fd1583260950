# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What changes on VPN connections that are there: static routes and the options of tunnels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from ..core.planner.vpn_tunnels import tunnel_differences
from .handler import Handler
from .made import Made
from .virtual_gateways import Part
from .vpn_connections import read_vpn_connections, tunnel_options

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..core.model_vpn import VpnTunnel
    from ..core.plan import Action
    from ..core.snapshot_vpn import FoundVpnConnection, FoundVpnTunnel
    from .handler import Stateful
    from .made import Ids
    from .session import Aws

# The parameters by the attributes of the estate; ModifyVpnTunnelOptions leaves the others alone.
_PARAMETERS = {
    "inside_cidr": "TunnelInsideCidr",
    "key": "PreSharedKey",
    "ike_versions": "IKEVersions",
    "startup_action": "StartupAction",
    "dpd_timeout_action": "DPDTimeoutAction",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tunnel:
    """A tunnel with the state of its VPN connection: AWS gives it none of its own."""

    id: str
    state: str
    tunnel: FoundVpnTunnel


def add_route(aws: Aws, action: Action, ids: Ids) -> Made:
    """Let AWS's gateway send a prefix into the VPN connection."""
    (change,) = action.changes
    vpn = ids.parent(action, "vpn_connection")
    aws.writer("ec2").create_vpn_connection_route(
        VpnConnectionId=vpn, DestinationCidrBlock=change.after
    )
    return Made(id=f"{vpn}/{change.after}", state="available")


def remove_route(aws: Aws, action: Action, _ids: Ids) -> None:
    """Have AWS's gateway forget a prefix."""
    vpn, _, route = str(action.id).partition("/")
    aws.writer("ec2").delete_vpn_connection_route(VpnConnectionId=vpn, DestinationCidrBlock=route)


def change_tunnel(aws: Aws, action: Action, ids: Ids) -> None:
    """Change what differs on one tunnel, which AWS interrupts for it."""
    wanted = cast("VpnTunnel", action.wanted)
    outside = str(action.id).partition("/")[2]
    given = tunnel_options(wanted)
    changed = {_PARAMETERS[change.attribute] for change in action.changes}
    aws.writer("ec2").modify_vpn_tunnel_options(
        VpnConnectionId=ids.parent(action, "vpn_connection"),
        VpnTunnelOutsideIpAddress=outside,
        TunnelOptions={key: value for key, value in given.items() if key in changed},
    )


def _routes(thing: FoundVpnConnection) -> Iterable[Stateful]:
    return tuple(Part(id=f"{thing.id}/{each}", state="available") for each in _kept(thing))


def _kept(thing: FoundVpnConnection) -> tuple[str, ...]:
    return thing.static_routes or ()


def _find_route(action: Action, ids: Ids, things: Iterable[Any]) -> Stateful | None:
    wanted = action.id or f"{ids.parent(action, 'vpn_connection')}/{action.changes[0].after}"
    parts = (part for thing in things for part in _routes(thing))
    return next((part for part in parts if part.id == wanted), None)


def _tunnels(thing: FoundVpnConnection) -> Iterable[Tunnel]:
    return tuple(
        Tunnel(id=f"{thing.id}/{each.outside_address}", state=thing.state, tunnel=each)
        for each in thing.tunnels
    )


def _find_tunnel(action: Action, _ids: Ids, things: Iterable[Any]) -> Tunnel | None:
    parts = (part for thing in things for part in _tunnels(thing))
    return next((part for part in parts if part.id == action.id), None)


def _is_changed(action: Action, _ids: Ids, part: Tunnel) -> bool:
    wanted = cast("VpnTunnel", action.wanted)
    if wanted.key and part.tunnel.key is None:
        # AWS keeps the key elsewhere: whether it is the right one cannot be seen.
        wanted = replace(wanted, key=None)
    return not tunnel_differences(wanted, part.tunnel)


def _its_connection(action: Action, ids: Ids) -> Iterable[str]:
    """Return the VPN connection, which AWS changes as a whole while it changes a tunnel."""
    return (ids.parent(action, "vpn_connection"),)


ROUTE_HANDLER = Handler(
    writes={"create": add_route, "delete": remove_route},
    read=read_vpn_connections,
    kept=lambda snapshot: snapshot.vpn_connections,
    parts=_routes,
    find=_find_route,
    unsettled_by=frozenset(),
)
TUNNEL_HANDLER = Handler(
    writes={"update": change_tunnel},
    read=read_vpn_connections,
    kept=lambda snapshot: snapshot.vpn_connections,
    parts=_tunnels,
    find=_find_tunnel,
    shows={"update": _is_changed},
    unsettled_by=frozenset({"update"}),
    unsettles=_its_connection,
)
