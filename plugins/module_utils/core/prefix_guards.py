# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many and which routes a session may carry: what is expected, and where the guards stand."""

from __future__ import annotations

from ipaddress import ip_network
from typing import TYPE_CHECKING

from .addressing import of_family

if TYPE_CHECKING:
    from .evidence import Evidence
    from .limits import Limits
    from .model import Estate, Family, VirtualInterface

# The smallest subnets that a VPC can announce; nothing longer comes over a private interface. What
# AWS announces of its public network is of any length.
_LONGEST: dict[str, dict[Family, int]] = {
    "private": {"ipv4": 28, "ipv6": 64},
    "public": {"ipv4": 32, "ipv6": 64},
}


def longest_accepted(interface: VirtualInterface, family: Family) -> int | None:
    """Return the longest prefix length to take within what is accepted; None for exact matches.

    Over a transit interface AWS announces exactly the allowed prefixes. Over a private one it
    announces the CIDRs of the VPCs, each of which lies within an allowed prefix; over a public one
    its public network, in prefixes that nobody knows before.
    """
    longest = _LONGEST.get(interface.type)
    return longest[family] if longest else None


def expected_inbound(
    estate: Estate,
    interface: VirtualInterface,
    family: Family,
    limits: Limits,
    evidence: Evidence,
) -> int:
    """Return how many routes AWS may announce at most in the ordinary course of things.

    That is what the router accepts or what the gateway's associations allow, whichever is more;
    over a private interface also every CIDR that its VPCs can have. AWS's public network is a
    number of its own. An association that the estate does not declare counts as well, as far as
    AWS has told of it: the gateway announces what it allows all the same.
    """
    if interface.type == "public":
        return limits.public_inbound
    # A VGW without a gateway between announces the CIDRs of its one VPC.
    ties = _allowed(estate, interface.gateway, evidence) if interface.gateway else [()]
    allowed = {ip_network(prefix) for tie in ties for prefix in of_family(tie, family)}
    accepted = of_family(interface.routing.accept, family)
    of_vpcs = limits.vpc_cidrs * len(ties) if interface.type == "private" else 0
    return max(len(allowed), len(accepted), of_vpcs)


def _allowed(estate: Estate, name: str, evidence: Evidence) -> list[tuple[str, ...]]:
    """Return what each association of a gateway allows: as declared, and as AWS has it."""
    gateway = estate.gateway(name)
    seen = evidence.gateway(gateway.account, gateway.name)
    there = {tie["target"]: tie["allowed_prefixes"] for tie in seen.get("associations", ())}
    return [
        *(
            (*(tie.allowed_prefixes or ()), *there.get(tie.target, ()))
            for tie in gateway.associations
        ),
        *(tuple(tie["allowed_prefixes"]) for tie in seen.get("undeclared_associations", ())),
    ]


def inbound_maximum(
    estate: Estate,
    interface: VirtualInterface,
    family: Family,
    limits: Limits,
    evidence: Evidence,
) -> int:
    """Return over how many routes from AWS the session is cut: a guard against a leak.

    It is what is expected with some room (20 %), rounded up, and never below a floor (10), so that
    one route more on a small session does not cut a working link.
    """
    expected = expected_inbound(estate, interface, family, limits, evidence)
    with_headroom = -(-expected * (100 + limits.inbound_headroom_percent) // 100)
    return max(with_headroom, limits.inbound_floor)


def allocation(interface: VirtualInterface, family: Family, limits: Limits) -> int:
    """Return how many routes AWS takes from the router before it cuts the session."""
    if interface.type == "public":
        return limits.public_prefixes
    if family == "ipv4":
        declared = interface.prefix_pool_allocated_count_ipv4
    else:
        declared = interface.prefix_pool_allocated_count_ipv6
    return limits.prefix_allocation if declared is None else declared


def outbound_maximum(interface: VirtualInterface, family: Family, limits: Limits) -> int:
    """Return over how many routes the router stops to announce.

    AWS cuts a session that exceeds its allocation, so the router stops before (at 90 % of it), but
    never below what is declared.
    """
    announced = len(of_family(interface.routing.advertise, family))
    guard = allocation(interface, family, limits) * limits.outbound_guard_percent // 100
    return max(guard, announced)
