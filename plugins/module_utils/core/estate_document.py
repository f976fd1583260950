# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The estate's document, told once.

The reader, the module's options, their documentation and the JSON Schema all come from here.
"""

from __future__ import annotations

from .estate_document_alarms import ALARMS
from .estate_document_gateways import GATEWAY, VIRTUAL_GATEWAY
from .estate_document_interfaces import VIRTUAL_INTERFACE
from .estate_document_ports import (
    ACCOUNT,
    CONNECTION,
    HOSTED_CONNECTION,
    LAG,
    RESILIENCY_GROUP,
    TAGS,
)
from .estate_document_routers import ROUTER
from .estate_document_vpn import CUSTOMER_GATEWAY, VPN_CONNECTION
from .estate_shape import FLAG, TEXT, Attribute, ListOf, Record
from .model import Estate

ESTATE = Record(
    Estate,
    {
        "name": Attribute(
            TEXT,
            "The estate's name, which goes into the tag C(crossconnect:estate).",
            needed="a name, which goes into the tags of all that the estate makes",
        ),
        "adopt": Attribute(
            FLAG,
            "Whether what is found by its name, without the estate's tags, gets them; true if left "
            "out.",
        ),
        "accounts": Attribute(
            ListOf(ACCOUNT), "The numbers of accounts that no run logs in to, or not yet."
        ),
        "connections": Attribute(
            ListOf(CONNECTION), "The connections, which are physical ports or a partner's part."
        ),
        "lags": Attribute(ListOf(LAG), "The link aggregation groups (LAGs)."),
        "hosted_connections": Attribute(
            ListOf(HOSTED_CONNECTION), "What a partner gives its customers of its ports."
        ),
        "resiliency_groups": Attribute(
            ListOf(RESILIENCY_GROUP), "The connections that AWS shall judge together."
        ),
        "gateways": Attribute(ListOf(GATEWAY), "The Direct Connect gateways."),
        "virtual_gateways": Attribute(
            ListOf(VIRTUAL_GATEWAY), "The virtual private gateways to make."
        ),
        "customer_gateways": Attribute(
            ListOf(CUSTOMER_GATEWAY), "Your ends of VPN connections, as AWS knows them."
        ),
        "vpn_connections": Attribute(
            ListOf(VPN_CONNECTION), "The VPN connections, which back circuits up."
        ),
        "virtual_interfaces": Attribute(ListOf(VIRTUAL_INTERFACE), "The virtual interfaces."),
        "alarms": Attribute(ListOf(ALARMS), "What CloudWatch watches, and whom it tells."),
        "routers": Attribute(
            ListOf(ROUTER), "The routers of which there is more to tell than the inventory does."
        ),
        "tags": TAGS,
    },
)
