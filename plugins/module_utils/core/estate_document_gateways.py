# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The document's part on gateways, what they are tied to, and virtual private gateways."""

from __future__ import annotations

from .estate_document_ports import TAGS
from .estate_shape import NUMBER, TEXT, Attribute, ListOf, Record
from .model import Association, Gateway, VirtualGateway

_OWNER = "the account that owns it, as the inventory names it"

ASSOCIATION = Record(
    Association,
    {
        "transit_gateway": Attribute(TEXT, "A transit gateway, by id or Name tag."),
        "virtual_gateway": Attribute(TEXT, "A virtual private gateway, by id or Name tag."),
        "core_network": Attribute(TEXT, "A Cloud WAN core network, by id."),
        "transit_gateway_asn": Attribute(
            NUMBER, "The ASN of the transit gateway, to check offline."
        ),
        "account": Attribute(
            TEXT,
            "The account that owns the target, if it is not the gateway's; it proposes the "
            "association, and the gateway's account accepts it.",
        ),
        "allowed_prefixes": Attribute(ListOf(TEXT), "What is announced to the routers."),
        "edge_locations": Attribute(
            ListOf(TEXT), "The Regions of a core network in which the gateway is attached."
        ),
        "route_table": Attribute(
            TEXT,
            "The transit gateway's route table, by id or Name tag, that looks up what comes from "
            "the gateway.",
        ),
        "propagate_to": Attribute(
            ListOf(TEXT),
            "The transit gateway's route tables, by id or Name tag, that learn what the gateway "
            "announces.",
        ),
    },
)

GATEWAY = Record(
    Gateway,
    {
        "name": Attribute(TEXT, "The gateway's name.", needed="a name of its own"),
        "account": Attribute(TEXT, "The account that owns it.", needed=_OWNER),
        "id": Attribute(
            TEXT, "Its AWS id, needed only for another account's gateway that no run reads."
        ),
        "amazon_asn": Attribute(NUMBER, "The gateway's ASN."),
        "associations": Attribute(
            ListOf(ASSOCIATION),
            "What the gateway is tied to, each a transit gateway, a virtual private gateway or a "
            "core network.",
        ),
        "tags": TAGS,
    },
)

VIRTUAL_GATEWAY = Record(
    VirtualGateway,
    {
        "name": Attribute(
            TEXT, "The virtual private gateway's Name tag.", needed="a name of its own"
        ),
        "account": Attribute(TEXT, "The account that owns it.", needed=_OWNER),
        "amazon_asn": Attribute(NUMBER, "Its ASN."),
        "vpc": Attribute(TEXT, "The VPC that it is attached to, by id or Name tag."),
        "propagate_to": Attribute(
            ListOf(TEXT), "The VPC's route tables, by id or Name tag, that learn its routes."
        ),
        "tags": TAGS,
    },
)
