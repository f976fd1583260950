# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The preflight looks for a VLAN's own interface under the name that the platform has for it."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.filter.preflight_checks import FilterModule
from tests.fixtures.two_sites import document

ROUTER = "edge-ams-1"
PORT = {"is_up": True, "is_enabled": True, "description": "", "mtu": 9192, "speed": 10000.0}


def judge(platform, interface):
    """Look at a router that has an interface of somebody else's of this name."""
    wish = document()
    wish["routers"] = [{"name": ROUTER, "landing": "svi"}]
    wish["virtual_interfaces"] = [
        thing for thing in wish["virtual_interfaces"] if thing["on"] == "ams-a"
    ]
    facts = {
        "interfaces": {"eth1": PORT, interface: {**PORT, "description": "somebody's"}},
        "interfaces_ip": {},
        "bgp_neighbors": {},
    }
    checks = FilterModule().filters()["preflight_checks"](
        {"facts": facts}, wish, ROUTER, {}, platform
    )
    return {
        check["id"]: (check["verdict"], check["target"])
        for check in checks
        if check["id"] in {"landing", "vlan_free"}
    }


@pytest.mark.parametrize(
    ("platform", "interface"),
    [("iosxr", "BVI102"), ("ios", "Vlan102"), ("eos", "Vlan102")],
)
def test_a_strangers_interface_for_the_vlan_is_found(platform, interface):
    assert judge(platform, interface) == {
        "landing": ("pass", "edge-ams-1 ams-a-transit"),
        "vlan_free": ("fail", f"edge-ams-1:{interface}"),
    }


@pytest.mark.parametrize(
    ("platform", "found"), [("frr", ["edge-fra-1:eth1"]), ("ios", []), ("junos", [])]
)
def test_a_port_that_the_platform_cannot_secure_is_told_where_it_is_asked_for(platform, found):
    wish = document()
    wish["connections"][0] |= {
        "request_macsec": True,
        "macsec_keys": [{"ckn": "ab" * 32, "cak": "cd" * 32}],
    }
    facts = {"interfaces": {}, "interfaces_ip": {}, "bgp_neighbors": {}}
    look = FilterModule().filters()["preflight_checks"]
    for asked, expected in ((True, found), (False, [])):
        checks = look({"facts": facts}, wish, "edge-fra-1", {}, platform, make_macsec=asked)
        assert [each["target"] for each in checks if each["id"] == "macsec"] == expected
