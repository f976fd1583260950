# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rounds of a play over several accounts: who is told what, and when they go round again."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.passes import (
    merged,
    neighbours_of,
    pass_due,
)

FAILED = {"failed": True, "msg": "no credentials"}


def awaiting(who, what="acceptance of the proposal"):
    return {"from": who, "what": what}


def result(account, *awaited, **more):
    observed = {
        "account": account,
        "account_id": "111122223333",
        "gateways": [{"name": "core", "id": "gw-1", "state": "available"}],
        "offered_associations": [{"target": "tgw-core", "target_id": "tgw-1"}],
        "virtual_gateways": [{"name": "vgw-a", "id": "vgw-1"}],
    }
    return {
        "observed": observed,
        "awaited": list(awaited),
        "changed": False,
        "plan": [],
        "plan_text": "",
        "calls": {"DescribeConnections": 1},
        **more,
    }


def test_an_account_is_told_what_the_others_know():
    told = neighbours_of([result("network"), result("applications"), FAILED], "network")

    assert told == [
        {
            "account": "applications",
            "account_id": "111122223333",
            "gateways": [{"name": "core", "id": "gw-1"}],
            "targets": [{"name": "tgw-core", "id": "tgw-1"}, {"name": "vgw-a", "id": "vgw-1"}],
        }
    ]


@pytest.mark.parametrize(
    ("results", "due"),
    [
        pytest.param([result("a"), result("b")], False, id="nobody is awaited"),
        pytest.param(
            [result("a", awaiting("the owner of account b")), result("b")], True, id="in the play"
        ),
        pytest.param(
            [result("a", awaiting("the owner of account c")), result("b")], False, id="a stranger"
        ),
        pytest.param(
            [result("a", awaiting("other account's owner")), result("b")], True, id="not named"
        ),
        pytest.param(
            [result("a", awaiting("own team", "the number of account b: ...")), result("b")],
            True,
            id="a number",
        ),
        pytest.param([result("a", awaiting("AWS")), result("b")], False, id="AWS"),
        pytest.param([result("a", awaiting("the owner of account b"))], False, id="one account"),
        pytest.param(
            [
                result("a", awaiting("the owner of account b"), moved=False),
                result("b", moved=False),
            ],
            False,
            id="the last round changed nothing",
        ),
        pytest.param([FAILED, FAILED], False, id="all failed"),
    ],
)
def test_another_round_is_due_where_one_account_awaits_another_of_the_play(results, due):
    assert pass_due(results) is due


def test_the_result_of_two_rounds_has_the_first_plan_and_the_last_outcome():
    first = result("a", awaiting("AWS"), changed=True, plan=[{"verb": "create"}], plan_text="+")
    last = result("a", calls={"DescribeConnections": 2, "DescribeLags": 1})

    both = merged(first, last)

    assert (both["changed"], both["moved"], both["plan_text"], both["awaited"]) == (
        True,
        False,
        "+",
        [],
    )
    assert both["calls"] == {"DescribeConnections": 3, "DescribeLags": 1}
    assert merged(last, first)["plan"] == [{"verb": "create"}]
