# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The document's part on the backup path: customer gateways and VPN connections."""

from __future__ import annotations

from .estate_document_ports import TAGS
from .estate_shape import NUMBER, TEXT, Attribute, ListOf, Record, choice
from .model_vpn import CustomerGateway, VpnConnection, VpnTunnel

_OWNER = "the account that owns it, as the inventory names it"

CUSTOMER_GATEWAY = Record(
    CustomerGateway,
    {
        "name": Attribute(TEXT, "The customer gateway's Name tag.", needed="a name of its own"),
        "account": Attribute(TEXT, "The account that owns it.", needed=_OWNER),
        "address": Attribute(TEXT, "The outside IPv4 address of your device."),
        "asn": Attribute(NUMBER, "Your ASN.", needed="the ASN of your device"),
        "certificate_arn": Attribute(
            TEXT, "The certificate by which the device identifies itself, instead of a key."
        ),
        "tags": TAGS,
    },
)

VPN_TUNNEL = Record(
    VpnTunnel,
    {
        "inside_cidr": Attribute(
            TEXT,
            "The C(/30) of C(169.254.0.0/16) within the tunnel.",
            needed="the /30 within the tunnel, which tells the tunnels apart",
        ),
        "key": Attribute(
            TEXT, "The pre-shared key; without it AWS makes one at birth.", secret=True
        ),
        "ike_versions": Attribute(
            ListOf(choice("ikev1", "ikev2")), "The versions of IKE that AWS takes."
        ),
        "startup_action": Attribute(
            choice("add", "start"), "Whether AWS begins the negotiation (start) or waits (add)."
        ),
        "dpd_timeout_action": Attribute(
            choice("clear", "none", "restart"), "What AWS does when your device falls silent."
        ),
    },
)

VPN_CONNECTION = Record(
    VpnConnection,
    {
        "name": Attribute(TEXT, "The VPN connection's Name tag.", needed="a name of its own"),
        "account": Attribute(TEXT, "The account that owns it.", needed=_OWNER),
        "customer_gateway": Attribute(
            TEXT,
            "The customer gateway, which is declared.",
            needed="the name of the customer gateway that it begins at",
        ),
        "virtual_gateway": Attribute(TEXT, "A virtual private gateway, by id or Name tag."),
        "transit_gateway": Attribute(TEXT, "A transit gateway, by id or Name tag."),
        "static_routes": Attribute(
            ListOf(TEXT), "Your prefixes, where there is no BGP; without the list there is BGP."
        ),
        "outside_address_type": Attribute(
            choice("public", "private"),
            "Whether it runs over the internet, as it does if this is left out, or over a transit "
            "virtual interface (private).",
        ),
        "transport": Attribute(
            TEXT,
            "The gateway over whose association with the transit gateway a private one runs; "
            "needed only where several are tied to it.",
        ),
        "tunnels": Attribute(ListOf(VPN_TUNNEL), "What is wanted of its two tunnels."),
        "backs_up": Attribute(
            ListOf(TEXT), "The circuits and gateways that it stands in for when they fail."
        ),
        "tags": TAGS,
    },
)
