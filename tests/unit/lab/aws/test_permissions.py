# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Callers who may do a few things only: each service says so in its own way."""

from __future__ import annotations

import json

import pytest
from botocore.exceptions import ClientError

from tests.unit.lab.aws.conftest import ACCESS_KEYS

TAGS = [{"key": "a", "value": "b"}]
ORDER = {"location": "EqFA5", "bandwidth": "10Gbps", "connectionName": "fra-a"}
CALLS = {
    "cloudwatch": ("describe_alarms", {}, "DescribeAlarms", "AccessDenied", 403),
    "directconnect": ("create_connection", ORDER, "CreateConnection", "AccessDeniedException", 400),
    "ec2": ("describe_vpcs", {}, "DescribeVpcs", "UnauthorizedOperation", 403),
    "networkmanager": ("list_attachments", {}, "ListAttachments", "AccessDeniedException", 403),
    "sts": (
        "assume_role",
        {"RoleArn": "arn:aws:iam::444455556666:role/dx", "RoleSessionName": "test"},
        "AssumeRole",
        "AccessDenied",
        403,
    ),
}


@pytest.fixture
def allow(aws):
    """Return a way to say what the network account's key may do; afterwards it may do all."""
    path = aws.state / "policies.json"
    yield lambda *actions: path.write_text(json.dumps({ACCESS_KEYS["network"]: actions}))
    path.unlink(missing_ok=True)


def denied(call, **parameters):
    """Return the error of a call that is not allowed."""
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    return caught.value.response


@pytest.mark.parametrize("service", CALLS)
def test_each_service_refuses_in_its_own_words_and_the_call_is_logged(aws, allow, service):
    method, parameters, operation, code, status = CALLS[service]
    allow()

    answer = denied(getattr(aws.client(service), method), **parameters)

    assert answer["Error"]["Code"] == code
    assert f"not authorized to perform: {service}:{operation} " in answer["Error"]["Message"]
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == status
    (logged,) = aws.calls()
    assert (logged["operation"], logged["error"]) == (operation, code)


@pytest.mark.parametrize("service", CALLS)
def test_what_is_allowed_is_done(aws, allow, service):
    method, parameters, operation, *_ = CALLS[service]
    allow(f"{service}:{operation}")

    getattr(aws.client(service), method)(**parameters)

    assert [call["error"] for call in aws.calls()] == [None]


def test_a_file_that_cannot_be_read_lets_nobody_do_anything(aws, allow):
    allow()
    (aws.state / "policies.json").write_text('{"AKIA')

    answer = denied(aws.client("directconnect").describe_connections)

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 500


def test_a_refused_call_does_nothing_and_leaves_faults_to_others(aws, allow):
    client = aws.client("directconnect")
    fault = {"operation": "CreateConnection", "mode": "throttle", "count": 1}
    aws.control("POST", "faults", fault)
    allow("directconnect:DescribeConnections")

    denied(client.create_connection, **ORDER)

    assert client.describe_connections()["connections"] == []
    assert len(aws.control("GET", "faults")) == 1


ALLOCATION = {"virtualInterfaceName": "a", "vlan": 101, "asn": 65001, "tags": TAGS}
TAGGED = {
    "cloudwatch:TagResource": (
        "cloudwatch",
        "put_metric_alarm",
        {"AlarmName": "a", "EvaluationPeriods": 1, "Tags": [{"Key": "a", "Value": "b"}]},
    ),
    "directconnect:TagResource": ("directconnect", "create_connection", {**ORDER, "tags": TAGS}),
    "tags within": (
        "directconnect",
        "allocate_transit_virtual_interface",
        {
            "connectionId": "dxcon-00000000",
            "ownerAccount": "444455556666",
            "newTransitVirtualInterfaceAllocation": ALLOCATION,
        },
    ),
    "ec2:CreateTags": (
        "ec2",
        "create_vpn_gateway",
        {
            "Type": "ipsec.1",
            "TagSpecifications": [
                {"ResourceType": "vpn-gateway", "Tags": [{"Key": "a", "Value": "b"}]}
            ],
        },
    ),
}


@pytest.mark.parametrize("case", TAGGED)
def test_to_make_something_with_tags_takes_the_right_to_tag(aws, allow, case):
    service, method, parameters = TAGGED[case]
    client = aws.client(service)
    operation = client.meta.method_to_api_mapping[method]
    allow(f"{service}:{operation}")

    answer = denied(getattr(client, method), **parameters)

    tagging = "ec2:CreateTags" if service == "ec2" else f"{service}:TagResource"
    assert f"not authorized to perform: {tagging} " in answer["Error"]["Message"]


def test_network_manager_asks_for_the_right_to_look_at_regions_too(aws, allow):
    allow("networkmanager:DeleteAttachment")

    delete = aws.client("networkmanager").delete_attachment
    answer = denied(delete, AttachmentId="attachment-0123456789abcdef0")

    assert "not authorized to perform: ec2:DescribeRegions " in answer["Error"]["Message"]


def test_who_one_is_can_always_be_asked_and_other_keys_may_do_all(aws, allow):
    allow()

    assert aws.client("sts").get_caller_identity()["Account"] == "111122223333"
    assert aws.client("directconnect", "workload").describe_connections()["connections"] == []
