# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The preflight finds what would be in the way, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.landings import Landing
from ansible_collections.crossconnect.dx.plugins.module_utils.core.preflight import (
    RouterView,
    preflight,
    unreachable,
)

LANDING = Landing(
    name="fra-a-transit",
    circuit="fra-a",
    bandwidth="10Gbps",
    port="eth1",
    interface="eth1.101",
    vlan=101,
    mtu=8500,
    owner="DX-VIF101",
    local_asn=65001,
    families=("ipv4",),
    addresses=("169.254.101.2/30",),
    neighbors=("169.254.101.1/30",),
)
PORT = {"is_enabled": True, "is_up": False, "description": "", "mtu": 9001, "speed": 10000.0}
ROUTER = RouterView(
    name="edge-fra-1",
    interfaces={"eth1": PORT},
    interfaces_ip={},
    bgp_neighbors={"global": {"peers": {"10.255.1.2": {"local_as": 65001}}}},
)


def with_port(**changes):
    return replace(ROUTER, interfaces={"eth1": {**PORT, **changes}})


def with_subinterface(description):
    sub = {**PORT, "description": description}
    return replace(ROUTER, interfaces={"eth1": PORT, "eth1.101": sub})


def with_address(interface):
    return replace(
        ROUTER, interfaces_ip={interface: {"ipv4": {"169.254.101.2": {"prefix_length": 30}}}}
    )


def verdicts(router, *landings):
    return {check["id"]: check["verdict"] for check in preflight(router, landings or (LANDING,))}


def test_a_router_with_room_passes_although_its_port_waits_for_the_cable():
    assert verdicts(ROUTER) == {
        "port": "pass",
        "port_speed": "pass",
        "port_mtu": "pass",
        "vlan_free": "pass",
        "local_asn": "pass",
        "address_free": "pass",
    }


@pytest.mark.parametrize(
    ("router", "check"),
    [
        pytest.param(replace(ROUTER, interfaces={}), "port", id="no such port"),
        pytest.param(with_port(is_enabled=False), "port", id="port shut down"),
        pytest.param(with_port(speed=1000.0), "port_speed", id="slow port"),
        pytest.param(with_port(mtu=1500), "port_mtu", id="small port"),
        pytest.param(with_subinterface("customer 7"), "vlan_free", id="a stranger's VLAN"),
        pytest.param(with_subinterface(""), "vlan_free", id="a nameless VLAN"),
        pytest.param(with_subinterface("DX-VIF1019 x"), "vlan_free", id="another owner's VLAN"),
        pytest.param(with_address("eth7"), "address_free", id="address elsewhere"),
        pytest.param(
            replace(ROUTER, bgp_neighbors={"global": {"peers": {"::1": {"local_as": 65009}}}}),
            "local_asn",
            id="another ASN",
        ),
    ],
)
def test_what_is_in_the_way_fails(router, check):
    failed = [name for name, verdict in verdicts(router).items() if verdict == "fail"]

    assert failed == [check]


@pytest.mark.parametrize(
    ("router", "landing", "check"),
    [
        pytest.param(with_port(speed=-1.0), LANDING, "port_speed", id="speed not told"),
        pytest.param(with_port(mtu=-1), LANDING, "port_mtu", id="MTU not told"),
        pytest.param(ROUTER, replace(LANDING, mtu=None), "port_mtu", id="MTU not asked for"),
        pytest.param(replace(ROUTER, bgp_neighbors={}), LANDING, "local_asn", id="no BGP yet"),
    ],
)
def test_what_cannot_be_compared_is_not_judged(router, landing, check):
    assert verdicts(router, landing)[check] == "na"


def test_an_address_is_the_same_whichever_way_the_router_writes_it():
    written = {"ipv6": {"2001:DB8:1:0::2": {"prefix_length": 126}}}
    router = replace(ROUTER, interfaces_ip={"eth7": written})
    landing = replace(LANDING, addresses=("2001:db8:1::2/126",))
    assert verdicts(router, landing)["address_free"] == "fail"


def test_what_is_ours_already_is_not_in_the_way():
    assert verdicts(with_subinterface("DX-VIF101 dxvif-abcd fra-a-transit"))["vlan_free"] == "pass"
    moving = replace(
        with_subinterface("DX-VIF101 x"), interfaces_ip=with_address("eth1.101").interfaces_ip
    )
    assert (
        verdicts(moving, replace(LANDING, port="eth2", interface="eth2.101"))["address_free"]
        == "pass"
    )


def test_two_landings_on_one_port_are_told_once():
    other = replace(LANDING, name="fra-a-private", vlan=103, interface="eth1.103", addresses=())

    checks = preflight(ROUTER, (LANDING, other))

    assert [check["target"] for check in checks if check["id"] == "port"] == ["edge-fra-1:eth1"]
    assert len([check for check in checks if check["id"] == "vlan_free"]) == 2


def test_a_router_that_does_not_answer_is_one_finding():
    assert unreachable("edge-fra-1", "no route to host") == [
        {
            "id": "reachable",
            "target": "edge-fra-1",
            "verdict": "fail",
            "measured": "no route to host",
            "expected": "a login",
        }
    ]


@pytest.mark.parametrize(
    ("changes", "landing", "verdict"),
    [
        pytest.param({}, {"landing": "svi"}, {"landing": "fail"}, id="no such landing there"),
        pytest.param(
            {"landings": ("subinterface", "svi")},
            {"landing": "svi"},
            {"landing": "pass"},
            id="a landing that it has",
        ),
        pytest.param({}, {"vrf": "cloud"}, {"vrf": "fail"}, id="no VRFs there"),
        pytest.param({"vrf": True}, {"vrf": "cloud"}, {"vrf": "na"}, id="VRFs not told"),
        pytest.param(
            {"vrf": True, "instances": {"mgmt"}},
            {"vrf": "cloud"},
            {"vrf": "fail"},
            id="VRF not made yet",
        ),
        pytest.param(
            {"vrf": True, "instances": {"cloud"}}, {"vrf": "cloud"}, {"vrf": "pass"}, id="VRF there"
        ),
    ],
)
def test_a_landing_or_vrf_is_judged_where_the_estate_asks_for_one(changes, landing, verdict):
    found = verdicts(replace(ROUTER, **changes), replace(LANDING, **landing))

    assert verdict.items() <= found.items()
