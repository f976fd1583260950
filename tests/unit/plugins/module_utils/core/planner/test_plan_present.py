# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The planner: what leads from a snapshot to the estate."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import (
    Association,
    Estate,
    Peer,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan import Terms
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan_text import (
    plan_records,
    plan_text,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.planner.plan_estate import (
    plan_present,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.snapshot import (
    FoundAssociation,
    FoundTarget,
    FoundVirtualGateway,
    Snapshot,
)
from tests.fixtures.acme import (
    ACME,
    COMPLETE,
    CONNECTION,
    CORE,
    EMPTY,
    FOUND_CONNECTION,
    FOUND_CORE,
    FOUND_LEGACY,
    FOUND_PRIVATE,
    FOUND_TRANSIT,
    KEY,
    PRIVATE,
    TIE_CORE,
    TIE_LEGACY,
    TRANSIT,
    found_peer,
    marks,
)
from tests.fixtures.golden import assert_golden

TERMS = Terms(account="network")


def steps(plan):
    return [(action.verb, action.kind, action.name) for action in plan.actions]


def test_an_estate_that_is_there_needs_nothing():
    plan = plan_present(ACME, COMPLETE, TERMS)

    assert (plan.actions, plan.faults, plan.notes) == ((), (), ())
    assert plan_text(plan) == ""


def test_an_empty_account_gets_everything_in_the_order_of_dependence():
    plan = plan_present(ACME, EMPTY, TERMS)

    assert_golden("plans/empty-account.txt", plan_text(plan))
    assert [(action.verb, action.name) for action in plan.due] == [
        ("create", "fra-a"),
        ("create", "core"),
        ("create", "legacy"),
        ("create", "core/tgw-core"),
        ("create", "legacy/vgw-legacy"),
    ]


def test_a_pending_connection_holds_up_its_interfaces_and_nothing_else():
    pending = replace(FOUND_CONNECTION, state="pending")
    snapshot = replace(COMPLETE, connections=(pending,), virtual_interfaces=())

    plan = plan_present(ACME, snapshot, TERMS)

    assert_golden("plans/awaiting-the-cross-connect.txt", plan_text(plan))
    assert plan.due == ()


def test_interfaces_come_once_the_connection_is_available():
    plan = plan_present(ACME, replace(COMPLETE, virtual_interfaces=()), TERMS)

    assert_golden("plans/connection-available.txt", plan_text(plan))
    assert len(plan.due) == 3


@pytest.mark.parametrize(
    ("tags", "told"),
    [
        pytest.param(
            {**marks("fra-a"), "crossconnect:estate": "acme-2025"},
            "(crossconnect:estate=acme-2025, crossconnect:name=fra-a)",
            id="the estate has got another name",
        ),
        pytest.param(
            marks("fra-z"),
            "(crossconnect:estate=acme, crossconnect:name=fra-z)",
            id="the name tag was edited by hand",
        ),
    ],
)
def test_a_second_port_of_the_same_name_is_ordered_only_with_consent(tags, told):
    snapshot = replace(COMPLETE, connections=(replace(FOUND_CONNECTION, tags=tags),))
    estate = Estate(name="acme", connections=(CONNECTION,))

    plan = plan_present(estate, snapshot, TERMS)
    agreed = plan_present(estate, snapshot, replace(TERMS, consent=frozenset({"fra-a"})))

    (refusal,) = plan.refusals
    assert f"dxcon-fg000001 is named fra-a already and belongs to another by its tags {told}" in (
        refusal
    )
    assert agreed.refusals == ()
    assert steps(agreed) == [("create", "connection", "fra-a")]


def test_an_interface_waits_until_the_deleted_one_has_let_go_of_its_vlan():
    leaving = replace(FOUND_TRANSIT, id="dxvif-old", state="deleting")
    gone = replace(FOUND_PRIVATE, id="dxvif-past", state="deleted")
    snapshot = replace(COMPLETE, virtual_interfaces=(leaving, gone))

    plan = plan_present(ACME, snapshot, TERMS)

    transit, peer, private = plan.actions
    assert [(wait.on.id, wait.until, wait.people) for wait in transit.waits_for] == [
        ("dxvif-old", (), False)
    ]
    assert private.waits_for == ()
    assert peer.waits_for[0].on.name == "fra-a-transit"
    assert "after virtual_interface fra-a-transit (dxvif-old) has gone" in plan_text(plan)


def test_an_association_waits_until_the_same_one_has_gone():
    leaving = replace(TIE_CORE, id="tie-old", state="disassociating")
    past = replace(TIE_LEGACY, id="tie-past", state="disassociated")

    plan = plan_present(ACME, replace(COMPLETE, associations=(leaving, past)), TERMS)

    assert [[wait.on.id for wait in action.waits_for] for action in plan.actions] == [
        ["tie-old"],
        [],
    ]


def test_a_peer_waits_until_the_one_of_its_family_has_gone():
    leaving = found_peer("ipv6", id="dxpeer-old", state="deleting")
    transit = replace(FOUND_TRANSIT, peers=(found_peer("ipv4"), leaving))
    snapshot = replace(COMPLETE, virtual_interfaces=(transit, FOUND_PRIVATE))

    (peer,) = plan_present(ACME, snapshot, TERMS).actions

    assert (peer.verb, peer.name) == ("create", "fra-a-transit/ipv6")
    assert [(wait.on.id, wait.until) for wait in peer.waits_for] == [("dxpeer-old", ())]


def test_an_account_that_the_estate_does_not_name_is_told_not_passed_over():
    plan = plan_present(ACME, EMPTY, replace(TERMS, account="netwrk"))

    assert plan.actions == ()
    assert plan_text(plan) == (
        "  note: estate acme declares nothing for account netwrk (it names: network)\n"
    )


def test_the_key_is_in_no_printed_form_of_the_plan():
    plan = plan_present(ACME, EMPTY, TERMS)

    assert KEY not in plan_text(plan) + repr(plan) + repr(plan_records(plan))


def test_what_changes_in_place_is_changed_in_place():
    estate = replace(
        ACME,
        tags={"owner": "new"},
        connections=(replace(CONNECTION, tags={"rack": "7"}),),
        gateways=(
            replace(
                CORE,
                associations=(
                    Association(
                        transit_gateway="tgw-core",
                        allowed_prefixes=("10.20.0.0/16", "10.21.0.0/16"),
                    ),
                ),
            ),
            ACME.gateways[1],
        ),
        virtual_interfaces=(replace(TRANSIT, site_link=True), PRIVATE),
    )
    snapshot = replace(
        COMPLETE,
        connections=(replace(FOUND_CONNECTION, name="renamed by hand"),),
        gateways=(replace(FOUND_CORE, name="renamed by hand"), FOUND_LEGACY),
        virtual_interfaces=(
            replace(FOUND_TRANSIT, site_link=False, peers=(found_peer("ipv4"),)),
            FOUND_PRIVATE,
        ),
    )

    plan = plan_present(estate, snapshot, TERMS)

    assert_golden("plans/changes-in-place.txt", plan_text(plan))


def test_an_untagged_object_of_that_name_is_adopted_and_the_plan_says_so():
    snapshot = replace(
        COMPLETE,
        connections=(replace(FOUND_CONNECTION, tags={"owner": "network"}),),
        gateways=(replace(FOUND_CORE, tags={}), FOUND_LEGACY),
    )

    plan = plan_present(ACME, snapshot, TERMS)

    assert_golden("plans/adoption.txt", plan_text(plan))


def test_the_tag_wins_over_the_name():
    bait = replace(FOUND_CONNECTION, id="dxcon-bait", tags={})
    snapshot = replace(COMPLETE, connections=(bait, replace(FOUND_CONNECTION, name="fra-a-of-old")))

    plan = plan_present(ACME, snapshot, TERMS)

    assert [(action.verb, action.id) for action in plan.actions] == [("update", "dxcon-fg000001")]


def test_another_estates_object_of_that_name_is_not_taken():
    foreign = replace(FOUND_CORE, tags=marks("core") | {"crossconnect:estate": "other"})
    snapshot = replace(EMPTY, gateways=(foreign, FOUND_LEGACY))

    plan = plan_present(ACME, snapshot, replace(TERMS, scope=frozenset({"gateways"})))

    assert steps(plan) == [("create", "gateway", "core")]


@pytest.mark.parametrize("state", ["deleting", "deleted", "rejected"])
def test_what_is_on_its_way_out_does_not_count(state):
    snapshot = replace(COMPLETE, virtual_interfaces=(replace(FOUND_TRANSIT, state=state),))

    plan = plan_present(ACME, snapshot, TERMS)

    assert ("create", "virtual_interface", "fra-a-transit") in steps(plan)


def test_a_peer_on_its_way_out_is_made_again():
    interface = replace(
        FOUND_TRANSIT, peers=(found_peer("ipv4"), found_peer("ipv6", state="deleted"))
    )
    snapshot = replace(COMPLETE, virtual_interfaces=(interface, FOUND_PRIVATE))

    assert steps(plan_present(ACME, snapshot, TERMS)) == [("create", "peer", "fra-a-transit/ipv6")]


def test_a_peer_waits_for_an_interface_that_is_still_pending():
    interface = replace(FOUND_TRANSIT, state="pending", peers=(found_peer("ipv4"),))
    snapshot = replace(COMPLETE, virtual_interfaces=(interface, FOUND_PRIVATE))

    (action,) = plan_present(ACME, snapshot, TERMS).actions

    assert [wait.now for wait in action.waits_for] == ["pending"]
    assert not action.awaits_people


def test_an_association_in_motion_is_changed_after_it_has_settled():
    snapshot = replace(
        COMPLETE,
        associations=(replace(TIE_CORE, state="updating", allowed_prefixes=()), TIE_LEGACY),
    )

    (action,) = plan_present(ACME, snapshot, TERMS).actions

    assert [str(wait) for wait in action.waits_for] == [
        "association core/tgw-core to be associated (now updating)"
    ]


def test_the_order_of_allowed_prefixes_does_not_matter():
    prefixes = ("10.21.0.0/16", "10.20.0.0/16")
    tie = Association(transit_gateway="tgw-0a1b", allowed_prefixes=prefixes[::-1])
    estate = replace(ACME, gateways=(replace(CORE, associations=(tie,)), ACME.gateways[1]))
    snapshot = replace(
        COMPLETE, associations=(replace(TIE_CORE, allowed_prefixes=prefixes), TIE_LEGACY)
    )

    assert plan_present(estate, snapshot, TERMS).actions == ()


def test_what_is_not_set_is_not_compared():
    loose = replace(
        ACME,
        tags={},
        connections=(replace(CONNECTION, provider=None),),
        gateways=(
            replace(CORE, amazon_asn=None, associations=(Association(transit_gateway="tgw-core"),)),
            ACME.gateways[1],
        ),
        virtual_interfaces=(replace(TRANSIT, mtu=None, peers=()), PRIVATE),
    )

    assert plan_present(loose, COMPLETE, TERMS).actions == ()


def test_an_interface_without_declared_peers_leaves_them_to_aws():
    estate = replace(ACME, virtual_interfaces=(replace(TRANSIT, peers=()),))
    snapshot = replace(COMPLETE, virtual_interfaces=())

    (action,) = plan_present(estate, snapshot, TERMS).actions

    assert "peer" not in [change.attribute for change in action.changes]


def test_ipv6_addresses_are_compared_as_addresses():
    peer = Peer(
        family="ipv6",
        amazon_address="2001:DB8:0::1/125",
        customer_address="2001:db8::2/125",
    )
    there = found_peer(
        "ipv6", amazon_address="2001:db8::1/125", customer_address="2001:db8:0:0::2/125"
    )
    estate = replace(ACME, virtual_interfaces=(replace(TRANSIT, peers=(peer,)), PRIVATE))
    snapshot = replace(
        COMPLETE, virtual_interfaces=(replace(FOUND_TRANSIT, peers=(there,)), FOUND_PRIVATE)
    )

    plan = plan_present(estate, snapshot, TERMS)

    assert (plan.actions, plan.faults) == ((), ())


def test_a_narrow_scope_leaves_the_other_kinds_alone():
    plan = plan_present(ACME, EMPTY, replace(TERMS, scope=frozenset({"connections"})))

    assert steps(plan) == [("create", "connection", "fra-a")]


def test_what_another_run_must_make_first_is_awaited():
    plan = plan_present(ACME, EMPTY, replace(TERMS, scope=frozenset({"associations"})))

    assert plan.due == ()
    assert_golden("plans/gateways-of-another-run.txt", plan_text(plan))


def test_an_account_owns_its_part_only():
    assert plan_present(ACME, EMPTY, Terms(account="other")).actions == ()


def test_tagged_objects_that_are_no_longer_declared_are_named_and_left_alone():
    estate = replace(ACME, connections=(), gateways=(CORE,), virtual_interfaces=())
    tie = FoundAssociation(
        id="tie-2",
        gateway_id="gw-core",
        target_id="tgw-0old",
        target_type="transitGateway",
        state="associated",
    )
    snapshot = replace(COMPLETE, associations=(TIE_CORE, tie, TIE_LEGACY))

    plan = plan_present(estate, snapshot, TERMS)

    assert plan.actions == ()
    assert_golden("plans/left-alone.txt", plan_text(plan))


def test_pruning_asks_for_every_name_and_goes_before_everything_else():
    estate = replace(ACME, gateways=(CORE,), virtual_interfaces=(TRANSIT,))
    terms = replace(TERMS, prune=True, consent=frozenset({"fra-a-private", "legacy"}))

    plan = plan_present(estate, COMPLETE, terms)

    assert_golden("plans/prune.txt", plan_text(plan))
    assert plan.refusals == (
        (
            "delete association legacy/vgw-0c2d: no longer declared; "
            "this needs legacy/vgw-0c2d in the consent list (dx_consent)"
        ),
    )


def test_what_another_account_declares_is_never_pruned():
    estate = replace(ACME, gateways=(replace(CORE, account="other"), ACME.gateways[1]))

    plan = plan_present(
        replace(estate, virtual_interfaces=(PRIVATE,)),
        replace(COMPLETE, virtual_interfaces=(FOUND_PRIVATE,)),
        replace(TERMS, prune=True),
    )

    assert plan.actions == ()


def test_a_single_object_without_an_estate_is_known_by_its_name_alone():
    estate = Estate(name="", connections=(CONNECTION,))

    plan = plan_present(estate, COMPLETE, TERMS)

    assert (plan.actions, plan.notes) == ((), ())


def test_a_single_object_without_an_estate_gets_no_identity_tags():
    estate = Estate(name="", connections=(replace(CONNECTION, tags={"rack": "7"}),))

    (action,) = plan_present(estate, EMPTY, TERMS).actions

    assert action.tags == {"rack": "7"}


@pytest.mark.parametrize(
    ("consent", "refused"), [((), 1), (("fra-a-transit",), 0)], ids=["without", "with"]
)
def test_another_mtu_on_a_live_connection_needs_consent(consent, refused):
    estate = replace(ACME, virtual_interfaces=(replace(TRANSIT, mtu=1500), PRIVATE))

    plan = plan_present(estate, COMPLETE, replace(TERMS, consent=frozenset(consent)))

    assert len(plan.refusals) == refused
    assert_golden(f"plans/mtu-{'without' if refused else 'with'}-consent.txt", plan_text(plan))


def test_another_mtu_on_an_idle_connection_needs_no_consent():
    idle = [
        replace(thing, peers=tuple(replace(peer, status="down") for peer in thing.peers))
        for thing in COMPLETE.virtual_interfaces
    ]
    estate = replace(ACME, virtual_interfaces=(replace(TRANSIT, mtu=1500), PRIVATE))

    plan = plan_present(estate, replace(COMPLETE, virtual_interfaces=tuple(idle)), TERMS)

    assert (len(plan.actions), plan.refusals) == (1, ())


TIE_OTHER = FoundAssociation(
    id="tie-x",
    gateway_id="gw-core",
    target_id="vgw-0x",
    target_type="virtualPrivateGateway",
    state="associated",
)
FAULTS = {
    "two-candidates-by-tag": (
        ACME,
        replace(
            COMPLETE,
            connections=(FOUND_CONNECTION, replace(FOUND_CONNECTION, id="dxcon-fg000002")),
        ),
    ),
    "two-candidates-by-name": (
        ACME,
        replace(
            COMPLETE,
            connections=(),
            virtual_interfaces=(
                replace(FOUND_TRANSIT, tags={}),
                replace(FOUND_TRANSIT, tags={}, id="dxvif-0000000c"),
                FOUND_PRIVATE,
            ),
            gateways=(FOUND_CORE, replace(FOUND_CORE, id="gw-core-2"), FOUND_LEGACY),
        ),
    ),
    "fixed-at-birth": (
        replace(
            ACME,
            connections=(
                replace(CONNECTION, bandwidth="1Gbps", provider="Other", request_macsec=True),
            ),
            gateways=(replace(CORE, amazon_asn=64515), ACME.gateways[1]),
            virtual_interfaces=(
                replace(
                    TRANSIT,
                    type="private",
                    gateway="legacy",
                    vlan=103,
                    customer_asn=65002,
                    peers=(
                        Peer(
                            family="ipv4",
                            amazon_address="169.254.9.1/30",
                            customer_address="169.254.9.2/30",
                            key="another-key-456",
                        ),
                    ),
                ),
                PRIVATE,
            ),
        ),
        replace(COMPLETE, connections=(replace(FOUND_CONNECTION, macsec_capable=False),)),
    ),
    "unknown-targets": (
        ACME,
        replace(
            COMPLETE,
            associations=(),
            transit_gateways=(),
            virtual_gateways=(
                FoundVirtualGateway(id="vgw-1", name="vgw-other", state="available"),
                FoundVirtualGateway(id="vgw-2", name="", state="available"),
                FoundVirtualGateway(id="vgw-0c2d", name="vgw-legacy", state="deleted"),
            ),
        ),
    ),
    "two-targets-of-one-name": (
        ACME,
        replace(
            COMPLETE,
            transit_gateways=(
                *COMPLETE.transit_gateways,
                FoundTarget(id="tgw-0z", name="tgw-core", state="available"),
            ),
        ),
    ),
    "same-asn-on-both": (
        replace(ACME, gateways=(replace(CORE, amazon_asn=None),), virtual_interfaces=()),
        Snapshot(
            transit_gateways=(
                FoundTarget(id="tgw-1", name="tgw-core", state="available", amazon_asn=64512),
            ),
        ),
    ),
    "both-kinds-on-one-gateway": (
        ACME,
        replace(COMPLETE, associations=(TIE_CORE, TIE_OTHER, TIE_LEGACY)),
    ),
    "no-jumbo-frames": (
        ACME,
        replace(
            COMPLETE,
            connections=(replace(FOUND_CONNECTION, jumbo_frame_capable=False),),
            virtual_interfaces=(FOUND_PRIVATE,),
        ),
    ),
    "gateway-of-another-account": (
        replace(ACME, gateways=(replace(CORE, account="other"), ACME.gateways[1])),
        COMPLETE,
    ),
    "nothing-to-hang-on": (
        ACME,
        replace(COMPLETE, connections=(), gateways=(FOUND_LEGACY,)),
    ),
}


@pytest.mark.parametrize("case", FAULTS)
def test_what_cannot_be_reached_is_a_fault_that_names_the_way_out(case):
    estate, snapshot = FAULTS[case]

    plan = plan_present(estate, snapshot, TERMS)

    assert plan.faults
    assert_golden(f"plans/fault-{case}.txt", "".join(f"{fault}\n" for fault in plan.faults))


def test_two_leftovers_of_one_name_are_consented_to_by_id():
    twins = tuple(
        replace(FOUND_CONNECTION, id=f"dxcon-twin{number}", tags=marks("twin")) for number in (1, 2)
    )
    snapshot = replace(COMPLETE, connections=(*COMPLETE.connections, *twins))
    terms = replace(TERMS, prune=True, consent=frozenset({"twin", "dxcon-twin2"}))

    first, second = plan_present(ACME, snapshot, terms).actions

    assert (first.id, first.consent, first.refused) == ("dxcon-twin1", "dxcon-twin1", True)
    assert (second.id, second.refused) == ("dxcon-twin2", False)


def test_without_adoption_the_tags_that_the_estate_declares_are_set_alone():
    bare = replace(COMPLETE, connections=(replace(FOUND_CONNECTION, tags={}),))
    estate = replace(ACME, adopt=False)

    (tag,) = plan_present(estate, bare, TERMS).actions
    silent = plan_present(replace(estate, tags={}), bare, TERMS)

    assert (tag.verb, tag.name, dict(tag.tags)) == ("tag", "fra-a", dict(ACME.tags))
    assert [change.attribute for change in tag.changes] == [f"tag {key}" for key in ACME.tags]
    assert silent.actions == ()
