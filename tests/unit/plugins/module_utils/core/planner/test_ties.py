# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Associations across accounts, on values: which one is meant, and when nobody can tell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import (
    Account,
    Association,
    Estate,
    Gateway,
    VirtualGateway,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.neighbours import Neighbour
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan import Terms
from ansible_collections.crossconnect.dx.plugins.module_utils.core.planner.plan_estate import (
    plan_absent,
    plan_present,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.planner.ties import offered
from ansible_collections.crossconnect.dx.plugins.module_utils.core.snapshot import (
    FoundAssociation,
    FoundGateway,
    FoundProposal,
    FoundTarget,
    FoundVirtualGateway,
    FoundVpc,
    Snapshot,
)
from tests.fixtures.acme import FOUND_PRIVATE, marks

HUB, APPS = "111122223333", "444455556666"
NETWORK, APPLICATIONS = Terms(account="network"), Terms(account="applications")
TOLD = Neighbour(
    account="applications", account_id=APPS, targets={"tgw-apps": "tgw-1", "tgw-more": "tgw-2"}
)
CORE = FoundGateway(
    id="gw-core", name="core", state="available", amazon_asn=64512, tags=marks("core")
)


def estate(*associations, accounts=(), **more):
    gateway = Gateway(
        name="core", account="network", amazon_asn=64512, associations=tuple(associations)
    )
    return Estate(
        name="acme", accounts=accounts, gateways=(gateway,), tags={"owner": "network"}, **more
    )


def tie(target="tgw-apps", **more):
    wish = {"account": "applications", "allowed_prefixes": ("10.20.0.0/16",), **more}
    return Association(transit_gateway=target, **wish)


def proposal(target="tgw-1", **more):
    told = {
        "id": f"proposal-{target}",
        "gateway_id": "gw-core",
        "gateway_owner": HUB,
        "target_id": target,
        "target_type": "transitGateway",
        "target_owner": APPS,
        "state": "requested",
    }
    return FoundProposal(**{**told, **more})


def association(target="tgw-1", **more):
    told = {
        "id": f"tie-{target}",
        "gateway_id": "gw-core",
        "gateway_owner": HUB,
        "target_id": target,
        "target_type": "transitGateway",
        "target_owner": APPS,
        "state": "associated",
        "allowed_prefixes": ("10.20.0.0/16",),
    }
    return FoundAssociation(**{**told, **more})


def steps(plan):
    return [(each.verb, each.kind, each.name, each.awaits_people) for each in plan.actions]


def asked(*neighbours):
    return replace(NETWORK, neighbours=neighbours)


KNOWN = (Account(name="applications", id=APPS),)
TWO = Snapshot(gateways=(CORE,), proposals=(proposal("tgw-1"), proposal("tgw-2")))


def test_two_proposals_of_the_right_owner_are_an_error_once_all_have_been_asked():
    plan = plan_present(estate(tie(), accounts=KNOWN), TWO, asked())

    (fault,) = plan.faults
    assert "2 transit gateways are proposed" in fault
    assert "name the one that is meant by its id" in fault


def test_two_proposals_of_the_right_owner_are_left_alone_until_all_have_been_asked():
    plan = plan_present(estate(tie(), accounts=KNOWN), TWO, NETWORK)

    assert steps(plan) == [("accept", "association", "core/tgw-apps", True)]
    assert "2 transit gateways are proposed" in plan.notes[0]


def test_two_ties_to_one_owner_are_told_apart_by_what_it_knows():
    both = estate(tie("tgw-apps"), tie("tgw-more", allowed_prefixes=("10.30.0.0/16",)))

    plan = plan_present(both, TWO, asked(TOLD))

    assert [each.parent("proposal").id for each in plan.actions] == [
        "proposal-tgw-1",
        "proposal-tgw-2",
    ]
    assert steps(plan_present(both, TWO, NETWORK)) == [
        ("accept", "association", "core/tgw-apps", True),
        ("accept", "association", "core/tgw-more", True),
    ]


@pytest.mark.parametrize("state", ["accepted", "deleted"])
def test_only_an_open_proposal_is_accepted(state):
    snapshot = Snapshot(gateways=(CORE,), proposals=(proposal(state=state),))

    assert steps(plan_present(estate(tie()), snapshot, asked(TOLD))) == [
        ("accept", "association", "core/tgw-apps", True)
    ]


def test_prefixes_of_an_association_that_may_be_a_strangers_are_left_alone():
    snapshot = Snapshot(gateways=(CORE,), associations=(association(),))
    other = estate(tie(allowed_prefixes=("10.99.0.0/16",)))

    plan = plan_present(other, snapshot, NETWORK)

    assert plan.actions == ()
    assert "its prefixes are left alone" in plan.notes[0]
    assert steps(plan_present(other, snapshot, asked(TOLD))) == [
        ("update", "association", "core/tgw-apps", False)
    ]


def test_an_association_that_may_be_meant_is_never_pruned():
    two = (association("tgw-1"), association("tgw-2"))
    snapshot = Snapshot(gateways=(CORE,), associations=two)
    prune = replace(NETWORK, prune=True)

    assert plan_present(estate(tie()), snapshot, prune).actions[0].verb == "accept"
    stray = plan_present(estate(tie()), snapshot, replace(prune, neighbours=(TOLD,)))
    assert [(each.verb, each.id) for each in stray.actions] == [("delete", "tie-tgw-2")]


def test_a_proposal_that_was_accepted_is_not_made_again():
    found = FoundTarget(id="tgw-1", name="tgw-apps", state="available", amazon_asn=64600)
    snapshot = Snapshot(transit_gateways=(found,), proposals=(proposal(state="accepted"),))

    assert plan_present(estate(tie()), snapshot, APPLICATIONS).actions == ()


@pytest.mark.parametrize(
    ("found", "words"),
    [
        pytest.param((), "there is no transit gateway tgw-apps", id="no target"),
        pytest.param(
            (FoundTarget(id="tgw-1", name="tgw-apps", state="available", amazon_asn=64512),),
            "share ASN 64512",
            id="one ASN on both",
        ),
    ],
)
def test_what_can_never_be_tied_is_not_proposed(found, words):
    plan = plan_present(estate(tie()), Snapshot(transit_gateways=found), APPLICATIONS)

    assert words in plan.faults[0]
    assert plan.actions == ()


def test_a_gateway_that_bears_another_id_is_an_error():
    told = estate()
    told = replace(told, gateways=(replace(told.gateways[0], id="gw-other"),))

    plan = plan_present(told, Snapshot(gateways=(CORE,)), NETWORK)

    (fault,) = plan.faults
    assert "its id is gw-other in the estate and gw-core in account network" in fault


VGW = VirtualGateway(name="vgw-apps", account="network", vpc="vpc-1")
FOUND_VGW = FoundVirtualGateway(
    id="vgw-1",
    name="vgw-apps",
    state="available",
    vpc_id="vpc-1",
    attachment_state="attached",
    tags=marks("vgw-apps"),
)


def test_a_vgw_of_the_estate_that_is_out_of_scope_is_awaited_from_another_run():
    told = estate(Association(virtual_gateway="vgw-apps"), virtual_gateways=(VGW,))
    terms = replace(NETWORK, scope=frozenset({"associations"}))

    plan = plan_present(told, Snapshot(gateways=(CORE,)), terms)

    assert steps(plan) == [("create", "association", "core/vgw-apps", True)]


@pytest.mark.parametrize(
    "found",
    [
        pytest.param((), id="not there"),
        pytest.param((replace(FOUND_VGW, vpc_id=None, attachment_state=None),), id="in no VPC"),
        pytest.param((replace(FOUND_VGW, attachment_state="detaching"),), id="on its way out"),
    ],
)
def test_a_vgw_that_nothing_puts_into_a_vpc_is_not_tied(found):
    vgw = replace(VGW, vpc=None)
    told = estate(Association(virtual_gateway="vgw-apps"), virtual_gateways=(vgw,))

    plan = plan_present(told, Snapshot(gateways=(CORE,), virtual_gateways=found), NETWORK)

    (fault,) = plan.faults
    assert fault == (
        "association core/vgw-apps: virtual private gateway vgw-apps is in no VPC, and AWS ties "
        "only one that is: give its vpc"
    )


@pytest.mark.parametrize("state", ["attaching", "attached"])
def test_a_vgw_that_somebody_else_puts_into_a_vpc_is_tied_once_it_is_there(state):
    vgw = replace(VGW, vpc=None)
    told = estate(Association(virtual_gateway="vgw-apps"), virtual_gateways=(vgw,))
    found = replace(FOUND_VGW, attachment_state=state)

    plan = plan_present(told, Snapshot(gateways=(CORE,), virtual_gateways=(found,)), NETWORK)

    (action,) = (each for each in plan.actions if each.kind == "association")
    assert [wait.now for wait in action.waits_for] == [state] * (state == "attaching")


def test_a_vgw_waits_until_another_accounts_gateway_lets_it_go():
    far = association(
        "vgw-1", target_type="virtualPrivateGateway", gateway_owner=APPS, target_owner=HUB
    )
    told = estate(virtual_gateways=(VGW,))
    snapshot = Snapshot(virtual_gateways=(FOUND_VGW,), associations=(far,))

    plan = plan_absent(told, snapshot, replace(NETWORK, consent=frozenset({"vgw-apps"})))

    assert steps(plan) == [
        ("delete", "vpc_attachment", "vgw-apps", True),
        ("delete", "virtual_gateway", "vgw-apps", True),
    ]
    assert {wait.owner for wait in plan.actions[0].waits_for} == {APPS}


@pytest.mark.parametrize(
    ("state", "words"),
    [
        pytest.param("detaching", "it is being detached from VPC vpc-1", id="on its way out"),
        pytest.param("attached", None, id="there"),
    ],
)
def test_an_attachment_that_is_going_is_waited_for_by_people(state, words):
    found = replace(FOUND_VGW, attachment_state=state)
    told = estate(virtual_gateways=(VGW,))
    snapshot = Snapshot(
        gateways=(CORE,),
        virtual_gateways=(found,),
        vpcs=(FoundVpc(id="vpc-1", name="apps"),),
    )

    faults = plan_present(told, snapshot, NETWORK).faults

    assert [words in fault for fault in faults] == ([True] if words else [])


def test_a_vgw_that_is_in_no_vpc_or_is_leaving_it_is_only_deleted():
    told, consent = (
        estate(virtual_gateways=(VGW,)),
        replace(NETWORK, consent=frozenset({"vgw-apps"})),
    )
    for found in (
        replace(FOUND_VGW, attachment_state="detaching"),
        replace(FOUND_VGW, vpc_id=None, attachment_state=None),
    ):
        plan = plan_absent(told, Snapshot(virtual_gateways=(found,)), consent)
        assert steps(plan) == [("delete", "virtual_gateway", "vgw-apps", False)]


def test_a_vgw_keeps_what_rides_on_it_from_being_cut():
    riding = replace(FOUND_PRIVATE, gateway_id="vgw-1")
    snapshot = Snapshot(virtual_gateways=(FOUND_VGW,), virtual_interfaces=(riding,))

    plan = plan_absent(estate(virtual_gateways=(VGW,)), snapshot, NETWORK)

    assert "virtual_gateway vgw-apps still serves virtual_interface fra-a-private" in plan.faults[0]


def test_two_vgws_of_one_name_are_an_error():
    twin = replace(FOUND_VGW, id="vgw-2", vpc_id=None)
    told = estate(virtual_gateways=(VGW,))
    snapshot = Snapshot(gateways=(CORE,), virtual_gateways=(FOUND_VGW, twin))

    assert "2 objects carry its tag" in plan_present(told, snapshot, NETWORK).faults[0]


def test_a_tie_between_two_accounts_that_is_pruned_with_its_gateway_goes_first():
    gone = Estate(name="acme", connections=(), tags={"owner": "network"})
    snapshot = Snapshot(gateways=(CORE,), associations=(association(),))

    plan = plan_present(gone, snapshot, replace(NETWORK, prune=True))

    assert [(each.verb, each.kind, each.name) for each in plan.actions] == [
        ("delete", "association", "core/tgw-1"),
        ("delete", "gateway", "core"),
    ]
    assert [wait.on.name for wait in plan.actions[1].waits_for] == ["core/tgw-1"]


def test_the_edges_of_a_core_network_are_exact_and_leaving_one_takes_consent():
    wish = Association(
        core_network="core-network-0123456789abcdef0", edge_locations=("eu-west-1", "eu-north-1")
    )
    there = association(
        wish.core_network,
        target_type="coreNetwork",
        target_owner=HUB,
        allowed_prefixes=(),
        edge_locations=("eu-west-1", "us-east-1"),
        attachment_id="attachment-1",
    )
    snapshot = Snapshot(gateways=(CORE,), associations=(there,))

    (update,) = plan_present(estate(wish), snapshot, NETWORK).actions
    same = replace(wish, edge_locations=("us-east-1", "eu-west-1"))

    assert update.refused
    assert "takes the routes from us-east-1" in update.reason
    assert update.parent("attachment").id == "attachment-1"
    assert plan_present(estate(same), snapshot, NETWORK).actions == ()


def test_what_one_s_own_targets_are_offered_to_is_known_by_account():
    wish = tie()

    assert offered(estate(wish), "applications") == (wish,)
    assert offered(estate(wish), "network") == ()


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("requested", [("delete", "proposal", "core/tgw-apps", False)]),
        ("accepted", []),
    ],
)
def test_a_proposal_is_withdrawn_unless_it_was_accepted(state, expected):
    target = FoundTarget(id="tgw-1", name="tgw-apps", state="available")
    snapshot = Snapshot(proposals=(proposal(state=state),), transit_gateways=(target,))

    plan = plan_absent(estate(tie(), accounts=KNOWN), snapshot, APPLICATIONS)

    assert steps(plan) == expected


@pytest.mark.parametrize(
    ("owner", "terms"),
    [
        pytest.param(None, NETWORK, id="within an account"),
        pytest.param("applications", APPLICATIONS, id="as the target's owner sees it"),
    ],
)
def test_a_transit_gateway_of_another_asn_than_told_is_not_the_one_that_is_meant(owner, terms):
    target = FoundTarget(id="tgw-1", name="tgw-apps", state="available", amazon_asn=64600)
    snapshot = Snapshot(gateways=(CORE,), transit_gateways=(target,))
    told = tie(account=owner, transit_gateway_asn=64601)

    (fault,) = plan_present(estate(told), snapshot, terms).faults
    right = plan_present(estate(replace(told, transit_gateway_asn=64600)), snapshot, terms)

    assert "transit_gateway_asn is 64600 at AWS and 64601 in the estate" in fault
    assert right.faults == ()
