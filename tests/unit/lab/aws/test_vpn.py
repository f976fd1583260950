# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Customer gateways and VPN connections of the model: in steps, idempotent, what they refuse."""

from __future__ import annotations

import pytest

from tests.fixtures.drives_vpn import CUSTOMER, create_vpn, customer_gateway, vpn_connection


@pytest.fixture
def ec2(aws):
    return aws.client("ec2")


def code_of(call, **parameters):
    """Return the code of the error that a call of EC2 ends with."""
    with pytest.raises(call.__self__.exceptions.ClientError) as caught:
        call(**parameters)
    return caught.value.response["Error"]["Code"]


def state_of(ec2, vpn):
    (found,) = ec2.describe_vpn_connections(VpnConnectionIds=[vpn])["VpnConnections"]
    return found["State"]


def test_a_request_that_looks_the_same_is_answered_with_what_is_there(ec2, circuits):
    first = customer_gateway(circuits)
    again = ec2.create_customer_gateway(**CUSTOMER)["CustomerGateway"]["CustomerGatewayId"]
    other = ec2.create_customer_gateway(**{**CUSTOMER, "DeviceName": "ams"})["CustomerGateway"]
    assert first == again != other["CustomerGatewayId"]
    wide = {**CUSTOMER, "BgpAsnExtended": 4200000001}
    del wide["BgpAsn"]
    made = ec2.create_customer_gateway(**wide)["CustomerGateway"]
    assert (made["State"], made["BgpAsnExtended"]) == ("pending", "4200000001")
    bare = {"Type": "ipsec.1", "BgpAsn": 65001}
    assert code_of(ec2.create_customer_gateway, **bare) == "MissingParameter"


def test_a_customer_gateway_is_kept_by_what_begins_at_it(ec2, circuits, aws):
    vpn = vpn_connection(circuits)
    gateway = {"CustomerGatewayId": vpn["CustomerGatewayId"]}
    assert code_of(ec2.delete_customer_gateway, **gateway) == "IncorrectState"
    ec2.delete_vpn_connection(VpnConnectionId=vpn["VpnConnectionId"])
    assert state_of(ec2, vpn["VpnConnectionId"]) == "deleting"
    aws.pass_time(1)
    assert state_of(ec2, vpn["VpnConnectionId"]) == "deleted"
    ec2.delete_customer_gateway(**gateway)
    assert code_of(ec2.delete_customer_gateway, **gateway) == "InvalidCustomerGatewayID.NotFound"
    unknown = {"CustomerGatewayIds": ["cgw-0123456789abcdef0"]}
    assert code_of(ec2.describe_customer_gateways, **unknown) == "InvalidCustomerGatewayID.NotFound"


def test_between_a_customer_gateway_and_a_vgw_there_is_one_and_on_a_transit_gateway_more(
    ec2, circuits
):
    wanted = create_vpn(circuits)
    ids = [ec2.create_vpn_connection(**wanted)["VpnConnection"]["VpnConnectionId"] for _ in "ab"]
    assert len(set(ids)) == 1
    wanted = {**wanted, "TransitGatewayId": circuits.targets()["tgw-core"], "Options": {}}
    assert code_of(ec2.create_vpn_connection, **wanted) == "InvalidParameterCombination"
    del wanted["VpnGatewayId"]
    ids = [ec2.create_vpn_connection(**wanted)["VpnConnection"]["VpnConnectionId"] for _ in "ab"]
    assert len(set(ids)) == 2
    kind = {"Name": "resource-type", "Values": ["vpn"]}
    seen = ec2.describe_transit_gateway_attachments(Filters=[kind])
    assert {each["ResourceId"] for each in seen["TransitGatewayAttachments"]} == set(ids)


WRONG = {
    "a reserved range": {"TunnelInsideCidr": "169.254.3.0/30"},
    "a range that is too wide": {"TunnelInsideCidr": "169.254.10.0/29"},
    "no range": {"TunnelInsideCidr": "tunnel"},
    "a short key": {"PreSharedKey": "short"},
    "a key with a 0 first": {"PreSharedKey": "0123456789"},
}


@pytest.mark.parametrize("case", WRONG)
def test_options_that_ec2_does_not_take_are_refused_and_a_key_is_not_quoted(ec2, circuits, case):
    wanted = create_vpn(circuits)
    wanted["Options"] = {"TunnelOptions": [WRONG[case]]}
    with pytest.raises(ec2.exceptions.ClientError) as caught:
        ec2.create_vpn_connection(**wanted)
    error = caught.value.response["Error"]
    assert error["Code"] == "InvalidParameterValue"
    assert WRONG[case].get("PreSharedKey", "nothing") not in error["Message"]


def test_a_tunnel_is_changed_while_the_other_and_the_rest_stay(ec2, circuits, aws):
    vpn = vpn_connection(circuits)
    before = vpn["Options"]["TunnelOptions"]
    change = {
        "VpnConnectionId": vpn["VpnConnectionId"],
        "VpnTunnelOutsideIpAddress": before[0]["OutsideIpAddress"],
        "TunnelOptions": {"PreSharedKey": "another.key"},
    }
    changed = ec2.modify_vpn_tunnel_options(**change)["VpnConnection"]
    assert changed["State"] == "pending"
    after = changed["Options"]["TunnelOptions"]
    assert after == [{**before[0], "PreSharedKey": "another.key"}, before[1]]
    assert code_of(ec2.modify_vpn_tunnel_options, **change) == "IncorrectState"
    aws.pass_time(1)
    unknown = {**change, "VpnTunnelOutsideIpAddress": "192.0.2.99"}
    assert code_of(ec2.modify_vpn_tunnel_options, **unknown) == "InvalidParameterValue"
    taken = {**change, "TunnelOptions": {"TunnelInsideCidr": before[1]["TunnelInsideCidr"]}}
    assert code_of(ec2.modify_vpn_tunnel_options, **taken) == "InvalidParameterValue"


def test_static_routes_hold_a_vpn_connection_where_it_is(ec2, circuits, aws):
    vpn = vpn_connection(circuits, StaticRoutesOnly=True)["VpnConnectionId"]
    route = {"VpnConnectionId": vpn, "DestinationCidrBlock": "192.168.0.0/16"}
    assert code_of(ec2.delete_vpn_connection_route, **route) == "InvalidRoute.NotFound"
    ec2.create_vpn_connection_route(**route)
    away = {"VpnConnectionId": vpn, "TransitGatewayId": circuits.targets()["tgw-core"]}
    assert code_of(ec2.modify_vpn_connection, **away) == "IncorrectState"
    ec2.delete_vpn_connection_route(**route)
    ec2.modify_vpn_connection(**away)
    aws.pass_time(1)
    assert code_of(ec2.create_vpn_connection_route, **route) == "UnsupportedOperation"


def test_a_private_one_needs_the_attachment_of_a_direct_connect_gateway(ec2, circuits, aws):
    targets = circuits.targets()
    private = {"OutsideIpAddressType": "PrivateIpv4"}
    wanted = {
        "Type": "ipsec.1",
        "CustomerGatewayId": customer_gateway(circuits),
        "TransitGatewayId": targets["tgw-core"],
        "Options": {**private, "TransportTransitGatewayAttachmentId": "tgw-attach-1"},
    }
    missing = "InvalidTransitGatewayAttachmentID.NotFound"
    assert code_of(ec2.create_vpn_connection, **wanted) == missing
    circuits.association(circuits.gateway(), targets["tgw-core"], "10.20.0.0/16")
    aws.pass_time(2)
    kind = {"Name": "resource-type", "Values": ["direct-connect-gateway"]}
    seen = ec2.describe_transit_gateway_attachments(Filters=[kind])
    (attachment,) = seen["TransitGatewayAttachments"]
    transport = attachment["TransitGatewayAttachmentId"]
    wanted["Options"]["TransportTransitGatewayAttachmentId"] = transport
    made = ec2.create_vpn_connection(**wanted)["VpnConnection"]
    assert made["Options"]["TransportTransitGatewayAttachmentId"] == transport
    aws.pass_time(1)
    away = {"VpnConnectionId": made["VpnConnectionId"], "VpnGatewayId": targets["vgw-legacy"]}
    assert code_of(ec2.modify_vpn_connection, **away) == "UnsupportedOperation"
    wanted["Options"] = {"TransportTransitGatewayAttachmentId": transport}
    assert code_of(ec2.create_vpn_connection, **wanted) == "InvalidParameterCombination"


def test_a_vgw_is_kept_by_its_vpn_connection(ec2, circuits):
    vgw = ec2.create_vpn_gateway(Type="ipsec.1")["VpnGateway"]["VpnGatewayId"]
    ec2.create_vpn_connection(**{**create_vpn(circuits), "VpnGatewayId": vgw})
    assert code_of(ec2.delete_vpn_gateway, VpnGatewayId=vgw) == "IncorrectState"


def test_the_keys_are_in_the_configuration_as_long_as_there_is_one(ec2, circuits, aws):
    vpn = vpn_connection(circuits)
    (first, _) = vpn["Options"]["TunnelOptions"]
    assert first["PreSharedKey"] == "documentation.key"
    assert "documentation.key" in vpn["CustomerGatewayConfiguration"]
    unknown = {"VpnConnectionDeviceTypeId": "00000000", "VpnConnectionId": vpn["VpnConnectionId"]}
    call = ec2.get_vpn_connection_device_sample_configuration
    assert code_of(call, **unknown) == "InvalidParameterValue"
    ec2.delete_vpn_connection(VpnConnectionId=vpn["VpnConnectionId"])
    aws.pass_time(1)
    (gone,) = ec2.describe_vpn_connections()["VpnConnections"]
    assert "CustomerGatewayConfiguration" not in gone
    assert code_of(ec2.describe_vpn_connections, VpnConnectionIds=["vpn-1"]) == (
        "InvalidVpnConnectionID.NotFound"
    )


def test_vpn_connections_are_found_by_their_customer_gateway_s_asn(ec2, circuits):
    made = vpn_connection(circuits)["VpnConnectionId"]
    ids = {}
    for asn in ("65001", "1"):
        found = ec2.describe_vpn_connections(Filters=[{"Name": "bgp-asn", "Values": [asn]}])
        ids[asn] = [each["VpnConnectionId"] for each in found["VpnConnections"]]

    (gateway,) = ec2.describe_customer_gateways()["CustomerGateways"]
    assert gateway["BgpAsn"] == "65001"
    assert ids == {"65001": [made], "1": []}


def test_a_customer_gateway_that_is_not_there_is_refused_by_its_id(ec2):
    refused = code_of(ec2.describe_customer_gateways, CustomerGatewayIds=["cgw-00000000000000000"])
    assert refused == "InvalidCustomerGatewayID.NotFound"
