# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Big estates: twice the objects are twice the work, counted in steps of the interpreter."""

from __future__ import annotations

import sys
from contextlib import contextmanager

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate import read_estate
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan import Terms
from ansible_collections.crossconnect.dx.plugins.module_utils.core.planner.goals import goals_found
from ansible_collections.crossconnect.dx.plugins.module_utils.core.planner.plan_estate import (
    plan_absent,
    plan_present,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.snapshot import Snapshot
from tests.bench.estates import ACCOUNT, complete, document, sized

SMALL, BIG = 60, 240
TERMS = Terms(account=ACCOUNT)


class Steps:
    """Counts the interpreter's steps: the same on every machine, unlike time."""

    def __init__(self):
        self.count = 0

    def __call__(self, frame, event, _):
        frame.f_trace_opcodes = True
        frame.f_trace_lines = False
        self.count += event == "opcode"
        return self


@contextmanager
def counted():
    before, steps = sys.gettrace(), Steps()
    sys.settrace(steps)
    try:
        yield steps
    finally:
        sys.settrace(before)


def steps_of(work):
    with counted() as steps:
        work()
    return steps.count


def reading(objects):
    estate = document(sized(objects))
    return lambda: read_estate(estate)


def planning(objects, plan, snapshot_of):
    estate = read_estate(document(sized(objects)))
    snapshot = snapshot_of(estate)
    return lambda: plan(estate, snapshot, TERMS)


def nothing_there(_estate):
    return Snapshot()


WORK = {
    "reading the document": reading,
    "a run that finds all": lambda objects: planning(objects, plan_present, complete),
    "a first run": lambda objects: planning(objects, plan_present, nothing_there),
    "a demolition": lambda objects: planning(objects, plan_absent, complete),
    "goals": lambda objects: planning(objects, goals_found, complete),
}


@pytest.mark.parametrize("case", WORK)
def test_the_work_grows_as_the_estate_does(case):
    small, big = (steps_of(WORK[case](objects)) for objects in (SMALL, BIG))

    # Ten ports are on each router, so that nothing but the number of objects grows.
    assert small > SMALL
    assert big < 1.2 * (BIG / SMALL) * small


def test_steps_tell_a_search_from_a_lookup():
    things = list(range(BIG))

    def search(count):
        return lambda: [[thing for thing in things[:count] if thing == one] for one in range(count)]

    assert steps_of(search(BIG)) > 10 * steps_of(search(SMALL))
