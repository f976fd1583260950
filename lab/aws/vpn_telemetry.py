# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tunnels that come up and go down, as the customer's device has them; the lab has no IPsec."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.ec2.models import ec2_backends

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .world import World


def bring_up(world: World, wanted: str, number: int) -> list[str]:
    """Have the first tunnels of a VPN connection up, and the others down; return their addresses.

    Args:
        world: The world.
        wanted: Its Name tag or id, in whichever account and Region.
        number: How many tunnels are up.
    """
    up: list[str] = []
    for vpn in _all():
        names = {tag["value"] for tag in vpn.get_tags() if tag["key"] == "Name"}
        if wanted in {vpn.id, *names}:
            ends = [each["OutsideIpAddress"] for each in vpn.tunnels][:number]
            vpn.up = {end: vpn.up.get(end, world.now) for end in ends}
            up += ends
    return up


def _all() -> Iterator[Any]:
    for regions in ec2_backends.values():
        for backend in regions.values():
            yield from backend.vpn_connections.values()
