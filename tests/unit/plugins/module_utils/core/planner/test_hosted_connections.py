# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The planner: hosted connections as their partner sees them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import (
    Account,
    Connection,
    Estate,
    HostedConnection,
    Lag,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan import Terms
from ansible_collections.crossconnect.dx.plugins.module_utils.core.planner.plan_estate import (
    plan_absent,
    plan_present,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.snapshot import (
    FoundConnection,
    FoundHostedConnection,
    FoundLag,
    Snapshot,
)

TERMS = Terms(account="network", scope=frozenset({"connections", "hosted_connections"}))
MARKS = {"crossconnect:estate": "acme", "crossconnect:name": "nni"}
NNI = Connection(name="nni", account="network", location="EqFA5", bandwidth="10Gbps")
FOUND_NNI = FoundConnection(
    id="dxcon-n",
    name="nni",
    state="available",
    location="EqFA5",
    bandwidth="10Gbps",
    tags=MARKS,
)
GIVEN = HostedConnection(
    name="cust",
    account="network",
    on="nni",
    owner="customer",
    bandwidth="500Mbps",
    vlan=301,
    tags={"order": "4711"},
)
FOUND_GIVEN = FoundHostedConnection(
    id="dxcon-h",
    name="cust",
    state="available",
    parent_id="dxcon-n",
    owner_account="444455556666",
    bandwidth="500Mbps",
    vlan=301,
)


KNOWN = (Account(name="customer", id="444455556666"),)


def give(*hosted, found=(), terms=TERMS, accounts=KNOWN):
    estate = Estate(
        name="acme", accounts=accounts, connections=(NNI,), hosted_connections=hosted or (GIVEN,)
    )
    snapshot = Snapshot(connections=(FOUND_NNI,), hosted_connections=tuple(found))
    return plan_present(estate, snapshot, terms)


def test_a_partner_allocates_once_with_the_customers_number_and_no_mark_of_its_own():
    (action,) = give().actions

    assert (action.verb, action.wanted.owner) == ("create", "444455556666")
    assert (action.tags, action.parent("connection").id) == ({"order": "4711"}, "dxcon-n")
    assert give(found=[FOUND_GIVEN]).actions == ()


def test_without_the_customers_number_it_waits():
    (action,) = give(accounts=()).actions

    assert action.awaits_people
    assert [wait.owner for wait in action.waits_for] == ["customer"]


@pytest.mark.parametrize(
    ("on", "kind"),
    [
        pytest.param("dxcon-ffabc123", "connection", id="interconnect"),
        pytest.param("dxlag-ffabc123", "lag", id="lag"),
    ],
)
def test_a_port_that_is_not_declared_is_named_by_its_id(on, kind):
    (action,) = give(replace(GIVEN, on=on)).actions

    assert (action.parent(kind).id, action.waits_for) == (on, ())


def test_a_port_that_is_not_there_yet_is_waited_for():
    estate = Estate(name="acme", connections=(NNI,), hosted_connections=(GIVEN,))

    order, allocate = plan_present(estate, Snapshot(), TERMS).actions

    assert (order.kind, allocate.kind, allocate.awaits_people) == (
        "connection",
        "hosted_connection",
        True,
    )


def test_what_the_customer_has_renamed_is_known_by_its_place():
    plan = give(found=[replace(FOUND_GIVEN, name="mine")])

    assert plan.actions == ()
    assert "cust (dxcon-h) goes by mine: it is known by its port and VLAN" in plan.notes[0]


def test_of_several_of_that_name_the_one_in_its_place_is_meant():
    other = replace(FOUND_GIVEN, id="dxcon-o", vlan=302)
    elsewhere = replace(other, id="dxcon-e", vlan=303)

    assert give(found=[FOUND_GIVEN, other]).faults == ()
    (fault,) = give(found=[elsewhere, other]).faults
    assert fault == (
        "hosted_connection cust: 2 objects carry its name (dxcon-e, dxcon-o), and none has VLAN "
        "301 on nni: put into the estate where it is"
    )


def test_what_is_rejected_or_gone_is_allocated_anew():
    assert len(give(found=[replace(FOUND_GIVEN, state="rejected")]).actions) == 1


@pytest.mark.parametrize(
    ("state", "consent", "refused"),
    [
        pytest.param("ordering", set(), False, id="nobody uses it yet"),
        pytest.param("available", set(), True, id="in use"),
        pytest.param("available", {"cust"}, False, id="in use, agreed to"),
    ],
)
def test_a_move_cuts_traffic_and_needs_consent_once_it_was_confirmed(state, consent, refused):
    found = replace(FOUND_GIVEN, parent_id="dxcon-z", state=state)

    (move,) = give(found=[found], terms=replace(TERMS, consent=frozenset(consent))).actions

    assert (move.verb, move.parent("connection").id, move.refused) == ("move", "dxcon-n", refused)


def test_owner_bandwidth_and_vlan_are_fixed_at_birth():
    found = replace(FOUND_GIVEN, owner_account="000000000000", bandwidth="1Gbps", vlan=9)

    faults = give(found=[found]).faults

    assert [fault.partition(" is ")[0].rpartition(": ")[2] for fault in faults] == [
        "owner",
        "bandwidth",
        "vlan",
    ]


def test_it_is_taken_back_by_consent_and_before_its_port():
    estate = Estate(name="acme", connections=(NNI,), hosted_connections=(GIVEN,))
    gone = replace(FOUND_GIVEN, id="dxcon-g", name="past", state="deleted")
    found = Snapshot(connections=(FOUND_NNI,), hosted_connections=(FOUND_GIVEN, gone))

    plan = plan_absent(estate, found, TERMS)

    assert [action.kind for action in plan.actions] == ["hosted_connection", "connection"]
    assert [str(wait) for wait in plan.actions[1].waits_for] == [
        "hosted_connection cust to be gone (now available)"
    ]
    assert len(plan.refusals) == 2


def test_a_port_that_hosts_what_stays_is_not_given_up():
    estate = Estate(name="acme", connections=(NNI,))
    found = Snapshot(connections=(FOUND_NNI,), hosted_connections=(FOUND_GIVEN,))

    (fault,) = plan_absent(estate, found, TERMS).faults
    assert fault == (
        "connection nni still hosts cust (dxcon-h) of account 444455556666, which is not part of "
        "this plan: delete it first"
    )


def test_prune_leaves_the_hosted_connections_of_customers_alone():
    terms = replace(TERMS, prune=True)
    estate = Estate(name="acme", connections=(NNI,))
    found = Snapshot(
        connections=(FOUND_NNI,), hosted_connections=(replace(FOUND_GIVEN, tags=MARKS),)
    )

    assert plan_present(estate, found, terms).actions == ()


def test_a_lag_and_its_ports_go_once_they_host_nothing():
    lag = Lag(
        name="bundle",
        account="network",
        location="EqFA5",
        bandwidth="10Gbps",
        connections=("nni",),
    )
    hosted = replace(GIVEN, on="bundle")
    estate = Estate(name="acme", connections=(NNI,), lags=(lag,), hosted_connections=(hosted,))
    found = Snapshot(
        connections=(replace(FOUND_NNI, lag_id="dxlag-1"),),
        lags=(
            FoundLag(
                id="dxlag-1",
                name="bundle",
                state="available",
                location="EqFA5",
                bandwidth="10Gbps",
                minimum_links=0,
            ),
        ),
        hosted_connections=(replace(FOUND_GIVEN, parent_id="dxlag-1"),),
    )
    terms = replace(TERMS, scope=frozenset({"connections", "lags", "hosted_connections"}))

    plan = plan_absent(estate, found, terms)

    waiting = {
        action.kind: "hosted_connection cust to be gone (now available)"
        in map(str, action.waits_for)
        for action in plan.actions
        if action.verb == "delete"
    }
    assert waiting == {"hosted_connection": False, "connection": True, "lag": True}


def test_a_name_that_is_not_clear_stops_a_demolition():
    others = [
        replace(FOUND_GIVEN, id="dxcon-o", vlan=8),
        replace(FOUND_GIVEN, id="dxcon-p", vlan=9),
    ]
    estate = Estate(name="acme", connections=(NNI,), hosted_connections=(GIVEN,))
    found = Snapshot(connections=(FOUND_NNI,), hosted_connections=tuple(others))
    terms = replace(TERMS, scope=frozenset({"hosted_connections"}))

    assert "2 objects carry its name" in plan_absent(estate, found, terms).faults[0]
