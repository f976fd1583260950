# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""LAGs of the model, through boto3."""

from __future__ import annotations

import re

import pytest

PAIR = {
    "numberOfConnections": 2,
    "location": "EqFA5",
    "connectionsBandwidth": "10Gbps",
    "lagName": "pair",
}


def lag_of(circuits, lag):
    (found,) = circuits.direct_connect.describe_lags(lagId=lag)["lags"]
    return found


def connection_of(circuits, connection):
    return circuits.direct_connect.describe_connections(connectionId=connection)["connections"][0]


def members_of(lag):
    return [each["connectionId"] for each in lag["connections"]]


def lit_pair(circuits, aws, **wanted):
    """Order a LAG of two and plug both of its cables."""
    lag = circuits.direct_connect.create_lag(**PAIR | wanted)
    aws.plug(*members_of(lag))
    aws.pass_time(2)
    return lag["lagId"], *members_of(lag)


def test_an_order_makes_ports_on_one_device_that_are_named_after_the_lag(circuits, aws):
    lag = circuits.direct_connect.create_lag(
        **PAIR,
        providerName="Equinix",
        requestMACSec=True,
        tags=[{"key": "crossconnect:name", "value": "pair"}],
        childConnectionTags=[{"key": "member", "value": "yes"}],
    )
    assert re.fullmatch(r"dxlag-[a-z0-9]{8}", lag["lagId"])
    assert (lag["lagState"], lag["numberOfConnections"], lag["minimumLinks"]) == ("requested", 2, 0)
    assert lag["tags"] == [{"key": "crossconnect:name", "value": "pair"}]
    assert [each["connectionName"] for each in lag["connections"]] == [
        f"Requested Connection 1 for Lag {lag['lagId']}",
        f"Requested Connection 2 for Lag {lag['lagId']}",
    ]
    for member in circuits.direct_connect.describe_connections()["connections"]:
        assert (member["lagId"], member["awsDevice"]) == (lag["lagId"], lag["awsDevice"])
        assert (member["bandwidth"], member["macSecCapable"]) == ("10Gbps", True)
        assert member["tags"] == [{"key": "member", "value": "yes"}]
    aws.pass_time(2)
    assert lag_of(circuits, lag["lagId"])["lagState"] == "pending"


def test_a_lag_of_an_existing_connection_is_on_its_device_and_orders_the_rest(circuits, aws):
    circuits.connection("other")
    (first,) = circuits.available_connections("fra-a")
    vif = circuits.transit(first, circuits.gateway())["virtualInterfaceId"]
    lag = circuits.direct_connect.create_lag(**PAIR, connectionId=first)
    assert lag["awsDevice"] == connection_of(circuits, first)["awsDevice"]
    assert members_of(lag)[0] == first
    assert len(members_of(lag)) == 2
    (moved,) = circuits.direct_connect.describe_virtual_interfaces(virtualInterfaceId=vif)[
        "virtualInterfaces"
    ]
    assert moved["connectionId"] == lag["lagId"]
    aws.pass_time(2)
    assert lag_of(circuits, lag["lagId"])["lagState"] == "available"


def test_a_member_that_joins_loses_its_light_for_a_moment(circuits, aws):
    (first,) = circuits.available_connections("fra-a")
    lag = circuits.direct_connect.create_lag(
        **PAIR | {"numberOfConnections": 1}, connectionId=first
    )
    assert lag["connections"][0]["connectionState"] == "down"
    aws.pass_time(1)
    assert connection_of(circuits, first)["connectionState"] == "available"


@pytest.mark.parametrize(
    ("minimum", "plugged", "state"),
    [
        pytest.param(0, 2, "available", id="all lit"),
        pytest.param(0, 0, "available", id="a minimum of 0 never goes down"),
        pytest.param(1, 1, "available", id="enough lit"),
        pytest.param(2, 1, "down", id="one too few"),
        pytest.param(1, 0, "down", id="none lit"),
    ],
)
def test_the_light_of_the_members_and_the_minimum_decide_the_state(
    circuits, aws, minimum, plugged, state
):
    lag, *members = lit_pair(circuits, aws)
    assert lag_of(circuits, lag)["lagState"] == "available"
    circuits.direct_connect.update_lag(lagId=lag, minimumLinks=minimum)
    aws.plug(*members[:plugged])
    assert lag_of(circuits, lag)["lagState"] == state


def test_a_lag_is_renamed_and_its_minimum_is_bounded_by_its_members(circuits, aws, refusal):
    lag, *_ = lit_pair(circuits, aws)
    update = circuits.direct_connect.update_lag
    changed = update(lagId=lag, lagName="bundle", minimumLinks=2)
    assert (changed["lagName"], changed["minimumLinks"]) == ("bundle", 2)
    assert refusal(update, lagId=lag, minimumLinks=3) == (
        f"Minimum links 3 is not valid. LAG {lag} has 2 connections."
    )


def test_a_connection_ordered_for_a_lag_is_a_member_on_its_device(circuits):
    circuits.connection("other")
    lag = circuits.direct_connect.create_lag(**PAIR)
    third = circuits.connection("third", lagId=lag["lagId"])
    found = connection_of(circuits, third)
    assert (found["lagId"], found["awsDevice"]) == (lag["lagId"], lag["awsDevice"])
    assert members_of(lag_of(circuits, lag["lagId"])) == [*members_of(lag), third]


def test_a_port_joins_with_what_rides_on_it_and_leaves_alone(circuits, aws):
    core = circuits.gateway()
    lag, *members = lit_pair(circuits, aws)
    spare = circuits.connection("spare")  # the third port at the location: on the LAG's device
    aws.plug(*members, spare)
    aws.pass_time(2)
    vif = circuits.transit(spare, core)["virtualInterfaceId"]
    client = circuits.direct_connect
    joined = client.associate_connection_with_lag(connectionId=spare, lagId=lag)
    assert joined["lagId"] == lag
    left = client.disassociate_connection_from_lag(connectionId=spare, lagId=lag)
    assert "lagId" not in left
    (interface,) = client.describe_virtual_interfaces(virtualInterfaceId=vif)["virtualInterfaces"]
    assert interface["connectionId"] == lag
    assert members_of(lag_of(circuits, lag)) == members


def test_a_member_moves_from_one_lag_to_another(circuits, aws):
    first, *members = lit_pair(circuits, aws)
    second = circuits.direct_connect.create_lag(**PAIR | {"lagName": "second"})["lagId"]
    circuits.direct_connect.associate_connection_with_lag(connectionId=members[0], lagId=second)
    assert members_of(lag_of(circuits, first)) == members[1:]
    assert members[0] in members_of(lag_of(circuits, second))


def test_the_last_member_may_leave_but_none_that_the_minimum_needs(circuits, aws, refusal):
    lag, first, last = lit_pair(circuits, aws)
    client = circuits.direct_connect
    client.update_lag(lagId=lag, minimumLinks=2)
    text = f"Connection {first} cannot be disassociated: LAG {lag} would fall below its minimum"
    which = {"connectionId": first, "lagId": lag}
    assert refusal(client.disassociate_connection_from_lag, **which).startswith(text)
    assert refusal(client.delete_connection, connectionId=first).startswith(text)
    client.update_lag(lagId=lag, minimumLinks=1)
    client.disassociate_connection_from_lag(**which)
    client.disassociate_connection_from_lag(connectionId=last, lagId=lag)
    assert lag_of(circuits, lag)["numberOfConnections"] == 0


def test_a_lag_is_deleted_once_nothing_is_on_it_or_in_it(circuits, aws, refusal):
    lag, *members = lit_pair(circuits, aws)
    client = circuits.direct_connect
    vif = circuits.transit(lag, circuits.gateway())["virtualInterfaceId"]
    assert refusal(client.delete_lag, lagId=lag) == (
        f"LAG {lag} cannot be deleted until it has no Virtual Interfaces."
    )
    client.delete_virtual_interface(virtualInterfaceId=vif)
    assert refusal(client.delete_lag, lagId=lag) == (
        f"LAG {lag} cannot be deleted until it has no connections."
    )
    for member in members:
        client.delete_connection(connectionId=member)
    assert client.delete_lag(lagId=lag)["lagState"] == "deleting"
    aws.pass_time(1)
    assert lag_of(circuits, lag)["lagState"] == "deleted"
    aws.pass_time(900)
    assert client.describe_lags()["lags"] == []
    assert refusal(client.delete_lag, lagId=lag) == f"Could not find Lag with ID {lag}"


def test_a_virtual_interface_rides_on_the_lag_and_not_on_a_member(circuits, aws, refusal):
    lag, member, _ = lit_pair(circuits, aws)
    core = circuits.gateway()
    assert circuits.transit(lag, core)["connectionId"] == lag
    new = {"virtualInterfaceName": "v", "vlan": 9, "asnLong": 65001, "directConnectGatewayId": core}
    assert refusal(
        circuits.direct_connect.create_transit_virtual_interface,
        connectionId=member,
        newTransitVirtualInterface=new,
    ) == (f"Connection {member} is a member of {lag}. Use the LAG.")


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        pytest.param(
            {"numberOfConnections": 5},
            "Number of connections 5 is not valid. A LAG of 10Gbps connections can have 1 to 4.",
            id="five of 10G",
        ),
        pytest.param(
            {"numberOfConnections": 3, "connectionsBandwidth": "100Gbps"},
            "Number of connections 3 is not valid. A LAG of 100Gbps connections can have 1 to 2.",
            id="three of 100G",
        ),
        pytest.param(
            {"numberOfConnections": 0},
            "Number of connections 0 is not valid. A LAG of 10Gbps connections can have 1 to 4.",
            id="none",
        ),
        pytest.param({"lagName": "a;b"}, "LAG name 'a;b' is not valid.", id="name"),
        pytest.param(
            {"connectionId": "dxcon-none"},
            "Could not find Connection with ID dxcon-none",
            id="connection",
        ),
        pytest.param(
            {"location": "CEPRG", "requestMACSec": True},
            "MACsec is not available for 10Gbps at CEPRG.",
            id="macsec",
        ),
    ],
)
def test_a_lag_that_cannot_be_is_refused_and_leaves_nothing(circuits, refusal, wanted, text):
    assert refusal(circuits.direct_connect.create_lag, **PAIR | wanted) == text
    assert circuits.direct_connect.describe_lags()["lags"] == []
    assert circuits.direct_connect.describe_connections()["connections"] == []


@pytest.mark.parametrize(
    ("order", "text"),
    [
        pytest.param(
            {"bandwidth": "1Gbps"},
            "The bandwidth 1Gbps of connection {connection} does not match the bandwidth 10Gbps "
            "of LAG {lag}.",
            id="another speed",
        ),
        pytest.param(
            {"requestMACSec": True},
            "Connection {connection} and lag should be requested MacSec at the same time",
            id="macsec on one side",
        ),
        pytest.param(
            {"location": "EqAM3"},
            "Connection {connection} and LAG {lag} are not on the same Direct Connect endpoint.",
            id="elsewhere",
        ),
    ],
)
def test_a_port_that_does_not_fit_cannot_join(circuits, refusal, order, text):
    lag = circuits.direct_connect.create_lag(**PAIR)["lagId"]
    connection = circuits.connection("spare", **order)
    assert refusal(
        circuits.direct_connect.associate_connection_with_lag, connectionId=connection, lagId=lag
    ) == text.format(connection=connection, lag=lag)


def test_a_port_of_another_device_cannot_join(circuits, refusal):
    on_another = circuits.connection("first")
    lag = circuits.direct_connect.create_lag(**PAIR)["lagId"]
    text = f"Connection {on_another} and LAG {lag} are not on the same Direct Connect endpoint."
    associate = circuits.direct_connect.associate_connection_with_lag
    assert refusal(associate, connectionId=on_another, lagId=lag) == text


def test_the_eleventh_lag_of_a_region_is_refused_until_the_quota_is_raised(circuits, aws, refusal):
    aws.control("POST", "quotas", {"connections_per_location": 100})
    one = PAIR | {"numberOfConnections": 1}
    for number in range(10):
        circuits.direct_connect.create_lag(**one | {"lagName": f"l{number}"})
    assert refusal(circuits.direct_connect.create_lag, **one) == (
        "You have reached the maximum number of LAGs (10)."
    )
    aws.control("POST", "quotas", {"lags_per_region": 11})
    circuits.direct_connect.create_lag(**one)


def test_the_ports_of_a_lag_count_as_connections_at_the_location(circuits, refusal):
    for number in range(9):
        circuits.connection(f"c{number}")
    assert refusal(circuits.direct_connect.create_lag, **PAIR) == (
        "You have reached the maximum number of connections (10) at location EqFA5."
    )


def test_a_quota_that_is_none_is_refused(aws):
    status, text = aws.refused("POST", "quotas", {"moons": 3})
    assert status == 400
    assert "moons is none of connections_per_location" in text
    assert "must be a whole number" in aws.refused("POST", "quotas", {"lags_per_region": "x"})[1]


@pytest.mark.parametrize(
    "value", [pytest.param(True, id="a truth"), pytest.param(1.5, id="a part")]
)
def test_quotas_are_changed_all_or_none(aws, value):
    wanted = {"connections_per_location": 77, "lags_per_region": value}
    assert "must be a whole number" in aws.refused("POST", "quotas", wanted)[1]
    assert aws.control("GET", "quotas")["connections_per_location"] == 10
