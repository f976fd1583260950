# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every number that AWS (or good practice) sets, as data: name, value, meaning, source, date.

AWS raises many of them on request, and changes others without a new API. So each is a default that
the variable `dx_limits` overrides by name; nothing else in the product knows these numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from .limits_interfaces import (
    API,
    BGP,
    CLOUDWATCH,
    EC2,
    GUIDE,
    OURS,
    PREFIXES,
    QUOTAS,
    InterfaceLimits,
    Number,
    Texts,
    fact,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits(InterfaceLimits):
    """The limits in force; construct with `read_limits` to override some."""

    dedicated_bandwidths: Texts = field(
        default=("1Gbps", "10Gbps", "100Gbps", "400Gbps"),
        metadata=fact("port speeds of a dedicated connection", API, "2026-11"),
    )
    macsec_bandwidths: Texts = field(
        default=("10Gbps", "100Gbps", "400Gbps"),
        metadata=fact("port speeds that MACsec can be had for", GUIDE, "2026-08"),
    )
    hosted_bandwidths: Texts = field(
        default=(
            *("50Mbps", "100Mbps", "200Mbps", "300Mbps", "400Mbps", "500Mbps"),
            *("1Gbps", "2Gbps", "5Gbps", "10Gbps", "25Gbps"),
        ),
        metadata=fact("bandwidths of a hosted connection", API, "2026-11"),
    )
    macsec_keys_per_port: Number = field(
        default=3, metadata=fact("MACsec keys of one connection or LAG", GUIDE, "2026-08")
    )
    virtual_interfaces_per_hosted_connection: Number = field(
        default=1, metadata=fact("interfaces on one hosted connection", GUIDE, "2026-08")
    )
    virtual_interfaces_per_connection: Number = field(
        default=51, metadata=fact("interfaces on one connection, in all", QUOTAS, "2026-08")
    )
    private_interfaces_per_connection: Number = field(
        default=50,
        metadata=fact("private and public interfaces on one connection", QUOTAS, "2026-08"),
    )
    transit_interfaces_per_connection: Number = field(
        default=4, metadata=fact("transit interfaces on one connection", QUOTAS, "2026-08")
    )
    connections_per_lag: Number = field(
        default=4, metadata=fact("ports of one LAG at 1 and 10 Gbps", API, "2026-11")
    )
    connections_per_fast_lag: Number = field(
        default=2, metadata=fact("ports of one LAG at 100 and 400 Gbps", API, "2026-11")
    )
    lags_per_region: Number = field(
        default=10, metadata=fact("LAGs of one account in one Region", QUOTAS, "2026-08")
    )
    virtual_interfaces_per_gateway: Number = field(
        default=30, metadata=fact("interfaces on one gateway", QUOTAS, "2026-08")
    )
    virtual_gateways_per_gateway: Number = field(
        default=20,
        metadata=fact("virtual private gateways on one gateway", QUOTAS, "2026-08"),
    )
    transit_gateways_per_gateway: Number = field(
        default=6, metadata=fact("transit gateways on one gateway", QUOTAS, "2026-08")
    )
    allowed_prefixes_per_transit_gateway: Number = field(
        default=200,
        metadata=fact("allowed prefixes of one transit gateway, both families", QUOTAS, "2026-08"),
    )
    prefix_allocation: Number = field(
        default=100,
        metadata=fact("routes AWS takes from us per interface and family", PREFIXES, "2026-08"),
    )
    prefix_allocation_highest: Number = field(
        default=1000,
        metadata=fact(
            "routes AWS can be asked to take per interface and family", PREFIXES, "2026-08"
        ),
    )
    prefix_pool: Number = field(
        default=5000,
        metadata=fact(
            "routes that a port of 1 or 10 Gbps has for its interfaces, per family",
            PREFIXES,
            "2026-08",
        ),
    )
    prefix_pool_100g: Number = field(
        default=30000, metadata=fact("the same of a port of 100 Gbps", PREFIXES, "2026-08")
    )
    prefix_pool_400g: Number = field(
        default=50000, metadata=fact("the same of a port of 400 Gbps", PREFIXES, "2026-08")
    )
    vpc_cidrs: Number = field(
        default=5, metadata=fact("CIDR blocks of one VPC, per family", EC2, "2026-11")
    )
    tags_per_resource: Number = field(
        default=50, metadata=fact("tags on one object", API, "2026-11")
    )
    tag_key_longest: Number = field(
        default=128, metadata=fact("characters of a tag's key", API, "2026-11")
    )
    tag_value_longest: Number = field(
        default=256, metadata=fact("characters of a tag's value", API, "2026-11")
    )
    alarm_name_longest: Number = field(
        default=255, metadata=fact("characters of an alarm's name", CLOUDWATCH, "2026-11")
    )
    alarm_actions: Number = field(
        default=5, metadata=fact("ARNs that an alarm tells of one state", CLOUDWATCH, "2026-11")
    )
    prepend_highest: Number = field(
        default=10,
        metadata=fact("times an ASN is prepended; longer paths get filtered", OURS, "2026-11"),
    )
    outbound_guard_percent: Number = field(
        default=90,
        metadata=fact(
            "share of the prefix allocation at which the router stops to announce", OURS, "2026-11"
        ),
    )
    bfd_interval_ms: Number = field(
        default=300, metadata=fact("shortest BFD interval that AWS speaks", BGP, "2026-08")
    )
    bfd_multiplier: Number = field(
        default=3, metadata=fact("lost BFD packets that end a session", BGP, "2026-08")
    )
    bgp_keepalive_seconds: Number = field(
        default=10, metadata=fact("how often a session says that it is there", OURS, "2026-11")
    )
    bgp_hold_seconds: Number = field(
        default=30, metadata=fact("silence after which a session is over", OURS, "2026-11")
    )
    bgp_hold_seconds_lowest: Number = field(
        default=3, metadata=fact("shortest hold time that AWS agrees to", BGP, "2026-08")
    )
    multipath_highest: Number = field(
        default=16, metadata=fact("sessions that any platform shares traffic over", OURS, "2026-11")
    )
    inbound_headroom_percent: Number = field(
        default=20,
        metadata=fact("room above the expected routes before a session is cut", OURS, "2026-11"),
    )
    inbound_floor: Number = field(
        default=10,
        metadata=fact("least inbound limit: one route more must not cut a link", OURS, "2026-11"),
    )

    def is_private_asn(self, asn: int) -> bool:
        """Tell whether nobody but its user knows an ASN."""
        return (
            self.private_asn_16_bit_lowest <= asn <= self.private_asn_16_bit_highest
            or self.private_asn_32_bit_lowest <= asn <= self.private_asn_32_bit_highest
        )

    def pool_of(self, bandwidth: str) -> int:
        """Return how many routes the interfaces on a port share, per family."""
        pools = {"100Gbps": self.prefix_pool_100g, "400Gbps": self.prefix_pool_400g}
        return pools.get(bandwidth, self.prefix_pool)


def connections_per_lag(limits: Limits, bandwidth: str) -> int:
    """Return how many ports of a speed one LAG takes."""
    slow = bandwidth in {"1Gbps", "10Gbps"}
    return limits.connections_per_lag if slow else limits.connections_per_fast_lag


def limits_table() -> tuple[dict[str, Any], ...]:
    """Return one record per limit: name, value, meaning, source, date; for the documentation."""
    return tuple(
        {"name": limit.name, "value": limit.default, **limit.metadata} for limit in fields(Limits)
    )
