# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Evidence is found where it is, and what is not there is empty or unknown, never an error."""

from dataclasses import replace

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate import read_estate
from ansible_collections.crossconnect.dx.plugins.module_utils.core.evidence import (
    Evidence,
    RouterSession,
    bare,
    interface_of,
)
from tests.fixtures.demo_run import DOCUMENT, evidence

SERVING = evidence("in service")
EMPTY = Evidence()


def test_what_was_not_looked_at_is_empty():
    assert EMPTY.account("network") == {}
    assert EMPTY.connection("network", "fra-a") == {}
    assert EMPTY.gateway("network", "core") == {}
    assert EMPTY.virtual_interface("network", "fra-a-transit") == {}
    assert SERVING.connection("other", "fra-a") == {}


def test_what_was_seen_is_found_by_account_and_name():
    assert SERVING.connection("network", "fra-a")["id"] == "dxcon-ffabc123"
    assert SERVING.gateway("network", "core")["state"] == "available"
    assert SERVING.virtual_interface("network", "ams-a-transit")["vlan"] == 102


def test_a_session_is_found_by_address_however_it_is_spelled():
    session = SERVING.session("edge-fra-1", "2001:db8:ffff:1::1/125", "ipv6")
    assert session == RouterSession(state="up", received=1, advertised=1)


def test_what_a_router_does_not_tell_is_not_known():
    session = SERVING.session("edge-ams-1", "169.254.102.1/30", "ipv4")
    assert session == RouterSession(state="up", received=1, advertised=None)


@pytest.mark.parametrize(
    ("router", "address"),
    [
        pytest.param(None, "169.254.101.1/30", id="no router declared"),
        pytest.param("edge-fra-1", None, id="no address assigned yet"),
        pytest.param("edge-fra-1", "169.254.9.1/30", id="no such neighbor"),
        pytest.param("edge-xyz-1", "169.254.101.1/30", id="router not in the run"),
        pytest.param("edge-off-1", "169.254.101.1/30", id="router not asked"),
    ],
)
def test_a_session_that_was_not_seen_is_unknown(router, address):
    routers = {**SERVING.routers, "edge-off-1": {"bgp_neighbors": None}}
    assert replace(SERVING, routers=routers).session(router, address, "ipv4") == RouterSession()


def test_a_neighbor_without_the_family_has_a_state_and_no_counts():
    facts = {"bgp_neighbors": {"global": {"peers": {"192.0.2.1": {"is_up": False}}}}}
    session = Evidence(routers={"r": facts}).session("r", "192.0.2.1", "ipv4")
    assert session == RouterSession(state="down")


def test_an_address_loses_its_length_and_gets_its_canonical_spelling():
    assert bare("2001:DB8:0::1/125") == "2001:db8::1"
    assert bare(None) is None


def test_a_sub_interface_needs_a_port():
    estate = read_estate(DOCUMENT)
    assert interface_of(estate, estate.virtual_interfaces[0]) == "eth1.101"
    connections = [{**DOCUMENT["connections"][0], "router": None, "port": None}]
    without = read_estate(
        DOCUMENT
        | {
            "connections": connections,
            "virtual_interfaces": DOCUMENT["virtual_interfaces"][:1],
        }
    )
    assert interface_of(without, without.virtual_interfaces[0]) is None


def test_a_session_in_a_vrf_is_not_taken_for_one_of_the_same_address_in_another():
    up, down = ({"is_up": is_up, "address_family": {}} for is_up in (True, False))
    tables = {"global": {"peers": {"169.254.1.1": up}}, "DX": {"peers": {"169.254.1.1": down}}}
    seen = Evidence(routers={"edge": {"bgp_neighbors": tables}})
    states = [seen.session("edge", "169.254.1.1/30", "ipv4", vrf).state for vrf in (None, "DX")]
    assert states == ["up", "down"]
    # Not every platform's getter has a VRF under the name that the estate gives it.
    assert seen.session("edge", "169.254.1.1/30", "ipv4", "OTHER").state == "up"
