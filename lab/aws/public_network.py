# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""AWS's public network as a public virtual interface sees it: a few prefixes for thousands.

They come from the documentation ranges (RFC 5737, RFC 3849), with the communities that tell how
near their Region is, and none is to be passed on (NO_EXPORT).
"""

from __future__ import annotations

from ipaddress import ip_address, ip_network

ASN = 7224
SAME_REGION, SAME_CONTINENT = "7224:8100", "7224:8200"
COMMUNITIES = (SAME_REGION, SAME_CONTINENT)
PREFIXES = {
    "198.51.100.0/24": SAME_REGION,
    "203.0.113.0/24": SAME_CONTINENT,
    "2001:db8:8100::/48": SAME_REGION,
    "2001:db8:8200::/48": SAME_CONTINENT,
}
# Not to be had on the internet; the documentation ranges stand for those that are.
_NOT_PUBLIC = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "224.0.0.0/3",
    )
)


def is_public(address: str) -> bool:
    """Tell whether an IPv4 address may stand on a public virtual interface."""
    return not any(ip_address(address) in network for network in _NOT_PUBLIC)
