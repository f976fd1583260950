# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Alarms against the model of AWS: made with what they watch, kept as asked, gone before it."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.modules import alarms, estate
from tests.fixtures.aws_model import run_module
from tests.fixtures.kills import kill_at_every_change
from tests.fixtures.living import client_of

NOC = "arn:aws:sns:eu-central-1:111122223333:noc"
MUTED = "arn:aws:sns:eu-central-1:111122223333:dashboard"
# What one call sets of an alarm.
WHOLE = (
    *("AlarmName", "AlarmDescription", "MetricName", "Namespace", "Statistic", "Dimensions"),
    *("Period", "EvaluationPeriods", "DatapointsToAlarm", "Threshold", "ComparisonOperator"),
    *("TreatMissingData", "AlarmActions", "OKActions"),
)
STATE = "crossconnect/acme/operations/fra-a/connection_state"
SESSION = "crossconnect/acme/operations/fra-a-transit/bgp_status-ipv4"
ESTATE = {
    "name": "acme",
    "tags": {"owner": "network"},
    "connections": [
        {"name": "fra-a", "account": "network", "location": "EqFA5", "bandwidth": "10Gbps"}
    ],
    "gateways": [{"name": "core", "account": "network", "amazon_asn": 64512}],
    "virtual_interfaces": [
        {
            "name": "fra-a-transit",
            "on": "fra-a",
            "type": "transit",
            "gateway": "core",
            "vlan": 101,
            "customer_asn": 65001,
            "peers": [{"family": "ipv4"}],
        }
    ],
    "alarms": [{"name": "operations", "account": "network", "notify": [NOC]}],
}
SET = {
    "name": "capacity",
    "connections": ["fra-a"],
    "bandwidth": "10Gbps",
    "watch": [{"metric": "utilisation_egress", "above_percent": 70}],
}


@pytest.fixture
def run(aws_model):
    """Return a way to bring the account to an estate, with calls counted from there."""

    def run(wanted=ESTATE, **options):
        aws_model.forget_calls()
        session = aws_model.options()
        return run_module(estate.main, estate=wanted, account="network", **session, **options)

    return run


@pytest.fixture
def built(run, aws_model):
    """Bring the whole estate up, alarms included."""
    run()
    aws_model.patch("fra-a")
    aws_model.let_time_pass(60)
    return run(wait_seconds=20)


def changed(**others):
    (entry,) = ESTATE["alarms"]
    return {**ESTATE, "alarms": [{**entry, **others}]}


def there(aws_model):
    found = client_of(aws_model, "cloudwatch").describe_alarms()["MetricAlarms"]
    return {alarm["AlarmName"]: alarm for alarm in found}


def sent(aws_model):
    return [call for call in aws_model.changes() if "Alarm" in call]


def test_a_port_without_light_gets_no_alarm_yet_and_the_plan_says_what_it_waits_for(run, aws_model):
    result = run()

    assert there(aws_model) == {}
    waits = {each["name"]: each["waits_for"] for each in result["plan"] if each["kind"] == "alarm"}
    assert waits == {
        "operations/fra-a/connection_state": ["connection fra-a to be available (now not there)"],
        "operations/fra-a-transit/bgp_status-ipv4": [
            "connection fra-a to be available (now not there)"
        ],
    }


def test_alarms_come_in_the_run_that_makes_what_they_watch(built, run, aws_model):
    connection = built["observed"]["connections"][0]["id"]
    interface = built["observed"]["virtual_interfaces"][0]["id"]

    made = there(aws_model)

    assert set(made) == {STATE, SESSION}
    assert made[STATE]["Dimensions"] == [{"Name": "ConnectionId", "Value": connection}]
    assert {each["Name"]: each["Value"] for each in made[SESSION]["Dimensions"]} == {
        "ConnectionId": connection,
        "VirtualInterfaceId": interface,
        "IpAddressFamily": "ipv4",
    }
    assert made[SESSION]["AlarmActions"] == made[SESSION]["OKActions"] == [NOC]
    assert made[SESSION]["TreatMissingData"] == "breaching"
    assert run()["changed"] is False
    assert aws_model.calls().count("DescribeAlarms") == 1
    assert aws_model.changes() == []


@pytest.mark.usefixtures("built")
def test_an_alarm_bears_the_estates_tags(aws_model):
    client = client_of(aws_model, "cloudwatch")

    tags = client.list_tags_for_resource(ResourceARN=there(aws_model)[STATE]["AlarmArn"])["Tags"]

    told = {tag["Key"]: tag["Value"] for tag in tags}
    assert told["crossconnect:estate"] == "acme"
    assert told["crossconnect:name"] == "operations/fra-a/connection_state"
    assert told["owner"] == "network"


@pytest.mark.usefixtures("built")
def test_the_model_knows_the_state_of_light_and_of_a_session(run, aws_model):
    states = {each["name"]: each["state"] for each in run()["observed"]["alarms"]}

    # There is light, and nobody at the other end of the session.
    assert states == {
        "operations/fra-a/connection_state": "OK",
        "operations/fra-a-transit/bgp_status-ipv4": "ALARM",
    }
    aws_model.patch()
    assert run()["observed"]["alarms"][0]["state"] == "ALARM"


@pytest.mark.usefixtures("built")
def test_what_somebody_has_changed_is_put_right_and_a_mute_stays(run, aws_model):
    client = client_of(aws_model, "cloudwatch")
    kept = ("MetricName", "Namespace", "Statistic", "Dimensions", "Period", "ComparisonOperator")
    alarm = there(aws_model)[STATE]
    client.put_metric_alarm(
        AlarmName=STATE,
        **{name: alarm[name] for name in kept},
        EvaluationPeriods=7,
        Threshold=0.5,
        ActionsEnabled=False,
        InsufficientDataActions=[MUTED],
    )

    result = run()

    (action,) = result["plan"]
    assert {each["attribute"] for each in action["changes"]} == {
        *("threshold", "evaluation_periods", "datapoints_to_alarm"),
        *("missing_data", "description", "alarm_actions", "ok_actions"),
    }
    now = there(aws_model)[STATE]
    assert (now["Threshold"], now["EvaluationPeriods"], now["TreatMissingData"]) == (
        1.0,
        1,
        "breaching",
    )
    assert now["ActionsEnabled"] is False
    assert now["InsufficientDataActions"] == [MUTED]
    assert run()["changed"] is False


@pytest.mark.usefixtures("built")
def test_who_is_told_stays_where_the_estate_does_not_say(run, aws_model):
    silent = changed(notify=None, watch=[{"metric": "connection_state", "evaluation_periods": 2}])

    run(silent)

    assert there(aws_model)[STATE]["EvaluationPeriods"] == 2
    assert there(aws_model)[STATE]["AlarmActions"] == [NOC]


@pytest.mark.usefixtures("built")
def test_what_is_watched_no_longer_goes_by_prune_and_consent_only(run, aws_model):
    fewer = changed(watch=[{"metric": "connection_state"}])

    left = run(fewer)
    refused = run(fewer, prune=True)

    name = "operations/fra-a-transit/bgp_status-ipv4"
    assert f"alarm {name} belongs to estate acme and is no longer declared" in left["plan_text"]
    assert f"delete alarm {name}: no longer declared; this needs operations" in refused["msg"]
    assert sent(aws_model) == []
    run(fewer, prune=True, consent=["operations"])
    assert set(there(aws_model)) == {STATE}


@pytest.mark.usefixtures("built")
def test_alarms_go_before_what_they_watch(run, aws_model):
    result = run(state="absent", consent=["fra-a", "fra-a-transit"])

    assert aws_model.changes()[:3] == ["DeleteAlarms", "DeleteAlarms", "DeleteVirtualInterface"]
    assert result["observed"]["alarms"] == []
    assert there(aws_model) == {}


@pytest.mark.usefixtures("built")
def test_another_estates_alarms_are_not_touched(run, aws_model):
    gone = run({**ESTATE, "name": "other"}, state="absent", scope=["alarms"])

    assert gone["changed"] is False
    assert set(there(aws_model)) == {STATE, SESSION}


@pytest.mark.usefixtures("built")
def test_an_alarm_follows_an_interface_that_is_made_anew_in_the_same_run(run, aws_model):
    (ride,) = ESTATE["virtual_interfaces"]
    moved = {**ESTATE, "virtual_interfaces": [{**ride, "vlan": 102}]}

    made = run(moved, replace=["fra-a-transit"], consent=["fra-a-transit"])

    dimensions = {each["Name"]: each["Value"] for each in there(aws_model)[SESSION]["Dimensions"]}
    (interface,) = made["observed"]["virtual_interfaces"]
    assert dimensions["VirtualInterfaceId"] == interface["id"]
    assert run(moved)["changed"] is False


def test_an_estate_without_alarms_costs_no_call(run, aws_model):
    run({**ESTATE, "alarms": []})

    assert "DescribeAlarms" not in aws_model.calls()


def test_a_lost_answer_is_looked_up(built, run, aws_model):
    assert built["changed"]
    aws_model.break_call("PutMetricAlarm", "error-after")

    result = run(changed(watch=[{"metric": "error_count"}]))

    assert result["changed"] is True
    assert sent(aws_model) == ["PutMetricAlarm"]


@pytest.mark.usefixtures("built")
def test_a_change_that_aws_failed_at_is_not_taken_for_done(run, aws_model):
    client = client_of(aws_model, "cloudwatch")
    alarm = there(aws_model)[STATE]
    client.put_metric_alarm(**{name: alarm[name] for name in WHOLE}, Unit="Count")
    aws_model.break_call("PutMetricAlarm", "error-before")

    failed = run(settle_seconds=0)

    assert failed["failed"]
    assert there(aws_model)[STATE]["Unit"] == "Count"


def test_a_run_killed_at_any_change_is_completed_by_the_next_with_nothing_twice(run, aws_model):
    plain = {**ESTATE, "alarms": []}
    run(plain)
    aws_model.patch("fra-a")
    aws_model.let_time_pass(60)
    run(plain, wait_seconds=20)

    killed = kill_at_every_change(aws_model, estate.main, estate=ESTATE, account="network")

    assert killed == ["PutMetricAlarm"] * 2
    assert run()["changed"] is False


@pytest.fixture
def run_set(built, aws_model):
    """Return a way to run the module alarms beside a port that is there."""
    assert built["changed"]

    def run_set(**options):
        aws_model.forget_calls()
        return run_module(alarms.main, **aws_model.options(), **{**SET, **options})

    return run_set


def test_a_single_set_is_made_and_then_left_alone(run_set, aws_model):
    planned = run_set(check=True)
    assert aws_model.changes() == []

    made = run_set()

    assert planned["plan"] == made["plan"]
    (alarm,) = made["alarms"]
    assert alarm["id"] == "crossconnect/-/capacity/fra-a/utilisation_egress"
    assert alarm["threshold"] == 7_000_000_000
    assert run_set()["changed"] is False
    gone = run_set(state="absent")
    assert gone["alarms"] == []
    assert sent(aws_model) == ["DeleteAlarms"]


def test_a_set_on_a_port_that_is_not_there_is_refused(run_set):
    refused = run_set(connections=["fra-z"])

    assert "there is no connection fra-z in this account" in refused["msg"]


def test_a_share_of_an_unknown_bandwidth_costs_no_call(run_set, aws_model):
    refused = run_set(bandwidth=None)

    assert (
        refused["msg"] == "bandwidth: is missing: give the bandwidth of the connections, as 10Gbps"
    )
    assert aws_model.calls() == []


def test_encryption_and_a_session_can_be_watched_by_themselves(run_set):
    ride = {"name": "fra-a-transit", "connection": "fra-a"}
    watch = [{"metric": "encryption_state"}, {"metric": "prefixes_accepted", "below": 3}]

    made = run_set(virtual_interfaces=[ride], watch=watch, bandwidth=None)

    assert [(each["metric_name"], each["threshold"]) for each in made["alarms"]] == [
        ("ConnectionEncryptionState", 1.0),
        ("VirtualInterfaceBgpPrefixesAccepted", 3.0),
    ]
