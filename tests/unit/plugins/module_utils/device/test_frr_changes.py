# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A difference as text that a person approves."""

from __future__ import annotations

from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.frr.changes import (
    render,
)


def test_nothing_is_shown_when_nothing_differs():
    assert render({"links": [], "delete": [], "add": []}) == ""


def test_lines_stand_in_their_blocks_and_blocks_are_named_once():
    bgp, family = "router bgp 65001", "address-family ipv4 unicast"
    assert render(
        {
            "links": [["link eth1.5 vlan 5 mtu 1500", None], [None, "link eth1.6 vlan 6"]],
            "delete": [[["route-map OLD permit 10"], None]],
            "add": [
                [[bgp], "neighbor 192.0.2.2 remote-as 64512"],
                [[bgp, family], "neighbor 192.0.2.2 activate"],
                [[bgp, family], "neighbor 192.0.2.2 route-map IN in"],
                [["no ip route 198.51.100.0/24 Null0"], None],
                [["interface eth1.6"], None],
                [["interface eth1.6"], "ip address 192.0.2.1/30"],
            ],
        }
    ).splitlines() == [
        "- link eth1.5 vlan 5 mtu 1500",
        "+ link eth1.6 vlan 6",
        "- route-map OLD permit 10",
        "  router bgp 65001",
        "+  neighbor 192.0.2.2 remote-as 64512",
        "   address-family ipv4 unicast",
        "+   neighbor 192.0.2.2 activate",
        "+   neighbor 192.0.2.2 route-map IN in",
        "- ip route 198.51.100.0/24 Null0",
        "+ interface eth1.6",
        "+  ip address 192.0.2.1/30",
    ]
