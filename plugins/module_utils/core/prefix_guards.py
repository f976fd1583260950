# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many and which routes a session may carry: what is expected, and where the guards stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .addressing import of_family

if TYPE_CHECKING:
    from .limits import Limits
    from .model import Estate, Family, VirtualInterface

# The smallest subnets that a VPC can announce; nothing longer comes over a private interface.
_LONGEST_OF_A_VPC: dict[Family, int] = {"ipv4": 28, "ipv6": 64}


def longest_accepted(interface: VirtualInterface, family: Family) -> int | None:
    """Return the longest prefix length to take within what is accepted; None for exact matches.

    Over a transit interface AWS announces exactly the allowed prefixes. Over a private one it
    announces the CIDRs of the VPCs, each of which lies within an allowed prefix.
    """
    return _LONGEST_OF_A_VPC[family] if interface.type == "private" else None


def expected_inbound(
    estate: Estate, interface: VirtualInterface, family: Family, limits: Limits
) -> int:
    """Return how many routes AWS may announce at most in the ordinary course of things.

    That is what the router accepts or what the gateway's associations allow, whichever is more;
    over a private interface also every CIDR that its VPCs can have.
    """
    associations = estate.gateway(interface.gateway).associations
    allowed = {
        prefix
        for association in associations
        for prefix in of_family(association.allowed_prefixes or (), family)
    }
    accepted = of_family(interface.routing.accept, family)
    of_vpcs = limits.vpc_cidrs * len(associations) if interface.type == "private" else 0
    return max(len(allowed), len(accepted), of_vpcs)


def inbound_maximum(
    estate: Estate, interface: VirtualInterface, family: Family, limits: Limits
) -> int:
    """Return over how many routes from AWS the session is cut: a guard against a leak.

    It is what is expected with some room (20 %), rounded up, and never below a floor (10), so that
    one route more on a small session does not cut a working link.
    """
    expected = expected_inbound(estate, interface, family, limits)
    with_headroom = -(-expected * (100 + limits.inbound_headroom_percent) // 100)
    return max(with_headroom, limits.inbound_floor)


def outbound_maximum(announced: int, limits: Limits) -> int:
    """Return over how many routes the router stops to announce.

    AWS cuts a session that exceeds its allocation, so the router stops before (at 90 % of it), but
    never below what is declared.
    """
    guard = limits.prefix_allocation * limits.outbound_guard_percent // 100
    return max(guard, announced)
