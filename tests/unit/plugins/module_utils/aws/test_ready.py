# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The queue of what may be sent: the plan's order, and no action looked at without a reason."""

from __future__ import annotations

from collections import Counter

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.aws.ready import Ready
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan import (
    Action,
    Reference,
    Wait,
)


def port(number, *, known=False):
    thing_id = f"dxcon-{number}" if known else None
    return Reference(kind="connection", name=f"port-{number}", id=thing_id)


def order(number):
    return Action(verb="create", kind="connection", name=f"port-{number}")


def ride(number, **on):
    waits = (Wait(on=port(number, **on), until=("available",)),)
    return Action(
        verb="create",
        kind="virtual_interface",
        name=f"vif-{number}",
        parents=(port(number, **on),),
        waits_for=waits,
    )


class Judge:
    """Lets through what waits for nothing that is not in the set, and counts how often it looks."""

    def __init__(self):
        self.there = set()
        self.looks = Counter()

    def __call__(self, action):
        self.looks[action.name] += 1
        return all(wait.on.name in self.there for wait in action.waits_for)


@pytest.fixture
def judge():
    return Judge()


def names(queue):
    return [action.name for action in iter(queue.take, None)]


def test_what_waits_for_nothing_comes_in_the_plans_order(judge):
    queue = Ready([order(2), ride(1), order(1), order(3)], judge)

    assert names(queue) == ["port-2", "port-1", "port-3"]
    assert [action.name for action in queue.left] == ["vif-1"]


def test_what_became_ready_goes_before_what_stands_behind_it_in_the_plan(judge):
    queue = Ready([ride(1), order(1), order(2)], judge)
    assert queue.take() == order(1)

    judge.there.add("port-1")
    queue.tell(("connection", "port-1"))

    assert names(queue) == ["vif-1", "port-2"]


def test_a_thing_that_is_known_by_its_id_is_told_by_its_id(judge):
    queue = Ready([ride(1, known=True)], judge)
    assert queue.take() is None

    judge.there.add("port-1")
    queue.tell("dxcon-1", None)

    assert names(queue) == ["vif-1"]


def test_what_is_no_longer_ready_when_its_turn_comes_waits_on(judge):
    queue = Ready([order(1), ride(1)], judge)
    judge.there.add("port-1")
    queue.tell(("connection", "port-1"))
    queue.take()

    judge.there.clear()

    assert queue.take() is None
    assert [action.name for action in queue.left] == ["vif-1"]


def test_an_action_is_looked_at_once_and_again_for_each_thing_that_concerns_it(judge):
    many = range(500)
    queue = Ready([*map(ride, many), *map(order, many)], judge)
    names(queue)
    for number in many:
        judge.there.add(f"port-{number}")
        queue.tell(f"dxcon-{number}", ("connection", f"port-{number}"))
        assert names(queue) == [f"vif-{number}"]

    assert set(judge.looks.values()) <= {1, 2}
