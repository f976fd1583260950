# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random gateways, and virtual interfaces of every type on them or on none."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from .strategies_ports import ACCOUNT, NAMES

TARGETS = (
    {"transit_gateway": "tgw-core", "allowed_prefixes": ["10.20.0.0/16"]},
    {"virtual_gateway": "vgw-legacy", "allowed_prefixes": ["10.30.0.0/16"]},
    {"virtual_gateway": "vgw-own", "allowed_prefixes": ["10.20.0.0/16"]},
)
OWN = {"name": "vgw-own", "account": ACCOUNT, "amazon_asn": 64700, "vpc": "core"}
KEY = st.from_regex(r"[!-~]{6,80}", fullmatch=True)
FAMILIES = (["ipv4"], ["ipv6"], ["ipv4", "ipv6"])


@st.composite
def gateways(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw gateways, up to three of them tied to something of its own."""
    targets = draw(st.permutations(range(len(TARGETS))))
    ties = draw(st.integers(0, len(TARGETS)))
    return [
        {
            "name": name,
            "account": ACCOUNT,
            "amazon_asn": draw(st.integers(64512, 64520)),
            "associations": [dict(TARGETS[targets[at]])] if at < ties else [],
        }
        for at, name in enumerate(draw(NAMES))
    ]


def virtual_gateways(ties: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the virtual private gateway that an association needs, if one does."""
    return [dict(OWN)] if any(tie.get("virtual_gateway") == OWN["name"] for tie in ties) else []


@st.composite
def interface(
    draw: st.DrawFn, vlan: int, carriers: list[str], ends: list[dict[str, Any]]
) -> dict[str, Any]:
    """Draw a virtual interface with a VLAN id on one of the carriers and at one of the gateways."""
    kind = draw(st.sampled_from(["gateway", "gateway", "public", "virtual_gateway"]))
    of_kind = {"gateway": _on_gateway, "public": _public, "virtual_gateway": _on_virtual_gateway}
    return {
        "name": f"vif-{vlan}",
        "on": draw(st.sampled_from(carriers)),
        "vlan": vlan,
        "customer_asn": draw(st.sampled_from([65001, 64999, 4200000001])),
        **draw(_shares()),
        **draw(of_kind[kind](vlan, ends)),
    }


@st.composite
def _shares(draw: st.DrawFn) -> dict[str, Any]:
    return {"rate_limit": "50Mbps"} if draw(st.booleans()) else {}


@st.composite
def _on_gateway(draw: st.DrawFn, _vlan: int, ends: list[dict[str, Any]]) -> dict[str, Any]:
    gateway = draw(st.sampled_from(ends))
    kind = draw(st.sampled_from(_types(gateway)))
    key = draw(KEY)
    return {
        "type": kind,
        "gateway": gateway["name"],
        "mtu": draw(st.sampled_from([1500, 8500 if kind == "transit" else 9001])),
        "peers": [{"family": each, "key": key} for each in draw(st.sampled_from(FAMILIES))],
        **draw(_pool()),
    }


@st.composite
def _pool(draw: st.DrawFn) -> dict[str, Any]:
    if draw(st.booleans()):
        return {}
    return {"prefix_pool_allocated_count_ipv4": draw(st.integers(0, 300))}


@st.composite
def _public(draw: st.DrawFn, vlan: int, _ends: list[dict[str, Any]]) -> dict[str, Any]:
    third, fourth = divmod(vlan * 4, 256)
    return {
        "type": "public",
        "route_filter_prefixes": [f"192.0.{third}.0/24"],
        "peers": [
            {
                "family": "ipv4",
                "amazon_address": f"192.0.{third}.{fourth + 1}/30",
                "customer_address": f"192.0.{third}.{fourth + 2}/30",
                "key": draw(KEY),
            }
        ],
    }


@st.composite
def _on_virtual_gateway(draw: st.DrawFn, _vlan: int, _ends: list[dict[str, Any]]) -> dict[str, Any]:
    key = draw(KEY)
    return {
        "type": "private",
        "virtual_gateway": "vgw-legacy",
        "peers": [{"family": each, "key": key} for each in draw(st.sampled_from(FAMILIES))],
    }


def _types(gateway: dict[str, Any]) -> list[str]:
    """Tell which interfaces a gateway serves: those of its targets' kind."""
    ties = gateway["associations"]
    if not ties:
        return ["transit", "private"]
    return ["transit"] if "transit_gateway" in ties[0] else ["private"]
