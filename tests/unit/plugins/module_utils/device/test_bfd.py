# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which BFD session is that of a BGP session, where two VRFs have a neighbor of one address."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.bfd import (
    BfdSession,
    state_of,
    vrf_told,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.eos import (
    evidence as eos,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.frr import (
    evidence as frr,
)

ADDRESS = "2001:db8:101::1"


def session(**more):
    return {"neighbor": ADDRESS, "interface": "GigabitEthernet0/0/1.101", "vrf": ""} | more


def told(**more):
    return BfdSession(**{"peer": "2001:DB8:101:0::1", "state": "up"} | more)


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(("vrf", "state"), [("", "down"), (None, "down"), ("DX", "up")])
def test_a_session_in_its_own_vrf_is_meant(vrf, state, order):
    both = [told(vrf=vrf_told("default"), state="down"), told(vrf=vrf_told("DX"))]
    assert state_of(both[::order], session(vrf=vrf)) == state


@pytest.mark.parametrize(
    "other", [told(vrf="DX"), told(interface="Gi0/0/1.102"), told(peer="2001:db8:102::1")]
)
def test_one_of_another_vrf_interface_or_address_is_no_evidence(other):
    assert state_of([other], session()) == "absent"


@pytest.mark.parametrize(
    ("name", "interface"),
    [
        ("Gi0/0/1.101", "GigabitEthernet0/0/1.101"),
        ("Po1.101", "Port-channel1.101"),
        ("Vl101", "Vlan101"),
        ("xe-0/0/1.101", "xe-0/0/1.101"),
        ("", "eth1.101"),
    ],
)
def test_the_interface_is_known_by_its_short_name_too(name, interface):
    assert state_of([told(interface=name)], session(interface=interface)) == "up"
    if name:
        assert state_of([told(interface=name)], session(interface="Loopback0")) == "absent"


def test_eos_and_frr_tell_the_vrf_of_each_session():
    rows = {"peerStats": {"Ethernet1.101": {"status": "up"}}}
    vrfs = {name: {"ipv6Neighbors": {ADDRESS: rows}} for name in ("default", "DX")}
    assert [each.vrf for each in eos.parse_bfd({"vrfs": vrfs})] == ["", "DX"]
    peers = [
        {"peer": ADDRESS, "vrf": name, "interface": "eth1.101", "status": "down"}
        for name in ("default", "DX")
    ]
    assert frr.parse_bfd(peers) == [
        BfdSession(peer=ADDRESS, state="down", vrf=vrf, interface="eth1.101") for vrf in ("", "DX")
    ]
