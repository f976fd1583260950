# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bundles on the platforms that merge: made, changed and taken away, with the ports let alone."""

from __future__ import annotations

import re
from functools import cache

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.languages import (
    eos,
    ios,
    iosxr,
    nxos,
)
from tests.fixtures.candidates import GOLDEN_STRANGERS, PORTS, ROLE, render
from tests.fixtures.golden import assert_golden
from tests.fixtures.parse_back import parsed
from tests.fixtures.simulated_cli import SimulatedRouter

# By platform its module and the bundle's interface.
ROUTERS = {
    "eos": (eos, "Port-Channel10"),
    "ios": (ios, "Port-channel10"),
    "iosxr": (iosxr, "Bundle-Ether10"),
    "nxos": (nxos, "port-channel10"),
}
MODE = {"iosxr": "bundle id {} mode active"}
PORT_S_OWN = {
    "eos": "lacp timer fast",
    "ios": "lacp rate fast",
    "iosxr": "lacp period short",
    "nxos": "lacp rate fast",
}
FEATURES = {"nxos": "feature lacp\n"}
EVERY = pytest.mark.parametrize("platform", sorted(ROUTERS))


def bundle(platform, **changes):
    interface = ROUTERS[platform][1]
    owner = f"DX-PORT{interface.replace('-', '')}"
    return {
        "name": "fra-a",
        "interface": interface,
        "members": list(PORTS[platform].values()),
        "minimum_links": 2,
        "mtu": 8500,
        "owner": owner,
        "description": f"{owner} fra-a",
        **changes,
    }


@cache
def candidates():
    """Return by platform the candidates: two ports, and one port with the defaults."""
    both = {name: [bundle(name)] for name in ROUTERS}
    one = {
        name: [bundle(name, members=[PORTS[name]["eth1"]], minimum_links=1, mtu=1500)]
        for name in ROUTERS
    }
    nothing = {name: {"": []} for name in ROUTERS}
    two, single = render(nothing, both), render(nothing, one)
    return {name: (two[name][""], single[name][""]) for name in ROUTERS}


def membership(platform, number=10):
    return MODE.get(platform, "channel-group {} mode active").format(number)


def router_with(platform, text=""):
    language = ROUTERS[platform][0].LANGUAGE
    stranger = (GOLDEN_STRANGERS / f"{platform}.cfg").read_text(encoding="utf-8")
    return SimulatedRouter(language, stranger + FEATURES.get(platform, "") + text)


def change(platform, router, wanted):
    owners = [bundle(platform)["owner"]]
    return ROUTERS[platform][0].compose(router.running, wanted, owners).text


def made(platform, text=""):
    router = router_with(platform, text)
    router.merge(change(platform, router, candidates()[platform][0]))
    return router


@EVERY
def test_a_bundle_is_made_in_these_words_and_then_there_is_nothing_to_change(platform):
    router, wanted = router_with(platform), candidates()[platform][0]
    text = change(platform, router, wanted)
    assert_golden(f"changes/{platform}/a-bundle-that-comes.cfg", text)
    router.merge(text)
    assert change(platform, router, wanted) == ""


@EVERY
def test_a_port_leaves_a_bundle_in_these_words_and_then_there_is_nothing_to_change(platform):
    router, wanted = made(platform), candidates()[platform][1]
    text = change(platform, router, wanted)
    assert_golden(f"changes/{platform}/a-port-that-leaves-its-bundle.cfg", text)
    router.merge(text)
    assert change(platform, router, wanted) == ""


@EVERY
def test_a_bundle_goes_in_these_words_and_its_ports_keep_what_is_the_operator_s(platform):
    own = "".join(
        f"interface {port}\n description rack 7\n {PORT_S_OWN[platform]}\n"
        for port in PORTS[platform].values()
    )
    router = made(platform, own)
    text = change(platform, router, "")
    assert_golden(f"changes/{platform}/a-bundle-that-goes.cfg", text)
    router.merge(text)
    before = router_with(platform, own).running
    assert set(before.splitlines()) - set(router.running.splitlines()) == set()
    assert membership(platform) not in router.running
    assert ROUTERS[platform][1] not in router.running


@EVERY
def test_the_bundle_of_somebody_else_is_not_taken_over(platform):
    router = router_with(platform, f"interface {ROUTERS[platform][1]}\n description core\n")
    with pytest.raises(ValueError, match=r"is there and not ours: to hand it over, give it"):
        change(platform, router, candidates()[platform][0])


@EVERY
def test_a_bundle_that_others_ride_on_stays(platform):
    rider = f"{ROUTERS[platform][1]}.900"
    router = made(platform, f"interface {rider}\n description branch office\n")
    with pytest.raises(ValueError, match=f"would go, and interface {rider} on it is not ours"):
        change(platform, router, "")


@EVERY
@pytest.mark.parametrize("at", ["eth1", "eth2"])
def test_the_vendor_s_own_parser_finds_each_port_in_the_bundle(platform, at):
    # One port at a time: Arista's parser keeps the last one of a bundle.
    port, interface = PORTS[platform][at], ROUTERS[platform][1]
    parts = re.split(r"^(?=\S)", made(platform).running, flags=re.MULTILINE)
    heads = (f"interface {interface}\n", f"interface {port}\n")
    # Routers print bundles first, and the parsers go by that.
    text = "".join(part for head in heads for part in parts if part.startswith(head))
    groups = {one["name"]: one for one in parsed(platform, "lag_interfaces", text)}
    (members,) = [one["members"] for name, one in groups.items() if name.endswith("10")]
    assert [(one["member"], one["mode"]) for one in members] == [(port, "active")]


def test_nx_os_without_the_feature_is_told_what_it_lacks():
    with pytest.raises(ValueError, match=r"the router lacks .*`feature lacp`"):
        nxos.compose("", candidates()["nxos"][0], [bundle("nxos")["owner"]])


def test_every_platform_has_a_template_for_bundles():
    assert {*ROUTERS, "frr", "junos"} == set(PORTS)
    assert all((ROLE / "templates" / name / "lag.j2").exists() for name in PORTS)
