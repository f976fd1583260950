# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Landings and expected routes: what is known before AWS has made anything."""

from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate import read_estate
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
