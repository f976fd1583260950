# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all operations share: pages, tags, accounts, refusals, answers as described."""

from __future__ import annotations

import json
import urllib.error
import urllib.request

import pytest

from lab.aws.request import OPERATIONS

OTHER_ACCOUNT = "444455556666"


def raw(aws, operation, body):
    """Call the API without boto3, which would refuse what is wrong; return status and answer."""
    request = urllib.request.Request(  # noqa: S310 - loopback
        aws.endpoint,
        data=json.dumps(body).encode(),
        headers={
            "Content-Type": "application/x-amz-json-1.1",
            "X-Amz-Target": f"OvertureService.{operation}",
            "Authorization": "AWS4-HMAC-SHA256 Credential=AKIANETWORKNETWORK00/20261122/"
            "eu-central-1/directconnect/aws4_request, SignedHeaders=host, Signature=0",
        },
    )
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310 - loopback
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())


def test_a_page_holds_a_hundred_at_most_and_tells_where_the_next_begins(circuits):
    made = [circuits.gateway(f"g{number}") for number in range(103)]
    describe = circuits.direct_connect.describe_direct_connect_gateways
    first = describe(maxResults=1000)
    assert len(first["directConnectGateways"]) == 100
    second = describe(nextToken=first["nextToken"])
    assert "nextToken" not in second
    found = first["directConnectGateways"] + second["directConnectGateways"]
    assert [gateway["directConnectGatewayId"] for gateway in found] == made


def test_small_pages_are_followed_by_boto3s_own_paginator(circuits):
    made = [circuits.gateway(f"g{number}") for number in range(5)]
    pages = circuits.direct_connect.get_paginator("describe_direct_connect_gateways").paginate(
        PaginationConfig={"PageSize": 2}
    )
    sizes = [len(page["directConnectGateways"]) for page in pages]
    assert sizes == [2, 2, 1]
    assert len(made) == 5


def test_a_token_that_nobody_gave_is_refused(circuits, refusal):
    text = refusal(circuits.direct_connect.describe_connections, nextToken="from-nowhere")
    assert text == "The next token that was provided is not valid."


def test_no_lags_are_listed_until_one_is_made(circuits, aws):
    assert circuits.direct_connect.describe_lags()["lags"] == []
    # Not through boto3: the fixture would find that moto's answer does not fit the description.
    wanted = {"location": "EqFA5", "connectionsBandwidth": "10Gbps", "lagName": "pair"}
    assert raw(aws, "CreateLag", {**wanted, "numberOfConnections": 2})[0] == 200
    (lag,) = circuits.direct_connect.describe_lags()["lags"]
    assert (lag["lagName"], lag["hasLogicalRedundancy"]) == ("pair", "no")


def test_tags_are_added_changed_and_removed(circuits, refusal):
    connection, gateway = circuits.connection(), circuits.gateway()
    client = circuits.direct_connect
    for arn in (
        f"arn:aws:directconnect:eu-central-1:111122223333:dxcon/{connection}",
        f"arn:aws:directconnect::111122223333:dx-gateway/{gateway}",
    ):
        both = [{"key": "a", "value": "1"}, {"key": "b", "value": "2"}]
        client.tag_resource(resourceArn=arn, tags=both)
        client.tag_resource(resourceArn=arn, tags=[{"key": "a", "value": "3"}])
        client.untag_resource(resourceArn=arn, tagKeys=["b", "never-there"])
        (found,) = client.describe_tags(resourceArns=[arn])["resourceTags"]
        assert found == {"resourceArn": arn, "tags": [{"key": "a", "value": "3"}]}
    unknown = "arn:aws:directconnect:eu-central-1:111122223333:dxvif/dxvif-00000000"
    assert refusal(client.describe_tags, resourceArns=[unknown]) == (
        f"Resource {unknown} does not exist."
    )


def test_tags_have_their_own_errors(circuits):
    client = circuits.direct_connect
    twice = [{"key": "a", "value": "1"}, {"key": "a", "value": "2"}]
    many = [{"key": str(number), "value": ""} for number in range(51)]
    order = {"location": "EqFA5", "bandwidth": "10Gbps", "connectionName": "fra-a"}
    with pytest.raises(client.exceptions.DuplicateTagKeysException):
        client.create_connection(**order, tags=twice)
    with pytest.raises(client.exceptions.TooManyTagsException):
        client.create_connection(**order, tags=many)


def test_accounts_see_nothing_of_each_other(circuits, aws):
    connection = circuits.connection()
    workload = aws.client("directconnect", account="workload")
    assert workload.describe_connections()["connections"] == []
    made = workload.create_connection(location="EqAM3", bandwidth="10Gbps", connectionName="ams-a")
    assert made["ownerAccount"] == OTHER_ACCOUNT
    found = circuits.direct_connect.describe_connections()["connections"]
    assert [each["connectionId"] for each in found] == [connection]
    identity = aws.client("sts", account="workload").get_caller_identity()
    assert identity["Account"] == OTHER_ACCOUNT


def test_an_assumed_role_acts_in_its_own_account(circuits, aws):
    role = aws.client("sts").assume_role(
        RoleArn="arn:aws:iam::777788889999:role/network", RoleSessionName="test"
    )
    request = urllib.request.Request(  # noqa: S310 - loopback
        aws.endpoint,
        data=b'{"directConnectGatewayName": "core"}',
        headers={
            "Content-Type": "application/x-amz-json-1.1",
            "X-Amz-Target": "OvertureService.CreateDirectConnectGateway",
            "Authorization": "AWS4-HMAC-SHA256 "
            f"Credential={role['Credentials']['AccessKeyId']}/20261122/eu-central-1/"
            "directconnect/aws4_request, SignedHeaders=host, Signature=0",
        },
    )
    with urllib.request.urlopen(request) as answer:  # noqa: S310 - loopback
        made = json.loads(answer.read())["directConnectGateway"]
    assert made["ownerAccount"] == "777788889999"
    assert circuits.direct_connect.describe_direct_connect_gateways()["directConnectGateways"] == []


@pytest.mark.parametrize(
    ("operation", "body", "code", "said"),
    [
        pytest.param("NoSuchThing", {}, "UnknownOperationException", "no operation", id="unknown"),
        pytest.param(
            "DescribeConnectionLoa", {}, "UnknownOperationException", "does not answer", id="old"
        ),
        pytest.param(
            "CreateConnection",
            {"location": "EqFA5", "bandwidth": "10Gbps"},
            "DirectConnectClientException",
            'Missing required parameter in input: "connectionName"',
            id="missing",
        ),
        pytest.param(
            "DescribeConnections",
            {"colour": "red"},
            "DirectConnectClientException",
            'Unknown parameter in input: "colour"',
            id="unknown parameter",
        ),
        pytest.param(
            "DescribeConnections",
            {"maxResults": "ten"},
            "DirectConnectClientException",
            "Invalid type for parameter maxResults",
            id="wrong type",
        ),
        pytest.param(
            "DescribeConnections", [], "DirectConnectClientException", "JSON object", id="a list"
        ),
    ],
)
def test_what_no_client_would_send_is_a_typed_400(aws, operation, body, code, said):
    status, answer = raw(aws, operation, body)
    assert (status, answer["__type"]) == (400, code)
    assert said in answer["message"]


def test_an_operation_that_moto_lacks_in_ec2_is_a_typed_400(aws):
    ec2 = aws.client("ec2")
    with pytest.raises(ec2.exceptions.ClientError) as caught:
        ec2.get_transit_gateway_policy_table_entries(TransitGatewayPolicyTableId="tgw-ptb-1")
    assert caught.value.response["Error"]["Code"] == "InvalidAction"
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400


def every_operation(circuits, aws):
    """Call each operation once with success; conftest holds every answer against botocore."""
    client = circuits.direct_connect
    first, second = circuits.available_connections("fra-a", "fra-b")
    hosted = aws.control(
        "POST", "hosted", {"name": "h", "location": "EqFA5", "bandwidth": "1Gbps", "vlan": 7}
    )["id"]
    client.confirm_connection(connectionId=hosted)
    client.describe_locations()
    client.update_connection(connectionId=first, connectionName="fra-c")
    client.describe_loa(connectionId=first)
    client.describe_connections()
    client.describe_lags()
    core, legacy, targets = circuits.gateway(), circuits.gateway("legacy"), circuits.targets()
    client.update_direct_connect_gateway(
        directConnectGatewayId=core, newDirectConnectGatewayName="heart"
    )
    client.describe_direct_connect_gateways()
    tie = circuits.association(core, targets["tgw-core"], "10.20.0.0/16")
    circuits.association(legacy, targets["vgw-legacy"])
    client.update_direct_connect_gateway_association(
        associationId=tie, addAllowedPrefixesToDirectConnectGateway=[{"cidr": "10.9.0.0/16"}]
    )
    client.describe_direct_connect_gateway_associations(directConnectGatewayId=core)
    transit = circuits.transit(first, core)["virtualInterfaceId"]
    circuits.private(first, directConnectGatewayId=legacy)
    client.describe_direct_connect_gateway_attachments(directConnectGatewayId=core)
    _every_interface_operation(client, transit, second)
    client.delete_direct_connect_gateway_association(associationId=tie)
    aws.pass_time(1)
    client.delete_direct_connect_gateway(directConnectGatewayId=core)
    client.delete_connection(connectionId=second)


def _every_interface_operation(client, transit, other_connection):
    which = {"virtualInterfaceId": transit}
    client.update_virtual_interface_attributes(**which, mtu=8500)
    client.associate_virtual_interface(**which, connectionId=other_connection)
    grown = client.create_bgp_peer(**which, newBGPPeer={"asnLong": 65001, "addressFamily": "ipv6"})[
        "virtualInterface"
    ]
    client.delete_bgp_peer(**which, bgpPeerId=grown["bgpPeers"][1]["bgpPeerId"])
    client.describe_virtual_interfaces()
    client.describe_router_configuration(**which)
    client.list_virtual_interface_routes(**which)
    client.start_bgp_failover_test(**which)
    client.stop_bgp_failover_test(**which)
    client.list_virtual_interface_test_history(**which)
    arn = f"arn:aws:directconnect:eu-central-1:111122223333:dxvif/{transit}"
    client.tag_resource(resourceArn=arn, tags=[{"key": "a", "value": "b"}])
    client.untag_resource(resourceArn=arn, tagKeys=["a"])
    client.describe_tags(resourceArns=[arn])
    client.delete_virtual_interface(**which)


def test_every_answer_is_as_botocore_describes_it(circuits, aws):
    every_operation(circuits, aws)
    called = {call["operation"] for call in aws.calls() if call["error"] is None}
    assert called >= set(OPERATIONS)
