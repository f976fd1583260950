# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prefix guards: high enough for what is expected, low enough to stop a leak."""

from dataclasses import replace

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate import read_estate
from ansible_collections.crossconnect.dx.plugins.module_utils.core.evidence import Evidence
from ansible_collections.crossconnect.dx.plugins.module_utils.core.limits import Limits
from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import Routing
from ansible_collections.crossconnect.dx.plugins.module_utils.core.prefix_guards import (
    inbound_maximum,
    longest_accepted,
    outbound_maximum,
)
from tests.fixtures.two_sites import document


def prefixes(count):
    return [f"10.{20 + number // 256}.{number % 256}.0/24" for number in range(count)]


def estate(*, allowed=("10.20.0.0/16",), accepted=("10.20.0.0/16",)):
    wish = document()
    wish["gateways"][0]["associations"][0]["allowed_prefixes"] = list(allowed)
    wish["virtual_interfaces"][2]["routing"]["accept"] = list(accepted)
    return read_estate(wish)


@pytest.mark.parametrize(
    ("allowed", "accepted", "maximum"),
    [
        pytest.param(1, 1, 10, id="the floor"),
        pytest.param(8, 1, 10, id="just the floor"),
        pytest.param(9, 1, 11, id="a fifth more, rounded up"),
        pytest.param(100, 1, 120, id="what the gateway allows"),
        pytest.param(1, 50, 60, id="what the router accepts"),
    ],
)
def test_the_inbound_guard_leaves_a_fifth_of_room(allowed, accepted, maximum):
    wish = estate(allowed=prefixes(allowed), accepted=prefixes(accepted))
    transit = wish.virtual_interfaces[2]
    assert inbound_maximum(wish, transit, "ipv4", Limits(), Evidence()) == maximum


def gateway_with(name, *, declared=(), others=()):
    """Return what AWS tells of a gateway: what its declared association allows, and the others."""
    target = "tgw-core" if name == "core" else "vgw-legacy"
    seen = {
        "name": name,
        "associations": [{"target": target, "allowed_prefixes": list(declared)}],
        "undeclared_associations": [
            {"target": None, "target_id": "tgw-other", "allowed_prefixes": list(each)}
            for each in others
        ],
    }
    return Evidence(observed=[{"account": "network", "gateways": [seen]}])


@pytest.mark.parametrize(
    ("declared", "others", "maximum"),
    [
        pytest.param(1, [], 10, id="nothing else"),
        pytest.param(1, [prefixes(100)], 120, id="an association that the estate does not declare"),
        pytest.param(50, [], 60, id="more than is declared, in AWS still"),
        pytest.param(100, [prefixes(100)], 120, id="the same prefixes twice"),
        pytest.param(1, [["2001:db8::/48"] * 100], 10, id="the other family"),
    ],
)
def test_what_the_gateway_announces_beside_the_estate_has_room_too(declared, others, maximum):
    wish = estate(allowed=prefixes(1), accepted=prefixes(1))
    seen = gateway_with("core", declared=prefixes(declared), others=others)
    transit = wish.virtual_interfaces[2]
    assert inbound_maximum(wish, transit, "ipv4", Limits(), seen) == maximum


def test_the_vpcs_of_what_is_not_declared_have_room_too():
    wish = read_estate(document())
    seen = gateway_with("legacy", others=[[], [], []])
    assert inbound_maximum(wish, wish.virtual_interfaces[1], "ipv4", Limits(), seen) == 24


def test_over_a_private_interface_every_cidr_of_its_vpcs_has_room():
    wish = document()
    wish["gateways"][1]["associations"] = [{"virtual_gateway": f"vgw-{one}"} for one in range(4)]
    private = read_estate(wish).virtual_interfaces[1]
    assert inbound_maximum(read_estate(wish), private, "ipv4", Limits(), Evidence()) == 24


@pytest.mark.parametrize(
    ("announced", "allocated", "maximum"),
    [
        pytest.param(1, None, 90, id="below AWS's default"),
        pytest.param(95, None, 95, id="never below what is declared"),
        pytest.param(95, 1000, 900, id="below what is allocated"),
        pytest.param(3, 0, 3, id="nothing is allocated"),
    ],
)
def test_the_outbound_guard_stands_before_the_allocation(announced, allocated, maximum):
    transit = replace(
        read_estate(document()).virtual_interfaces[0],
        routing=Routing(advertise=(*prefixes(announced), "2001:db8::/32")),
        prefix_pool_allocated_count_ipv4=allocated,
        prefix_pool_allocated_count_ipv6=200,
    )
    assert outbound_maximum(transit, "ipv4", Limits()) == maximum
    assert outbound_maximum(transit, "ipv6", Limits()) == 180


def test_only_a_transit_interface_takes_prefixes_exactly():
    transit, private, _ = read_estate(document()).virtual_interfaces
    assert longest_accepted(private, "ipv4") == 28
    assert longest_accepted(private, "ipv6") == 64
    assert longest_accepted(transit, "ipv4") is None
    assert longest_accepted(replace(private, type="public"), "ipv4") == 32


def test_a_public_interface_has_guards_of_its_own():
    wish = read_estate(document())
    public = replace(wish.virtual_interfaces[1], type="public", gateway=None)
    assert inbound_maximum(wish, public, "ipv4", Limits(), Evidence()) == 24000
    assert outbound_maximum(public, "ipv4", Limits()) == 900


def test_a_private_interface_on_a_vgw_has_the_room_of_one_vpc():
    wish = read_estate(document())
    private = replace(wish.virtual_interfaces[1], gateway=None, virtual_gateway="vgw-legacy")
    roomy = replace(Limits(), inbound_floor=1)
    assert inbound_maximum(wish, private, "ipv4", roomy, Evidence()) == 6
