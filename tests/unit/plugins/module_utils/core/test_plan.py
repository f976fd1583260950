# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The values that a plan is made of."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import Estate
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan import (
    Action,
    Plan,
    Reference,
    Wait,
)

GATEWAY = Reference(kind="gateway", name="core")


def test_an_action_knows_its_parents_by_kind():
    action = Action(verb="create", kind="association", name="core/tgw", parents=(GATEWAY,))

    assert action.parent("gateway") == GATEWAY
    with pytest.raises(KeyError):
        action.parent("connection")


@pytest.mark.parametrize("find", [Estate.connection, Estate.carrier, Estate.gateway])
def test_an_estate_has_nothing_under_a_name_that_it_does_not_declare(find):
    with pytest.raises(KeyError, match="nowhere"):
        find(Estate(name="acme"), "nowhere")


@pytest.mark.parametrize(
    ("wait", "said"),
    [
        pytest.param(
            Wait(on=GATEWAY, until=("available",)),
            "gateway core to be available (now not there)",
            id="not there",
        ),
        pytest.param(
            Wait(on=GATEWAY, now="deleting"), "gateway core to be gone (now deleting)", id="going"
        ),
    ],
)
def test_a_wait_says_what_is_waited_for(wait, said):
    assert str(wait) == said


def test_a_plan_is_due_where_no_people_are_awaited():
    late = Action(
        verb="create",
        kind="gateway",
        name="late",
        waits_for=(Wait(on=GATEWAY, people=True),),
    )
    soon = Action(verb="create", kind="gateway", name="soon", waits_for=(Wait(on=GATEWAY),))

    assert Plan(estate="acme", account="network", actions=(late, soon)).due == (soon,)
