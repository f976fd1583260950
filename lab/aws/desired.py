# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From all accounts' virtual interfaces to what each AWS router shall carry."""

from __future__ import annotations

from ipaddress import ip_network
from typing import TYPE_CHECKING

from . import amazon_side, carriers
from .router_state import RouterInterface, RouterPeer, RouterState
from .sight import Light

if TYPE_CHECKING:
    from .state import Peer, VirtualInterface
    from .world import World

_VERSIONS = {"ipv4": 4, "ipv6": 6}
# What the customer of a public virtual interface may announce in one session.
PUBLIC_PREFIXES = 1000


def router_states(world: World) -> dict[str, RouterState]:
    """Return the state of every AWS router of the lab; the caller holds the world's lock."""
    light = Light(cables=world.cables(), dark_ports=world.dark_ports)
    if not world.fabric.routers:
        return {}
    interfaces: dict[str, list[RouterInterface]] = {name: [] for name in world.fabric.routers}
    announced: dict[str, None] = {}
    for virtual_interface in world.virtual_interfaces():
        carrier = world.find_carrier(virtual_interface.connection_id)
        if not _is_carried(virtual_interface) or carrier is None:
            continue
        announced.update(dict.fromkeys(amazon_side.announced(world, virtual_interface)))
        router, _, port = (carriers.port_in(world, carrier, light) or "").partition(":")
        if router in interfaces:
            interfaces[router].append(_interface(world, virtual_interface, port))
    return {
        router: RouterState(
            interfaces=tuple(sorted(carried, key=lambda each: each.name)),
            originate=tuple(sorted(announced)) if router in world.fabric.origins else (),
        )
        for router, carried in interfaces.items()
    }


def _is_carried(virtual_interface: VirtualInterface) -> bool:
    """Tell whether the router has the interface: it is neither gone nor still to be accepted."""
    return virtual_interface.deleted_at is None and not virtual_interface.awaits_confirmation


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
    is_public = virtual_interface.type == "public"
    maximum = {"ipv4": virtual_interface.prefixes_ipv4, "ipv6": virtual_interface.prefixes_ipv6}
    return RouterPeer(
        family=peer.family,
        amazon_address=peer.amazon_address,
        customer_address=peer.customer_address,
        customer_asn=peer.asn,
        amazon_asn=amazon_side.asn(world, virtual_interface),
        key=peer.key,
        announce=_of_family(announced, peer.family),
        accept=_of_family(virtual_interface.route_filters, peer.family) if is_public else None,
        maximum_prefixes=PUBLIC_PREFIXES if is_public else max(1, maximum[peer.family]),
        held_down=held_down,
    )


def _of_family(found: tuple[str, ...], family: str) -> tuple[str, ...]:
    return tuple(each for each in found if ip_network(each).version == _VERSIONS[family])
