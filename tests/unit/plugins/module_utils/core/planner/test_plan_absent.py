# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The planner: the way back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import Association
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan import Terms
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan_text import plan_text
from ansible_collections.crossconnect.dx.plugins.module_utils.core.planner.plan_estate import (
    plan_absent,
)
from tests.fixtures.acme import (
    ACME,
    COMPLETE,
    CORE,
    EMPTY,
    FOUND_CONNECTION,
    FOUND_CORE,
    FOUND_LEGACY,
    FOUND_PRIVATE,
    FOUND_TRANSIT,
    TIE_CORE,
    TIE_LEGACY,
)
from tests.fixtures.golden import assert_golden

TERMS = Terms(account="network")
IDLE = replace(
    COMPLETE,
    virtual_interfaces=tuple(
        replace(thing, peers=tuple(replace(peer, status="down") for peer in thing.peers))
        for thing in COMPLETE.virtual_interfaces
    ),
)


def test_an_empty_account_has_nothing_to_demolish():
    assert plan_absent(ACME, EMPTY, TERMS).actions == ()


def test_the_demolition_asks_for_consent_where_traffic_or_money_is():
    plan = plan_absent(ACME, COMPLETE, TERMS)

    assert_golden("plans/demolition.txt", plan_text(plan))
    assert len(plan.refusals) == 3


def test_an_idle_estate_asks_for_its_ports_only():
    plan = plan_absent(ACME, IDLE, replace(TERMS, consent=frozenset({"fra-a"})))

    assert plan.refusals == ()
    assert [action.name for action in plan.actions if action.consent] == ["fra-a"]


def test_an_association_that_carries_traffic_asks_for_consent():
    terms = replace(TERMS, scope=frozenset({"associations"}))

    plan = plan_absent(ACME, COMPLETE, terms)

    assert_golden("plans/demolition-of-associations.txt", plan_text(plan))


def test_what_was_only_found_by_its_name_asks_for_consent():
    snapshot = replace(IDLE, gateways=(replace(FOUND_CORE, tags={}), FOUND_LEGACY))

    plan = plan_absent(ACME, snapshot, TERMS)

    assert [action.name for action in plan.actions if action.refused] == ["core", "fra-a"]


def test_a_deletion_waits_for_what_is_already_on_its_way_out():
    snapshot = replace(
        IDLE,
        virtual_interfaces=(
            replace(FOUND_TRANSIT, state="deleting"),
            replace(FOUND_PRIVATE, state="deleted"),
        ),
        associations=(replace(TIE_CORE, state="disassociating"), TIE_LEGACY),
    )

    plan = plan_absent(ACME, snapshot, TERMS)

    waits = {action.name: [str(wait) for wait in action.waits_for] for action in plan.actions}
    assert waits == {
        "legacy/vgw-legacy": [],
        "core": [
            "virtual_interface fra-a-transit to be gone (now deleting)",
            "association tgw-0a1b to be gone (now disassociating)",
        ],
        "legacy": ["association legacy/vgw-legacy to be gone (now associated)"],
        "fra-a": ["virtual_interface fra-a-transit to be gone (now deleting)"],
    }


OBSTACLES = {
    "strangers": (
        ACME,
        replace(
            COMPLETE,
            virtual_interfaces=(replace(FOUND_TRANSIT, name="stranger", tags={}),),
            associations=(TIE_CORE, replace(TIE_CORE, id="tie-2", target_id="tgw-0old")),
        ),
        TERMS,
    ),
    "narrow-scope": (
        ACME,
        COMPLETE,
        replace(TERMS, scope=frozenset({"connections", "gateways"})),
    ),
    "unknown-target": (
        replace(
            ACME,
            gateways=(replace(CORE, associations=(Association(transit_gateway="tgw-gone"),)),),
        ),
        COMPLETE,
        TERMS,
    ),
    "ambiguous": (
        ACME,
        replace(
            COMPLETE,
            connections=(FOUND_CONNECTION, replace(FOUND_CONNECTION, id="dxcon-fg000002")),
        ),
        TERMS,
    ),
}


@pytest.mark.parametrize("case", OBSTACLES)
def test_what_stands_in_the_way_is_a_fault(case):
    estate, snapshot, terms = OBSTACLES[case]

    plan = plan_absent(estate, snapshot, terms)

    assert plan.faults
    assert_golden(f"plans/obstacle-{case}.txt", "".join(f"{fault}\n" for fault in plan.faults))
