# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands that bring an AWS router from one state to the next, against golden files."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lab.aws.router_remains import remaining_interfaces, remains
from lab.aws.router_state import RouterInterface, RouterPeer, RouterState
from lab.aws.router_text import commands, retired
from tests.fixtures.golden import assert_golden

IPV4 = RouterPeer(
    family="ipv4",
    amazon_address="169.254.101.1/30",
    customer_address="169.254.101.2/30",
    customer_asn=65001,
    amazon_asn=64512,
    key="correct-horse",
    announce=("10.20.0.0/16",),
)
IPV6 = replace(
    IPV4,
    family="ipv6",
    amazon_address="2001:db8:7224:1::1/125",
    customer_address="2001:db8:7224:1::2/125",
    announce=(),
)
INTERFACE = RouterInterface(
    virtual_interface="dxvif-00000001", port="eth1", vlan=101, mtu=8500, peers=(IPV4, IPV6)
)
PUBLIC = RouterInterface(
    virtual_interface="dxvif-00000002",
    port="eth1",
    vlan=301,
    mtu=1500,
    peers=(
        replace(
            IPV4,
            amazon_address="192.0.2.1/30",
            customer_address="192.0.2.2/30",
            amazon_asn=7224,
            announce=("198.51.100.0/24", "203.0.113.0/24"),
            accept=("192.0.2.64/26",),
            maximum_prefixes=1000,
        ),
    ),
)
EMPTY = RouterState()
FULL = RouterState(interfaces=(INTERFACE,), originate=("10.20.0.0/16",))
WITH_PUBLIC = RouterState(
    interfaces=(INTERFACE, PUBLIC),
    originate=("10.20.0.0/16", "198.51.100.0/24", "203.0.113.0/24"),
)


def with_ipv4(**changes):
    changed = replace(INTERFACE, peers=(replace(IPV4, **changes), IPV6))
    return replace(FULL, interfaces=(changed,))


@pytest.mark.parametrize(
    ("before", "after", "name"),
    [
        pytest.param(EMPTY, FULL, "made", id="made"),
        pytest.param(FULL, EMPTY, "deleted", id="deleted"),
        pytest.param(
            FULL,
            with_ipv4(announce=("10.20.0.0/16", "10.40.0.0/16")),
            "prefix-added",
            id="another prefix",
        ),
        pytest.param(FULL, with_ipv4(announce=()), "prefixes-gone", id="no prefix left"),
        pytest.param(FULL, with_ipv4(held_down=True), "failover-test", id="failover test"),
        pytest.param(FULL, with_ipv4(customer_asn=65002), "other-asn", id="another asn"),
        pytest.param(
            FULL,
            replace(FULL, interfaces=(replace(INTERFACE, peers=(IPV4,)),)),
            "peer-deleted",
            id="one family deleted",
        ),
        pytest.param(FULL, WITH_PUBLIC, "public-made", id="public made"),
        pytest.param(WITH_PUBLIC, FULL, "public-deleted", id="public deleted"),
    ],
)
def test_the_commands_lead_from_one_state_to_the_next(before, after, name):
    assert_golden(f"aws_router/{name}.conf", commands(before, after))


def test_equal_states_need_no_command():
    assert commands(FULL, FULL) == ""
    assert retired(FULL, FULL) == []


def test_a_sub_interface_is_retired_with_its_virtual_interface():
    assert retired(FULL, EMPTY) == ["eth1.101"]


def test_a_key_is_in_no_representation():
    assert "correct-horse" not in repr(FULL)


RUNNING = """\
ip route 10.20.0.0/16 Null0 tag 7224 254
ip route 10.99.0.0/16 Null0
ip route 198.51.100.0/24 Null0 tag 8100 254
!
interface eth1.101
 description DX dxvif-00000001
exit
!
interface eth2
exit
!
router bgp 7224
 neighbor 10.255.2.2 remote-as 7224
 neighbor 10.255.2.2 description aws-ams
 neighbor 169.254.101.2 remote-as 65001
 neighbor 169.254.101.2 description DX dxvif-00000001
 address-family ipv4 unicast
  redistribute static route-map DX-ORIGINATE
 exit-address-family
exit
!
ip prefix-list DX-eth1.101-OUT4 seq 5 permit 10.20.0.0/16
ip prefix-list OURS seq 5 permit any
"""


def test_the_remains_of_an_earlier_life_are_found_and_nothing_else():
    assert_golden("aws_router/remains.conf", remains(RUNNING))
    assert remaining_interfaces(RUNNING) == ["eth1.101"]


def test_a_base_configuration_has_no_remains():
    assert remains("router bgp 7224\n neighbor 10.255.2.2 remote-as 7224\nexit\n") == ""
