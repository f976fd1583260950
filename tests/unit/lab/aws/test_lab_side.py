# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the lab asks of the model: faults, the call log, control routes."""

from __future__ import annotations

import contextlib
import re
import threading
import time

import pytest
from botocore.exceptions import ClientError, ConnectionClosedError, HTTPClientError

from tests.fixtures.polling import until

ORDER = {"location": "EqFA5", "bandwidth": "10Gbps", "connectionName": "fra-a"}


def order_anyhow(circuits):
    with contextlib.suppress(ClientError):
        circuits.direct_connect.create_connection(**ORDER)


def ordered(circuits):
    return [
        each["connectionName"]
        for each in circuits.direct_connect.describe_connections()["connections"]
    ]


def code_of(caught):
    return caught.value.response["Error"]["Code"]


def test_an_error_before_the_act_leaves_nothing_behind(circuits, aws):
    aws.control(
        "POST", "faults", {"operation": "CreateConnection", "mode": "error-before", "count": 1}
    )
    with pytest.raises(ClientError) as caught:
        circuits.direct_connect.create_connection(**ORDER)
    assert code_of(caught) == "DirectConnectServerException"
    assert ordered(circuits) == []
    circuits.direct_connect.create_connection(**ORDER)
    assert aws.control("GET", "faults") == []


def test_an_error_after_the_act_leaves_the_order_placed(circuits, aws):
    aws.control(
        "POST", "faults", {"operation": "CreateConnection", "mode": "error-after", "count": 1}
    )
    with pytest.raises(ClientError) as caught:
        circuits.direct_connect.create_connection(**ORDER)
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 500
    assert ordered(circuits) == ["fra-a"]


def test_a_dropped_answer_leaves_the_order_placed(circuits, aws):
    aws.control(
        "POST", "faults", {"operation": "CreateConnection", "mode": "drop-answer", "count": 1}
    )
    with pytest.raises((ConnectionClosedError, HTTPClientError)):
        circuits.direct_connect.create_connection(**ORDER)
    assert ordered(circuits) == ["fra-a"]
    assert aws.calls()[0]["error"] == "ConnectionClosed"


def test_throttling_strikes_all_operations_until_healed(circuits, aws):
    aws.control("POST", "faults", {"mode": "throttle"})
    for _ in range(2):
        with pytest.raises(ClientError) as caught:
            circuits.direct_connect.describe_locations()
        assert code_of(caught) == "ThrottlingException"
    with pytest.raises(ClientError) as caught:
        aws.client("ec2").describe_vpcs()
    assert code_of(caught) == "RequestLimitExceeded"
    aws.control("DELETE", "faults")
    circuits.direct_connect.describe_locations()


def test_a_rate_of_nought_never_strikes(circuits, aws):
    aws.control("POST", "faults", {"mode": "error-before", "rate": 0.0})
    circuits.direct_connect.describe_locations()


def test_a_fault_strikes_only_the_kind_of_operations_that_it_names(circuits, aws):
    aws.control("POST", "faults", {"mode": "error-before", "only": "mutating"})
    circuits.direct_connect.describe_locations()
    with pytest.raises(ClientError):
        circuits.direct_connect.create_connection(**ORDER)
    aws.control("DELETE", "faults")
    aws.control("POST", "faults", {"mode": "throttle", "only": "reading"})
    circuits.direct_connect.create_connection(**ORDER)
    with pytest.raises(ClientError):
        circuits.direct_connect.describe_locations()


def test_a_fault_lets_the_calls_pass_that_it_skips(circuits, aws):
    aws.control(
        "POST", "faults", {"mode": "error-after", "only": "mutating", "skip": 2, "count": 1}
    )
    for _ in range(4):
        circuits.direct_connect.describe_locations()
        order_anyhow(circuits)
    errors = [call["error"] for call in aws.calls() if call["mutating"]]
    assert errors == [None, None, "DirectConnectServerException", None]


def test_the_same_seed_strikes_the_same_calls(circuits, aws):
    def struck(seed):
        aws.control("POST", "faults", {"mode": "throttle", "rate": 0.5, "seed": seed})
        before = len(aws.calls())
        for _ in range(24):
            with contextlib.suppress(ClientError):
                circuits.direct_connect.describe_locations()
        aws.control("DELETE", "faults")
        return [call["error"] is not None for call in aws.calls()[before:]]

    assert struck(7) == struck(7)
    assert struck(7) != struck(8)
    assert 0 < sum(struck(7)) < 24


def test_retries_get_through_occasional_throttling(aws):
    patient = aws.client("directconnect", retries={"total_max_attempts": 3, "mode": "standard"})
    aws.control("POST", "faults", {"mode": "throttle", "count": 1})
    patient.describe_locations()
    assert [call["error"] for call in aws.calls()] == ["ThrottlingException", None]


def test_a_slow_answer_takes_its_time(circuits, aws):
    aws.control("POST", "faults", {"mode": "slow", "seconds": 0.3, "count": 1})
    began = time.monotonic()
    circuits.direct_connect.describe_locations()
    assert time.monotonic() - began >= 0.3


@pytest.mark.parametrize(
    ("mode", "carried_out"),
    [
        pytest.param("stuck", False, id="a stuck call is never carried out"),
        pytest.param("slow", True, id="a slow one is, before its answer"),
    ],
)
def test_a_call_that_is_held_is_named_and_healing_lets_it_go(circuits, aws, mode, carried_out):
    aws.control("POST", "faults", {"mode": mode, "seconds": 60, "count": 1})
    order = threading.Thread(target=order_anyhow, args=(circuits,), daemon=True)
    order.start()
    until(lambda: aws.control("GET", "held") == ["CreateConnection"], "the held call", pause=0.01)
    there = bool(aws.control("GET", "connections"))
    aws.control("DELETE", "faults")
    order.join(10)
    assert (there, order.is_alive(), aws.control("GET", "held")) == (carried_out, False, [])


@pytest.mark.parametrize(
    ("body", "said"),
    [
        pytest.param({"mode": "haunt"}, "mode must be one of throttle, expired-token", id="mode"),
        pytest.param({"mode": "slow", "colour": "red"}, "unexpected keyword", id="member"),
        pytest.param({"mode": "slow", "only": "odd"}, "mutating, reading", id="only"),
        pytest.param({"mode": "slow", "operation": ["A"]}, "operation must be a name", id="list"),
        pytest.param({"mode": "slow", "count": "1"}, "count must be a whole number", id="text"),
        pytest.param({"mode": "slow", "skip": True}, "skip must be a whole number", id="truth"),
        pytest.param({"mode": "slow", "rate": "all"}, "rate must be a number", id="rate"),
        pytest.param({"mode": "slow", "seconds": -1}, "seconds must be a number", id="past"),
    ],
)
def test_a_fault_that_is_none_is_refused(aws, body, said):
    status, text = aws.refused("POST", "faults", body)
    assert status == 400
    assert said in text
    assert aws.control("GET", "faults") == []


def test_the_call_log_tells_who_called_what_and_how_it_ended(circuits, aws):
    circuits.direct_connect.create_connection(**ORDER)
    with pytest.raises(ClientError):
        circuits.direct_connect.delete_connection(connectionId="dxcon-none")
    aws.client("ec2").describe_vpcs()
    aws.client("sts", account="workload").get_caller_identity()
    calls = aws.calls()
    assert [
        (c["account"], c["service"], c["operation"], c["mutating"], c["error"]) for c in calls
    ] == [
        ("111122223333", "directconnect", "CreateConnection", True, None),
        ("111122223333", "directconnect", "DeleteConnection", True, "DirectConnectClientException"),
        ("111122223333", "ec2", "DescribeVpcs", False, None),
        ("444455556666", "sts", "GetCallerIdentity", False, None),
    ]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", c["time"]) for c in calls)


def test_the_call_log_holds_no_key(circuits, aws):
    (connection,) = circuits.available_connections("fra-a")
    circuits.transit(connection, circuits.gateway(), authKey="very-secret-key")
    assert "very-secret-key" not in (aws.state / "calls.jsonl").read_text(encoding="utf-8")


def test_the_seed_is_the_same_however_often_it_is_sown(aws):
    first = aws.control("POST", "seed", {})
    assert aws.control("POST", "seed", {}) == first
    ec2 = aws.client("ec2")
    names = [{"Name": "tag:Name", "Values": ["tgw-core", "vgw-legacy"]}]
    (transit,) = ec2.describe_transit_gateways(Filters=names)["TransitGateways"]
    assert transit["Options"]["AmazonSideAsn"] == 64600
    (virtual,) = ec2.describe_vpn_gateways(Filters=names)["VpnGateways"]
    assert virtual["AmazonSideAsn"] == 64601
    assert virtual["VpcAttachments"] == [{"VpcId": first["legacy"], "State": "attached"}]
    (attached,) = ec2.describe_transit_gateway_vpc_attachments()["TransitGatewayVpcAttachments"]
    assert attached["VpcId"] == first["core"]


def test_another_account_can_be_sown_too(aws):
    mine = aws.control("POST", "seed", {})
    theirs = aws.control("POST", "seed", {"account": "444455556666"})
    assert mine["tgw-core"] != theirs["tgw-core"]


def test_the_lab_is_told_the_connections_of_all_accounts(circuits, aws):
    mine = circuits.connection()
    aws.client("directconnect", account="workload").create_connection(
        location="EqAM3", bandwidth="10Gbps", connectionName="ams-a"
    )
    listed = aws.control("GET", "connections")
    assert [(c["name"], c["account"], c["location"], c["state"]) for c in listed] == [
        ("fra-a", "111122223333", "EqFA5", "requested"),
        ("ams-a", "444455556666", "EqAM3", "requested"),
    ]
    assert (listed[0]["id"], listed[0]["aws_port"]) == (mine, None)


def test_a_reset_leaves_the_seed_alone(circuits, aws):
    circuits.connection()
    aws.control("POST", "reset", {})
    assert aws.control("GET", "connections") == []
    assert aws.control("GET", "health") == {"status": "ok", "seeded": True}
    assert len(aws.client("ec2").describe_transit_gateways()["TransitGateways"]) == 1


def test_a_control_route_that_is_none_is_told(aws):
    assert aws.refused("GET", "nothing")[0] == 404
