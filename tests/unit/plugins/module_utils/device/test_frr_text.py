# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""FRR's configuration as a tree: read, merged, and written in one order."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.frr.text import (
    merge,
    parse,
    render,
)

RUNNING = """\
link eth1.101 vlan 101 mtu 8500
!
frr version 8.4.4
!
interface eth1.101
 ip address 192.0.2.1/30
exit
!
router bgp 65001
 no bgp default ipv4-unicast
 neighbor 192.0.2.2 remote-as 64512
 neighbor 192.0.2.2 description far end
 !
 address-family ipv4 unicast
  neighbor 192.0.2.2 activate
  neighbor 192.0.2.2 route-map IN in
  neighbor 192.0.2.2 route-map OUT out
 exit-address-family
exit
!
route-map IN permit 10
exit
!
route-map OUT permit 10
 set local-preference 200
exit
"""


def merged(text):
    return render(merge(parse(RUNNING), parse(text)))


def test_the_canonical_text_is_its_own_rendering():
    assert render(parse(RUNNING)) == RUNNING


def test_policy_objects_come_by_name_whatever_the_order_of_their_creation():
    turned = RUNNING.replace("route-map IN permit", "route-map X permit")
    assert render(parse(turned)).index("route-map OUT permit") < render(parse(turned)).index(
        "route-map X permit"
    )


@pytest.mark.parametrize(
    ("change", "gone", "there"),
    [
        pytest.param(
            "router bgp 65001\n neighbor 192.0.2.2 remote-as 64513\n",
            "remote-as 64512", "remote-as 64513", id="a single value is replaced",
        ),
        pytest.param(
            "link eth1.101 vlan 101 mtu 1500\n", "mtu 8500", "mtu 1500", id="a link is resized"
        ),
        pytest.param(
            "router bgp 65001\n address-family ipv4 unicast\n"
            "  neighbor 192.0.2.2 route-map NEW in\n",
            "route-map IN in", "route-map OUT out", id="by direction",
        ),
        pytest.param(
            "router bgp 65001\n no neighbor 192.0.2.2 description\n",
            "description far end", "remote-as 64512", id="no with the beginning of a statement",
        ),
        pytest.param("no route-map OUT permit 10\n", "local-preference", "route-map IN permit",
                     id="no with a whole block"),
        pytest.param("route-map OUT permit 10\n set local-preference 50\n",
                     "local-preference 200", "local-preference 50", id="within a block"),
        pytest.param("no link eth1.101\n", "link eth1.101", "interface eth1.101", id="no link"),
        pytest.param("interface eth1.101\n no shutdown\n", "shutdown", "ip address",
                     id="a negation of what is not there"),
    ],
)  # fmt: skip
def test_a_merge_changes(change, gone, there):
    assert gone not in merged(change)
    assert there in merged(change)


def test_a_negation_that_frr_itself_shows_is_kept():
    assert " no bgp ebgp-requires-policy\n" in merged(
        "router bgp 65001\n no bgp ebgp-requires-policy\n"
    )


def test_an_address_family_goes_with_the_last_that_it_held():
    family = "router bgp 65001\n address-family ipv4 unicast\n"
    left = merged(f"{family}  no neighbor 192.0.2.2\n")
    assert "address-family" not in left
    assert " neighbor 192.0.2.2 remote-as 64512\n" in left
