# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random ports, LAGs with MACsec and without, and resiliency groups."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

ACCOUNT = "network"
NAMES = st.lists(
    st.from_regex(r"[a-z][a-z0-9-]{0,11}", fullmatch=True), min_size=1, max_size=3, unique=True
)
PLACES = (("EqFA5", "10Gbps"), ("EqAM3", "1Gbps"), ("IXFRA6", "100Gbps"), ("CEPRG", "10Gbps"))
WITH_MACSEC = {"EqFA5": "10Gbps"}
HEXADECIMAL = st.text("0123456789abcdef", min_size=64, max_size=64)
MODELS = ("basic-resiliency", "high-resiliency", "maximum-resiliency")
Records = list[dict[str, Any]]


@st.composite
def ports(draw: st.DrawFn) -> Records:
    """Draw connections of their own."""
    return [draw(_port(f"p-{name}")) for name in draw(NAMES)]


@st.composite
def _port(draw: st.DrawFn, name: str) -> dict[str, Any]:
    location, bandwidth = draw(st.sampled_from(PLACES))
    port = {"name": name, "account": ACCOUNT, "location": location, "bandwidth": bandwidth}
    if draw(st.booleans()):
        port["billing_mode"] = draw(st.sampled_from(["PayAsYouGo", "FlatRateTier1"]))
    capable = WITH_MACSEC.get(location) == bandwidth
    return {**port, **draw(_macsec())} if capable and draw(st.booleans()) else port


@st.composite
def _macsec(draw: st.DrawFn) -> dict[str, Any]:
    names = draw(st.lists(HEXADECIMAL, max_size=3, unique=True))
    return {
        "request_macsec": True,
        "encryption_mode": draw(st.sampled_from(["no_encrypt", "should_encrypt"])),
        "macsec_keys": [{"ckn": name, "cak": draw(HEXADECIMAL)} for name in names],
    }


@st.composite
def bundles(draw: st.DrawFn) -> tuple[Records, Records]:
    """Draw no LAG or one, and its ports."""
    if draw(st.booleans()):
        return [], []
    location, bandwidth = draw(st.sampled_from(PLACES[:2]))
    count = draw(st.integers(1, 2))
    common = {"account": ACCOUNT, "location": location, "bandwidth": bandwidth}
    lag = {"name": "bundle", **common, "connections": [f"bundled-{at}" for at in range(count)]}
    capable = WITH_MACSEC.get(location) == bandwidth
    if capable and draw(st.booleans()):
        common["request_macsec"] = True
        lag |= draw(_macsec())
    if draw(st.booleans()):
        lag["minimum_links"] = draw(st.integers(1, count))
    return [lag], [{"name": name, **common} for name in lag["connections"]]


@st.composite
def groups(draw: st.DrawFn, names: list[str]) -> Records:
    """Draw no resiliency group or one, of some of the ports."""
    if draw(st.booleans()):
        return []
    members = draw(st.lists(st.sampled_from(names), max_size=2, unique=True))
    model = draw(st.sampled_from(MODELS))
    return [{"name": "together", "account": ACCOUNT, "model": model, "connections": members}]
