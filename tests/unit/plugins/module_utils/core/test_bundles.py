# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bundles: which LAGs are ones for a router, and that the preflight lets the run make them."""

import json
from dataclasses import replace

from ansible_collections.crossconnect.dx.plugins.filter.bundles import FilterModule
from ansible_collections.crossconnect.dx.plugins.module_utils.core.bundles import Bundle, bundles
from ansible_collections.crossconnect.dx.plugins.module_utils.core.check import failed
from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate import read_estate
from ansible_collections.crossconnect.dx.plugins.module_utils.core.landings import landings
from ansible_collections.crossconnect.dx.plugins.module_utils.core.preflight import (
    RouterView,
    preflight,
)
from tests.fixtures import two_sites
from tests.fixtures.bundle import document

ESTATE = read_estate(document())
PORT = {"is_enabled": True, "is_up": True, "description": "", "mtu": 9216, "speed": 10000.0}
ROUTER = RouterView(
    name="edge-fra-1",
    interfaces={"eth1": PORT, "eth2": PORT},
    interfaces_ip={},
    bgp_neighbors={},
    makes=("bond1",),
)


def faults(router):
    return [(fault["id"], fault["target"]) for fault in failed(found_by(router))]


def found_by(router):
    return preflight(router, landings(ESTATE, "edge-fra-1"))


def test_a_bundle_holds_all_that_a_router_must_know():
    assert bundles(ESTATE, "edge-fra-1") == (
        Bundle(
            name="fra-a",
            interface="bond1",
            members=("eth1", "eth2"),
            minimum_links=None,
            mtu=8500,
            owner="DX-PORTbond1",
            description="DX-PORTbond1 fra-a",
        ),
    )


def test_an_owner_has_no_hyphen_where_its_names_end():
    wish = document()
    wish["lags"][0]["port"] = "Port-channel10"
    assert bundles(read_estate(wish), "edge-fra-1")[0].owner == "DX-PORTPortchannel10"


def test_other_routers_and_single_ports_have_no_bundle():
    assert bundles(ESTATE, "edge-ams-1") == ()
    assert bundles(read_estate(two_sites.document()), "edge-fra-1") == ()


def test_a_lag_with_a_port_that_nobody_named_is_no_bundle_yet():
    wish = document()
    del wish["connections"][1]["router"], wish["connections"][1]["port"]
    assert bundles(read_estate(wish), "edge-fra-1") == ()


def test_a_switch_has_none_for_its_trunk_is_the_operator_s():
    wish = document()
    wish["routers"] = [{"name": "edge-fra-1", "landing": "svi"}]
    assert bundles(read_estate(wish), "edge-fra-1") == ()


def test_the_filter_returns_what_a_template_can_take():
    found = FilterModule().filters()["bundles"](document(), "edge-fra-1")
    assert [one["members"] for one in found] == [["eth1", "eth2"]]
    assert json.loads(json.dumps(found)) == found


def test_a_bundle_that_the_run_makes_need_not_be_there_and_its_ports_do():
    assert faults(ROUTER) == []
    assert faults(replace(ROUTER, makes=())) == [("port", "edge-fra-1:bond1")]
    assert faults(replace(ROUTER, interfaces={"eth1": PORT})) == [("port", "edge-fra-1:eth2")]
