# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The kernel's VRFs, and where a session in one of them is looked for."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.frr.evidence import (
    find,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.frr.instances import (
    network_instances,
)

LINKS = [
    {"ifname": "lo"},
    {"ifname": "br0", "linkinfo": {"info_kind": "bridge"}},
    {"ifname": "eth3", "master": "br0", "linkinfo": {"info_slave_kind": "bridge"}},
    {"ifname": "DX", "linkinfo": {"info_kind": "vrf"}},
    {
        "ifname": "eth1.101",
        "master": "DX",
        "linkinfo": {"info_kind": "vlan", "info_slave_kind": "vrf"},
    },
]
TABLES = {
    "default": {"vrfId": 0, "192.0.2.1": {"bgpState": "Active"}},
    "DX": {"vrfId": 4, "192.0.2.1": {"bgpState": "Established"}},
}


def test_interfaces_stand_in_their_vrf_and_all_others_in_the_default_one():
    found = network_instances(LINKS)
    assert {name: entry["type"] for name, entry in found.items()} == {
        "default": "DEFAULT_INSTANCE",
        "DX": "L3VRF",
    }
    assert list(found["DX"]["interfaces"]["interface"]) == ["eth1.101"]
    assert list(found["default"]["interfaces"]["interface"]) == ["lo", "br0", "eth3"]


def test_one_vrf_is_told_alone():
    assert network_instances(LINKS, "DX").keys() == {"DX"}
    assert network_instances(LINKS, "DY") == {}


@pytest.mark.parametrize(
    ("links", "state"),
    [
        pytest.param([{"master": "DX"}], "Established", id="in a VRF"),
        pytest.param([{}], "Active", id="in none"),
        pytest.param([{"master": "br0"}], "Active", id="in a bridge"),
        pytest.param([], "Active", id="the interface is gone"),
    ],
)
def test_a_session_is_looked_for_where_its_interface_is(links, state):
    assert find(TABLES, "192.0.2.1", links) == {"bgpState": state}


def test_a_session_that_is_nowhere_is_none():
    assert find({}, "192.0.2.1", []) is None
