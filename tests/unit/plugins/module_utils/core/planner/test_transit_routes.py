# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Transit gateways' route tables, on values: what takes consent, and what waits for whom."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import (
    Association,
    Estate,
    Gateway,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan import Terms
from ansible_collections.crossconnect.dx.plugins.module_utils.core.planner.plan_estate import (
    plan_present,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.snapshot import (
    FoundRouteTable,
    FoundTransitAttachment,
)
from tests.fixtures.acme import COMPLETE, FOUND_TRANSIT, TIE_CORE

TABLES = tuple(
    FoundRouteTable(id=f"tgw-rtb-{name}", name=name, parent_id="tgw-0a1b")
    for name in ("edge", "shared")
)
ATTACHMENT = FoundTransitAttachment(
    id="tgw-attach-1",
    transit_gateway_id="tgw-0a1b",
    gateway_id="gw-core",
    state="available",
    route_table_id="tgw-rtb-shared",
    route_table_state="associated",
    propagates_to=("tgw-rtb-shared", "tgw-rtb-unseen"),
)
SCOPE = Terms(account="network", scope=frozenset({"associations"}))


def estate(owner=None, gateway_owner="network", **wish):
    tie = Association(
        transit_gateway="tgw-core", account=owner, allowed_prefixes=("10.20.0.0/16",), **wish
    )
    gateway = Gateway(
        name="core", account=gateway_owner, id="gw-core", amazon_asn=64512, associations=(tie,)
    )
    return Estate(name="acme", gateways=(gateway,), tags={"owner": "network"})


def snapshot(**more):
    quiet = replace(FOUND_TRANSIT, peers=())
    base = replace(
        COMPLETE,
        associations=(TIE_CORE,),
        virtual_interfaces=(quiet,),
        transit_route_tables=TABLES,
        transit_attachments=(ATTACHMENT,),
    )
    return replace(base, **more)


def steps(plan):
    return [(each.verb, each.kind, each.name) for each in plan.actions]


LEAVE = ("delete", "transit_route_table", "core/tgw-core/tgw-rtb-shared")
USE = ("create", "transit_route_table", "core/tgw-core/edge")


def test_another_route_table_is_used_once_the_first_is_left():
    plan = plan_present(estate(route_table="edge"), snapshot(), SCOPE)

    assert steps(plan) == [LEAVE, USE]
    assert plan.refusals == ()
    assert plan.actions[1].waits_for[-1].on.id == plan.actions[0].id


def test_what_interrupts_a_live_session_takes_consent_by_the_name_of_the_tie():
    live = snapshot(virtual_interfaces=(FOUND_TRANSIT,))
    told = estate(route_table="edge", propagate_to=("edge",))

    refused = plan_present(told, live, SCOPE)
    agreed = plan_present(told, live, replace(SCOPE, consent=frozenset({"core/tgw-core"})))

    assert len(refused.refusals) == 3
    assert "interrupts fra-a-transit" in refused.refusals[0]
    assert all("core/tgw-core in the consent list" in each for each in refused.refusals)
    assert agreed.refusals == ()


def test_a_table_that_is_being_left_is_not_left_twice():
    going = replace(ATTACHMENT, route_table_state="disassociating")

    plan = plan_present(estate(route_table="edge"), snapshot(transit_attachments=(going,)), SCOPE)

    assert steps(plan) == [USE]


def test_an_attachment_without_a_table_gets_one_and_one_that_is_pending_is_waited_for():
    bare = replace(ATTACHMENT, route_table_id=None, route_table_state=None, state="pending")

    plan = plan_present(estate(route_table="edge"), snapshot(transit_attachments=(bare,)), SCOPE)

    assert steps(plan) == [USE]
    assert plan.actions[0].waits_for[0].on.kind == "transit_attachment"


def test_an_association_that_has_no_attachment_yet_is_waited_for():
    told = estate(route_table="edge", propagate_to=("edge",))

    plan = plan_present(told, snapshot(transit_attachments=()), SCOPE)

    assert [each.waits_for[0].on.id for each in plan.actions] == ["tie-core", "tie-core"]


@pytest.mark.parametrize("wish", [{"route_table": "shared"}, {"propagate_to": ("edge",)}])
def test_the_owner_of_the_transit_gateway_sees_to_its_tables_and_is_told_of_the_risk(wish):
    told = estate("apps", "network", **wish)
    far = replace(TIE_CORE, gateway_owner="111122223333", target_owner="444455556666")
    terms = replace(SCOPE, account="apps")

    there = plan_present(told, snapshot(associations=(far,)), terms)
    not_yet = plan_present(told, snapshot(associations=(), transit_attachments=()), terms)

    assert all("gateway core" in each for each in there.refusals)
    assert len(there.refusals) == (2 if "propagate_to" in wish else 0)
    tables = [each for each in not_yet.actions if each.kind.startswith("transit")]
    assert [each.waits_for[0].owner for each in tables] == ["network"]
    assert all(each.awaits_people for each in tables)


def test_an_unknown_table_is_an_error():
    twins = (*TABLES, replace(TABLES[0], id="tgw-rtb-twin"))

    unknown = plan_present(estate(route_table="nowhere"), snapshot(), SCOPE)
    twofold = plan_present(estate(route_table="edge"), snapshot(transit_route_tables=twins), SCOPE)

    assert (
        "there is no transit gateway route table nowhere (there: edge, shared)"
        in (unknown.faults[0])
    )
    assert "2 transit gateway route tables are named edge" in twofold.faults[0]


def test_route_tables_that_are_as_declared_ask_for_nothing():
    told = estate(route_table="shared", propagate_to=("shared",))
    there = replace(ATTACHMENT, propagates_to=("tgw-rtb-shared",))

    assert plan_present(told, snapshot(transit_attachments=(there,)), SCOPE).actions == ()
