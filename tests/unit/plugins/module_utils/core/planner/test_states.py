# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The planner in every state that AWS knows, and in one that nobody has heard of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.aws.awaited import awaited
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.observed import (
    Whereabouts,
    observe,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan import Terms
from ansible_collections.crossconnect.dx.plugins.module_utils.core.planner.goals import goals_found
from ansible_collections.crossconnect.dx.plugins.module_utils.core.planner.plan_estate import (
    plan_absent,
    plan_present,
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
    found_peer,
)

TERMS = Terms(account="network")
HERE = Whereabouts(account_id="111122223333", region="eu-central-1", partition="aws")

WITH_STATE = {
    "connection": lambda state: replace(
        COMPLETE, connections=(replace(FOUND_CONNECTION, state=state),)
    ),
    "gateway": lambda state: replace(
        COMPLETE, gateways=(replace(FOUND_CORE, state=state), FOUND_LEGACY)
    ),
    "association": lambda state: replace(
        COMPLETE, associations=(replace(TIE_CORE, state=state), TIE_LEGACY)
    ),
    "virtual_interface": lambda state: replace(
        COMPLETE, virtual_interfaces=(replace(FOUND_TRANSIT, state=state), FOUND_PRIVATE)
    ),
    "peer": lambda state: replace(
        COMPLETE,
        virtual_interfaces=(
            replace(FOUND_TRANSIT, peers=(found_peer(state=state), found_peer("ipv6"))),
            FOUND_PRIVATE,
        ),
    ),
}
THERE = {
    "connection": ("ordering", "requested", "pending", "available", "down", "unknown"),
    "gateway": ("pending", "available", "unknown"),
    "association": ("associating", "associated", "updating", "unknown"),
    "virtual_interface": (
        *("confirming", "verifying", "pending", "available", "down", "testing", "unknown"),
    ),
    "peer": ("verifying", "pending", "available", "unknown"),
}
GONE = {
    "connection": ("deleting", "deleted", "rejected"),
    "gateway": ("deleting", "deleted"),
    "association": ("disassociating", "disassociated"),
    "virtual_interface": ("deleting", "deleted", "rejected"),
    "peer": ("deleting", "deleted"),
}


IDS = {
    "connection": FOUND_CONNECTION.id,
    "gateway": FOUND_CORE.id,
    "association": TIE_CORE.id,
    "virtual_interface": FOUND_TRANSIT.id,
}


def cases(words):
    return [
        pytest.param(kind, state, id=f"{kind} {state}")
        for kind, states in words.items()
        for state in states
    ]


@pytest.mark.parametrize(
    ("kind", "state"),
    [*cases(THERE), *cases(dict.fromkeys(WITH_STATE, ("a-state-of-2031",)))],
)
def test_what_is_there_in_whatever_state_is_not_made_again(kind, state):
    plan = plan_present(ACME, WITH_STATE[kind](state), TERMS)

    assert (plan.actions, plan.faults, plan.notes) == ((), (), ())


@pytest.mark.parametrize(("kind", "state"), cases(GONE))
def test_what_is_gone_or_going_is_made_again(kind, state):
    plan = plan_present(ACME, WITH_STATE[kind](state), TERMS)

    assert kind in {action.kind for action in plan.actions} or plan.faults


@pytest.mark.parametrize(
    ("kind", "state"),
    [*cases(THERE), *cases(GONE), *cases(dict.fromkeys(WITH_STATE, ("a-state-of-2031",)))],
)
def test_every_state_can_be_taken_down_told_and_awaited(kind, state):
    snapshot = WITH_STATE[kind](state)

    plan = plan_absent(ACME, snapshot, TERMS)
    told = awaited(observe(ACME, snapshot, TERMS, HERE))

    going = {action.id for action in plan.actions}
    if kind != "peer":
        assert (IDS[kind] in going) is (state not in GONE[kind])
    unheard = [record for record in told if record["state"] == "a-state-of-2031"]
    assert all(record["from"] == "AWS" for record in unheard)
    assert len(unheard) == (state == "a-state-of-2031" and kind != "peer")
    waiting = {wait.on.kind for wait in goals_found(ACME, snapshot, TERMS)}
    assert waiting <= {kind}
