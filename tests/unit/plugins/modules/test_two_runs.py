# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two runs at once on one estate: real processes, started together, many times over."""

from __future__ import annotations

import json
import re
from functools import partial

import pytest

from ansible_collections.crossconnect.dx.plugins.modules import estate
from tests.fixtures.acme_document import acme
from tests.fixtures.aws_model import run_module
from tests.fixtures.living import living
from tests.fixtures.polling import until
from tests.fixtures.processes import FORK, both_find_nothing, run, together

ROUNDS = range(6)


@pytest.mark.parametrize("_round", ROUNDS)
def test_on_one_control_node_the_second_run_waits_and_finds_all_done(aws_model, tmp_path, _round):
    results = together(aws_model, tmp_path, tmp_path)

    assert not [result["msg"] for result in results if result.get("failed")]
    assert set(living(aws_model).values()) == {1}
    assert sorted(result["changed"] for result in results) == [False, True]


def test_on_one_control_node_a_run_that_does_not_wait_says_who_it_would_wait_for(
    aws_model, tmp_path
):
    aws_model.break_call("CreateConnection", "slow", seconds=1)

    results = together(aws_model, tmp_path, tmp_path, scope=["connections"], settle_seconds=0)

    (refused,) = (result["msg"] for result in results if result.get("failed"))
    assert re.fullmatch(
        r"another run is changing estate acme in account 111122223333 \(process \d+ on \S+, since "
        r"\S+Z\): nothing was done; run again when it has ended",
        refused,
    )
    assert aws_model.changes() == ["CreateConnection"]


@pytest.mark.parametrize("_round", ROUNDS)
def test_of_two_gateways_made_on_two_control_nodes_the_later_is_withdrawn(
    aws_model, tmp_path, _round
):
    homes = tmp_path / "one", tmp_path / "two"

    results = both_find_nothing(
        aws_model, "DescribeDirectConnectGateways", *homes, scope=["gateways"], settle_seconds=10
    )

    assert not [result["msg"] for result in results if result.get("failed")]
    assert living(aws_model) == {"gateway core": 1, "gateway legacy": 1}
    assert aws_model.changes().count("CreateDirectConnectGateway") > 2
    (here,) = {json.dumps(result["observed"]["gateways"]) for result in results}
    assert {thing["name"] for thing in json.loads(here)} == {"core", "legacy"}


@pytest.mark.parametrize("_round", ROUNDS)
def test_of_two_ports_ordered_on_two_control_nodes_people_are_told_and_none_is_cancelled(
    aws_model, tmp_path, _round
):
    homes = tmp_path / "one", tmp_path / "two"

    results = both_find_nothing(aws_model, "DescribeConnections", *homes, scope=["connections"])

    ports = [port["id"] for port in aws_model.ask("connections")]
    assert len(ports) == 2
    # One that had ended before the other ordered could not know.
    told = [result["msg"] for result in results if "msg" in result]
    assert told
    for message in told:
        assert "connection fra-a exists twice" in message
        assert all(port in message for port in ports)
    assert aws_model.changes() == ["CreateConnection"] * 2


def test_two_runs_on_two_control_nodes_build_nothing_twice_that_aws_keeps_apart(
    aws_model, tmp_path
):
    reconcile = partial(run_module, estate.main, account="network", **aws_model.options())
    reconcile(estate=acme())
    aws_model.patch("fra-a")

    homes = tmp_path / "one", tmp_path / "two"
    both_find_nothing(aws_model, "DescribeVirtualInterfaces", *homes)

    assert reconcile(estate=acme()).get("msg") is None
    assert set(living(aws_model).values()) == {1}


def test_a_run_that_was_killed_holds_nobody_up(aws_model, tmp_path):
    aws_model.break_call("CreateConnection", "stuck", seconds=60)
    options = {"estate": acme(), **aws_model.options()}
    killed = FORK.Process(
        target=run, args=(tmp_path, FORK.Barrier(1), FORK.Queue(), options), daemon=True
    )
    killed.start()
    until(lambda: aws_model.ask("held"), "the order is sent")
    killed.kill()
    killed.join()
    aws_model.heal()

    (result,) = together(aws_model, tmp_path)

    assert not result.get("failed")
    assert set(living(aws_model).values()) == {1}
