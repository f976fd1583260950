# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The VRFs of an IOS XR router are those of its configuration."""

from __future__ import annotations

from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.iosxr import (
    instances,
)

RUNNING = """\
vrf DX
 address-family ipv4 unicast
 !
!
vrf SPARE
!
interface TenGigE0/0/0/1
!
interface TenGigE0/0/0/1.101
 vrf DX
 encapsulation dot1q 101
!
interface TenGigE0/0/0/1.102
 vrf GONE
!
router bgp 65001
 vrf DX
  rd 65001:7
  neighbor 169.254.101.1
   remote-as 64512
  !
 !
!
"""


def test_each_has_its_interfaces_and_its_route_distinguisher():
    found = instances.network_instances(RUNNING)

    assert list(found) == ["default", "DX", "SPARE"]
    assert found["DX"] == {
        "name": "DX",
        "type": "L3VRF",
        "state": {"route_distinguisher": "65001:7"},
        "interfaces": {"interface": {"TenGigE0/0/0/1.101": {}}},
    }
    assert found["SPARE"]["state"] == {"route_distinguisher": ""}
    assert found["default"]["type"] == "DEFAULT_INSTANCE"
    assert list(found["default"]["interfaces"]["interface"]) == ["TenGigE0/0/0/1"]


def test_an_interface_in_a_vrf_that_nobody_has_defined_makes_none():
    assert "GONE" not in instances.network_instances(RUNNING)


def test_one_can_be_asked_for():
    assert list(instances.network_instances(RUNNING, "DX")) == ["DX"]
    assert instances.network_instances(RUNNING, "GONE") == {}
