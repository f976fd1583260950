# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random estates: such as AWS could hold, and such with one thing wrong."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

from .strategies_interfaces import gateways, interface, virtual_gateways
from .strategies_ports import bundles, groups, ports

TAGS = st.dictionaries(
    st.sampled_from(["owner", "cost", "site"]),
    st.from_regex(r"[A-Za-z0-9 _.:/=+@-]{1,12}", fullmatch=True),
)


ALARMS = {"name": "ops", "account": "network"}


@st.composite
def estates(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a document that every rule and AWS itself accept."""
    singles, (lags, bundled), ends = draw(ports()), draw(bundles()), draw(gateways())
    connections = [*singles, *bundled]
    carriers = [thing["name"] for thing in (*singles, *lags)]
    ties = [tie for gateway in ends for tie in gateway["associations"]]
    vlans = st.lists(st.integers(1, 4094), max_size=3, unique=True)
    return {
        "name": draw(st.sampled_from(["acme", "site-1", "x" * 40])),
        "tags": draw(TAGS),
        "connections": connections,
        "lags": lags,
        "resiliency_groups": draw(groups([thing["name"] for thing in connections])),
        "gateways": ends,
        "virtual_gateways": virtual_gateways(ties),
        "virtual_interfaces": [draw(interface(vlan, carriers, ends)) for vlan in draw(vlans)],
        "alarms": draw(st.sampled_from([[], [ALARMS]])) if connections else [],
    }


# One thing wrong: the section that must not be empty, what is done to its first item, and the words
# of the rule.
WRONG: dict[str, tuple[str, Any, str]] = {
    "vlan": ("virtual_interfaces", {"vlan": 5000}, "is not a VLAN id"),
    "on": ("virtual_interfaces", {"on": "no-such-port"}, "no-such-port"),
    "gateway": ("virtual_interfaces", {"gateway": "no-such-gateway"}, "no-such-gateway"),
    "mtu": ("virtual_interfaces", {"mtu": 1400}, "1400"),
    "peers": ("virtual_interfaces", {"peers": []}, "give a peer"),
    "customer_asn": ("virtual_interfaces", {"customer_asn": 0}, "0"),
    "only[0]": ("alarms", {"only": ["no-such-port"]}, "no-such-port"),
    "bandwidth": ("connections", {"bandwidth": "3Gbps"}, "is no speed"),
    "port": ("connections", {"router": "edge-1"}, "is missing"),
    "amazon_asn": ("gateways", {"amazon_asn": 7224}, "no private ASN"),
    "connections[0]": ("lags", {"connections": ["p!"]}, "no connection named"),
    "minimum_links": ("lags", {"minimum_links": 3}, "the LAG has"),
    "name": ("resiliency_groups", {"name": "to gether"}, "cannot name a resiliency group"),
    "vpc": ("virtual_gateways", {"propagate_to": ["rtb-1"], "vpc": None}, "is missing"),
    "rate_limit": ("virtual_interfaces", {"rate_limit": "51Mbps"}, "is no rate limit"),
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
