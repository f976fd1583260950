# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The backup path, on values: customer gateways and VPN connections made, moved and taken down."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import (
    Association,
    Estate,
    Gateway,
    VirtualGateway,
    VirtualInterface,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.model_vpn import (
    CustomerGateway,
    VpnConnection,
    VpnTunnel,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan import Terms
from ansible_collections.crossconnect.dx.plugins.module_utils.core.planner.goals import goals_found
from ansible_collections.crossconnect.dx.plugins.module_utils.core.planner.plan_estate import (
    plan_absent,
    plan_present,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.snapshot import (
    FoundAssociation,
    FoundGateway,
    FoundTarget,
    FoundTransitAttachment,
    FoundVirtualGateway,
    Snapshot,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.snapshot_vpn import (
    FoundCustomerGateway,
    FoundVpnConnection,
    FoundVpnTunnel,
)
from tests.fixtures.acme import marks

TERMS = Terms(account="network")
KEY = "planned.secret"
CUSTOMER = CustomerGateway(name="fra", account="network", address="192.0.2.10", asn=65001)
FOUND_CUSTOMER = FoundCustomerGateway(
    id="cgw-1",
    name="fra",
    state="available",
    asn=65001,
    address="192.0.2.10",
    device_name="fra",
    tags={**marks("fra"), "Name": "fra"},
)
TUNNEL = VpnTunnel(inside_cidr="169.254.10.0/30", key=KEY, ike_versions=("ikev2", "ikev1"))
FOUND_TUNNEL = FoundVpnTunnel(
    outside_address="198.51.100.1",
    inside_cidr="169.254.10.0/30",
    key=KEY,
    ike_versions=("ikev1", "ikev2"),
    status="UP",
)
SECOND_TUNNEL = FoundVpnTunnel(
    outside_address="198.51.100.2", inside_cidr="169.254.200.0/30", status="DOWN"
)
VPN = VpnConnection(
    name="backup",
    account="network",
    customer_gateway="fra",
    virtual_gateway="vgw-apps",
    static_routes=("192.168.0.0/16",),
    tunnels=(TUNNEL,),
)
FOUND = FoundVpnConnection(
    id="vpn-1",
    name="backup",
    state="available",
    customer_gateway_id="cgw-1",
    target_id="vgw-1",
    static_routes=("192.168.0.0/16",),
    tunnels=(FOUND_TUNNEL, SECOND_TUNNEL),
    tags={**marks("backup"), "Name": "backup"},
)
DOWN = replace(FOUND, tunnels=(replace(FOUND_TUNNEL, status="DOWN"), SECOND_TUNNEL))
VGW = FoundVirtualGateway(id="vgw-1", name="vgw-apps", state="available")
TGW = FoundTarget(id="tgw-1", name="tgw-core", state="available")
BY_BGP = replace(VPN, static_routes=None)
FOUND_BGP = replace(FOUND, static_routes=None)


def estate(*vpns, customers=(CUSTOMER,), **more):
    return Estate(
        name="acme", customer_gateways=tuple(customers), vpn_connections=tuple(vpns), **more
    )


def snapshot(*vpns, customers=(FOUND_CUSTOMER,), **more):
    things = {"virtual_gateways": (VGW,), "transit_gateways": (TGW,), **more}
    return Snapshot(customer_gateways=tuple(customers), vpn_connections=tuple(vpns), **things)


def steps(plan):
    return [(each.verb, each.kind, each.name) for each in plan.actions]


def plan(wanted, found, **terms):
    return plan_present(wanted, found, replace(TERMS, **terms))


def test_from_nothing_the_customer_gateway_comes_first_and_the_routes_last():
    made = plan(estate(VPN), snapshot(customers=()))
    assert steps(made) == [
        ("create", "customer_gateway", "fra"),
        ("create", "vpn_connection", "backup"),
        ("create", "vpn_route", "backup/192.168.0.0/16"),
    ]
    customer, vpn, route = made.actions
    assert customer.tags["Name"] == vpn.tags["Name"].replace("backup", "fra") == "fra"
    assert [str(each) for each in vpn.waits_for] == [
        "customer_gateway fra to be available (now not there)"
    ]
    assert [each.on.kind for each in route.waits_for] == ["vpn_connection"]
    told = {change.attribute: change.after for change in vpn.changes}
    assert told["tunnels"] == ("169.254.10.0/30 with key",)
    assert (told["routing"], told["virtual_gateway"]) == ("static", "vgw-apps")
    assert KEY not in repr(made)


def test_what_is_as_wanted_is_left_alone_and_has_arrived():
    there = snapshot(FOUND)
    assert plan(estate(VPN), there).actions == ()
    assert goals_found(estate(VPN), there, TERMS) == ()
    (goal,) = goals_found(estate(VPN), snapshot(replace(FOUND, state="pending")), TERMS)
    assert (goal.on.id, goal.until) == ("vpn-1", ("available",))


def test_a_customer_gateway_out_of_scope_is_awaited_as_people_are():
    made = plan(estate(VPN), snapshot(customers=()), scope=frozenset({"vpn_connections"})).actions[
        0
    ]
    assert made.awaits_people
    settling = snapshot(customers=(replace(FOUND_CUSTOMER, state="pending"),))
    assert not plan(estate(VPN), settling).actions[0].awaits_people


def test_what_is_found_by_its_name_is_taken_over_and_by_its_id_keeps_its_name():
    untagged = (replace(FOUND_CUSTOMER, tags={}), replace(FOUND, tags={}))
    taken = plan(estate(VPN), snapshot(untagged[1], customers=untagged[:1]))
    assert [each[:2] for each in steps(taken)] == [
        ("adopt", "customer_gateway"),
        ("adopt", "vpn_connection"),
    ]
    meant = Estate(
        name="",
        customer_gateways=(replace(CUSTOMER, name="cgw-1", tags={"a": "b"}),),
        vpn_connections=(replace(VPN, name="vpn-1", customer_gateway="cgw-1", tags={"a": "b"}),),
    )
    for action in plan(meant, snapshot(FOUND)).actions:
        assert (action.verb, action.tags) == ("tag", {"a": "b"})


def test_two_of_one_tag_are_an_error_and_never_a_guess():
    twice = snapshot(
        FOUND,
        replace(FOUND, id="vpn-2"),
        customers=(FOUND_CUSTOMER, replace(FOUND_CUSTOMER, id="cgw-2")),
    )
    faults = plan(estate(VPN), twice).faults
    assert [fault.partition(":")[0] for fault in faults] == [
        "customer_gateway fra",
        "vpn_connection backup",
    ]
    assert len(plan_absent(estate(VPN), twice, TERMS).faults) == 2


def test_aws_would_answer_with_what_looks_the_same():
    theirs = replace(
        FOUND_CUSTOMER, tags={"crossconnect:estate": "other", "crossconnect:name": "f"}
    )
    (fault,) = plan(estate(), snapshot(customers=(theirs,))).faults
    assert "cgw-1 is named fra already and belongs to another by its tags" in fault
    gone = replace(theirs, state="deleted")
    assert steps(plan(estate(), snapshot(customers=(gone,)))) == [
        ("create", "customer_gateway", "fra")
    ]


def test_what_aws_fixes_of_a_customer_gateway_is_told_and_replaced_where_nothing_uses_it():
    other = replace(CUSTOMER, asn=65002)
    (fault,) = plan(estate(customers=[other]), snapshot()).faults
    assert "asn is 65001 at AWS and 65002 in the estate" in fault
    assert "name fra in replace (dx_replace)" in fault

    again = plan(
        estate(customers=[other]),
        snapshot(),
        replace=frozenset({"fra"}),
        consent=frozenset({"fra"}),
    )
    assert steps(again) == [
        ("delete", "customer_gateway", "fra"),
        ("create", "customer_gateway", "fra"),
    ]
    assert again.actions[0].consented
    assert again.actions[1].waits_for[0].on.id == "cgw-1"

    used = plan(estate(VPN, customers=[other]), snapshot(FOUND), replace=frozenset({"fra"}))
    assert "let backup begin at it: AWS moves a VPN connection" in used.faults[0]
    nameless = snapshot(replace(FOUND, name=""))
    assert "let vpn-1 begin at it" in plan(estate(customers=[other]), nameless).faults[0]


def test_between_two_gateways_there_is_one_vpn_connection():
    theirs = replace(FOUND, tags={}, name="")
    (fault,) = plan(estate(VPN), snapshot(theirs)).faults
    assert "vpn-1 (without a name) connects fra and vgw-apps already" in fault
    others = (
        replace(theirs, state="deleted"),
        replace(theirs, id="vpn-3", customer_gateway_id="cgw-9"),
    )
    assert plan(estate(VPN), snapshot(*others)).faults == ()
    to_transit = replace(BY_BGP, virtual_gateway=None, transit_gateway="tgw-core")
    beside = replace(theirs, target_id="tgw-1")
    assert steps(plan(estate(to_transit), snapshot(beside))) == [
        ("create", "vpn_connection", "backup")
    ]


def test_an_unknown_gateway_is_a_fault():
    (fault,) = plan(estate(replace(VPN, virtual_gateway="vgw-none")), snapshot()).faults
    assert fault.startswith("vpn_connection backup: there is no virtual private gateway vgw-none")


def test_a_declared_virtual_gateway_is_awaited_with_its_vpc():
    declared = VirtualGateway(name="vgw-apps", account="network", vpc="vpc-1")
    of_estate = estate(VPN, virtual_gateways=(declared,))
    narrow = {"scope": frozenset({"vpn_connections"})}
    first = plan(of_estate, snapshot(virtual_gateways=()), **narrow).actions[0]
    assert [str(each) for each in first.waits_for] == [
        "virtual_gateway vgw-apps to be available (now not there)",
        "vpc_attachment vgw-apps to be attached (now not there)",
    ]
    assert first.awaits_people
    tagged = replace(VGW, vpc_id="vpc-1", attachment_state="attaching", tags=marks("vgw-apps"))
    (create, _) = plan(of_estate, snapshot(virtual_gateways=(tagged,)), **narrow).actions
    assert [(each.on.id, each.now) for each in create.waits_for] == [("vgw-1/vpc-1", "attaching")]
    bare = estate(VPN, virtual_gateways=(replace(declared, vpc=None),))
    made = plan(bare, snapshot(virtual_gateways=()))
    assert [each[1] for each in steps(made)][:2] == ["virtual_gateway", "vpn_connection"]


def test_static_routes_are_exact_and_unset_means_dont_care():
    other = estate(replace(VPN, static_routes=("192.168.0.0/17",)))
    gone, made = plan(other, snapshot(FOUND)).actions
    assert (gone.id, gone.consent) == ("vpn-1/192.168.0.0/16", "backup")
    assert gone.refused
    assert (made.name, made.waits_for) == ("backup/192.168.0.0/17", ())
    assert plan(estate(BY_BGP), snapshot(FOUND)).actions == ()
    settling = snapshot(replace(FOUND, state="modifying"))
    assert plan(other, settling).actions[1].waits_for[0].now == "modifying"


def test_a_move_takes_the_routes_off_first_and_puts_them_on_again():
    other = FoundVirtualGateway(id="vgw-2", name="vgw-new", state="available")
    moved = estate(replace(VPN, virtual_gateway="vgw-new"))
    found = snapshot(FOUND, virtual_gateways=(VGW, other))
    off, move, back = plan(moved, found).actions
    assert [each.verb for each in (off, move, back)] == ["delete", "update", "create"]
    assert move.waits_for[-1].on.id == "vpn-1/192.168.0.0/16"
    assert "interrupts its tunnels, which are up" in move.reason
    assert back.waits_for[0].until == ("available",)
    assert plan(moved, replace(found, vpn_connections=(DOWN,))).actions[1].reason == ""


def test_another_customer_gateway_leaves_the_routes_alone():
    second = replace(CUSTOMER, name="ams", address="192.0.2.20")
    moved = estate(replace(VPN, customer_gateway="ams"), customers=[CUSTOMER, second])
    made, move = plan(moved, snapshot(FOUND)).actions
    assert (made.kind, move.verb, move.parent("customer_gateway").id) == (
        "customer_gateway",
        "update",
        None,
    )
    assert [change.attribute for change in move.changes] == ["customer_gateway"]


def test_what_aws_fixes_of_a_vpn_connection_is_told_and_replaced_with_consent():
    (fault,) = plan(estate(VPN), snapshot(FOUND_BGP)).faults
    assert "routing is bgp at AWS and static in the estate" in fault
    again = plan(estate(VPN), snapshot(FOUND_BGP), replace=frozenset({"backup"}))
    delete, create, _route = again.actions
    assert delete.reason == (
        "REPLACES it: its tunnels get other outside addresses, and cuts tunnels that are up"
    )
    assert create.waits_for[-1].on.id == "vpn-1"
    quiet = plan(
        estate(VPN), snapshot(replace(DOWN, static_routes=None)), replace=frozenset({"backup"})
    )
    assert quiet.actions[0].reason.endswith("other outside addresses")


TUNNEL_CASES = {
    "another range": ({"inside_cidr": "169.254.30.0/30"}, "inside_cidr", "198.51.100.1"),
    "another key": ({"key": "another.secret"}, "key", "198.51.100.1"),
    "fewer versions": ({"ike_versions": ("ikev2",)}, "ike_versions", "198.51.100.1"),
    "start": ({"startup_action": "start"}, "startup_action", "198.51.100.1"),
    "restart": ({"dpd_timeout_action": "restart"}, "dpd_timeout_action", "198.51.100.1"),
}


@pytest.mark.parametrize("case", TUNNEL_CASES)
def test_a_tunnel_is_changed_in_place_with_consent(case):
    changes, attribute, outside = TUNNEL_CASES[case]
    wanted = estate(replace(VPN, tunnels=(replace(TUNNEL, **changes),)))
    (action,) = plan(wanted, snapshot(FOUND)).actions
    assert (action.verb, action.kind, action.id) == ("update", "vpn_tunnel", f"vpn-1/{outside}")
    assert [change.attribute for change in action.changes] == [attribute]
    assert (action.refused, action.consent) == (True, "backup")
    assert "which is up" in action.reason
    assert KEY not in repr(action)
    assert "another.secret" not in repr(action)


def test_a_key_that_aws_does_not_show_is_not_judged_nor_is_a_tunnel_that_is_not_there():
    hidden = replace(FOUND, tunnels=(replace(FOUND_TUNNEL, key=None),))
    assert plan(estate(VPN), snapshot(hidden)).actions == ()
    assert plan(estate(VPN), snapshot(replace(FOUND, tunnels=()))).actions == ()
    keyless = replace(TUNNEL, key=None, ike_versions=None)
    assert plan(estate(replace(VPN, tunnels=(keyless,))), snapshot(FOUND)).actions == ()
    second = replace(TUNNEL, inside_cidr="169.254.200.0/30", key=None)
    (action,) = plan(estate(replace(VPN, tunnels=(second,))), snapshot(FOUND)).actions
    assert "which is down" in action.reason


def test_larger_packets_of_what_it_backs_up_are_told():
    big = VirtualInterface(
        name="jumbo", on="fra-a", type="private", vlan=1, customer_asn=65001, mtu=8500
    )
    small = replace(big, name="small", on="fra-a", mtu=None)
    other = replace(big, name="other", on="ams-a")
    told = estate(replace(VPN, backs_up=("fra-a",)), virtual_interfaces=(big, small, other))
    (note,) = plan(told, snapshot(FOUND)).notes
    assert note.startswith("vpn_connection backup backs up jumbo (8500): over it packets fall to")


CORE = Gateway(
    name="core", account="network", associations=(Association(transit_gateway="tgw-core"),)
)
FOUND_CORE = FoundGateway(
    id="gw-1", name="core", state="available", amazon_asn=64512, tags=marks("core")
)
TIE = FoundAssociation(
    id="tie-1",
    gateway_id="gw-1",
    target_id="tgw-1",
    target_type="transitGateway",
    state="associated",
)
ATTACHMENT = FoundTransitAttachment(
    id="tgw-attach-1", transit_gateway_id="tgw-1", gateway_id="gw-1", state="available"
)
PRIVATE = replace(
    BY_BGP,
    virtual_gateway=None,
    transit_gateway="tgw-core",
    outside_address_type="private",
    tunnels=(),
)
FOUND_PRIVATE = replace(
    FOUND_BGP,
    target_id="tgw-1",
    outside_address_type="private",
    transport_attachment_id="tgw-attach-1",
)
TIED = {
    "gateways": (FOUND_CORE,),
    "associations": (TIE,),
    "transit_attachments": (ATTACHMENT,),
}
ONLY_VPN = {"scope": frozenset({"vpn_connections"})}


def test_a_private_one_waits_for_the_association_that_carries_it():
    wanted = estate(PRIVATE, gateways=(CORE,))
    made = plan(wanted, snapshot())
    (create,) = (each for each in made.actions if each.kind == "vpn_connection")
    assert "association core/tgw-core to be associated" in str(create.waits_for[-1])
    assert [each.kind for each in create.parents] == [
        "customer_gateway",
        "target",
        "association",
        "gateway",
    ]
    (create,) = plan(wanted, snapshot(**TIED), **ONLY_VPN).actions
    assert create.waits_for == ()
    assert create.parents[-1].id == "tgw-attach-1"
    assert {change.attribute: change.after for change in create.changes}["transport"] == "core"


def test_a_private_one_stays_where_it_is():
    wanted = estate(PRIVATE, gateways=(CORE,))
    assert plan(wanted, snapshot(FOUND_PRIVATE, **TIED), **ONLY_VPN).faults == ()
    elsewhere = replace(FOUND_PRIVATE, transport_attachment_id="tgw-attach-9", target_id="tgw-9")
    refused = plan(wanted, snapshot(elsewhere, **TIED), **ONLY_VPN)
    assert refused.actions == ()
    assert "transport is tgw-attach-9 at AWS and core in the estate" in refused.faults[0]
    assert "transit_gateway is tgw-9 at AWS and tgw-core in the estate" in refused.faults[1]
    other = replace(ATTACHMENT, id="tgw-attach-9", gateway_id="gw-9")
    known = {**TIED, "transit_attachments": (ATTACHMENT, other)}
    (fault,) = plan(
        wanted, snapshot(replace(elsewhere, target_id="tgw-1"), **known), **ONLY_VPN
    ).faults
    assert "transport is gw-9 at AWS and core in the estate" in fault
    unset = replace(PRIVATE, outside_address_type=None, transit_gateway=None)
    to_virtual = estate(replace(unset, virtual_gateway="vgw-apps"))
    (fault,) = plan(to_virtual, snapshot(FOUND_PRIVATE)).faults
    assert "virtual_gateway is tgw-1 at AWS and vgw-apps in the estate" in fault
    unseen = {**TIED, "transit_attachments": ()}
    assert plan(wanted, snapshot(FOUND_PRIVATE, **unseen), **ONLY_VPN).faults == ()
    (fault,) = plan(
        wanted, snapshot(replace(FOUND_BGP, target_id="tgw-1"), **TIED), **ONLY_VPN
    ).faults
    assert "outside_address_type is public at AWS and private in the estate" in fault


def test_a_private_one_runs_over_another_accounts_gateway_once_that_is_tied():
    far = Gateway(
        name="far",
        account="hub",
        associations=(Association(transit_gateway="tgw-core", account="network"),),
    )
    wanted = estate(PRIVATE, gateways=(far,))
    (create,) = plan(wanted, snapshot(), **ONLY_VPN).actions
    assert [(each.on.name, each.owner) for each in create.waits_for] == [("far/tgw-core", "hub")]
    tie = replace(TIE, gateway_owner="777788889999", target_owner="111122223333")
    tied = {"associations": (tie,), "transit_attachments": (ATTACHMENT,)}
    (create,) = plan(wanted, snapshot(**tied), **ONLY_VPN).actions
    assert (create.waits_for, create.parents[-1].id) == ((), "tgw-attach-1")


def test_a_private_one_begins_elsewhere_by_a_move():
    second = replace(CUSTOMER, name="ams")
    wanted = estate(
        replace(PRIVATE, customer_gateway="ams"), customers=[CUSTOMER, second], gateways=(CORE,)
    )
    (move,) = plan(wanted, snapshot(FOUND_PRIVATE, **TIED), **ONLY_VPN).actions
    assert [change.attribute for change in move.changes] == ["customer_gateway"]
    assert move.awaits_people
    pending = replace(FOUND_PRIVATE, state="pending")
    (move,) = plan(wanted, snapshot(pending, **TIED), **ONLY_VPN).actions
    assert move.waits_for[-1].now == "pending"


def test_demolition_takes_vpn_connections_before_what_they_hang_on():
    declared = VirtualGateway(name="vgw-apps", account="network")
    tagged = replace(VGW, tags=marks("vgw-apps"), vpc_id="vpc-1", attachment_state="attached")
    gone = plan_absent(
        estate(VPN, virtual_gateways=(declared,)),
        snapshot(FOUND, virtual_gateways=(tagged,)),
        TERMS,
    )
    assert steps(gone) == [
        ("delete", "vpn_connection", "backup"),
        ("delete", "customer_gateway", "fra"),
        ("delete", "vpc_attachment", "vgw-apps"),
        ("delete", "virtual_gateway", "vgw-apps"),
    ]
    assert gone.actions[0].reason == "cuts tunnels that are up"
    for action in gone.actions[1:]:
        assert action.waits_for[0].on.id == "vpn-1"


def test_an_association_goes_after_the_private_one_that_it_carries():
    wanted = estate(PRIVATE, gateways=(CORE,))
    beside = replace(FOUND_BGP, id="vpn-2", name="public", target_id="tgw-1", tags={})
    gone = plan_absent(wanted, snapshot(FOUND_PRIVATE, beside, **TIED), TERMS)
    (tie,) = (each for each in gone.actions if each.kind == "association")
    assert [each.on.id for each in tie.waits_for] == ["vpn-1"]


def test_what_stays_on_a_customer_gateway_keeps_it():
    nameless = replace(FOUND, name="", tags={})
    gone = plan_absent(estate(), snapshot(nameless, replace(nameless, state="deleted")), TERMS)
    assert gone.faults == (
        (
            "customer_gateway fra still has vpn_connection vpn-1 (vpn-1), which this plan does not "
            "delete: delete it first, or move it by a run without this deletion"
        ),
    )


def test_what_is_no_longer_declared_is_told_or_pruned_with_consent():
    told = plan(Estate(name="acme"), snapshot(FOUND))
    assert [note.partition(" belongs")[0] for note in told.notes[1:]] == [
        "customer_gateway fra",
        "vpn_connection backup",
    ]
    pruned = plan(Estate(name="acme"), snapshot(FOUND), prune=True)
    assert [each[1] for each in steps(pruned)] == ["vpn_connection", "customer_gateway"]
    assert all(each.refused for each in pruned.actions)
