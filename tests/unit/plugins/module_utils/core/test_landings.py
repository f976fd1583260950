# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Landings and expected routes: what is known before AWS has made anything."""

from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate import read_estate
from ansible_collections.crossconnect.dx.plugins.module_utils.core.expected_routes import (
    ExpectedRoutes,
    expected_routes,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.landings import (
    Landing,
    landings,
)
from tests.fixtures.two_sites import document

ESTATE = read_estate(document())


def test_a_landing_says_what_a_router_must_have_free():
    private, transit = landings(ESTATE, "edge-fra-1")
    assert private.addresses == ()
    assert transit == Landing(
        name="fra-a-transit",
        circuit="fra-a",
        bandwidth="10Gbps",
        port="eth1",
        interface="eth1.103",
        vlan=103,
        mtu=8500,
        owner="DX-VIF103",
        local_asn=65001,
        families=("ipv4", "ipv6"),
        addresses=("169.254.101.2/30",),
        neighbors=("169.254.101.1/30",),
    )


def test_routes_are_expected_per_interface_and_family():
    found = expected_routes(ESTATE)
    assert [(one.name, one.family) for one in found] == [
        ("fra-a-transit", "ipv4"),
        ("fra-a-transit", "ipv6"),
        ("fra-a-private", "ipv4"),
        ("ams-a-transit", "ipv4"),
    ]
    assert found[2] == ExpectedRoutes(
        name="fra-a-private",
        account="network",
        router="edge-fra-1",
        family="ipv4",
        to_aws=("192.168.10.0/24",),
        from_aws=("10.30.0.0/16",),
        from_aws_longest=28,
    )
