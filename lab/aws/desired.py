# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From all accounts' virtual interfaces to what each AWS router shall carry."""

from __future__ import annotations

from ipaddress import ip_network
from typing import TYPE_CHECKING

from . import amazon_side
from .router_state import RouterInterface, RouterPeer, RouterState

if TYPE_CHECKING:
    from .state import Connection, Peer, VirtualInterface
    from .world import World

_VERSIONS = {"ipv4": 4, "ipv6": 6}


def router_states(world: World) -> dict[str, RouterState]:
    """Return the state of every AWS router of the lab; the caller holds the world's lock."""
    cables = world.cables()
    interfaces: dict[str, list[RouterInterface]] = {name: [] for name in world.fabric.routers}
    announced: dict[str, None] = {}
    for virtual_interface in world.virtual_interfaces():
        connection = world.find_connection(virtual_interface.connection_id)
        if virtual_interface.deleted_at is not None or connection is None:
            continue
        announced.update(dict.fromkeys(amazon_side.announced(world, virtual_interface)))
        router, port = _port(connection, cables)
        if router in interfaces:
            interfaces[router].append(_interface(world, virtual_interface, port))
    return {
        router: RouterState(
            interfaces=tuple(sorted(carried, key=lambda each: each.name)),
            originate=tuple(sorted(announced)) if router in world.fabric.origins else (),
        )
        for router, carried in interfaces.items()
    }


def _port(connection: Connection, cables: dict[str, str]) -> tuple[str, str]:
    """Return router and interface of a connection; what was plugged once stays configured."""
    port = cables.get(connection.id) or (connection.aws_port if connection.first_light_at else None)
    router, _, interface = (port or "").partition(":")
    return router, interface


def _interface(world: World, virtual_interface: VirtualInterface, port: str) -> RouterInterface:
    test = world.running_test(virtual_interface)
    held_down = test.peer_ids if test else ()
    return RouterInterface(
        virtual_interface=virtual_interface.id,
        port=port,
        vlan=virtual_interface.vlan,
        mtu=virtual_interface.mtu,
        peers=tuple(
            _peer(world, virtual_interface, peer, held_down=peer.id in held_down)
            for peer in virtual_interface.live_peers
        ),
    )


def _peer(
    world: World, virtual_interface: VirtualInterface, peer: Peer, *, held_down: bool
) -> RouterPeer:
    announced = amazon_side.announced(world, virtual_interface)
    maximum = {"ipv4": virtual_interface.prefixes_ipv4, "ipv6": virtual_interface.prefixes_ipv6}
    return RouterPeer(
        family=peer.family,
        amazon_address=peer.amazon_address,
        customer_address=peer.customer_address,
        customer_asn=peer.asn,
        amazon_asn=amazon_side.asn(world, virtual_interface),
        key=peer.key,
        announce=tuple(p for p in announced if ip_network(p).version == _VERSIONS[peer.family]),
        maximum_prefixes=max(1, maximum[peer.family]),
        held_down=held_down,
    )
