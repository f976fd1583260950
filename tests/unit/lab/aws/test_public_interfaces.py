# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Public virtual interfaces: verified addresses, route filters, no jumbo frames, no gateway."""

from __future__ import annotations

import pytest

NEW = {
    "virtualInterfaceName": "fra-a-public",
    "vlan": 301,
    "asnLong": 65001,
    "amazonAddress": "192.0.2.1/30",
    "customerAddress": "192.0.2.2/30",
    "routeFilterPrefixes": [{"cidr": "192.0.2.64/26"}],
}


@pytest.fixture
def connection(circuits):
    return circuits.available_connections("fra-a")[0]


def create(circuits, connection, **changes):
    new = {key: value for key, value in {**NEW, **changes}.items() if value is not None}
    return circuits.direct_connect.create_public_virtual_interface(
        connectionId=connection, newPublicVirtualInterface=new
    )


def test_it_is_verified_before_it_comes_up(circuits, connection, aws):
    made = create(circuits, connection)
    assert made["virtualInterfaceState"] == "verifying"
    assert made["bgpPeers"][0]["bgpPeerState"] == "verifying"
    aws.pass_time(1)
    (found,) = circuits.direct_connect.describe_virtual_interfaces()["virtualInterfaces"]
    assert found["virtualInterfaceState"] == "down"
    assert found["bgpPeers"][0]["bgpPeerState"] == "available"


def test_what_is_given_is_what_is_made(circuits, connection):
    made = create(circuits, connection)
    assert made["virtualInterfaceType"] == "public"
    assert made["routeFilterPrefixes"] == [{"cidr": "192.0.2.64/26"}]
    assert (made["amazonSideAsn"], made["mtu"], made["jumboFrameCapable"]) == (7224, 1500, False)
    assert made["directConnectGatewayId"] == made["virtualGatewayId"] == ""
    assert "prefixPoolAllocatedCountIpv4" not in made


def test_it_takes_nothing_of_the_prefix_pool(circuits, connection):
    create(circuits, connection)
    (found,) = circuits.direct_connect.describe_connections()["connections"]
    assert found["prefixPoolUnallocatedCountIpv4"] == found["prefixPoolSizeIpv4"]


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        pytest.param(
            {"routeFilterPrefixes": None},
            "Route filter prefixes are required for a public Virtual Interface.",
            id="no route filters",
        ),
        pytest.param(
            {"amazonAddress": None, "customerAddress": None},
            "The Amazon address and the customer address are required for an IPv4 session of a "
            "public Virtual Interface.",
            id="no addresses",
        ),
        pytest.param(
            {"amazonAddress": "10.0.0.1/30", "customerAddress": "10.0.0.2/30"},
            "10.0.0.1/30 is not a public address.",
            id="private addresses",
        ),
        pytest.param(
            {
                "addressFamily": "ipv6",
                "amazonAddress": None,
                "customerAddress": None,
                "routeFilterPrefixes": [{"cidr": "2001:db8:1::/65"}],
            },
            "IPv6 prefix 2001:db8:1::/65 must be /64 or shorter.",
            id="long ipv6 prefix",
        ),
    ],
)
def test_what_is_not_public_is_refused(circuits, connection, refusal, changes, text):
    new = {key: value for key, value in {**NEW, **changes}.items() if value is not None}
    call = circuits.direct_connect.create_public_virtual_interface
    assert refusal(call, connectionId=connection, newPublicVirtualInterface=new) == text


def test_ipv6_ends_are_assigned_and_filters_may_wait(circuits, connection):
    nothing = {"amazonAddress": None, "customerAddress": None, "routeFilterPrefixes": None}
    made = create(circuits, connection, addressFamily="ipv6", **nothing)
    assert made["amazonAddress"].endswith("/125")
    assert made["routeFilterPrefixes"] == []


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        pytest.param(
            {"mtu": 8500},
            "MTU 8500 is not valid for a public Virtual Interface. It must be 1500.",
            id="mtu",
        ),
        pytest.param(
            {"enableSiteLink": True},
            "SiteLink needs a Virtual Interface on a Direct Connect gateway.",
            id="site link",
        ),
        pytest.param(
            {"prefixPoolAllocatedCountIpv4": 10},
            "Prefix pools are not applicable to public Virtual Interfaces.",
            id="prefix pool",
        ),
    ],
)
def test_what_only_others_have_is_refused(circuits, connection, refusal, changes, text):
    made = create(circuits, connection)
    update = circuits.direct_connect.update_virtual_interface_attributes
    assert refusal(update, virtualInterfaceId=made["virtualInterfaceId"], **changes) == text


def test_its_name_and_rate_limit_change_in_place(circuits, connection):
    made = create(circuits, connection)
    changed = circuits.direct_connect.update_virtual_interface_attributes(
        virtualInterfaceId=made["virtualInterfaceId"],
        virtualInterfaceName="renamed",
        rateLimit="500Mbps",
    )
    assert (changed["virtualInterfaceName"], changed["rateLimit"]) == ("renamed", "500Mbps")


def test_its_second_session_needs_public_addresses_too(circuits, connection, refusal):
    nothing = {"amazonAddress": None, "customerAddress": None}
    made = create(circuits, connection, addressFamily="ipv6", **nothing)
    text = refusal(
        circuits.direct_connect.create_bgp_peer,
        virtualInterfaceId=made["virtualInterfaceId"],
        newBGPPeer={"asnLong": 65001, "addressFamily": "ipv4"},
    )
    assert text.startswith("The Amazon address and the customer address are required")
