# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The planner: what a run waits for once it has sent a call."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan import Reference, Terms
from ansible_collections.crossconnect.dx.plugins.module_utils.core.planner.goals import (
    goals_found,
    goals_of,
)
from tests.fixtures.acme import (
    ACME,
    COMPLETE,
    FOUND_CONNECTION,
    FOUND_CORE,
    FOUND_LEGACY,
    FOUND_PRIVATE,
    FOUND_TRANSIT,
    TIE_CORE,
    TIE_LEGACY,
)

TERMS = Terms(account="network")


@pytest.mark.parametrize(
    ("kind", "quick", "long"),
    [
        pytest.param("connection", "pending", "available", id="connection"),
        pytest.param("gateway", "available", None, id="gateway"),
        pytest.param("association", "associated", "associated", id="association"),
        pytest.param("virtual_interface", "available", "available", id="virtual interface"),
        pytest.param("peer", "available", None, id="peer"),
    ],
)
def test_each_kind_has_a_quick_goal_and_some_a_long_one(kind, quick, long):
    goals = goals_of(Reference(kind=kind, name="it", id="id-1"))

    assert [goal.until[0] for goal in goals if not goal.people] == [quick]
    assert [long in goal.until for goal in goals if goal.people] == ([True] if long else [])


def test_an_unknown_kind_is_a_fault_of_ours():
    with pytest.raises(ValueError, match="nothing is known of the kind moon"):
        goals_of(Reference(kind="moon", name="it"))


def test_what_has_arrived_is_not_waited_for():
    assert goals_found(ACME, COMPLETE, TERMS) == ()


def test_what_is_under_way_is_waited_for_and_an_order_only_with_patience():
    snapshot = replace(
        COMPLETE,
        connections=(replace(FOUND_CONNECTION, state="requested"),),
        gateways=(replace(FOUND_CORE, state="pending"), FOUND_LEGACY),
        associations=(replace(TIE_CORE, state="associating"), TIE_LEGACY),
        virtual_interfaces=(replace(FOUND_TRANSIT, state="pending"), FOUND_PRIVATE),
    )

    waits = [(wait.on.name, wait.people) for wait in goals_found(ACME, snapshot, TERMS)]

    assert waits == [
        ("fra-a", True),
        ("core", False),
        ("core/tgw-core", False),
        ("core/tgw-core", True),
        ("fra-a-transit", False),
        ("fra-a-transit", True),
    ]


@pytest.mark.parametrize("state", ["confirming", "verifying"])
def test_an_interface_that_others_have_to_act_on_is_awaited_only_with_patience(state):
    slow = replace(FOUND_TRANSIT, state=state)
    snapshot = replace(COMPLETE, virtual_interfaces=(slow, FOUND_PRIVATE))

    waits = [(wait.on.name, wait.people) for wait in goals_found(ACME, snapshot, TERMS)]

    assert waits == [("fra-a-transit", True)]
