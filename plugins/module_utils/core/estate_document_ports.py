# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The document's part on ports: connections, LAGs, hosted connections, their MACsec keys."""

from __future__ import annotations

from .estate_shape import FLAG, NUMBER, TEXT, Attribute, ListOf, Record, TextByText, choice
from .model import Account, Connection, HostedConnection, Lag, MacsecKey, ResiliencyGroup

TAGS = Attribute(TextByText(), "Tags to set; others stay.")
# YAML 1.1 reads the bare word `on` as true, in an attribute's name too; JSON makes that "true".
ON = {True: "on", "true": "on"}
BILLING_MODES = (
    "PayAsYouGo",
    "FlatRateTier1",
    "FlatRateTier2",
    "FlatRateTier3",
    "FlatRateTier4",
    "FlatRateTier5",
)
ENCRYPTION_MODES = ("no_encrypt", "should_encrypt", "must_encrypt")

_LOCATION = Attribute(
    TEXT,
    "The code of the Direct Connect location, as V(EqFA5).",
    needed="the code of a Direct Connect location, as EqFA5",
)
_BANDWIDTH = Attribute(TEXT, "The port speed, as V(10Gbps).", needed="the port speed, as 10Gbps")
_PROVIDER = Attribute(TEXT, "The provider of the cross-connect, as AWS names it.")
_REQUEST_MACSEC = Attribute(FLAG, "Whether to ask for a port that is capable of MACsec.")
_ENCRYPTION_MODE = Attribute(
    choice(*ENCRYPTION_MODES),
    "What becomes of traffic that MACsec does not protect; V(must_encrypt) is set once encryption "
    "is up, or with its name in the consent.",
)

ACCOUNT = Record(
    Account,
    {
        "name": Attribute(TEXT, "The account's name in this document.", needed="a name of its own"),
        "id": Attribute(TEXT, "Its number, 12 digits in quotes.", needed="the account's number"),
    },
)

MACSEC_KEY = Record(
    MacsecKey,
    {
        "ckn": Attribute(TEXT, "The name of the key, 64 hex digits."),
        "cak": Attribute(
            TEXT,
            "The key, 64 hex digits; AWS shows it to nobody, so give another one another CKN.",
            secret=True,
        ),
        "secret": Attribute(TEXT, "The ARN of a secret that holds both, in place of the two."),
    },
)
_MACSEC_KEYS = Attribute(
    ListOf(MACSEC_KEY),
    "All MACsec keys that it shall have, up to three; a new one is in use before an old one goes.",
)

CONNECTION = Record(
    Connection,
    {
        "name": Attribute(TEXT, "The connection's name.", needed="a name of its own"),
        "account": Attribute(
            TEXT,
            "The account that orders it.",
            needed="the account that orders it, as the inventory names it",
        ),
        "location": _LOCATION,
        "bandwidth": _BANDWIDTH,
        "provider": _PROVIDER,
        "router": Attribute(TEXT, "The router that the cable ends on."),
        "port": Attribute(TEXT, "The router's port."),
        "hosted": Attribute(
            FLAG, "Whether a partner provides it; it is then confirmed, never ordered."
        ),
        "vlan": Attribute(
            NUMBER,
            "The VLAN id that the partner gave a hosted connection; its interface has the same.",
        ),
        "billing_mode": Attribute(
            choice(*BILLING_MODES), "How AWS bills the port; changed in place."
        ),
        "request_macsec": _REQUEST_MACSEC,
        "encryption_mode": _ENCRYPTION_MODE,
        "macsec_keys": _MACSEC_KEYS,
        "tags": TAGS,
    },
)

LAG = Record(
    Lag,
    {
        "name": Attribute(TEXT, "The LAG's name.", needed="a name of its own"),
        "account": Attribute(
            TEXT,
            "The account that owns it.",
            needed="the account that owns it, as the inventory names it",
        ),
        "location": _LOCATION,
        "bandwidth": Attribute(
            TEXT, "The speed of each port, as V(10Gbps).", needed="the speed of each port"
        ),
        "connections": Attribute(
            ListOf(TEXT),
            "The names of its ports, each a connection of this document.",
            needed="the names of its ports",
        ),
        "provider": _PROVIDER,
        "router": Attribute(TEXT, "The router that the bundle ends on."),
        "port": Attribute(TEXT, "The bundle's interface on the router, as V(Port-channel1)."),
        "minimum_links": Attribute(
            NUMBER,
            "How many ports must be up for the LAG to be up; without it a new LAG has 1, and 0 "
            "becomes 1.",
        ),
        "request_macsec": _REQUEST_MACSEC,
        "encryption_mode": _ENCRYPTION_MODE,
        "macsec_keys": _MACSEC_KEYS,
        "tags": TAGS,
    },
)

HOSTED_CONNECTION = Record(
    HostedConnection,
    {
        "name": Attribute(TEXT, "The hosted connection's name.", needed="a name of its own"),
        "account": Attribute(
            TEXT,
            "The partner's account, which has the port.",
            needed="the partner's account, as the inventory names it",
        ),
        "on": Attribute(
            TEXT,
            "The partner's connection or LAG by its name, or an interconnect by its id.",
            needed="the partner's connection or LAG",
        ),
        "owner": Attribute(
            TEXT,
            "The customer's account, by its name here or its number in quotes.",
            needed="the customer's account",
        ),
        "bandwidth": Attribute(TEXT, "Its share, as V(500Mbps).", needed="its share, as 500Mbps"),
        "vlan": Attribute(NUMBER, "Its VLAN id on the port.", needed="a VLAN id"),
        "tags": Attribute(TextByText(), "Tags to give it at birth; then they are the customer's."),
    },
    other_spellings=ON,
)

RESILIENCY_GROUP = Record(
    ResiliencyGroup,
    {
        "name": Attribute(TEXT, "The group's name.", needed="a name of its own"),
        "account": Attribute(
            TEXT,
            "The account that owns it.",
            needed="the account that owns it, as the inventory names it",
        ),
        "model": Attribute(
            choice("basic-resiliency", "high-resiliency", "maximum-resiliency"),
            "What its connections together shall be.",
            needed="a resiliency model",
        ),
        "connections": Attribute(ListOf(TEXT), "The names of its connections."),
        "tags": TAGS,
    },
)
