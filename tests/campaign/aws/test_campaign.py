# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The campaign in short; `make campaign-aws` runs all of it and prints the figures."""

from __future__ import annotations

import pytest

from . import ground, kills, pairs, random_estates, weather

# One phase of each story.
PHASES = [
    each
    for each in ground.PHASES
    if each.name in ("circuits, build", "surroundings, change", "backup, change", "accounts, build")
]
# Of a hundred places: each phase, both moments (an even step would meet only one of them).
EVERY = 31


def test_a_run_killed_at_a_call_is_completed_by_the_next_with_nothing_twice_and_nothing_lost(
    aws_model,
):
    places = list(kills.kills(aws_model, PHASES))
    assert len(places) > 50

    verdict = kills.campaign(aws_model, places[::EVERY])

    assert verdict.cases == len(places[::EVERY])
    assert verdict.clean, str(verdict)


def test_throttled_reads_and_creates_that_fail_after_their_effect_change_nothing_of_that(aws_model):
    verdict, throttled, broken = weather.campaign(aws_model, 1, failed=0.3, phases=PHASES)

    assert throttled
    assert broken
    assert verdict.clean, str(verdict)


def test_what_a_call_did_whose_answer_is_lost_is_seen_at_once(aws_model):
    (phase,) = (each for each in PHASES if each.name == "surroundings, change")
    lost = [
        "AssociateConnectionsToResiliencyGroup",
        "AssociateVirtualInterface",
        "DisassociateConnectionsFromResiliencyGroup",
        "EnableTransitGatewayRouteTablePropagation",
    ]
    ground.prepare(aws_model, phase)
    aws_model.forget_calls()
    for operation in lost:
        aws_model.break_call(operation, "error-after")

    result = ground.reconcile(aws_model, phase, "network", settle_seconds=10)

    assert "failed" not in result, result["msg"]
    assert len(aws_model.errors()) == len(lost)
    assert ground.is_over(ground.reconcile(aws_model, phase, "network"))


@pytest.mark.parametrize("nodes", [pairs.on_one_node, pairs.on_two_nodes])
def test_two_runs_at_once_make_nothing_twice(aws_model, tmp_path, nodes):
    verdict = nodes(aws_model, tmp_path, 1)

    assert verdict.clean, str(verdict)


def test_ports_that_two_nodes_have_both_ordered_are_told_by_name(aws_model, tmp_path):
    twins, untold = pairs.of_ports_on_two_nodes(aws_model, tmp_path, 1)

    assert twins >= 3
    assert untold == 0


def test_what_two_accounts_share_is_imported_by_each_and_plans_nothing(aws_model):
    (phase,) = (each for each in PHASES if each.name == "accounts, build")
    ground.prepare(aws_model, phase)
    ground.finish(aws_model, phase)

    for account in phase.accounts:
        assert not list(random_estates.import_plans(aws_model, "campaign", account))


def test_a_random_estate_comes_true_and_plans_nothing_the_second_time(aws_model):
    verdict = random_estates.good(aws_model, 2)

    assert verdict.clean, str(verdict)


def test_a_random_estate_with_one_thing_wrong_is_told_path_and_rule_and_costs_no_call(aws_model):
    assert random_estates.bad(aws_model, 25) == 25


def test_junk_anywhere_in_an_estate_is_told_by_its_name_and_costs_no_call(aws_model):
    assert random_estates.junk(aws_model, 25)
