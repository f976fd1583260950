# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hosted connections of the model from both ends, and the partner's interconnects."""

from __future__ import annotations

import pytest

CUSTOMER = "111122223333"
PARTNER = "444455556666"


class Partner:
    """A partner in an account of its own, with an interconnect whose cable is in."""

    def __init__(self, aws):
        self.aws = aws
        self.client = aws.client("directconnect", account="workload")
        self.port = self.interconnect()
        aws.plug(self.port)
        aws.pass_time(2)

    def interconnect(self, name="nni", **wanted):
        order = {"interconnectName": name, "bandwidth": "10Gbps", "location": "EqFA5", **wanted}
        return self.client.create_interconnect(providerName="Equinix", **order)["interconnectId"]

    def allocation(self, **wanted):
        return {
            "connectionId": self.port,
            "ownerAccount": CUSTOMER,
            "bandwidth": "1Gbps",
            "connectionName": "hosted",
            "vlan": 301,
            **wanted,
        }

    def allocate(self, **wanted):
        made = self.client.allocate_hosted_connection(**self.allocation(**wanted))
        return made["connectionId"]

    def hosted(self, parent=None):
        found = self.client.describe_hosted_connections(connectionId=parent or self.port)
        return [each["connectionId"] for each in found["connections"]]


@pytest.fixture
def partner(aws):
    return Partner(aws)


@pytest.fixture
def customer(circuits):
    return circuits.direct_connect


def seen(client, connection):
    return client.describe_connections(connectionId=connection)["connections"][0]


def test_an_interconnect_is_a_port_among_the_interconnects_only(partner, customer):
    (found,) = partner.client.describe_interconnects()["interconnects"]
    assert (found["interconnectName"], found["interconnectState"]) == ("nni", "available")
    assert partner.client.describe_connections()["connections"] == []
    assert customer.describe_interconnects()["interconnects"] == []


def test_both_ends_see_the_hosted_connection_and_the_customer_confirms_it(partner, customer):
    made = partner.allocate()
    for end in (
        seen(customer, made),
        partner.client.describe_hosted_connections(connectionId=partner.port)["connections"][0],
    ):
        assert (end["ownerAccount"], end["connectionState"]) == (CUSTOMER, "ordering")
        assert (end["vlan"], end["bandwidth"], end["partnerName"]) == (301, "1Gbps", "Equinix")
        assert "prefixPoolSizeIpv4" not in end
    assert customer.confirm_connection(connectionId=made)["connectionState"] == "available"
    assert seen(customer, made)["connectionState"] == "available"


def test_a_second_confirmation_is_refused_with_the_state(partner, customer, refusal):
    made = partner.allocate()
    customer.confirm_connection(connectionId=made)
    assert refusal(customer.confirm_connection, connectionId=made) == (
        f"ConfirmConnection failed. {made} is in state available"
    )


def test_only_its_owner_confirms_it(partner, refusal):
    made = partner.allocate()
    assert refusal(partner.client.confirm_connection, connectionId=made) == (
        f"Could not find Connection with ID {made}"
    )


def test_it_goes_down_with_the_partners_light(partner, customer, aws):
    made = partner.allocate()
    aws.plug()
    assert customer.confirm_connection(connectionId=made)["connectionState"] == "down"


def test_before_the_partners_port_ever_had_light_it_is_pending(partner, customer):
    dark = partner.interconnect("dark")
    made = partner.allocate(connectionId=dark)
    assert customer.confirm_connection(connectionId=made)["connectionState"] == "pending"


def test_the_customer_may_turn_it_down(partner, customer):
    made = partner.allocate()
    assert customer.delete_connection(connectionId=made)["connectionState"] == "rejected"
    assert partner.hosted() == []


def test_either_end_deletes_it(partner, customer, aws, refusal):
    first, second = partner.allocate(), partner.allocate(vlan=302)
    customer.confirm_connection(connectionId=first)
    assert partner.client.delete_connection(connectionId=first)["connectionState"] == "deleting"
    assert partner.client.delete_connection(connectionId=second)["connectionState"] == "deleting"
    aws.pass_time(1)
    assert seen(customer, first)["connectionState"] == "deleted"
    assert partner.hosted() == []
    assert refusal(customer.delete_connection, connectionId=first) == (
        f"Could not find Connection with ID {first}"
    )


def test_a_virtual_interface_rides_on_it_with_its_vlan(partner, circuits, refusal):
    made = partner.allocate()
    circuits.direct_connect.confirm_connection(connectionId=made)
    core = circuits.gateway()
    new = {"virtualInterfaceName": "v", "asnLong": 65001, "directConnectGatewayId": core}
    create = circuits.direct_connect.create_transit_virtual_interface
    assert "301" in refusal(
        create, connectionId=made, newTransitVirtualInterface={**new, "vlan": 9}
    )
    circuits.transit(made, core, vlan=301)
    assert refusal(partner.client.delete_connection, connectionId=made) == (
        f"Connection {made} cannot be deleted until its Virtual Interfaces are deleted"
    )


def test_an_interconnect_carries_no_virtual_interface_and_stays_while_it_hosts(
    partner, customer, refusal
):
    made = partner.allocate()
    assert refusal(partner.client.delete_interconnect, interconnectId=partner.port) == (
        f"Connection {partner.port} cannot be deleted until its hosted connections are deleted"
    )
    customer.delete_connection(connectionId=made)
    deleted = partner.client.delete_interconnect(interconnectId=partner.port)
    assert deleted["interconnectState"] == "deleting"
    new = {"virtualInterfaceName": "v", "vlan": 1, "asnLong": 65001, "virtualGatewayId": "vgw-1"}
    assert refusal(
        partner.client.create_private_virtual_interface,
        connectionId=partner.interconnect("another"),
        newPrivateVirtualInterface=new,
    ).startswith("Virtual Interfaces cannot be created on interconnect")


def test_a_hosted_connection_moves_with_its_vlan_to_another_parent(partner, refusal):
    made, other = partner.allocate(), partner.interconnect("other")
    moved = partner.client.associate_hosted_connection(connectionId=made, parentConnectionId=other)
    assert moved["connectionId"] == made
    assert (partner.hosted(), partner.hosted(other)) == ([], [made])
    again = partner.allocate()
    assert refusal(
        partner.client.associate_hosted_connection, connectionId=again, parentConnectionId=other
    ) == (f"VLAN 301 is already in use on connection {other}.")


def test_a_lag_of_interconnects_hosts_in_their_place(partner, customer, aws):
    made = partner.allocate()
    customer.confirm_connection(connectionId=made)
    lag = partner.client.create_lag(
        numberOfConnections=2,
        location="EqFA5",
        connectionsBandwidth="10Gbps",
        lagName="nnis",
        connectionId=partner.port,
    )
    assert lag["allowsHostedConnections"] is True
    assert partner.hosted(lag["lagId"]) == [made]
    aws.pass_time(2)
    assert seen(customer, made)["connectionState"] == "available"
    third = partner.interconnect("third", lagId=lag["lagId"])
    (found,) = partner.client.describe_interconnects(interconnectId=third)["interconnects"]
    assert (found["lagId"], found["awsDevice"]) == (lag["lagId"], lag["awsDevice"])
    assert partner.allocate(connectionId=lag["lagId"], vlan=302) in partner.hosted(lag["lagId"])


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        pytest.param(
            {"bandwidth": "3Gbps"},
            "Bandwidth 3Gbps is not valid for a hosted connection on {port} of 10Gbps.",
            id="no such speed",
        ),
        pytest.param(
            {"bandwidth": "25Gbps"},
            "Bandwidth 25Gbps is not valid for a hosted connection on {port} of 10Gbps.",
            id="more than the port has",
        ),
        pytest.param(
            {"vlan": 4095}, "VLAN 4095 is not valid. The valid range is 1 to 4094.", id="no vlan"
        ),
        pytest.param(
            {"vlan": 300}, "VLAN 300 is already in use on connection {port}.", id="vlan taken"
        ),
        pytest.param({"ownerAccount": "12"}, "Account 12 is not valid.", id="account"),
        pytest.param(
            {"connectionId": "dxcon-none"},
            "Could not find Connection with ID dxcon-none",
            id="port",
        ),
    ],
)
def test_an_allocation_that_cannot_be_is_refused(partner, refusal, wanted, text):
    partner.allocate(vlan=300)
    assert refusal(
        partner.client.allocate_hosted_connection, **partner.allocation(**wanted)
    ) == text.format(port=partner.port)
    assert len(partner.hosted()) == 1


def test_a_hosted_connection_hosts_nothing_and_is_listed_under_its_parent_only(
    partner, customer, refusal
):
    made = partner.allocate()
    assert refusal(customer.describe_hosted_connections, connectionId=made) == (
        f"{CUSTOMER} DescribeHostedConnections failed for connection {made} doesn't exist."
    )
    allocation = partner.allocation(connectionId=made, ownerAccount=PARTNER)
    assert refusal(customer.allocate_hosted_connection, **allocation) == (
        f"Connection {made} is a hosted connection and cannot host others."
    )


def test_what_the_partners_port_carries_needs_no_cable_of_its_own(partner, aws):
    partner.allocate()
    assert [each["id"] for each in aws.control("GET", "connections")] == [partner.port]
