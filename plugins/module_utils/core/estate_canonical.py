# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One spelling for what can be said in several ways: comparing with AWS is comparing texts."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import ip_network
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .model import Association, Estate, Gateway, VirtualInterface
    from .model_vpn import VpnConnection


def canonical(estate: Estate) -> Estate:
    """Spell prefixes as AWS does, and give both peers of an interface the one key it has."""
    return replace(
        estate,
        gateways=tuple(map(_gateway, estate.gateways)),
        vpn_connections=tuple(map(_vpn_connection, estate.vpn_connections)),
        virtual_interfaces=tuple(map(_virtual_interface, estate.virtual_interfaces)),
    )


def _gateway(gateway: Gateway) -> Gateway:
    return replace(gateway, associations=tuple(map(_association, gateway.associations)))


def _association(association: Association) -> Association:
    if association.allowed_prefixes is None:
        return association
    return replace(association, allowed_prefixes=_prefixes(association.allowed_prefixes))


def _vpn_connection(vpn: VpnConnection) -> VpnConnection:
    routes = vpn.static_routes
    tunnels = (replace(each, inside_cidr=str(ip_network(each.inside_cidr))) for each in vpn.tunnels)
    return replace(
        vpn,
        static_routes=None if routes is None else _prefixes(routes),
        tunnels=tuple(tunnels),
    )


def _virtual_interface(interface: VirtualInterface) -> VirtualInterface:
    routing = replace(
        interface.routing,
        advertise=_prefixes(interface.routing.advertise),
        accept=_prefixes(interface.routing.accept),
    )
    key = next((peer.key for peer in interface.peers if peer.key), None)
    peers = tuple(replace(peer, key=key) for peer in interface.peers)
    filters = interface.route_filter_prefixes
    return replace(
        interface,
        routing=routing,
        peers=peers,
        route_filter_prefixes=None if filters is None else _prefixes(filters),
    )


def _prefixes(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(str(ip_network(text)) for text in texts)
