# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The estate's document: which attributes each kind of thing has, and which it needs."""

from __future__ import annotations

from .estate_shape import FLAG, NUMBER, TEXT, Attribute, ListOf, Record, TextByText, choice
from .model import (
    Association,
    Connection,
    Estate,
    Gateway,
    Peer,
    Routing,
    VirtualInterface,
)

_TAGS = Attribute(TextByText())

# YAML 1.1 reads the bare word `on` as true, in an attribute's name too; JSON makes that "true".
_ON = {True: "on", "true": "on"}

CONNECTION = Record(
    Connection,
    {
        "name": Attribute(TEXT, "a name of its own"),
        "account": Attribute(TEXT, "the account that orders it, as the inventory names it"),
        "location": Attribute(TEXT, "the code of a Direct Connect location, as EqFA5"),
        "bandwidth": Attribute(TEXT, "the port speed, as 10Gbps"),
        "provider": Attribute(TEXT),
        "router": Attribute(TEXT),
        "port": Attribute(TEXT),
        "request_macsec": Attribute(FLAG),
        "tags": _TAGS,
    },
)

ASSOCIATION = Record(
    Association,
    {
        "transit_gateway": Attribute(TEXT),
        "virtual_gateway": Attribute(TEXT),
        "transit_gateway_asn": Attribute(NUMBER),
        "allowed_prefixes": Attribute(ListOf(TEXT)),
    },
)

GATEWAY = Record(
    Gateway,
    {
        "name": Attribute(TEXT, "a name of its own"),
        "account": Attribute(TEXT, "the account that owns it, as the inventory names it"),
        "amazon_asn": Attribute(NUMBER),
        "associations": Attribute(ListOf(ASSOCIATION)),
        "tags": _TAGS,
    },
)

PEER = Record(
    Peer,
    {
        "family": Attribute(choice("ipv4", "ipv6"), "ipv4 or ipv6"),
        "amazon_address": Attribute(TEXT),
        "customer_address": Attribute(TEXT),
        "key": Attribute(TEXT),
    },
)

ROUTING = Record(
    Routing,
    {
        "advertise": Attribute(ListOf(TEXT)),
        "accept": Attribute(ListOf(TEXT)),
        "preference": Attribute(choice("low", "medium", "high")),
        "prepend": Attribute(NUMBER),
    },
)

VIRTUAL_INTERFACE = Record(
    VirtualInterface,
    {
        "name": Attribute(TEXT, "a name of its own"),
        "on": Attribute(TEXT, "the name of the connection that carries it"),
        "type": Attribute(choice("private", "transit"), "private or transit"),
        "gateway": Attribute(TEXT, "the name of the gateway that it ends on"),
        "vlan": Attribute(NUMBER, "a VLAN id"),
        "customer_asn": Attribute(NUMBER, "the ASN of your router"),
        "mtu": Attribute(NUMBER),
        "site_link": Attribute(FLAG),
        "peers": Attribute(ListOf(PEER)),
        "routing": Attribute(ROUTING),
        "tags": _TAGS,
    },
    other_spellings=_ON,
)

ESTATE = Record(
    Estate,
    {
        "name": Attribute(TEXT, "a name, which goes into the tags of all that the estate makes"),
        "connections": Attribute(ListOf(CONNECTION)),
        "gateways": Attribute(ListOf(GATEWAY)),
        "virtual_interfaces": Attribute(ListOf(VIRTUAL_INTERFACE)),
        "tags": _TAGS,
    },
)
