# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The document's part on virtual interfaces: peers, routing."""

from __future__ import annotations

from .estate_document_ports import ON, TAGS
from .estate_shape import FLAG, NUMBER, TEXT, Attribute, ListOf, Record, choice
from .model import Peer, Routing, VirtualInterface

PEER = Record(
    Peer,
    {
        "family": Attribute(choice("ipv4", "ipv6"), "The address family.", needed="ipv4 or ipv6"),
        "amazon_address": Attribute(
            TEXT, "AWS's address in CIDR form; without it AWS assigns both."
        ),
        "customer_address": Attribute(TEXT, "The router's address in CIDR form."),
        "key": Attribute(TEXT, "The BGP key; without it the other peer's is taken.", secret=True),
    },
)

ROUTING = Record(
    Routing,
    {
        "advertise": Attribute(ListOf(TEXT), "The prefixes that the router announces."),
        "accept": Attribute(ListOf(TEXT), "The prefixes that the router accepts."),
        "preference": Attribute(choice("low", "medium", "high"), "How much AWS prefers this way."),
        "prepend": Attribute(NUMBER, "How often the router prepends its ASN."),
        "scope": Attribute(
            choice("region", "continent", "world"),
            "How far AWS carries what is announced over a public interface.",
        ),
        "vrf": Attribute(TEXT, "The VRF on the router that the interface is in; it must be there."),
    },
)

_POOL = "How many {family} routes AWS takes from the router, out of the connection's pool."

VIRTUAL_INTERFACE = Record(
    VirtualInterface,
    {
        "name": Attribute(TEXT, "The interface's name.", needed="a name of its own"),
        "on": Attribute(
            TEXT,
            "The connection or LAG that carries it.",
            needed="the name of the connection or LAG that carries it",
        ),
        "type": Attribute(
            choice("private", "public", "transit"),
            "The interface's type.",
            needed="private, public or transit",
        ),
        "gateway": Attribute(TEXT, "The gateway that a private or transit interface ends on."),
        "virtual_gateway": Attribute(
            TEXT,
            "The virtual private gateway, by id or Name tag, that a private interface ends on "
            "without a gateway between.",
        ),
        "account": Attribute(
            TEXT,
            "The account that owns it, if it is not the connection's; the connection's account "
            "allocates it, and this one confirms it.",
        ),
        "vlan": Attribute(NUMBER, "The VLAN id.", needed="a VLAN id"),
        "customer_asn": Attribute(NUMBER, "The router's ASN.", needed="the ASN of your router"),
        "mtu": Attribute(NUMBER, "The largest packet in bytes."),
        "site_link": Attribute(FLAG, "Whether SiteLink is on."),
        "route_filter_prefixes": Attribute(
            ListOf(TEXT), "The public prefixes that a public interface announces to AWS."
        ),
        "rate_limit": Attribute(TEXT, "Its share of the connection, as V(500Mbps)."),
        "prefix_pool_allocated_count_ipv4": Attribute(NUMBER, _POOL.format(family="IPv4")),
        "prefix_pool_allocated_count_ipv6": Attribute(NUMBER, _POOL.format(family="IPv6")),
        "peers": Attribute(ListOf(PEER), "The BGP peers, one per address family."),
        "routing": Attribute(ROUTING, "What the router says and believes."),
        "tags": TAGS,
    },
    other_spellings=ON,
)
