# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random estates: such as AWS could hold, and such with one thing wrong."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

ACCOUNT = "network"
NAMES = st.lists(
    st.from_regex(r"[a-z][a-z0-9-]{0,11}", fullmatch=True), min_size=1, max_size=3, unique=True
)
PORTS = (("EqFA5", "10Gbps"), ("EqAM3", "1Gbps"), ("IXFRA6", "100Gbps"), ("CEPRG", "10Gbps"))
TARGETS = (
    {"transit_gateway": "tgw-core", "allowed_prefixes": ["10.20.0.0/16"]},
    {"virtual_gateway": "vgw-legacy", "allowed_prefixes": ["10.30.0.0/16"]},
)
TAGS = st.dictionaries(
    st.sampled_from(["owner", "cost", "site"]),
    st.from_regex(r"[A-Za-z0-9 _.:/=+@-]{1,12}", fullmatch=True),
)
KEY = st.from_regex(r"[!-~]{6,80}", fullmatch=True)


@st.composite
def estates(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a document that every rule and AWS itself accept."""
    ports = [_port(name, *draw(st.sampled_from(PORTS))) for name in draw(NAMES)]
    gateways = draw(_gateways())
    vlans = st.lists(st.integers(1, 4094), max_size=3, unique=True)
    return {
        "name": draw(st.sampled_from(["acme", "site-1", "x" * 40])),
        "tags": draw(TAGS),
        "connections": ports,
        "gateways": gateways,
        "virtual_interfaces": [
            draw(_interface(vlan, [port["name"] for port in ports], gateways))
            for vlan in draw(vlans)
        ],
    }


def _port(name: str, location: str, bandwidth: str) -> dict[str, Any]:
    return {"name": name, "account": ACCOUNT, "location": location, "bandwidth": bandwidth}


@st.composite
def _gateways(draw: st.DrawFn) -> list[dict[str, Any]]:
    targets = draw(st.lists(st.sampled_from([0, 1]), max_size=2, unique=True))
    return [
        {
            "name": name,
            "account": ACCOUNT,
            "amazon_asn": draw(st.integers(64512, 64520)),
            "associations": [dict(TARGETS[targets[at]])] if at < len(targets) else [],
        }
        for at, name in enumerate(draw(NAMES))
    ]


@st.composite
def _interface(
    draw: st.DrawFn, vlan: int, ports: list[str], gateways: list[dict[str, Any]]
) -> dict[str, Any]:
    gateway = draw(st.sampled_from(gateways))
    kind = draw(st.sampled_from(_types(gateway)))
    families = draw(st.sampled_from([["ipv4"], ["ipv6"], ["ipv4", "ipv6"]]))
    key = draw(KEY)
    mtus = [1500, 8500] if kind == "transit" else [1500, 9001]
    return {
        "name": f"vif-{vlan}",
        "on": draw(st.sampled_from(ports)),
        "type": kind,
        "gateway": gateway["name"],
        "vlan": vlan,
        "customer_asn": draw(st.sampled_from([65001, 64999, 4200000001])),
        "mtu": draw(st.sampled_from(mtus)),
        "peers": [{"family": family, "key": key} for family in families],
    }


def _types(gateway: dict[str, Any]) -> list[str]:
    """Tell which interfaces a gateway serves: those of its targets' kind."""
    ties = gateway["associations"]
    if not ties:
        return ["transit", "private"]
    return ["transit"] if "transit_gateway" in ties[0] else ["private"]


# One thing wrong: the section that must not be empty, what is done to its first item, and the words
# of the rule.
WRONG: dict[str, tuple[str, Any, str]] = {
    "vlan": ("virtual_interfaces", {"vlan": 5000}, "is not a VLAN id"),
    "on": ("virtual_interfaces", {"on": "no-such-port"}, "no-such-port"),
    "gateway": ("virtual_interfaces", {"gateway": "no-such-gateway"}, "no-such-gateway"),
    "mtu": ("virtual_interfaces", {"mtu": 1400}, "1400"),
    "peers": ("virtual_interfaces", {"peers": []}, "give a peer"),
    "customer_asn": ("virtual_interfaces", {"customer_asn": 0}, "0"),
    "bandwidth": ("connections", {"bandwidth": "3Gbps"}, "is no speed"),
    "port": ("connections", {"router": "edge-1"}, "is missing"),
    "amazon_asn": ("gateways", {"amazon_asn": 7224}, "no private ASN"),
    "associations": (
        "gateways",
        {"associations": [{"transit_gateway": "tgw-core", "allowed_prefixes": ["10.20.0.1/16"]}]},
        "host bits",
    ),
}


@st.composite
def mutants(draw: st.DrawFn) -> tuple[dict[str, Any], str, str]:
    """Draw a document with one thing wrong, the path of it, and words of the rule it breaks."""
    attribute = draw(st.sampled_from(sorted(WRONG)))
    section, change, words = WRONG[attribute]
    document = deepcopy(draw(estates().filter(lambda drawn: drawn[section])))
    document[section][0] |= change
    return document, f"{section}[0].{attribute}", words


JUNK = st.sampled_from([True, -1, 10**12, "", " ", "\n", "a: b", [], {}, ["x"], {"y": 1}])


@st.composite
def littered(draw: st.DrawFn) -> tuple[dict[str, Any], str]:
    """Draw a document with junk in one place, and the place's last name."""
    document = deepcopy(draw(estates()))
    place: Any = document
    name = ""
    while isinstance(place, (dict, list)) and place:
        steps = sorted(place) if isinstance(place, dict) else list(range(len(place)))
        step = draw(st.sampled_from(steps))
        name = step if isinstance(step, str) else name
        if not isinstance(place[step], (dict, list)) or not place[step] or draw(st.booleans()):
            place[step] = draw(JUNK)
            break
        place = place[step]
    return document, name
