# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every number that AWS (or good practice) sets, as data: name, value, meaning, source, date.

AWS raises many of them on request, and changes others without a new API. So each is a default that
the variable `dx_limits` overrides by name; nothing else in the product knows these numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from typing import Any

from .estate_fault import EstateError, Fault

Number = int
Numbers = tuple[int, ...]
Texts = tuple[str, ...]


def _fact(meaning: str, source: str, date: str) -> dict[str, str]:
    return {"meaning": meaning, "source": source, "date": date}


_GUIDE = "AWS Direct Connect user guide"
_QUOTAS = "AWS Direct Connect quotas page"
_API = "Direct Connect API model, botocore 1.44.5"
_BGP = "AWS Direct Connect BGP settings page"
_PREFIXES = "AWS Direct Connect prefix allocations page"
_EC2 = "Amazon VPC quotas page"
_OURS = "Crossconnect's own choice"


RATE_LIMITS: Texts = tuple(
    f"{number}{unit}"
    for unit, numbers in (
        ("Mbps", "50 100 200 300 400 500 600 700 800 900"),
        ("Gbps", "1 1.2 1.5 1.8 2 2.1 2.4 2.7 3 3.2 3.6 4 5 6 7 8 9 10 12 15 18 20 21 24 27 30"),
        ("Gbps", "32 36 40 50 60 70 80 100 120 150 180 200 210 240 270 300 320 360 400 450 480"),
        ("Gbps", "500 540 600 700 800 900"),
        ("Tbps", "1 1.1 1.2 1.3 1.4 1.5 1.6"),
    )
    for number in numbers.split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits in force; construct with `read_limits` to override some."""

    vlan_lowest: Number = field(
        default=1, metadata=_fact("lowest VLAN id of a virtual interface", _GUIDE, "2023-06")
    )
    vlan_highest: Number = field(
        default=4094, metadata=_fact("highest VLAN id of a virtual interface", _GUIDE, "2023-06")
    )
    asn_highest: Number = field(
        default=4294967294, metadata=_fact("highest ASN of the customer's side", _API, "2026-11")
    )
    private_asn_16_bit_lowest: Number = field(
        default=64512, metadata=_fact("first private 16-bit ASN", _API, "2026-11")
    )
    private_asn_16_bit_highest: Number = field(
        default=65534, metadata=_fact("last private 16-bit ASN", _API, "2026-11")
    )
    private_asn_32_bit_lowest: Number = field(
        default=4200000000, metadata=_fact("first private 32-bit ASN", _API, "2026-11")
    )
    private_asn_32_bit_highest: Number = field(
        default=4294967294, metadata=_fact("last private 32-bit ASN", _API, "2026-11")
    )
    default_amazon_asn: Number = field(
        default=64512, metadata=_fact("a gateway's ASN when none is given", _API, "2026-11")
    )
    key_shortest: Number = field(
        default=6, metadata=_fact("fewest characters of a BGP key", _API, "2026-11")
    )
    key_longest: Number = field(
        default=80, metadata=_fact("most characters of a BGP key", _API, "2026-11")
    )
    name_longest: Number = field(
        default=100,
        metadata=_fact("most characters of a gateway's or interface's name", _API, "2026-11"),
    )
    connection_name_longest: Number = field(
        default=200, metadata=_fact("most characters of a connection's name", _API, "2026-11")
    )
    mtu_transit: Numbers = field(
        default=(1500, 8500),
        metadata=_fact("MTUs of a transit interface, bytes", _GUIDE, "2026-08"),
    )
    mtu_private: Numbers = field(
        default=(1500, 8500, 9001),
        metadata=_fact(
            "MTUs of a private interface, bytes (the API model says 8500, the guide 9001)",
            f"{_GUIDE}; {_API}",
            "2026-11",
        ),
    )
    mtu_public: Numbers = field(
        default=(1500,), metadata=_fact("MTU of a public interface, bytes", _GUIDE, "2026-08")
    )
    public_amazon_asn: Number = field(
        default=7224, metadata=_fact("AWS's ASN on public interfaces", _GUIDE, "2026-08")
    )
    public_prefixes: Number = field(
        default=1000,
        metadata=_fact("routes AWS takes from us over a public session", _QUOTAS, "2026-08"),
    )
    public_inbound: Number = field(
        default=20000,
        metadata=_fact(
            "routes AWS may announce over a public session, far above today's", _OURS, "2026-11"
        ),
    )
    public_ipv6_longest: Number = field(
        default=64, metadata=_fact("longest IPv6 prefix of a route filter", _API, "2026-11")
    )
    rate_limits: Texts = field(
        default=RATE_LIMITS,
        metadata=_fact("rate limits that an interface may have", _API, "2026-11"),
    )
    rate_limited_per_connection: Number = field(
        default=10,
        metadata=_fact("interfaces with a rate limit on one connection", _GUIDE, "2026-06"),
    )
    ipv4_prefix_lengths: Numbers = field(
        default=(30, 31),
        metadata=_fact("prefix lengths of an IPv4 link that a router accepts", _GUIDE, "2023-06"),
    )
    dedicated_bandwidths: Texts = field(
        default=("1Gbps", "10Gbps", "100Gbps", "400Gbps"),
        metadata=_fact("port speeds of a dedicated connection", _API, "2026-11"),
    )
    macsec_bandwidths: Texts = field(
        default=("10Gbps", "100Gbps", "400Gbps"),
        metadata=_fact("port speeds that MACsec can be had for", _GUIDE, "2026-08"),
    )
    hosted_bandwidths: Texts = field(
        default=(
            *("50Mbps", "100Mbps", "200Mbps", "300Mbps", "400Mbps", "500Mbps"),
            *("1Gbps", "2Gbps", "5Gbps", "10Gbps", "25Gbps"),
        ),
        metadata=_fact("bandwidths of a hosted connection", _API, "2026-11"),
    )
    macsec_keys_per_port: Number = field(
        default=3, metadata=_fact("MACsec keys of one connection or LAG", _GUIDE, "2026-08")
    )
    virtual_interfaces_per_hosted_connection: Number = field(
        default=1, metadata=_fact("interfaces on one hosted connection", _GUIDE, "2026-08")
    )
    virtual_interfaces_per_connection: Number = field(
        default=51, metadata=_fact("interfaces on one connection, in all", _QUOTAS, "2026-08")
    )
    private_interfaces_per_connection: Number = field(
        default=50,
        metadata=_fact("private and public interfaces on one connection", _QUOTAS, "2026-08"),
    )
    transit_interfaces_per_connection: Number = field(
        default=4, metadata=_fact("transit interfaces on one connection", _QUOTAS, "2026-08")
    )
    connections_per_lag: Number = field(
        default=4, metadata=_fact("ports of one LAG at 1 and 10 Gbps", _API, "2026-11")
    )
    connections_per_fast_lag: Number = field(
        default=2, metadata=_fact("ports of one LAG at 100 and 400 Gbps", _API, "2026-11")
    )
    lags_per_region: Number = field(
        default=10, metadata=_fact("LAGs of one account in one Region", _QUOTAS, "2026-08")
    )
    virtual_interfaces_per_gateway: Number = field(
        default=30, metadata=_fact("interfaces on one gateway", _QUOTAS, "2026-08")
    )
    virtual_gateways_per_gateway: Number = field(
        default=20,
        metadata=_fact("virtual private gateways on one gateway", _QUOTAS, "2026-08"),
    )
    transit_gateways_per_gateway: Number = field(
        default=6, metadata=_fact("transit gateways on one gateway", _QUOTAS, "2026-08")
    )
    allowed_prefixes_per_transit_gateway: Number = field(
        default=200,
        metadata=_fact(
            "allowed prefixes of one transit gateway, both families", _QUOTAS, "2026-08"
        ),
    )
    prefix_allocation: Number = field(
        default=100,
        metadata=_fact("routes AWS takes from us per interface and family", _PREFIXES, "2026-08"),
    )
    prefix_allocation_highest: Number = field(
        default=1000,
        metadata=_fact(
            "routes AWS can be asked to take per interface and family", _PREFIXES, "2026-08"
        ),
    )
    prefix_pool: Number = field(
        default=5000,
        metadata=_fact(
            "routes that a port of 1 or 10 Gbps has for its interfaces, per family",
            _PREFIXES,
            "2026-08",
        ),
    )
    prefix_pool_100g: Number = field(
        default=30000, metadata=_fact("the same of a port of 100 Gbps", _PREFIXES, "2026-08")
    )
    prefix_pool_400g: Number = field(
        default=50000, metadata=_fact("the same of a port of 400 Gbps", _PREFIXES, "2026-08")
    )
    vpc_cidrs: Number = field(
        default=5, metadata=_fact("CIDR blocks of one VPC, per family", _EC2, "2026-11")
    )
    tags_per_resource: Number = field(
        default=50, metadata=_fact("tags on one object", _API, "2026-11")
    )
    tag_key_longest: Number = field(
        default=128, metadata=_fact("characters of a tag's key", _API, "2026-11")
    )
    tag_value_longest: Number = field(
        default=256, metadata=_fact("characters of a tag's value", _API, "2026-11")
    )
    prepend_highest: Number = field(
        default=10,
        metadata=_fact("times an ASN is prepended; longer paths get filtered", _OURS, "2026-11"),
    )
    outbound_guard_percent: Number = field(
        default=90,
        metadata=_fact(
            "share of the prefix allocation at which the router stops to announce", _OURS, "2026-11"
        ),
    )
    bfd_interval_ms: Number = field(
        default=300, metadata=_fact("shortest BFD interval that AWS speaks", _BGP, "2026-08")
    )
    bfd_multiplier: Number = field(
        default=3, metadata=_fact("lost BFD packets that end a session", _BGP, "2026-08")
    )
    inbound_headroom_percent: Number = field(
        default=20,
        metadata=_fact("room above the expected routes before a session is cut", _OURS, "2026-11"),
    )
    inbound_floor: Number = field(
        default=10,
        metadata=_fact("least inbound limit: one route more must not cut a link", _OURS, "2026-11"),
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


def read_limits(overrides: Mapping[Any, Any] | None = None) -> Limits:
    """Return the limits with some of them overridden by name.

    Raises:
        EstateError: A name is unknown or a value is of another type; all such faults at once.
    """
    known = {limit.name: limit.default for limit in fields(Limits)}
    faults: list[Fault] = []
    values: dict[str, Any] = {}
    for name, value in (overrides or {}).items():
        if name not in known:
            faults.append(Fault(f"limits.{name}", _unknown(str(name), tuple(known))))
        elif rule := _type_fault(value, known[name]):
            faults.append(Fault(f"limits.{name}", rule))
        else:
            values[str(name)] = value if isinstance(value, int) else tuple(value)
    if faults:
        raise EstateError(faults)
    return Limits(**values)


def connections_per_lag(limits: Limits, bandwidth: str) -> int:
    """Return how many ports of a speed one LAG takes."""
    slow = bandwidth in {"1Gbps", "10Gbps"}
    return limits.connections_per_lag if slow else limits.connections_per_fast_lag


def limits_table() -> tuple[dict[str, Any], ...]:
    """Return one record per limit: name, value, meaning, source, date; for the documentation."""
    return tuple(
        {"name": limit.name, "value": limit.default, **limit.metadata} for limit in fields(Limits)
    )


def _unknown(name: str, known: tuple[str, ...]) -> str:
    close = get_close_matches(name, known, n=1)
    return "is no limit" + (f": did you mean {close[0]}?" if close else "")


def _type_fault(value: Any, default: Any) -> str | None:
    if isinstance(default, int):
        return None if _is_number(value) else "must be a whole number"
    fits, kind = (_is_text, "texts") if _is_text(default[0]) else (_is_number, "whole numbers")
    if not _is_list(value) or not all(map(fits, value)):
        return f"must be a list of {kind}"
    return None


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes))


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_text(value: object) -> bool:
    return isinstance(value, str)
