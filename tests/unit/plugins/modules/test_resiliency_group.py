# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module resiliency_group against the model of AWS: made once, filled exactly, kept."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.modules import connection, resiliency_group
from tests.fixtures.aws_model import run_module
from tests.fixtures.kills import kill_at_every_change

GROUP = {
    "name": "core",
    "estate": "acme",
    "model": "high-resiliency",
    "connections": ["fra-a", "ams-a"],
}
PORTS = {"fra-a": "EqFA5", "ams-a": "EqAM3", "ams-b": "EqAM3"}


@pytest.fixture
def run(aws_model):
    """Return a way to run the module beside three ports, with calls counted from there."""
    for name, location in PORTS.items():
        wish = {"name": name, "estate": "acme", "location": location, "bandwidth": "10Gbps"}
        run_module(connection.main, **aws_model.options(), **wish)

    def run(**options):
        aws_model.forget_calls()
        return run_module(resiliency_group.main, **aws_model.options(), **{**GROUP, **options})

    return run


def test_a_group_is_made_filled_and_then_left_alone(run, aws_model):
    planned = run(check=True)
    assert aws_model.changes() == []

    made = run()

    assert planned["plan"] == made["plan"]
    assert made["resiliency_group"]["connections"] == ["fra-a", "ams-a"]
    assert made["resiliency_group"]["model"] == "high-resiliency"
    assert aws_model.changes() == [
        "CreateResiliencyGroup",
        "AssociateConnectionsToResiliencyGroup",
    ]
    assert run()["changed"] is False
    assert aws_model.changes() == []


def test_the_list_is_exact(run, aws_model):
    run()

    changed = run(connections=["fra-a", "ams-b"])

    assert sorted(changed["resiliency_group"]["connections"]) == ["ams-b", "fra-a"]
    assert aws_model.changes() == [
        "AssociateConnectionsToResiliencyGroup",
        "DisassociateConnectionsFromResiliencyGroup",
    ]
    assert run(connections=["fra-a", "ams-b"])["changed"] is False


def test_another_model_is_refused_because_it_is_fixed_at_birth(run, aws_model):
    run()

    refused = run(model="maximum-resiliency")

    assert "model is high-resiliency at AWS and maximum-resiliency" in refused["msg"]
    assert aws_model.changes() == []


def test_a_wrong_name_costs_no_call(run, aws_model):
    refused = run(name="core/1")

    assert "cannot name a resiliency group: use letters, digits, - and _" in refused["msg"]
    assert aws_model.calls() == []


def test_the_way_back_keeps_the_connections(run, aws_model):
    run()

    gone = run(state="absent")

    assert gone["resiliency_group"] is None
    assert len(gone["observed"]["connections"]) == 2
    assert aws_model.changes() == ["DeleteResiliencyGroup"]
    assert run(state="absent")["changed"] is False


def test_a_run_killed_at_any_change_is_completed_by_the_next_with_nothing_twice(run, aws_model):
    assert kill_at_every_change(aws_model, resiliency_group.main, **GROUP) == [
        "CreateResiliencyGroup",
        "AssociateConnectionsToResiliencyGroup",
    ]
    assert run()["changed"] is False
