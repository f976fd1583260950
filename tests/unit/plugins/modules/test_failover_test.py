# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module failover_test: what it refuses, what it starts once, and how it judges."""

from __future__ import annotations

import threading

import pytest

from ansible_collections.crossconnect.dx.plugins.modules import estate, failover_test
from tests.fixtures.aws_model import SECRET_KEY, run_module
from tests.fixtures.two_circuits import DOCUMENT, KEY

CONSENT = {"consent": ["fra-a-transit"]}
START, STOP = "StartBgpFailoverTest", "StopBgpFailoverTest"


@pytest.fixture
def circuits(live_model):
    """Build two circuits to one gateway, with all sessions up."""
    options = {"estate": DOCUMENT, "account": "network", **live_model.options()}
    assert run_module(estate.main, **options)["changed"]
    live_model.patch("fra-a", "fra-b")
    assert run_module(estate.main, **options)["changed"]
    live_model.forget_calls()
    return live_model


def run(model, *, check=False, **options):
    terms = {"virtual_interface": "fra-a-transit", "settle_seconds": 5, **options}
    return run_module(failover_test.main, check=check, **terms, **model.options())


def up(look):
    return [(each["virtual_interface"], each["family"]) for each in look if each["status"] == "up"]


ALL_UP = [
    (name, family) for name in ("fra-a-transit", "fra-b-transit") for family in ("ipv4", "ipv6")
]


def test_a_whole_test_passes_by_its_three_looks(circuits):
    started = run(circuits, **CONSENT, minutes=7, estate="acme")
    assert "failed" not in started, started["msg"]
    test = started["test"]
    assert (started["changed"], test["status"], test["minutes"]) == (True, "IN_PROGRESS", 7)
    assert len(test["peers"]) == 2
    assert (up(started["looks"]["before"]), started["looks"]["after"]) == (ALL_UP, None)
    assert up(started["looks"]["during"]) == ALL_UP[2:]
    assert started["verdict"] == {
        "outcome": "open",
        "faults": [],
        "sentence": "open: nobody looked after the test",
    }

    stopped = run(circuits, state="stopped", looks=started["looks"])

    assert (stopped["changed"], stopped["test"]["status"]) == (True, "COMPLETED")
    assert up(stopped["looks"]["after"]) == ALL_UP
    assert stopped["verdict"]["outcome"] == "passed"
    assert stopped["verdict"]["sentence"] == (
        "passed: while the ipv4 session of fra-a-transit and the ipv6 session of fra-a-transit "
        "were down, the ipv4 session of fra-b-transit and the ipv6 session of fra-b-transit "
        "stayed up, and all that was up before is up again"
    )
    assert circuits.changes() == [START, STOP]
    assert [each["id"] for each in stopped["history"]] == [test["id"]]


def test_a_test_that_runs_is_not_started_again(circuits):
    first = run(circuits, **CONSENT)

    again = run(circuits, looks=first["looks"])

    assert (again["changed"], again["diff"]) == (False, {})
    assert again["test"] == first["test"]
    assert again["looks"] == first["looks"]
    assert circuits.changes() == [START]


def test_one_family_goes_down_and_another_choice_meanwhile_is_refused(circuits):
    started = run(circuits, **CONSENT, families=["ipv6"])
    refused = run(circuits, **CONSENT)

    assert up(started["looks"]["during"]) == [each for each in ALL_UP if each != ALL_UP[1]]
    test = started["test"]
    assert refused["msg"] == (
        f"a failover test of fra-a-transit with other sessions runs until {test['ends']} "
        f"({test['id']}): stop it first, or name its families"
    )
    assert circuits.changes() == [START]


def test_aws_ends_a_test_by_itself_and_it_is_judged_then(circuits):
    started = run(circuits, **CONSENT, minutes=3)
    circuits.let_time_pass(180)

    judged = run(circuits, state="judged", looks=started["looks"])
    stopped = run(circuits, state="stopped")

    assert (judged["changed"], judged["verdict"]["outcome"]) == (False, "passed")
    assert (stopped["changed"], stopped["verdict"]["outcome"]) == (False, "open")
    assert circuits.changes() == [START]


def test_a_stop_of_none_changes_nothing(circuits):
    result = run(circuits, state="stopped")

    assert (result["changed"], result["test"], result["history"]) == (False, None, [])
    assert result["verdict"]["sentence"] == "there has been no failover test of this interface"
    assert circuits.calls() == ["DescribeVirtualInterfaces", "ListVirtualInterfaceTestHistory"]


def test_without_another_way_nothing_is_started_and_all_faults_are_told(circuits):
    circuits.take_down("169.254.101.2/30", "169.254.102.2/30")

    result = run(circuits)

    faults = result["msg"].splitlines()
    assert len(faults) == 3
    assert faults[0].startswith("the ipv4 session of fra-a-transit is down already")
    assert faults[1].startswith("no other virtual interface of this account to gateway ")
    assert "has its ipv4 session up (fra-b-transit: down): traffic would have no way" in faults[1]
    assert faults[2].endswith("this needs fra-a-transit in the consent list (dx_consent)")
    assert circuits.changes() == []


def test_check_mode_shows_the_test_and_its_missing_consent_and_calls_nothing(circuits):
    shown = run(circuits, check=True, minutes=30)

    assert shown["changed"]
    assert shown["diff"]["prepared"].splitlines() == [
        "+ failover test of fra-a-transit: for up to 30 min, then AWS ends it by itself",
        "    takes the ipv4 session of fra-a-transit down",
        "    takes the ipv6 session of fra-a-transit down",
        "    consent fra-a-transit: MISSING",
    ]
    assert circuits.changes() == []


def test_check_mode_shows_the_stop_and_leaves_the_test_alone(circuits):
    test = run(circuits, **CONSENT)["test"]

    shown = run(circuits, check=True, state="stopped")

    assert shown["diff"]["prepared"] == f"- failover test of fra-a-transit ({test['id']})\n"
    assert (shown["changed"], shown["test"]["status"]) == (True, "IN_PROGRESS")
    assert circuits.changes() == [START]


@pytest.mark.parametrize("mode", ["error-after", "drop-answer"])
def test_a_start_whose_answer_is_lost_is_read_back_and_never_sent_twice(circuits, mode):
    circuits.break_call(START, mode)

    result = run(circuits, **CONSENT)

    assert "failed" not in result, result["msg"]
    assert (result["changed"], result["test"]["status"]) == (True, "IN_PROGRESS")
    assert circuits.changes() == [START]


def test_a_start_of_which_nothing_is_seen_is_told_and_not_sent_again(circuits):
    circuits.break_call(START, "error-before")

    result = run(circuits, **CONSENT, settle_seconds=0)

    assert result["msg"].startswith("start the failover test: AWS failed at StartBgpFailoverTest")
    assert "the call was sent once" in result["msg"]
    assert circuits.changes() == [START]


def test_a_stop_whose_answer_is_lost_is_read_back(circuits):
    run(circuits, **CONSENT)
    circuits.break_call(STOP, "drop-answer")

    result = run(circuits, state="stopped")

    assert (result["changed"], result["test"]["status"]) == (True, "COMPLETED")
    assert circuits.changes() == [START, STOP]


@pytest.mark.parametrize("call", [START, "ListVirtualInterfaceTestHistory"])
def test_calls_that_aws_has_no_time_for_are_sent_again(circuits, call):
    circuits.break_call(call, "throttle", 2)

    result = run(circuits, **CONSENT)

    assert "failed" not in result, result["msg"]
    assert result["test"]["status"] == "IN_PROGRESS"
    assert len(result["history"]) == 1


def test_a_neighbour_that_falls_and_a_session_that_stays_away_fail_the_verdict(circuits):
    before = run(circuits, **CONSENT)["looks"]
    circuits.take_down("169.254.102.2/30")

    during = run(circuits, state="judged", looks=before)
    stopped = run(circuits, state="stopped", looks=during["looks"], settle_seconds=1)

    fell = "the ipv4 session of fra-b-transit went down during the test, which was not to touch it"
    assert during["verdict"]["faults"] == [fell]
    assert stopped["verdict"]["faults"] == [
        fell,
        "the ipv4 session of fra-b-transit has not come back after the test",
    ]
    assert stopped["verdict"]["sentence"].startswith("failed: ")


def test_sessions_that_come_back_late_are_waited_for(circuits):
    looks = run(circuits, **CONSENT)["looks"]
    circuits.take_down("169.254.101.2/30")
    late = threading.Timer(0.5, circuits.take_down)
    late.start()

    stopped = run(circuits, state="stopped", looks=looks, settle_seconds=20)
    late.join()

    assert stopped["verdict"]["outcome"] == "passed"
    assert stopped["calls"]["DescribeVirtualInterfaces"] > 2


def test_no_key_and_no_credential_appears(circuits):
    shown = [run(circuits, **CONSENT), run(circuits, state="stopped"), run(circuits)]
    assert not [secret for secret in (KEY, SECRET_KEY) if secret in str(shown)]


@pytest.mark.parametrize("minutes", [0, 4321])
def test_minutes_that_aws_does_not_take_are_refused_before_any_call(aws_model, minutes):
    result = run(aws_model, minutes=minutes, **CONSENT)

    assert result["msg"] == f"minutes: {minutes} is not a duration of 1 to 4320 minutes"
    assert aws_model.calls() == []


def test_an_unknown_interface_is_an_error(aws_model):
    assert run(aws_model)["msg"] == "there is no virtual_interface fra-a-transit in this account"
