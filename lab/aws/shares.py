# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a connection or a LAG has for its virtual interfaces: prefixes, rate limiters, abilities."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from . import carriers
from .errors import ClientError, LimitExceededError
from .state import Lag

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .carriers import Carrier
    from .request import Answer, Request
    from .state import VirtualInterface

# Inbound prefixes that the virtual interfaces of a port share, per family (2026-08).
PREFIX_POOLS = {"1Gbps": 5000, "10Gbps": 5000, "100Gbps": 30000, "400Gbps": 50000}
PREFIXES_AT_MOST, PREFIXES_BY_DEFAULT = 1000, 100
RATE_LIMITERS = 10
# The texts that VirtualInterface.rateLimit of the service's description lists.
RATE_LIMITS = tuple(
    f"{number}{unit}"
    for unit, numbers in {
        "Mbps": "50 100 200 300 400 500 600 700 800 900",
        "Gbps": (
            "1 1.2 1.5 1.8 2 2.1 2.4 2.7 3 3.2 3.6 4 5 6 7 8 9 10 12 15 18 20 21 24 27 30 32 36 "
            "40 50 60 70 80 100 120 150 180 200 210 240 270 300 320 360 400 450 480 500 540 600 "
            "700 800 900"
        ),
        "Tbps": "1 1.1 1.2 1.3 1.4 1.5 1.6",
    }.items()
    for number in numbers.split()
)
_FAMILIES = {"prefixPoolAllocatedCountIpv4": "ipv4", "prefixPoolAllocatedCountIpv6": "ipv6"}
_UNITS = {"Mbps": 1, "Gbps": 1000, "Tbps": 1_000_000}


def megabits(bandwidth: str) -> Decimal:
    """Return a bandwidth as AWS writes it ("1.2Gbps") in megabits a second."""
    return Decimal(bandwidth[:-4]) * _UNITS[bandwidth[-4:]]


def bandwidth_of(carrier: Carrier) -> Decimal:
    """Return the megabits a second of a connection, or of all members of a LAG."""
    ports = len(carrier.connection_ids) if isinstance(carrier, Lag) else 1
    return megabits(carrier.bandwidth) * ports


def pool_size(carrier: Carrier) -> int | None:
    """Return how many inbound prefixes its interfaces share.

    None: there is no pool, for it is a hosted connection or a partner's interconnect.
    """
    has_none = carrier.interconnect or carriers.hosted_vlan(carrier)
    return None if has_none else PREFIX_POOLS.get(carrier.bandwidth)


def is_jumbo_frame_capable(request: Request, carrier: Carrier) -> bool:
    """Tell whether a connection, or every member of a LAG, passes jumbo frames."""
    if isinstance(carrier, Lag):
        members = carriers.members(request.world, carrier)
        return all(member.jumbo_frame_capable for member in members)
    return carrier.jumbo_frame_capable


def has_logical_redundancy(carrier: Carrier) -> bool:
    """Tell whether a second session of one address family finds a second device."""
    return not isinstance(carrier, Lag) and carrier.logical_redundancy


def check_prefix_counts(
    request: Request,
    carrier: Carrier,
    wanted: Mapping[str, Any],
    present: VirtualInterface | None = None,
) -> None:
    """Refuse counts of inbound prefixes that are out of range, or that the pool cannot give.

    Args:
        request: The call.
        carrier: What the interface rides on.
        wanted: The request's members; a count that is not named is not checked.
        present: The interface itself where it exists: what it has already is free for it.
    """
    size = pool_size(carrier)
    most = PREFIXES_AT_MOST if size is not None else PREFIXES_BY_DEFAULT
    for key, family in _FAMILIES.items():
        count = wanted.get(key)
        if count is None:
            continue
        if not 0 <= count <= most:
            raise ClientError(f"{key} must be between 0 and {most}.")
        others = [v for v in carriers.interfaces_on(request, carrier.id) if v is not present]
        if size is not None and _allocated(others, family) + count > size:
            raise ClientError(f"The prefix pool of {carrier.id} has less than {count} {family}.")


def _allocated(interfaces: Iterable[VirtualInterface], family: str) -> int:
    return sum(
        each.prefixes_ipv4 if family == "ipv4" else each.prefixes_ipv6
        for each in interfaces
        if each.type != "public"
    )


def rate_limit(
    request: Request,
    carrier: Carrier,
    wanted: Mapping[str, Any],
    present: VirtualInterface | None = None,
) -> str | None:
    """Return the rate limit that the request asks for; None: it asks for none, or for no more.

    Raises:
        ClientError: It is none of AWS's values, is more than the carrier has, or has no place.
        LimitExceededError: The carrier has no rate limiter left.
    """
    limit = wanted.get("rateLimit")
    if not limit:
        return None
    if carriers.hosted_vlan(carrier):
        raise ClientError("A rate limit needs a dedicated connection or a LAG.")
    if limit not in RATE_LIMITS:
        raise ClientError(f"Rate limit {limit} is not valid. It must be {', '.join(RATE_LIMITS)}.")
    if megabits(limit) > bandwidth_of(carrier):
        raise ClientError(f"Rate limit {limit} exceeds the bandwidth of {carrier.id}.")
    others = [v for v in _limited(request, carrier) if v is not present]
    if len(others) >= RATE_LIMITERS:
        raise LimitExceededError(f"{carrier.id} has no rate limiter left of {RATE_LIMITERS}.")
    return str(limit)


def _limited(request: Request, carrier: Carrier) -> list[VirtualInterface]:
    return [each for each in carriers.interfaces_on(request, carrier.id) if each.rate_limit]


def describe(request: Request, carrier: Carrier) -> Answer:
    """Return the members of a connection or a LAG that tell what is taken and what is left."""
    size = pool_size(carrier)
    if size is None:
        return {}
    interfaces = carriers.interfaces_on(request, carrier.id)
    return {
        "prefixPoolSizeIpv4": size,
        "prefixPoolSizeIpv6": size,
        "prefixPoolUnallocatedCountIpv4": max(0, size - _allocated(interfaces, "ipv4")),
        "prefixPoolUnallocatedCountIpv6": max(0, size - _allocated(interfaces, "ipv6")),
        "rateLimiterStatus": _limiters([v.rate_limit for v in interfaces if v.rate_limit]),
    }


def _limiters(limits: list[str]) -> Answer:
    return {
        "maxAllowed": RATE_LIMITERS,
        "inUse": len(limits),
        "remaining": RATE_LIMITERS - len(limits),
        "totalBandwidth": f"{int(sum(megabits(limit) for limit in limits))}Mbps",
    }
