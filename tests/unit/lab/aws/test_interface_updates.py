# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What changes on a virtual interface in place: shares of the port, MTU, sessions, the port."""

from __future__ import annotations

import re

import pytest

from lab.aws.shares import RATE_LIMITS
from lab.aws.validation import service_model

PREFIXES = "prefixPoolAllocatedCountIpv4"


class Riding:
    """A transit interface on a connection, and what changes it."""

    def __init__(self, circuits):
        self.circuits = circuits
        self.client = circuits.direct_connect
        (self.connection,) = circuits.available_connections("fra-a")
        self.gateway = circuits.gateway()
        self.made = circuits.transit(self.connection, self.gateway)
        self.which = {"virtualInterfaceId": self.made["virtualInterfaceId"]}

    def update(self, **changes):
        return self.client.update_virtual_interface_attributes(**self.which, **changes)

    def port(self):
        found = self.client.describe_connections(connectionId=self.connection)
        return found["connections"][0]


@pytest.fixture
def riding(circuits):
    return Riding(circuits)


def test_the_rate_limits_are_those_that_botocore_lists():
    text = service_model().shape_for("VirtualInterface").members["rateLimit"].documentation
    assert tuple(re.findall(r"<code>([\d.]+[MGT]bps)</code>", text)) == RATE_LIMITS


def test_a_rate_limit_is_set_counted_and_taken_away(riding):
    assert riding.update(rateLimit="1.2Gbps")["rateLimit"] == "1.2Gbps"
    status = {"maxAllowed": 10, "inUse": 1, "remaining": 9, "totalBandwidth": "1200Mbps"}
    assert riding.port()["rateLimiterStatus"] == status
    assert "rateLimit" not in riding.update(rateLimit="")
    assert riding.port()["rateLimiterStatus"]["inUse"] == 0


@pytest.mark.parametrize(
    ("limit", "text"),
    [
        pytest.param("123Mbps", "Rate limit 123Mbps is not valid.", id="none of AWS's"),
        pytest.param("12Gbps", "Rate limit 12Gbps exceeds the bandwidth of", id="above the port"),
    ],
)
def test_a_rate_limit_is_one_of_a_list_and_fits_the_port(riding, refusal, limit, text):
    call = riding.client.update_virtual_interface_attributes
    assert refusal(call, **riding.which, rateLimit=limit).startswith(text)


def test_the_eleventh_rate_limiter_has_an_error_of_its_own(riding):
    gateway = riding.circuits.gateway("private")
    for vlan in range(201, 211):
        riding.circuits.private(
            riding.connection, vlan=vlan, directConnectGatewayId=gateway, rateLimit="100Mbps"
        )
    with pytest.raises(riding.client.exceptions.LimitExceededException, match="no rate limiter"):
        riding.update(rateLimit="100Mbps")


def test_a_refused_change_changes_nothing(riding, refusal):
    call = riding.client.update_virtual_interface_attributes
    refusal(call, **riding.which, virtualInterfaceName="renamed", rateLimit="123Mbps")
    (found,) = riding.client.describe_virtual_interfaces()["virtualInterfaces"]
    assert found["virtualInterfaceName"] == "fra-a-transit"


def test_prefixes_are_allocated_from_the_pool_of_the_port(riding, refusal):
    gateway = riding.circuits.gateway("private")
    for vlan in range(201, 205):
        riding.circuits.private(
            riding.connection, vlan=vlan, directConnectGatewayId=gateway, **{PREFIXES: 1000}
        )
    call = riding.client.update_virtual_interface_attributes
    assert refusal(call, **riding.which, **{PREFIXES: 1001}) == (
        f"{PREFIXES} must be between 0 and 1000."
    )
    riding.update(**{PREFIXES: 1000})
    assert riding.port()["prefixPoolUnallocatedCountIpv4"] == 0
    new = {
        "virtualInterfaceName": "one-more",
        "vlan": 205,
        "asnLong": 65001,
        "directConnectGatewayId": gateway,
        PREFIXES: 1,
    }
    assert refusal(
        riding.client.create_private_virtual_interface,
        connectionId=riding.connection,
        newPrivateVirtualInterface=new,
    ) == (f"The prefix pool of {riding.connection} has less than 1 ipv4.")


def hosted(riding, aws, **rare):
    """Return a hosted connection that is available."""
    part = {"name": "h", "location": "EqFA5", "bandwidth": "1Gbps", "vlan": 7, **rare}
    made = aws.control("POST", "hosted", part)["id"]
    riding.client.confirm_connection(connectionId=made)
    aws.plug(riding.connection, made)
    aws.pass_time(2)
    return made


def test_jumbo_frames_need_a_port_that_passes_them(riding, aws, refusal):
    narrow = hosted(riding, aws, jumbo_frame_capable=False)
    made = riding.circuits.transit(narrow, riding.gateway, vlan=7)
    assert made["jumboFrameCapable"] is False
    assert refusal(
        riding.client.update_virtual_interface_attributes,
        virtualInterfaceId=made["virtualInterfaceId"],
        mtu=8500,
    ) == (f"{narrow} does not support jumbo frames.")


def test_a_hosted_connection_gives_no_rate_limit_and_keeps_its_interface(riding, aws, refusal):
    part = hosted(riding, aws)
    made = riding.circuits.transit(part, riding.gateway, vlan=7)["virtualInterfaceId"]
    call = riding.client.update_virtual_interface_attributes
    assert refusal(call, virtualInterfaceId=made, rateLimit="100Mbps") == (
        "A rate limit needs a dedicated connection or a LAG."
    )
    move = riding.client.associate_virtual_interface
    assert refusal(move, virtualInterfaceId=made, connectionId=riding.connection) == (
        f"Virtual Interface {made} is on a hosted connection and moves with it only."
    )


def test_a_second_session_of_a_family_needs_logical_redundancy(riding, aws, refusal):
    redundant = hosted(riding, aws, logical_redundancy=True)
    found = riding.client.describe_connections(connectionId=redundant)["connections"][0]
    assert found["hasLogicalRedundancy"] == "yes"
    made = riding.circuits.transit(redundant, riding.gateway, vlan=7)
    which = {"virtualInterfaceId": made["virtualInterfaceId"]}
    second = {"asnLong": 65001, "addressFamily": "ipv4"}
    grown = riding.client.create_bgp_peer(**which, newBGPPeer=second)["virtualInterface"]
    assert [peer["addressFamily"] for peer in grown["bgpPeers"]] == ["ipv4", "ipv4"]
    call = riding.client.create_bgp_peer
    assert "already has a BGP peer" in refusal(call, **which, newBGPPeer=second)
    assert "already has a BGP peer" in refusal(call, **riding.which, newBGPPeer=second)


def test_a_session_is_deleted_by_its_ends_and_never_the_last(riding, refusal):
    second = {"asnLong": 65001, "addressFamily": "ipv6"}
    riding.client.create_bgp_peer(**riding.which, newBGPPeer=second)
    riding.client.delete_bgp_peer(
        **riding.which, asnLong=65001, customerAddress=riding.made["customerAddress"]
    )
    assert refusal(riding.client.delete_bgp_peer, **riding.which, bgpPeerId="dxpeer-00000000") == (
        f"BGP peer of Virtual Interface {riding.made['virtualInterfaceId']} does not exist."
    )
    (_, left) = riding.client.describe_virtual_interfaces()["virtualInterfaces"][0]["bgpPeers"]
    assert refusal(riding.client.delete_bgp_peer, **riding.which, bgpPeerId=left["bgpPeerId"]) == (
        "Cannot delete the last BGP peer of a Virtual Interface."
    )


def lag(riding, aws, **wanted):
    """Return a LAG of two ports that is available."""
    order = {"numberOfConnections": 2, "location": "EqFA5", "connectionsBandwidth": "10Gbps"}
    made = riding.client.create_lag(**order, lagName="pair", **wanted)
    aws.plug(riding.connection, *(member["connectionId"] for member in made["connections"]))
    aws.pass_time(2)
    return made["lagId"]


def test_it_moves_from_a_connection_to_a_lag_and_back(riding, aws):
    pair = lag(riding, aws)
    riding.update(rateLimit="10Gbps")
    move = riding.client.associate_virtual_interface
    assert move(**riding.which, connectionId=pair)["connectionId"] == pair
    assert riding.update(rateLimit="20Gbps")["rateLimit"] == "20Gbps"
    (found,) = riding.client.describe_lags()["lags"]
    assert found["rateLimiterStatus"]["totalBandwidth"] == "20000Mbps"
    riding.update(rateLimit="")
    assert move(**riding.which, connectionId=riding.connection)["connectionId"] == riding.connection


def test_it_does_not_move_to_where_it_does_not_fit(riding, aws, refusal):
    pair = lag(riding, aws)
    move = riding.client.associate_virtual_interface
    riding.client.associate_virtual_interface(**riding.which, connectionId=pair)
    riding.update(rateLimit="20Gbps")
    assert refusal(move, **riding.which, connectionId=riding.connection) == (
        f"Rate limit 20Gbps exceeds the bandwidth of {riding.connection}."
    )
    riding.update(rateLimit="")
    ends = {key: riding.made[key] for key in ("amazonAddress", "customerAddress")}
    riding.circuits.transit(riding.connection, riding.gateway, vlan=102, **ends)
    assert refusal(move, **riding.which, connectionId=riding.connection) == (
        f"IP address {ends['customerAddress']} is already in use on {riding.connection}."
    )
