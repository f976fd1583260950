# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Resiliency groups: made with their model, filled and emptied by one call each."""

from dataclasses import replace

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import (
    Connection,
    Estate,
    ResiliencyGroup,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan import Terms
from ansible_collections.crossconnect.dx.plugins.module_utils.core.planner.plan_estate import (
    plan_absent,
    plan_present,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.planner.resiliency_groups import (  # noqa: E501
    MODEL_TAG,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.snapshot import (
    FoundConnection,
    FoundResiliencyGroup,
    Snapshot,
)

MARKS = {"crossconnect:estate": "acme"}


def port(name, **others):
    return Connection(name=name, account="network", location="EqFA5", bandwidth="10Gbps", **others)


def found_port(name):
    return FoundConnection(
        id=f"dxcon-{name}",
        name=name,
        state="available",
        location="EqFA5",
        bandwidth="10Gbps",
        tags={**MARKS, "crossconnect:name": name},
    )


GROUP = ResiliencyGroup(
    name="all", account="network", model="high-resiliency", connections=("fra-a", "ams-a")
)
ESTATE = Estate(
    name="acme",
    connections=(port("fra-a"), port("ams-a"), port("fra-h", hosted=True)),
    resiliency_groups=(GROUP,),
)
FOUND = FoundResiliencyGroup(
    id="dxrg-1",
    name="all",
    state="available",
    model="high-resiliency",
    connection_ids=("dxcon-fra-a", "dxcon-ams-a"),
    tags={**MARKS, "crossconnect:name": "all", MODEL_TAG: "high-resiliency"},
)
PORTS = (found_port("fra-a"), found_port("ams-a"), found_port("fra-h"))
SCOPE = frozenset({"connections", "resiliency_groups"})


def plan(*groups, estate=ESTATE, ports=PORTS, plan_for=plan_present, **terms):
    snapshot = Snapshot(connections=ports, resiliency_groups=groups)
    return plan_for(estate, snapshot, Terms(account="network", scope=SCOPE, **terms))


def of_groups(plan):
    return [
        (action.verb, [change.after or change.before for change in action.changes])
        for action in plan.actions
        if action.kind == "resiliency_group"
    ]


def faults_of_groups(plan):
    return [fault for fault in plan.faults if fault.startswith("resiliency_group")]


def wanting(**changes):
    return replace(ESTATE, resiliency_groups=(replace(GROUP, **changes),))


def test_a_group_is_made_with_its_model_and_takes_in_what_the_same_plan_orders():
    made = plan(ports=())
    assert of_groups(made) == [
        ("create", ["high-resiliency"]),
        ("join", [("fra-a", "ams-a")]),
    ]
    create, join = (action for action in made.actions if action.kind == "resiliency_group")
    assert create.tags[MODEL_TAG] == "high-resiliency"
    assert [wait.until for wait in join.waits_for] == [("available",)]


def test_a_complete_group_is_left_alone():
    assert plan(FOUND).actions == ()


def test_what_is_missing_joins_and_what_is_not_listed_leaves():
    found = replace(FOUND, connection_ids=("dxcon-fra-a", "dxcon-fra-h", "dxcon-gone"))
    assert of_groups(plan(found)) == [
        ("join", [("ams-a",)]),
        ("leave", [("fra-h", "dxcon-gone")]),
    ]


def test_a_hosted_connection_that_is_not_there_keeps_nobody_waiting():
    estate = wanting(connections=("fra-a", "fra-h"))
    assert of_groups(plan(estate=estate, ports=(found_port("fra-a"),)))[1] == ("join", [("fra-a",)])


def test_a_group_that_waits_for_a_hosted_connection_alone_waits():
    found = replace(FOUND, connection_ids=())
    estate = wanting(connections=("fra-h",))
    assert of_groups(plan(found, estate=estate, ports=())) == []


def test_a_group_that_aws_has_not_settled_is_waited_for():
    found = replace(FOUND, state="pending", connection_ids=())
    (join,) = (each for each in plan(found).actions if each.verb == "join")
    assert [(wait.until, wait.now) for wait in join.waits_for] == [(("available",), "pending")]


def test_another_name_is_given_back():
    assert of_groups(plan(replace(FOUND, name="by hand"))) == [("update", ["all"])]


def test_the_model_is_fixed_at_birth():
    (fault,) = faults_of_groups(plan(FOUND, estate=wanting(model="maximum-resiliency")))
    assert fault == (
        "resiliency_group all: model is high-resiliency at AWS and maximum-resiliency in the "
        "estate, and AWS fixes it at birth: put high-resiliency into the estate, or make another "
        "group under a new name and delete this one (state absent)"
    )


def test_a_group_made_by_hand_is_adopted_with_the_model_that_the_estate_tells():
    (adopt,) = plan(replace(FOUND, model="", tags={})).actions
    assert (adopt.verb, adopt.tags[MODEL_TAG]) == ("adopt", "high-resiliency")


@pytest.mark.parametrize("plan_for", [plan_present, plan_absent])
def test_two_of_one_name_are_a_fault(plan_for):
    twins = (replace(FOUND, tags={}), replace(FOUND, id="dxrg-2", tags={}))
    (fault,) = faults_of_groups(plan(*twins, plan_for=plan_for))
    assert fault.startswith("resiliency_group all: 2 objects carry its name (dxrg-1, dxrg-2)")


def test_the_way_back_deletes_the_group_and_asks_only_for_what_bears_no_tag():
    estate = replace(ESTATE, connections=())
    gone = plan(FOUND, estate=estate, plan_for=plan_absent)
    assert [(each.verb, each.kind, each.consent) for each in gone.actions] == [
        ("delete", "resiliency_group", None)
    ]
    stranger = plan(replace(FOUND, tags={}), estate=estate, plan_for=plan_absent)
    assert [each.consent for each in stranger.actions] == ["all"]


def test_a_group_that_is_no_longer_declared_is_left_alone_unless_pruned():
    estate = replace(ESTATE, resiliency_groups=())
    assert plan(FOUND, estate=estate).notes == (
        "resiliency_group all belongs to estate acme and is no longer declared: left alone",
    )
    (delete,) = plan(FOUND, estate=estate, prune=True).actions
    assert (delete.verb, delete.id, delete.refused) == ("delete", "dxrg-1", True)


def test_an_account_that_has_groups_alone_is_no_stranger():
    group = replace(GROUP, connections=())

    assert plan(FOUND, estate=Estate(name="acme", resiliency_groups=(group,)), ports=()).notes == ()
