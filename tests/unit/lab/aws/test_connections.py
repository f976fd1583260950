# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Locations and connections of the model, through boto3."""

from __future__ import annotations

import re

import pytest


def state_of(circuits, connection):
    found = circuits.direct_connect.describe_connections(connectionId=connection)["connections"]
    return found[0]["connectionState"]


def test_the_demo_locations_offer_ten_gigabit_with_macsec(circuits):
    found = {
        each["locationCode"]: each
        for each in circuits.direct_connect.describe_locations()["locations"]
    }
    for code in ("EqFA5", "EqAM3"):
        assert "10G" in found[code]["availablePortSpeeds"]
        assert "10G" in found[code]["availableMacSecPortSpeeds"]
        assert "Equinix" in found[code]["availableProviders"]


def test_an_order_has_the_ids_and_fields_of_the_real_service(circuits):
    made = circuits.direct_connect.create_connection(
        location="EqFA5",
        bandwidth="10Gbps",
        connectionName="fra-a",
        providerName="Equinix",
        tags=[{"key": "crossconnect:name", "value": "fra-a"}],
    )
    assert re.fullmatch(r"dxcon-[a-z0-9]{8}", made["connectionId"])
    assert made["connectionState"] == "requested"
    assert made["ownerAccount"] == "111122223333"
    assert made["jumboFrameCapable"] is True
    assert made["awsDeviceV2"].startswith("EqFA5-")
    assert made["tags"] == [{"key": "crossconnect:name", "value": "fra-a"}]
    assert "loaIssueTime" not in made


def test_five_orders_of_one_name_in_one_second_are_five_ports(circuits):
    assert len({circuits.connection("same") for _ in range(5)}) == 5


def test_a_connection_waits_for_its_cable_and_goes_down_with_it(circuits, aws):
    connection = circuits.connection()
    assert state_of(circuits, connection) == "requested"
    aws.plug(connection)
    assert state_of(circuits, connection) == "requested"
    aws.plug()
    aws.pass_time(2)
    assert state_of(circuits, connection) == "pending"
    aws.plug(connection)
    assert state_of(circuits, connection) == "available"
    aws.plug()
    assert state_of(circuits, connection) == "down"


def test_a_deleted_connection_lingers_and_then_is_gone(circuits, aws):
    connection = circuits.connection()
    deleted = circuits.direct_connect.delete_connection(connectionId=connection)
    assert deleted["connectionState"] == "deleting"
    aws.pass_time(1)
    assert state_of(circuits, connection) == "deleted"
    aws.pass_time(900)
    assert circuits.direct_connect.describe_connections()["connections"] == []


def test_a_hosted_connection_is_confirmed_by_its_owner(circuits, aws):
    hosted = aws.control(
        "POST",
        "hosted",
        {"name": "h", "location": "EqFA5", "bandwidth": "500Mbps", "vlan": 77},
    )["id"]
    assert state_of(circuits, hosted) == "ordering"
    confirmed = circuits.direct_connect.confirm_connection(connectionId=hosted)
    assert confirmed["connectionState"] == "pending"
    assert circuits.direct_connect.describe_connections()["connections"][0]["vlan"] == 77


def test_a_rename_keeps_the_port(circuits):
    connection = circuits.connection()
    renamed = circuits.direct_connect.update_connection(
        connectionId=connection, connectionName="fra-b"
    )
    assert (renamed["connectionId"], renamed["connectionName"]) == (connection, "fra-b")


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        pytest.param({"location": "Mars1"}, "Location Mars1 is not valid.", id="unknown location"),
        pytest.param(
            {"bandwidth": "25Gbps"}, "Bandwidth 25Gbps is not available at EqFA5.", id="speed"
        ),
        pytest.param(
            {"location": "CEPRG", "requestMACSec": True},
            "MACsec is not available for 10Gbps at CEPRG.",
            id="no macsec there",
        ),
        pytest.param(
            {"providerName": "Nobody"}, "Provider Nobody is not available at EqFA5.", id="provider"
        ),
        pytest.param({"lagId": "dxlag-x"}, "Could not find Lag with ID dxlag-x", id="lag"),
        pytest.param({"connectionName": "a;b"}, "Connection name 'a;b' is not valid.", id="name"),
        pytest.param(
            {"billingMode": "Free"},
            "1 validation error detected: Value 'Free' at 'billingMode' failed to satisfy "
            "constraint: Member must satisfy enum value set: [PayAsYouGo, FlatRateTier1, "
            "FlatRateTier2, FlatRateTier3, FlatRateTier4, FlatRateTier5]",
            id="enum",
        ),
    ],
)
def test_an_order_that_cannot_be_met_is_refused(circuits, refusal, wanted, text):
    order = {"location": "EqFA5", "bandwidth": "10Gbps", "connectionName": "fra-a", **wanted}
    assert refusal(circuits.direct_connect.create_connection, **order) == text
    assert circuits.direct_connect.describe_connections()["connections"] == []


def test_the_eleventh_connection_at_a_location_is_refused(circuits, refusal):
    for number in range(10):
        circuits.connection(f"c{number}")
    order = {"location": "EqFA5", "bandwidth": "10Gbps", "connectionName": "c10"}
    assert refusal(circuits.direct_connect.create_connection, **order) == (
        "You have reached the maximum number of connections (10) at location EqFA5."
    )


def test_an_unknown_connection_is_told_in_the_text_that_clients_match(circuits, refusal):
    for call in (
        circuits.direct_connect.describe_connections,
        circuits.direct_connect.delete_connection,
    ):
        assert refusal(call, connectionId="dxcon-none") == (
            "Could not find Connection with ID dxcon-none"
        )


def test_a_connection_with_virtual_interfaces_cannot_be_deleted(circuits, refusal, aws):
    (connection,) = circuits.available_connections("fra-a")
    made = circuits.transit(connection, circuits.gateway())
    assert refusal(circuits.direct_connect.delete_connection, connectionId=connection) == (
        f"Connection {connection} cannot be deleted until its Virtual Interfaces are deleted"
    )
    circuits.direct_connect.delete_virtual_interface(virtualInterfaceId=made["virtualInterfaceId"])
    circuits.direct_connect.delete_connection(connectionId=connection)
    aws.pass_time(1)
    assert state_of(circuits, connection) == "deleted"


def test_encryption_needs_a_macsec_port_with_light(circuits, refusal, aws):
    update = circuits.direct_connect.update_connection
    plain = circuits.connection("plain")
    ready = circuits.connection("ready", requestMACSec=True)
    aws.pass_time(2)
    mode = {"encryptionMode": "must_encrypt"}
    assert refusal(update, connectionId=plain, **mode) == (
        f"Connection {plain} is not MACsec capable."
    )
    assert refusal(update, connectionId=ready, **mode) == f"Connection ID {ready} is not available."
    aws.plug(ready)
    assert update(connectionId=ready, **mode)["encryptionMode"] == "must_encrypt"
