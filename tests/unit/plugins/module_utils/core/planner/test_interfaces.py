# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Virtual interfaces in the plan: their ends, owners, moves, replacements and peers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import (
    Account,
    Peer,
    Routing,
    VirtualGateway,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.neighbours import Neighbour
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan import Terms
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan_text import plan_text
from ansible_collections.crossconnect.dx.plugins.module_utils.core.planner.plan_estate import (
    plan_present,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.snapshot import (
    FoundVirtualGateway,
)
from tests.fixtures.acme import (
    ACME,
    COMPLETE,
    CONNECTION,
    CORE,
    FOUND_CONNECTION,
    FOUND_CORE,
    FOUND_PRIVATE,
    FOUND_TRANSIT,
    KEY,
    LEGACY,
    PRIVATE,
    TRANSIT,
    found_peer,
    marks,
)
from tests.fixtures.golden import assert_golden

ONLY = frozenset({"virtual_interfaces"})
TERMS = Terms(account="network", scope=ONLY)
FOUND_B = replace(FOUND_CONNECTION, id="dxcon-fg000002", name="fra-b", tags=marks("fra-b"))
PUBLIC = replace(
    PRIVATE,
    type="public",
    gateway=None,
    route_filter_prefixes=("192.0.2.0/24",),
    routing=Routing(prepend=2),
)
ON_A_VGW = replace(PRIVATE, gateway=None, virtual_gateway="vgw-legacy")
HOSTED = replace(TRANSIT, account="workload", site_link=True, mtu=1500)
FOUND_HOSTED = replace(
    FOUND_TRANSIT, owner_account="444455556666", mtu=1500, site_link=True, peers=(found_peer(),)
)


def estate(*interfaces, **parts):
    return replace(ACME, virtual_interfaces=interfaces, **parts)


def with_fra_b(*interfaces):
    return estate(*interfaces, connections=(CONNECTION, replace(CONNECTION, name="fra-b")))


def snapshot(*interfaces, **parts):
    return replace(COMPLETE, virtual_interfaces=interfaces, **parts)


def steps(plan):
    return [(action.verb, action.kind, action.name) for action in plan.actions]


def changes(plan):
    return {each.attribute: each.after for action in plan.actions for each in action.changes}


def test_a_public_interface_has_no_end_and_is_told_what_aws_ignores():
    plan = plan_present(estate(PUBLIC), snapshot(), TERMS)

    assert [parent.kind for parent in plan.actions[0].parents] == ["connection"]
    assert_golden("plans/public-interface.txt", plan_text(plan))


def test_the_order_of_route_filters_means_nothing():
    wanted = replace(PUBLIC, route_filter_prefixes=("192.0.2.0/25", "192.0.2.128/25"))
    there = replace(
        FOUND_PRIVATE,
        type="public",
        gateway_id=None,
        route_filter_prefixes=("192.0.2.128/25", "192.0.2.0/25"),
    )

    plan = plan_present(estate(wanted), snapshot(there), TERMS)

    assert (plan.actions, plan.faults) == ((), ())


@pytest.mark.parametrize("name", ["vgw-legacy", "vgw-0c2d"])
def test_a_private_interface_ends_on_a_vgw_by_its_name_or_id(name):
    plan = plan_present(estate(replace(ON_A_VGW, virtual_gateway=name)), snapshot(), TERMS)

    assert plan.actions[0].parent("virtual_gateway").id == "vgw-0c2d"
    there = replace(FOUND_PRIVATE, gateway_id="vgw-0c2d")
    wanted = estate(replace(ON_A_VGW, virtual_gateway=name))
    assert plan_present(wanted, snapshot(there), TERMS).actions == ()


@pytest.mark.parametrize(
    ("scope", "people"),
    [
        pytest.param(ONLY, True, id="made by another run"),
        pytest.param(ONLY | {"virtual_gateways"}, False, id="made by this run"),
    ],
)
def test_a_declared_vgw_that_is_not_there_yet_is_waited_for(scope, people):
    declared = VirtualGateway(name="vgw-new", account="network")
    wanted = estate(replace(ON_A_VGW, virtual_gateway="vgw-new"), virtual_gateways=(declared,))

    plan = plan_present(wanted, snapshot(), replace(TERMS, scope=scope))

    (wait,) = [wait for wait in plan.actions[-1].waits_for if wait.on.kind == "virtual_gateway"]
    assert (wait.until, wait.now, wait.people) == (("available",), None, people)


def test_a_vgw_in_the_making_is_waited_for():
    pending = FoundVirtualGateway(id="vgw-0c2d", name="vgw-legacy", state="pending")

    plan = plan_present(estate(ON_A_VGW), snapshot(virtual_gateways=(pending,)), TERMS)

    assert [(wait.now, wait.people) for wait in plan.actions[0].waits_for] == [("pending", False)]


TWO = tuple(
    FoundVirtualGateway(id=f"vgw-{number}", name="twice", state="available", tags=marks("twice"))
    for number in (1, 2)
)
WORKLOAD = (Account(name="workload", id="444455556666"),)
NOBODY = replace(TERMS, neighbours=())
ON_A_PART = replace(FOUND_CONNECTION, partner="Equinix", vlan=101)
FAULTS = {
    "unknown-vgw": (estate(replace(ON_A_VGW, virtual_gateway="vgw-x")), snapshot(), TERMS),
    "vgw-twice": (
        estate(replace(ON_A_VGW, virtual_gateway="twice")),
        snapshot(virtual_gateways=TWO),
        TERMS,
    ),
    "declared-vgw-twice": (
        estate(
            replace(ON_A_VGW, virtual_gateway="twice"),
            virtual_gateways=(VirtualGateway(name="twice", account="network"),),
        ),
        snapshot(virtual_gateways=TWO),
        TERMS,
    ),
    "unknown-owner": (estate(HOSTED), snapshot(), NOBODY),
    "another-owner": (
        estate(HOSTED, accounts=(Account(name="workload", id="777788889999"),)),
        snapshot(FOUND_HOSTED),
        TERMS,
    ),
    "no-move-from-a-part": (
        with_fra_b(replace(TRANSIT, on="fra-b")),
        snapshot(FOUND_TRANSIT, connections=(ON_A_PART, FOUND_B)),
        TERMS,
    ),
    "no-move-to-a-taken-vlan": (
        with_fra_b(replace(TRANSIT, on="fra-b")),
        snapshot(
            FOUND_TRANSIT,
            replace(FOUND_PRIVATE, vlan=101, connection_id="dxcon-fg000002"),
            connections=(FOUND_CONNECTION, FOUND_B),
        ),
        TERMS,
    ),
    "no-move-without-jumbo-frames": (
        with_fra_b(replace(TRANSIT, on="fra-b", mtu=None)),
        snapshot(
            FOUND_TRANSIT,
            connections=(FOUND_CONNECTION, replace(FOUND_B, jumbo_frame_capable=False)),
        ),
        TERMS,
    ),
    "another-vlan-than-the-part": (
        estate(replace(TRANSIT, vlan=102)),
        snapshot(connections=(ON_A_PART,)),
        TERMS,
    ),
    "last-peer": (
        estate(replace(PRIVATE, peers=(Peer(family="ipv4", key="another-key"),))),
        snapshot(FOUND_PRIVATE),
        TERMS,
    ),
}


@pytest.mark.parametrize("case", FAULTS)
def test_what_aws_would_refuse_is_told_before_any_call(case):
    plan = plan_present(*FAULTS[case])

    assert plan.faults
    text = "".join(f"{fault}\n" for fault in plan.faults)
    assert KEY not in text
    assert_golden(f"plans/interface-fault-{case}.txt", text)


def test_a_move_cuts_live_sessions_by_consent_and_waits_for_the_vlan():
    leaving = replace(
        FOUND_PRIVATE, vlan=101, connection_id="dxcon-fg000002", state="deleting", peers=()
    )
    there = snapshot(FOUND_TRANSIT, leaving, connections=(FOUND_CONNECTION, FOUND_B))

    plan = plan_present(with_fra_b(replace(TRANSIT, on="fra-b")), there, TERMS)

    (move,) = plan.actions
    assert (move.verb, move.parent("connection").id, move.refused) == ("move", FOUND_B.id, True)
    assert [wait.on.id for wait in move.waits_for] == [leaving.id]
    assert_golden("plans/interface-move.txt", plan_text(plan))


def test_what_cannot_move_is_replaced_where_that_is_asked_for():
    wanted = with_fra_b(replace(TRANSIT, on="fra-b"))
    there = snapshot(FOUND_TRANSIT, connections=(ON_A_PART, FOUND_B))
    name = frozenset({"fra-a-transit"})

    plan = plan_present(wanted, there, replace(TERMS, replace=name, consent=name))

    assert (plan.faults, plan.refusals) == ((), ())
    assert_golden("plans/interface-replaced.txt", plan_text(plan))


def test_a_name_in_replace_harms_nothing_that_is_as_it_shall_be():
    name = frozenset({"fra-a-transit", "fra-a-transit/ipv4"})

    plan = plan_present(ACME, COMPLETE, replace(TERMS, replace=name, consent=name))

    assert plan.actions == ()


def test_peers_are_replaced_one_after_the_other_and_undeclared_ones_go_last():
    peers = (replace(TRANSIT.peers[0], key="another-key-1"),)
    names = frozenset({"fra-a-transit/ipv4", "fra-a-transit/ipv6"})

    plan = plan_present(
        estate(replace(TRANSIT, peers=peers)),
        snapshot(FOUND_TRANSIT),
        replace(TERMS, replace=names, consent=names),
    )

    assert_golden("plans/interface-peers.txt", plan_text(plan))
    assert "another-key-1" not in plan_text(plan)


def test_a_missing_peer_is_made_before_an_undeclared_one_is_deleted():
    only_ipv6 = replace(FOUND_TRANSIT, peers=(found_peer("ipv6", status="down"),))
    wanted = estate(replace(TRANSIT, peers=TRANSIT.peers[:1]))

    plan = plan_present(wanted, snapshot(only_ipv6), TERMS)

    made, deleted = plan.actions
    assert (made.verb, deleted.verb, deleted.refused) == ("create", "delete", True)
    assert [str(wait) for wait in deleted.waits_for] == [
        "peer fra-a-transit/ipv4 to be available (now not there)"
    ]


def test_peers_that_nobody_lists_are_nobodys_concern():
    wanted = estate(replace(TRANSIT, peers=()))

    assert plan_present(wanted, snapshot(FOUND_TRANSIT), TERMS).actions == ()


def test_the_carriers_account_allocates_for_an_owner_whose_number_it_learns():
    workload = Neighbour(account="workload", account_id="444455556666")
    unknown = plan_present(estate(HOSTED), snapshot(), TERMS)
    assert [str(wait) for wait in unknown.actions[0].waits_for] == [
        "account workload to be known by its number (now not there)"
    ]

    plan = plan_present(estate(HOSTED), snapshot(), replace(TERMS, neighbours=(workload,)))

    (create,) = plan.actions
    assert create.parent("account").id == "444455556666"
    assert "site_link" not in changes(plan)
    assert_golden("plans/interface-allocated.txt", plan_text(plan))


def test_an_allocated_interface_is_left_to_its_owner_but_for_its_share_of_the_port():
    wanted = replace(HOSTED, prefix_pool_allocated_count_ipv4=200, site_link=False)
    there = replace(FOUND_HOSTED, tags=marks("fra-a-transit", owner="others"), state="confirming")

    plan = plan_present(estate(wanted, accounts=WORKLOAD), snapshot(there), TERMS)

    assert steps(plan) == [("update", "virtual_interface", "fra-a-transit")]
    assert changes(plan) == {"prefix_pool_allocated_count_ipv4": 200}
    assert [wait.people for wait in plan.actions[0].waits_for] == [True]


THEIRS = Terms(account="workload", scope=ONLY)
THEIR_CORE = replace(CORE, account="workload", associations=())
BOTH = estate(replace(HOSTED, mtu=8500), gateways=(THEIR_CORE, LEGACY))


def test_the_owner_waits_for_what_is_not_allocated_yet():
    plan = plan_present(BOTH, snapshot(gateways=(FOUND_CORE,), connections=()), THEIRS)

    assert plan.due == ()
    assert_golden("plans/interface-to-confirm.txt", plan_text(plan))


def test_the_owner_confirms_adopts_and_completes_what_is_allocated():
    allocated = replace(FOUND_HOSTED, state="confirming", gateway_id=None, tags={}, site_link=False)

    plan = plan_present(BOTH, snapshot(allocated, gateways=(FOUND_CORE,), connections=()), THEIRS)

    assert steps(plan) == [
        ("confirm", "virtual_interface", "fra-a-transit"),
        ("adopt", "virtual_interface", "fra-a-transit"),
        ("update", "virtual_interface", "fra-a-transit"),
        ("create", "peer", "fra-a-transit/ipv6"),
    ]
    assert changes(plan)["site_link"] is True
    assert all(not wait.people for action in plan.actions for wait in action.waits_for)


def test_the_owner_tells_another_gateway_but_replaces_nothing():
    there = replace(FOUND_HOSTED, gateway_id="gw-else")
    name = frozenset({"fra-a-transit"})
    found = snapshot(there, gateways=(FOUND_CORE,), connections=())

    plan = plan_present(BOTH, found, replace(THEIRS, replace=name, consent=name))

    assert [fault.partition(", and")[0] for fault in plan.faults] == [
        "virtual_interface fra-a-transit: gateway is gw-else at AWS and core in the estate"
    ]
