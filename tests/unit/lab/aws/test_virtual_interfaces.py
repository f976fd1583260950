# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Virtual interfaces and their BGP peers, through boto3."""

from __future__ import annotations

import re
from ipaddress import ip_interface
from xml.etree import ElementTree as ET

import pytest


@pytest.fixture
def ready(circuits):
    """Return an available connection and an available gateway."""
    (connection,) = circuits.available_connections("fra-a")
    return connection, circuits.gateway()


def described(circuits, virtual_interface):
    found = circuits.direct_connect.describe_virtual_interfaces(
        virtualInterfaceId=virtual_interface["virtualInterfaceId"]
    )["virtualInterfaces"]
    return found[0] if found else None


def test_what_is_given_is_what_is_made(circuits, ready):
    connection, gateway = ready
    made = circuits.transit(
        connection,
        gateway,
        mtu=8500,
        authKey="correct-horse",
        amazonAddress="169.254.101.1/30",
        customerAddress="169.254.101.2/30",
        tags=[{"key": "a", "value": "b"}],
    )
    assert re.fullmatch(r"dxvif-[a-z0-9]{8}", made["virtualInterfaceId"])
    assert made["virtualInterfaceState"] == "pending"
    assert (made["vlan"], made["mtu"], made["amazonSideAsn"]) == (101, 8500, 64512)
    assert made["location"] == "EqFA5"
    assert made["tags"] == [{"key": "a", "value": "b"}]
    (peer,) = made["bgpPeers"]
    assert re.fullmatch(r"dxpeer-[a-z0-9]{8}", peer["bgpPeerId"])
    assert peer["authKey"] == made["authKey"] == "correct-horse"
    assert (peer["amazonAddress"], peer["customerAddress"]) == (
        "169.254.101.1/30",
        "169.254.101.2/30",
    )


def test_what_is_not_given_is_assigned(circuits, ready):
    connection, gateway = ready
    made = circuits.transit(connection, gateway)
    amazon, customer = ip_interface(made["amazonAddress"]), ip_interface(made["customerAddress"])
    assert amazon.network == customer.network
    assert amazon.network.prefixlen == 30
    assert str(amazon.network).startswith("169.254.")
    assert len(made["authKey"]) >= 6
    assert made["mtu"] == 1500


def test_ipv6_ends_are_assigned_from_a_125(circuits, ready):
    connection, gateway = ready
    made = circuits.transit(connection, gateway, addressFamily="ipv6")
    amazon, customer = ip_interface(made["amazonAddress"]), ip_interface(made["customerAddress"])
    assert amazon.network == customer.network
    assert (amazon.version, amazon.network.prefixlen) == (6, 125)


@pytest.mark.parametrize(
    ("given", "asn", "asn_long"),
    [
        pytest.param({"asnLong": 65001}, 65001, 65001, id="two octets"),
        pytest.param({"asnLong": 4200000001}, 0, 4200000001, id="four octets"),
        pytest.param({"asn": 65001, "asnLong": 65002}, 65002, 65002, id="both, long wins"),
    ],
)
def test_a_long_asn_reads_zero_in_the_old_field(circuits, ready, given, asn, asn_long):
    connection, gateway = ready
    new = {"virtualInterfaceName": "v", "vlan": 1, "directConnectGatewayId": gateway, **given}
    made = circuits.direct_connect.create_transit_virtual_interface(
        connectionId=connection, newTransitVirtualInterface=new
    )["virtualInterface"]
    assert (made["asn"], made["asnLong"]) == (asn, asn_long)


def test_without_a_session_it_is_down_once_made(circuits, ready, aws):
    made = circuits.transit(*ready)
    aws.pass_time(1)
    found = described(circuits, made)
    assert found["virtualInterfaceState"] == "down"
    assert found["bgpPeers"][0]["bgpPeerState"] == "available"
    assert found["bgpPeers"][0]["bgpStatus"] == "down"


def test_a_deleted_one_is_listed_for_fifteen_minutes(circuits, ready, aws):
    made = circuits.transit(*ready)
    gone = circuits.direct_connect.delete_virtual_interface(
        virtualInterfaceId=made["virtualInterfaceId"]
    )
    assert gone["virtualInterfaceState"] == "deleting"
    aws.pass_time(1)
    assert described(circuits, made)["virtualInterfaceState"] == "deleted"
    aws.pass_time(890)
    assert described(circuits, made) is not None
    aws.pass_time(10)
    assert described(circuits, made) is None


def test_a_private_one_hangs_on_a_gateway_or_on_a_vgw(circuits, ready):
    connection, gateway = ready
    vgw = circuits.targets()["vgw-legacy"]
    on_gateway = circuits.private(connection, directConnectGatewayId=gateway)
    assert on_gateway["amazonSideAsn"] == 64512
    on_vgw = circuits.private(connection, vlan=202, virtualGatewayId=vgw)
    assert (on_vgw["virtualGatewayId"], on_vgw["amazonSideAsn"]) == (vgw, 64601)


REFUSED = [
    pytest.param(
        {"vlan": 4095}, "VLAN 4095 is not valid. The valid range is 1 to 4094.", id="vlan"
    ),
    pytest.param(
        {"mtu": 9001},
        "MTU 9001 is not valid for a transit Virtual Interface. It must be 1500 or 8500.",
        id="mtu",
    ),
    pytest.param(
        {"authKey": "short"},
        "The BGP authentication key is not valid. It must have 6 to 80 characters, no spaces.",
        id="key too short",
    ),
    pytest.param(
        {"amazonAddress": "169.254.1.1/30"},
        "Specify both the Amazon address and the customer address, or neither.",
        id="one end only",
    ),
    pytest.param(
        {"amazonAddress": "169.254.1.1/30", "customerAddress": "169.254.1.5/30"},
        "169.254.1.1/30 and 169.254.1.5/30 must be in the same subnet.",
        id="two subnets",
    ),
    pytest.param(
        {"amazonAddress": "169.254.1.1/30", "customerAddress": "169.254.1.1/30"},
        "The Amazon address and the customer address must be different.",
        id="one address twice",
    ),
    pytest.param(
        {"addressFamily": "ipv6", "amazonAddress": "2001:db8::1/125"},
        "You cannot specify addresses for IPv6. AWS assigns them.",
        id="ipv6 addresses",
    ),
    pytest.param(
        {"asnLong": 4294967295},
        "ASN 4294967295 is not valid. The valid range is 1 to 4294967294.",
        id="asn",
    ),
    pytest.param(
        {"directConnectGatewayId": "00000000-0000-0000-0000-000000000000"},
        "Direct Connect Gateway 00000000-0000-0000-0000-000000000000 does not exist.",
        id="no such gateway",
    ),
    pytest.param(
        {"prefixPoolAllocatedCountIpv4": 1001},
        "prefixPoolAllocatedCountIpv4 must be between 0 and 1000.",
        id="prefix count",
    ),
    pytest.param(
        {"addressFamily": "ipv5"},
        "1 validation error detected: Value 'ipv5' at 'newTransitVirtualInterface.addressFamily' "
        "failed to satisfy constraint: Member must satisfy enum value set: [ipv4, ipv6]",
        id="family",
    ),
]


@pytest.mark.parametrize(("wanted", "text"), REFUSED)
def test_what_cannot_be_is_refused(circuits, ready, refusal, wanted, text):
    connection, gateway = ready
    new = {
        "virtualInterfaceName": "v",
        "vlan": 101,
        "asnLong": 65001,
        "directConnectGatewayId": gateway,
        **wanted,
    }
    create = circuits.direct_connect.create_transit_virtual_interface
    assert refusal(create, connectionId=connection, newTransitVirtualInterface=new) == text


def test_a_connection_without_light_takes_none(circuits, refusal, aws):
    connection, gateway = circuits.connection(), circuits.gateway()
    aws.pass_time(2)
    new = {
        "virtualInterfaceName": "v",
        "vlan": 1,
        "asnLong": 65001,
        "directConnectGatewayId": gateway,
    }
    create = circuits.direct_connect.create_transit_virtual_interface
    assert refusal(create, connectionId=connection, newTransitVirtualInterface=new) == (
        f"Connection ID {connection} is not available."
    )


def test_a_vlan_is_used_once_on_a_connection(circuits, ready, refusal):
    connection, gateway = ready
    made = circuits.transit(connection, gateway)
    new = {
        "virtualInterfaceName": "v",
        "vlan": 101,
        "asnLong": 65001,
        "directConnectGatewayId": gateway,
    }
    create = circuits.direct_connect.create_transit_virtual_interface
    wanted = {"connectionId": connection, "newTransitVirtualInterface": new}
    assert refusal(create, **wanted) == f"VLAN 101 is already in use on connection {connection}."
    circuits.direct_connect.delete_virtual_interface(virtualInterfaceId=made["virtualInterfaceId"])
    create(**wanted)


def test_a_transit_one_needs_a_gateway_and_a_private_one_just_one_owner(circuits, ready, refusal):
    connection, gateway = ready
    new = {"virtualInterfaceName": "v", "vlan": 101, "asnLong": 65001}
    assert refusal(
        circuits.direct_connect.create_transit_virtual_interface,
        connectionId=connection,
        newTransitVirtualInterface=new,
    ) == ("A Direct Connect gateway is required for a transit Virtual Interface.")
    both = {"directConnectGatewayId": gateway, "virtualGatewayId": "vgw-1"}
    for owners in ({}, both):
        text = refusal(
            circuits.direct_connect.create_private_virtual_interface,
            connectionId=connection,
            newPrivateVirtualInterface={**new, **owners},
        )
        assert text.startswith("Specify either a virtual private gateway or a Direct Connect")


def test_the_gateways_associations_decide_the_type(circuits, ready, refusal):
    connection, gateway = ready
    circuits.association(gateway, circuits.targets()["tgw-core"], "10.20.0.0/16")
    new = {
        "virtualInterfaceName": "v",
        "vlan": 1,
        "asnLong": 65001,
        "directConnectGatewayId": gateway,
    }
    assert refusal(
        circuits.direct_connect.create_private_virtual_interface,
        connectionId=connection,
        newPrivateVirtualInterface=new,
    ) == (
        f"A private Virtual Interface cannot be attached to Direct Connect Gateway {gateway}, "
        "which is associated with a Transit Gateway."
    )


def test_the_fifth_transit_interface_on_a_connection_is_refused(circuits, ready, refusal):
    connection, gateway = ready
    for vlan in range(1, 5):
        circuits.transit(connection, gateway, vlan=vlan)
    new = {
        "virtualInterfaceName": "v",
        "vlan": 5,
        "asnLong": 65001,
        "directConnectGatewayId": gateway,
    }
    assert refusal(
        circuits.direct_connect.create_transit_virtual_interface,
        connectionId=connection,
        newTransitVirtualInterface=new,
    ) == (
        f"You have reached the maximum number of transit Virtual Interfaces (4) "
        f"on connection {connection}."
    )


def test_attributes_change_in_place(circuits, ready):
    made = circuits.transit(*ready)
    changed = circuits.direct_connect.update_virtual_interface_attributes(
        virtualInterfaceId=made["virtualInterfaceId"],
        mtu=8500,
        enableSiteLink=True,
        virtualInterfaceName="renamed",
        prefixPoolAllocatedCountIpv4=200,
    )
    assert (changed["mtu"], changed["siteLinkEnabled"]) == (8500, True)
    assert changed["virtualInterfaceName"] == "renamed"
    connection = circuits.direct_connect.describe_connections()["connections"][0]
    assert connection["prefixPoolUnallocatedCountIpv4"] == 4800


def test_it_moves_to_another_connection_where_its_vlan_is_free(circuits, refusal):
    first, second = circuits.available_connections("fra-a", "fra-b")
    gateway = circuits.gateway()
    made, other = circuits.transit(first, gateway), circuits.transit(second, gateway)
    move = circuits.direct_connect.associate_virtual_interface
    wanted = {"virtualInterfaceId": made["virtualInterfaceId"], "connectionId": second}
    assert refusal(move, **wanted) == f"VLAN 101 is already in use on connection {second}."
    circuits.direct_connect.delete_virtual_interface(virtualInterfaceId=other["virtualInterfaceId"])
    assert move(**wanted)["connectionId"] == second


def add_peer(circuits, made, **new):
    return circuits.direct_connect.create_bgp_peer(
        virtualInterfaceId=made["virtualInterfaceId"], newBGPPeer={"asnLong": 65001, **new}
    )["virtualInterface"]


def test_the_second_family_is_a_second_peer(circuits, ready, aws):
    made = add_peer(circuits, circuits.transit(*ready), addressFamily="ipv6")
    assert [peer["addressFamily"] for peer in made["bgpPeers"]] == ["ipv4", "ipv6"]
    aws.pass_time(1)
    shrunk = circuits.direct_connect.delete_bgp_peer(
        virtualInterfaceId=made["virtualInterfaceId"], bgpPeerId=made["bgpPeers"][0]["bgpPeerId"]
    )["virtualInterface"]
    assert [peer["bgpPeerState"] for peer in shrunk["bgpPeers"]] == ["deleting", "available"]
    assert shrunk["addressFamily"] == "ipv6"
    aws.pass_time(1)
    assert [p["addressFamily"] for p in described(circuits, made)["bgpPeers"]] == ["ipv6"]


def test_one_family_has_one_peer_and_the_last_stays(circuits, ready, refusal):
    made = circuits.transit(*ready)
    identifier = made["virtualInterfaceId"]
    assert refusal(
        circuits.direct_connect.create_bgp_peer,
        virtualInterfaceId=identifier,
        newBGPPeer={"asnLong": 65001, "addressFamily": "ipv4"},
    ) == (f"Virtual Interface {identifier} already has a BGP peer of address family ipv4.")
    assert refusal(
        circuits.direct_connect.delete_bgp_peer,
        virtualInterfaceId=identifier,
        asnLong=65001,
        customerAddress=made["customerAddress"],
    ) == ("Cannot delete the last BGP peer of a Virtual Interface.")


def test_the_router_configuration_tells_all_that_the_other_end_needs(circuits, ready):
    made = add_peer(circuits, circuits.transit(*ready), addressFamily="ipv6")
    answer = circuits.direct_connect.describe_router_configuration(
        virtualInterfaceId=made["virtualInterfaceId"]
    )
    root = ET.fromstring(answer["customerRouterConfig"].encode())  # noqa: S314 - our own
    assert root.attrib["id"] == made["virtualInterfaceId"]
    first, second = made["bgpPeers"]
    assert {element.tag: element.text for element in root} == {
        "vlan": "101",
        "customer_address": first["customerAddress"],
        "amazon_address": first["amazonAddress"],
        "bgp_asn": "65001",
        "bgp_auth_key": made["authKey"],
        "ipv6_customer_address": second["customerAddress"],
        "ipv6_amazon_address": second["amazonAddress"],
        "ipv6_bgp_asn": "65001",
        "ipv6_bgp_auth_key": second["authKey"],
        "amazon_bgp_asn": "64512",
        "connection_type": "transit",
    }
    assert answer["router"]["vendor"] == "Cisco Systems, Inc."


def test_an_unknown_one_does_not_exist(circuits, refusal):
    for call in (
        circuits.direct_connect.delete_virtual_interface,
        circuits.direct_connect.start_bgp_failover_test,
        circuits.direct_connect.list_virtual_interface_routes,
    ):
        text = refusal(call, virtualInterfaceId="dxvif-00000000")
        assert text == "Virtual Interface dxvif-00000000 does not exist."


def test_a_failover_test_holds_it_and_lets_go_by_itself(circuits, ready, aws, refusal):
    made = circuits.transit(*ready)
    aws.pass_time(1)
    start = circuits.direct_connect.start_bgp_failover_test
    which = {"virtualInterfaceId": made["virtualInterfaceId"]}
    test = start(**which, testDurationInMinutes=10)["virtualInterfaceTest"]
    assert (test["status"], test["testDurationInMinutes"]) == ("IN_PROGRESS", 10)
    assert described(circuits, made)["virtualInterfaceState"] == "testing"
    assert refusal(start, **which).startswith("A failover test is already in progress")
    aws.pass_time(600)
    assert described(circuits, made)["virtualInterfaceState"] == "down"
    (past,) = circuits.direct_connect.list_virtual_interface_test_history(**which)[
        "virtualInterfaceTestHistory"
    ]
    assert past["status"] == "COMPLETED"
    assert (past["endTime"] - past["startTime"]).total_seconds() == pytest.approx(600, abs=1)


def test_a_failover_test_is_stopped_before_its_time(circuits, ready, refusal):
    made = circuits.transit(*ready)
    which = {"virtualInterfaceId": made["virtualInterfaceId"]}
    stop = circuits.direct_connect.stop_bgp_failover_test
    assert refusal(stop, **which).startswith("No failover test is in progress")
    circuits.direct_connect.start_bgp_failover_test(**which)
    assert stop(**which)["virtualInterfaceTest"]["status"] == "COMPLETED"
