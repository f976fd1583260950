# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The limits of virtual interfaces and their names, as data; `limits.py` has all of them."""

from __future__ import annotations

from dataclasses import dataclass, field

Number = int
Numbers = tuple[int, ...]
Texts = tuple[str, ...]


def fact(meaning: str, source: str, date: str) -> dict[str, str]:
    """Return what is known of a limit beside its value."""
    return {"meaning": meaning, "source": source, "date": date}


GUIDE = "AWS Direct Connect user guide"
QUOTAS = "AWS Direct Connect quotas page"
API = "Direct Connect API model, botocore 1.44.5"
BGP = "AWS Direct Connect BGP settings page"
PREFIXES = "AWS Direct Connect prefix allocations page"
EC2 = "Amazon VPC quotas page"
CLOUDWATCH = "CloudWatch API model, botocore 1.44.5"
OURS = "Crossconnect's own choice"


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
class InterfaceLimits:
    """What AWS sets for virtual interfaces."""

    vlan_lowest: Number = field(
        default=1, metadata=fact("lowest VLAN id of a virtual interface", GUIDE, "2023-06")
    )
    vlan_highest: Number = field(
        default=4094, metadata=fact("highest VLAN id of a virtual interface", GUIDE, "2023-06")
    )
    asn_highest: Number = field(
        default=4294967294, metadata=fact("highest ASN of the customer's side", API, "2026-11")
    )
    private_asn_16_bit_lowest: Number = field(
        default=64512, metadata=fact("first private 16-bit ASN", API, "2026-11")
    )
    private_asn_16_bit_highest: Number = field(
        default=65534, metadata=fact("last private 16-bit ASN", API, "2026-11")
    )
    private_asn_32_bit_lowest: Number = field(
        default=4200000000, metadata=fact("first private 32-bit ASN", API, "2026-11")
    )
    private_asn_32_bit_highest: Number = field(
        default=4294967294, metadata=fact("last private 32-bit ASN", API, "2026-11")
    )
    default_amazon_asn: Number = field(
        default=64512, metadata=fact("a gateway's ASN when none is given", API, "2026-11")
    )
    key_shortest: Number = field(
        default=6, metadata=fact("fewest characters of a BGP key", API, "2026-11")
    )
    key_longest: Number = field(
        default=80, metadata=fact("most characters of a BGP key", API, "2026-11")
    )
    name_longest: Number = field(
        default=100,
        metadata=fact("most characters of a gateway's or interface's name", API, "2026-11"),
    )
    connection_name_longest: Number = field(
        default=200, metadata=fact("most characters of a connection's name", API, "2026-11")
    )
    mtu_transit: Numbers = field(
        default=(1500, 8500),
        metadata=fact("MTUs of a transit interface, bytes", GUIDE, "2026-08"),
    )
    mtu_private: Numbers = field(
        default=(1500, 8500, 9001),
        metadata=fact(
            "MTUs of a private interface, bytes (the API model says 8500, the guide 9001)",
            f"{GUIDE}; {API}",
            "2026-11",
        ),
    )
    mtu_public: Numbers = field(
        default=(1500,), metadata=fact("MTU of a public interface, bytes", GUIDE, "2026-08")
    )
    public_amazon_asn: Number = field(
        default=7224, metadata=fact("AWS's ASN on public interfaces", GUIDE, "2026-08")
    )
    public_prefixes: Number = field(
        default=1000,
        metadata=fact("routes AWS takes from us over a public session", QUOTAS, "2026-08"),
    )
    public_inbound: Number = field(
        default=20000,
        metadata=fact(
            "routes AWS may announce over a public session, far above today's", OURS, "2026-11"
        ),
    )
    public_ipv6_longest: Number = field(
        default=64, metadata=fact("longest IPv6 prefix of a route filter", API, "2026-11")
    )
    rate_limits: Texts = field(
        default=RATE_LIMITS,
        metadata=fact("rate limits that an interface may have", API, "2026-11"),
    )
    rate_limited_per_connection: Number = field(
        default=10,
        metadata=fact("interfaces with a rate limit on one connection", GUIDE, "2026-06"),
    )
    ipv4_prefix_lengths: Numbers = field(
        default=(30, 31),
        metadata=fact("prefix lengths of an IPv4 link that a router accepts", GUIDE, "2023-06"),
    )
