# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""CloudWatch of the model: alarms that know the state of light and sessions, in pages."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from tests.fixtures.drives_alarms import wish


@pytest.fixture
def watcher(aws):
    return aws.client("cloudwatch")


@pytest.fixture
def state(watcher, circuits):
    """Return a way to make an alarm like the drives' but for a few things, and tell its state."""
    alarm = wish(circuits)

    def state(**others):
        watcher.put_metric_alarm(**{**alarm, **others})
        return now(watcher)

    return state


def now(watcher):
    return watcher.describe_alarms()["MetricAlarms"][0]["StateValue"]


def dimensions(**values):
    return [{"Name": name, "Value": value} for name, value in values.items()]


def test_the_alarm_on_a_port_follows_its_light(state, watcher, aws):
    assert state() == "OK"

    aws.plug()

    assert now(watcher) == "ALARM"


def test_an_alarm_may_ask_for_more_than_a_threshold(state):
    assert state(ComparisonOperator="GreaterThanThreshold", Threshold=0.0) == "ALARM"


def test_the_alarm_on_a_session_that_is_down_is_on(state, circuits):
    (port,) = circuits.available_connections("fra-b")
    made = circuits.transit(port, circuits.gateway())
    ids = {"ConnectionId": port, "VirtualInterfaceId": made["virtualInterfaceId"]}
    session = {"MetricName": "VirtualInterfaceBgpStatus", "TreatMissingData": "missing"}

    assert state(**session, Dimensions=dimensions(**ids, IpAddressFamily="ipv4")) == "ALARM"
    silent = state(**session, Dimensions=dimensions(**ids, IpAddressFamily="ipv6"))
    assert silent == "INSUFFICIENT_DATA"


@pytest.mark.parametrize(
    ("missing", "expected"),
    [("breaching", "ALARM"), ("notBreaching", "OK"), ("missing", "INSUFFICIENT_DATA")],
)
def test_silence_counts_as_the_alarm_says(state, missing, expected):
    unknown = dimensions(ConnectionId="dxcon-zzzzzzzz")

    assert state(Dimensions=unknown, TreatMissingData=missing) == expected
    assert state(MetricName="ConnectionBpsEgress", TreatMissingData=missing) == expected


def test_alarms_come_in_pages_of_a_hundred(watcher, circuits):
    alarm = wish(circuits)
    for number in range(101):
        watcher.put_metric_alarm(**{**alarm, "AlarmName": f"crossconnect/{number}"})

    first = watcher.describe_alarms()
    second = watcher.describe_alarms(NextToken=first["NextToken"])

    assert (len(first["MetricAlarms"]), len(second["MetricAlarms"])) == (100, 1)
    assert "NextToken" not in second


def test_a_page_that_nobody_offered_is_refused(watcher):
    with pytest.raises(ClientError, match=r"\(InvalidNextToken\)"):
        watcher.describe_alarms(NextToken="of another list")


def test_a_dimension_without_a_value_is_refused(aws, circuits):
    unchecked = aws.client("cloudwatch", parameter_validation=False)
    alarm = {**wish(circuits), "Dimensions": [{"Name": "ConnectionId"}]}

    with pytest.raises(ClientError, match=r"Dimensions\.1\.Value is required"):
        unchecked.put_metric_alarm(**alarm)


def test_an_alarm_is_deleted_and_another_account_has_none_of_it(state, watcher, aws):
    state()
    assert aws.client("cloudwatch", "workload").describe_alarms()["MetricAlarms"] == []

    (alarm,) = watcher.describe_alarms()["MetricAlarms"]
    watcher.delete_alarms(AlarmNames=[alarm["AlarmName"]])

    assert watcher.describe_alarms()["MetricAlarms"] == []


@pytest.mark.parametrize(
    ("others", "place"),
    [
        pytest.param({"Dimensions": [{}]}, "Dimensions.1.Name", id="an empty dimension"),
        pytest.param({"ComparisonOperator": "Bigger"}, "ComparisonOperator", id="operator"),
        pytest.param({"Namespace": ":x"}, "Namespace", id="pattern"),
        pytest.param({"AlarmName": "x" * 256}, "AlarmName", id="too long"),
        pytest.param({"EvaluationPeriods": 0}, "EvaluationPeriods", id="too small"),
    ],
)
def test_what_cloudwatch_does_not_take_is_refused_by_its_place(aws, circuits, others, place):
    watcher = aws.client("cloudwatch", parameter_validation=False)

    with pytest.raises(ClientError) as caught:
        watcher.put_metric_alarm(**{**wish(circuits), **others})

    error = caught.value.response["Error"]
    assert error["Code"] == "ValidationError"
    assert place in error["Message"]


def test_a_token_that_nobody_gave_is_refused(watcher):
    with pytest.raises(ClientError) as caught:
        watcher.describe_alarms(NextToken="somebody-else-s")

    assert caught.value.response["Error"]["Code"] == "InvalidNextToken"


def test_an_alarm_on_nothing_has_no_data(state):
    assert state(Dimensions=[], TreatMissingData="missing") == "INSUFFICIENT_DATA"
