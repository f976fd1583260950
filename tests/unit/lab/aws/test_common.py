# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all operations share: pages, tags, accounts, refusals, answers as described."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from xml.etree import ElementTree as ET

import pytest

from lab.aws import answers

OTHER_ACCOUNT = "444455556666"


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


@pytest.mark.parametrize(
    "arn",
    [
        pytest.param("arn:aws:directconnect:eu-west-1:111122223333:dxcon/{}", id="Region"),
        pytest.param("arn:aws:directconnect::111122223333:dxcon/{}", id="no Region"),
        pytest.param("arn:aws:directconnect:eu-central-1:444455556666:dxcon/{}", id="account"),
        pytest.param("arn:aws:ec2:eu-central-1:111122223333:dxcon/{}", id="service"),
        pytest.param("arn:aws:directconnect:eu-central-1:111122223333:dxvif/{}", id="kind"),
        pytest.param("{}", id="an id"),
    ],
)
def test_an_arn_that_is_not_the_resources_own_is_none(circuits, refusal, arn):
    wanted = arn.format(circuits.connection())
    tag = circuits.direct_connect.tag_resource
    text = refusal(tag, resourceArn=wanted, tags=[{"key": "a", "value": "1"}])
    assert text == f"Resource {wanted} does not exist."


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
    status, answer = aws.raw(operation, body)
    assert (status, answer["__type"]) == (400, code)
    assert said in answer["message"]


@pytest.mark.parametrize("service", ["ec2", "sts"])
def test_an_error_in_xml_is_still_xml_whatever_it_says(service):
    answer = answers.error(service, "Bad", "a<b & c>d", 400)
    (message,) = ET.fromstring(answer.get_data(as_text=True)).iter("Message")  # noqa: S314 - ours
    assert message.text == "a<b & c>d"


def test_an_operation_that_moto_lacks_in_ec2_is_a_typed_400(aws):
    ec2 = aws.client("ec2")
    with pytest.raises(ec2.exceptions.ClientError) as caught:
        ec2.get_transit_gateway_policy_table_entries(TransitGatewayPolicyTableId="tgw-ptb-1")
    assert caught.value.response["Error"]["Code"] == "InvalidAction"
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
