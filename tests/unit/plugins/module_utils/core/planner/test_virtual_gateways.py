# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Virtual private gateways, on values: made, attached, propagated, and taken down again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import (
    Estate,
    VirtualGateway,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan import Terms
from ansible_collections.crossconnect.dx.plugins.module_utils.core.planner.plan_estate import (
    plan_absent,
    plan_present,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.snapshot import (
    FoundAssociation,
    FoundRouteTable,
    FoundVirtualGateway,
    FoundVpc,
    Snapshot,
)
from tests.fixtures.acme import FOUND_PRIVATE, marks

TERMS = Terms(account="network")
WANTED = VirtualGateway(
    name="apps",
    account="network",
    amazon_asn=64600,
    vpc="apps-vpc",
    propagate_to=("private",),
)
FOUND = FoundVirtualGateway(
    id="vgw-1",
    name="apps",
    state="available",
    amazon_asn=64600,
    vpc_id="vpc-1",
    attachment_state="attached",
    tags={**marks("apps"), "owner": "network", "Name": "apps"},
)
VPC = FoundVpc(id="vpc-1", name="apps-vpc")
OTHER_VPC = FoundVpc(id="vpc-2", name="other-vpc")
PRIVATE_TABLE = FoundRouteTable(
    id="rtb-1", name="private", parent_id="vpc-1", learns_from=("vgw-1",)
)
MAIN_TABLE = FoundRouteTable(id="rtb-2", name=None, parent_id="vpc-1")
TIE = FoundAssociation(
    id="tie-1",
    gateway_id="gw-far",
    target_id="vgw-1",
    target_type="virtualPrivateGateway",
    state="associated",
    gateway_owner="444455556666",
    target_owner="111122223333",
)


def estate(**changes):
    gateway = replace(WANTED, **changes)
    return Estate(name="acme", virtual_gateways=(gateway,), tags={"owner": "network"})


def snapshot(*found, **more):
    things = {
        "virtual_gateways": found,
        "vpcs": (VPC, OTHER_VPC),
        "route_tables": (PRIVATE_TABLE, MAIN_TABLE),
        **more,
    }
    return Snapshot(**things)


def steps(plan):
    return [(each.verb, each.kind, each.name) for each in plan.actions]


def test_a_gateway_that_is_as_declared_asks_for_nothing():
    plan = plan_present(estate(), snapshot(FOUND), TERMS)

    assert (plan.actions, plan.faults, plan.notes) == ((), (), ())


def test_a_missing_gateway_is_made_attached_and_then_propagated():
    fresh = replace(PRIVATE_TABLE, learns_from=())

    plan = plan_present(estate(), snapshot(route_tables=(fresh, MAIN_TABLE)), TERMS)

    assert steps(plan) == [
        ("create", "virtual_gateway", "apps"),
        ("create", "vpc_attachment", "apps"),
        ("create", "route_propagation", "apps/private"),
    ]
    assert [wait.until for wait in plan.actions[2].waits_for] == [("attached",)]


def test_a_route_table_that_is_no_longer_listed_is_left_by_consent():
    both = (PRIVATE_TABLE, replace(MAIN_TABLE, learns_from=("vgw-1",)))

    plan = plan_present(estate(), snapshot(FOUND, route_tables=both), TERMS)

    assert steps(plan) == [("delete", "route_propagation", "apps/rtb-2")]
    assert "takes the routes to apps out of rtb-2" in plan.refusals[0]


def test_without_a_word_on_vpc_and_route_tables_both_stay_as_they_are():
    plan = plan_present(estate(vpc=None, propagate_to=None), snapshot(FOUND), TERMS)

    assert steps(plan) == []


@pytest.mark.parametrize(
    ("things", "words"),
    [
        pytest.param(
            (replace(FOUND, vpc_id="vpc-2"),),
            "it is attached to VPC vpc-2, not to vpc-1",
            id="in another VPC",
        ),
        pytest.param(
            (replace(FOUND, attachment_state="detaching"),),
            "it is being detached from VPC vpc-1: run again",
            id="on its way out",
        ),
        pytest.param(
            (replace(FOUND, id="vgw-2", name="old", tags={}),),
            "VPC vpc-1 has virtual private gateway old (vgw-2) attached, and takes one",
            id="in the place of another",
        ),
        pytest.param(
            (FOUND, replace(FOUND, id="vgw-2")), "2 objects carry its tag", id="there twice"
        ),
        pytest.param(
            (replace(FOUND, amazon_asn=64601),),
            "amazon_asn is 64601 at AWS and 64600 in the estate",
            id="of another ASN",
        ),
    ],
)
def test_what_aws_would_refuse_is_told_before(things, words):
    (fault,) = plan_present(estate(), snapshot(*things), TERMS).faults

    assert fault.startswith("virtual_gateway apps: ")
    assert words in fault


def test_a_gateway_leaves_its_vpc_by_consent_before_it_is_deleted():
    plan = plan_absent(estate(), snapshot(FOUND), TERMS)

    assert steps(plan) == [
        ("delete", "vpc_attachment", "apps"),
        ("delete", "virtual_gateway", "apps"),
    ]
    assert "cuts VPC vpc-1 off from vgw-1" in plan.refusals[0]


def test_a_gateway_without_a_vpc_is_just_deleted():
    loose = replace(FOUND, vpc_id=None, attachment_state=None)

    (delete,) = plan_absent(estate(), snapshot(loose), TERMS).actions

    assert (delete.waits_for, delete.refused) == ((), False)


def test_a_tie_of_another_account_is_awaited_from_its_owner():
    plan = plan_absent(estate(), snapshot(FOUND, associations=(TIE,)), TERMS)

    (wait,) = plan.actions[0].waits_for
    assert (wait.people, wait.owner, wait.on.id) == (True, "444455556666", "tie-1")


def test_a_tie_of_the_account_s_own_that_stays_is_in_the_way():
    own = replace(TIE, gateway_owner="111122223333")

    (fault,) = plan_absent(estate(), snapshot(FOUND, associations=(own,)), TERMS).faults

    assert fault.startswith("virtual_gateway apps is still tied to gateway gw-far")


def test_an_interface_that_stays_is_in_the_way():
    rider = replace(FOUND_PRIVATE, gateway_id="vgw-1")

    (fault,) = plan_absent(estate(), snapshot(FOUND, virtual_interfaces=(rider,)), TERMS).faults

    assert f"virtual_gateway apps still serves virtual_interface {rider.name}" in fault
