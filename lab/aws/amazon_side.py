# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What AWS's side of a virtual interface is: its ASN, and the prefixes that it announces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import ec2, lifecycle, prefixes, public_network

if TYPE_CHECKING:
    from .state import Association, VirtualInterface
    from .world import World

_DEFAULT_ASN = 64512


def asn(world: World, virtual_interface: VirtualInterface) -> int:
    """Return the gateway's ASN, that of the VGW, or that of AWS's public network."""
    if virtual_interface.type == "public":
        return public_network.ASN
    gateway = world.find_gateway(virtual_interface)
    if gateway is not None:
        return gateway.amazon_asn
    target = _virtual_gateway(world, virtual_interface)
    return target.amazon_asn if target else _DEFAULT_ASN


def announced(world: World, virtual_interface: VirtualInterface) -> tuple[str, ...]:
    """Return the prefixes that AWS announces over the virtual interface at this moment.

    A transit gateway's allowed prefixes are announced as they are. A VGW's are a filter: each CIDR
    of the VPC is announced that an allowed prefix equals or contains. A core network announces the
    VPCs of its Regions.
    """
    if virtual_interface.type == "public":
        return tuple(public_network.PREFIXES)
    if virtual_interface.gateway_id is None:
        target = _virtual_gateway(world, virtual_interface)
        return target.vpc_prefixes if target else ()
    found: dict[str, None] = {}
    for association in world.associations_of(virtual_interface.gateway_id):
        found.update(dict.fromkeys(_through(world, association)))
    return tuple(found)


def _through(world: World, association: Association) -> list[str]:
    if association.target_type == "coreNetwork":
        return _through_core_network(world, association)
    allowed = lifecycle.effective_prefixes(association, world.now, world.delays)
    if association.target_type == "transitGateway" or not allowed:
        return list(allowed)
    target = ec2.find_target(
        world, association.target_account, association.region, association.target_id
    )
    networks = target.vpc_prefixes if target else ()
    return [n for n in networks if any(prefixes.within(n, each) for each in allowed)]


def _through_core_network(world: World, association: Association) -> list[str]:
    """Return the VPCs of the Regions that the tie reaches; here a segment holds all of them."""
    if lifecycle.association_state(association, world.now, world.delays) != "associated":
        return []
    account = association.target_account
    return [p for region in association.edge_locations for p in ec2.vpc_prefixes(account, region)]


def _virtual_gateway(world: World, virtual_interface: VirtualInterface) -> ec2.Target | None:
    return ec2.find_target(
        world,
        virtual_interface.account,
        virtual_interface.region,
        virtual_interface.virtual_gateway_id or "",
    )
