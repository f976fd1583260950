# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on routers: that there is such a one, its timers, and where VLANs land on it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .estate_fault import Fault
from .estate_ground import Rule, numbered, virtual_interfaces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .estate_ground import Ground
    from .model_routers import Router

# What every platform takes for the name of a VRF.
_VRF = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,14}")
_KEEPALIVES_IN_HOLD = 3


def _routers(ground: Ground) -> Iterator[tuple[str, Router]]:
    return numbered("routers", ground.estate.routers)


def names(ground: Ground) -> Iterator[Fault]:
    """Require that a router is in the inventory, and declared once."""
    seen: set[str] = set()
    for path, router in _routers(ground):
        if router.name in seen:
            yield Fault(f"{path}.name", f"{router.name} is declared above already")
        elif router.name and ground.routers is not None and router.name not in ground.routers:
            yield Fault(
                f"{path}.name",
                f"{router.name} is no host of the inventory's group edge_routers: add it there",
            )
        seen.add(router.name)


def timers(ground: Ground) -> Iterator[Fault]:
    """Require timers that AWS takes, and three keepalives within the hold time."""
    limits = ground.limits
    for path, router in _routers(ground):
        keepalive = router.keepalive_seconds or limits.bgp_keepalive_seconds
        hold = router.hold_seconds or limits.bgp_hold_seconds
        lowest = limits.bgp_hold_seconds_lowest
        if router.keepalive_seconds is not None and router.keepalive_seconds < 1:
            yield Fault(f"{path}.keepalive_seconds", f"{router.keepalive_seconds} is not 1 or more")
        elif router.hold_seconds is not None and router.hold_seconds < lowest:
            yield Fault(
                f"{path}.hold_seconds", f"{router.hold_seconds} is below {lowest}, AWS's lowest"
            )
        elif hold < _KEEPALIVES_IN_HOLD * keepalive:
            yield Fault(
                path,
                f"a hold time of {hold} s is shorter than three keepalives of {keepalive} s: one"
                " that is late would end the session",
            )


def multipath(ground: Ground) -> Iterator[Fault]:
    """Require a number of paths that every platform can share traffic over."""
    most = ground.limits.multipath_highest
    for path, router in _routers(ground):
        if router.multipath is not None and not 1 <= router.multipath <= most:
            yield Fault(f"{path}.multipath", f"{router.multipath} is out of bounds (1 to {most})")


def vrf(ground: Ground) -> Iterator[Fault]:
    """Require a name that every platform takes for a VRF."""
    for path, interface in virtual_interfaces(ground):
        name = interface.routing.vrf
        if name is not None and not _VRF.fullmatch(name):
            yield Fault(
                f"{path}.routing.vrf",
                f"{name!r} is no name of a VRF: up to 15 letters, digits, - and _, a letter first",
            )


RULES: tuple[Rule, ...] = (names, timers, multipath, vrf)
