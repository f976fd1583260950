# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on what virtual interfaces take of their carrier: rate limits and allocated routes."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, get_args

from .estate_fault import Fault
from .estate_ground import Rule, virtual_interfaces
from .model import Family, Lag
from .prefix_guards import allocation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .estate_ground import Ground
    from .model import Connection

_UNITS = {"Mbps": 1, "Gbps": 1000, "Tbps": 1_000_000}


def rate_limit(ground: Ground) -> Iterator[Fault]:
    """Require a rate limit that AWS has, below what a dedicated connection or a LAG carries."""
    for path, interface in virtual_interfaces(ground):
        limit, carrier = interface.rate_limit, ground.carrier(interface)
        if limit is None:
            continue
        if limit not in ground.limits.rate_limits:
            yield Fault(
                f"{path}.rate_limit",
                f"{limit} is no rate limit ({', '.join(ground.limits.rate_limits)})",
            )
        elif _is_hosted(carrier):
            yield Fault(
                f"{path}.rate_limit",
                f"{interface.on} is a hosted connection: only a dedicated one or a LAG limits",
            )
        elif carrier and (most := _megabits_of(carrier)) and _megabits(limit) > most:
            yield Fault(f"{path}.rate_limit", f"{limit} is more than {interface.on} carries")


def rate_limiters(ground: Ground) -> Iterator[Fault]:
    """Require that no carrier limits more interfaces than AWS lets it."""
    most = ground.limits.rate_limited_per_connection
    limited: defaultdict[str, int] = defaultdict(int)
    for path, interface in virtual_interfaces(ground):
        if interface.rate_limit and ground.carrier(interface):
            limited[interface.on] += 1
            if limited[interface.on] == most + 1:
                yield Fault(
                    f"{path}.rate_limit",
                    f"{interface.on} limits {most} interfaces already, AWS limits no more",
                )


def allocated(ground: Ground) -> Iterator[Fault]:
    """Require a number of routes that AWS can be asked for."""
    for path, interface in virtual_interfaces(ground):
        hosted = _is_hosted(ground.carrier(interface))
        limits = ground.limits
        most = limits.prefix_allocation if hosted else limits.prefix_allocation_highest
        for attribute in _counts():
            count = getattr(interface, attribute)
            if count is not None and not 0 <= count <= most:
                yield Fault(f"{path}.{attribute}", f"{count} is out of bounds (0 to {most})")


def pools(ground: Ground) -> Iterator[Fault]:
    """Require that the interfaces of a port share no more routes than it has."""
    taken: defaultdict[tuple[str, str], int] = defaultdict(int)
    for path, interface in virtual_interfaces(ground):
        carrier = ground.carrier(interface)
        if carrier is None or _is_hosted(carrier) or interface.type == "public":
            continue
        size = ground.limits.pool_of(carrier.bandwidth)
        for name in get_args(Family):
            before = taken[interface.on, name]
            taken[interface.on, name] += allocation(interface, name, ground.limits)
            if before <= size < taken[interface.on, name]:
                yield Fault(
                    f"{path}.prefix_pool_allocated_count_{name}",
                    f"makes {taken[interface.on, name]} {name} routes on {interface.on}, which has "
                    f"{size} for all its interfaces: allocate fewer",
                )


def site_link(ground: Ground) -> Iterator[Fault]:
    """Refuse SiteLink where no gateway links the sites."""
    for path, interface in virtual_interfaces(ground):
        if interface.site_link and interface.virtual_gateway:
            yield Fault(
                f"{path}.site_link", "needs a gateway: a virtual private gateway links no sites"
            )


def _counts() -> Iterator[str]:
    return (f"prefix_pool_allocated_count_{name}" for name in get_args(Family))


def _is_hosted(carrier: Connection | Lag | None) -> bool:
    return carrier is not None and not isinstance(carrier, Lag) and carrier.hosted


def _megabits_of(carrier: Connection | Lag) -> Decimal:
    """Return what a carrier passes, all ports of a LAG together; 0 where it is not readable."""
    if carrier.bandwidth[-4:] not in _UNITS:
        return Decimal(0)
    ports = len(carrier.connections) if isinstance(carrier, Lag) else 1
    return _megabits(carrier.bandwidth) * ports


def _megabits(bandwidth: str) -> Decimal:
    return Decimal(bandwidth[:-4]) * _UNITS[bandwidth[-4:]]


RULES: tuple[Rule, ...] = (rate_limit, rate_limiters, allocated, pools, site_link)
