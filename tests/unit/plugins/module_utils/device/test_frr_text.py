# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""FRR's configuration as a tree: read, merged, and written in one order."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.frr import (
    getters,
    owned,
)
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


OURS = """\
router bgp 4200000001{vrf}
 neighbor 192.0.2.6 remote-as 64512
 neighbor 192.0.2.6 description DX-VIF101 fra-a
exit
"""


@pytest.mark.parametrize("vrf", ["", " vrf DX"])
@pytest.mark.parametrize(
    "printed",
    ["64086.59905{} as-notation dot", "64086.59905{} as-notation dot+", "64086.59905{}"],
)
def test_a_process_whose_as_number_has_a_dot_stays_what_it_is(printed, vrf):
    line = f"router bgp {printed.format(vrf)}"
    running = RUNNING.replace("router bgp 65001", line)
    once = owned.compose(running, OURS.format(vrf=vrf), ["DX-VIF101"]).text
    assert [each for each in once.splitlines() if each.startswith("router bgp ")] == [line]
    assert " neighbor 192.0.2.6 remote-as 64512\n" in once
    assert owned.compose(once, OURS.format(vrf=vrf), ["DX-VIF101"]).text == once
    assert owned.compose(once, "", ["DX-VIF101"]).text == running


def test_a_process_of_another_as_or_vrf_is_another_one():
    running = RUNNING.replace("router bgp 65001", "router bgp 64086.59905 as-notation dot")
    for vrf, other in (("", "4200000001"), (" vrf DX", "64086.59905")):
        wanted = OURS.format(vrf=vrf).replace("4200000001", "4200000002" if not vrf else other)
        assert owned.compose(running, wanted, ["DX-VIF101"]).text.count("router bgp ") == 2


def test_a_stranger_s_neighbor_is_found_in_a_process_whose_as_number_has_a_dot():
    running = RUNNING.replace("router bgp 65001", "router bgp 64086.59905 as-notation dot")
    ours = OURS.format(vrf="").replace("192.0.2.6", "192.0.2.2")
    with pytest.raises(ValueError, match=r"neighbor 192\.0\.2\.2 is there and not ours"):
        owned.compose(running, ours, ["DX-VIF101"])


@pytest.mark.parametrize(("told", "number"), [("64086.59905", 4200000001), ("0.64512", 64512)])
def test_as_numbers_are_read_in_whatever_notation_frr_tells_them(told, number):
    peer = {"remoteAs": told, "localAs": told, "state": "Established"}
    summary = {"default": {"ipv4Unicast": {"peers": {"192.0.2.2": peer}}}}
    neighbors = {"default": {"192.0.2.2": peer}}
    row = getters.bgp_neighbors(summary, neighbors)["global"]["peers"]["192.0.2.2"]
    assert (row["local_as"], row["remote_as"]) == (number, number)
    (table,) = getters.bgp_neighbors_detail(neighbors).values()
    assert list(table) == [number]
