# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The benchmark's counts, which are the same on every machine; `make bench-aws` adds the times."""

from __future__ import annotations

import pytest

from lab.aws.calls import READING
from tests.bench.estates import sized

from . import stand
from .__main__ import HEADLINE, MOST_CALLS


@pytest.mark.parametrize("objects", [10, 100])
def test_a_run_sends_as_many_changing_calls_as_there_are_objects(aws_model, objects):
    size = sized(objects)

    orders, interfaces, _ = stand.build(aws_model, size)

    assert orders.run.changes == size.connections + size.gateways
    assert interfaces.run.changes == size.interfaces


def test_a_poll_looks_once_at_all_that_is_pending(aws_model):
    size = sized(100)
    kinds = {"DescribeConnections", "DescribeDirectConnectGateways"}

    orders, _, _ = stand.build(aws_model, size)

    looks = orders.run.calls - orders.before.calls - orders.after.calls
    polls = {name: count for name, count in looks.items() if READING.match(name)}
    assert set(polls) == kinds
    assert sum(polls.values()) < size.connections


def test_a_run_that_finds_all_of_two_hundred_circuits_takes_twelve_calls(aws_model):
    stand.build(aws_model, HEADLINE)

    cost, result = stand.reconcile(aws_model, HEADLINE)

    assert (result["changed"], cost.changes) == (False, 0)
    assert cost.reads <= MOST_CALLS
