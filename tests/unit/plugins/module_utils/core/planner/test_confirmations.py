# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The planner: hosted connections as their customer sees them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import (
    Connection,
    Estate,
    HostedConnection,
    VirtualInterface,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan import Terms
from ansible_collections.crossconnect.dx.plugins.module_utils.core.planner.confirmations import (
    vlan_fault,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.planner.plan_estate import (
    plan_absent,
    plan_present,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.snapshot import (
    FoundConnection,
    Snapshot,
)

UP, DOWN = "Encryption Up", "Encryption Down"
TERMS = Terms(account="network", scope=frozenset({"connections", "hosted_connections"}))
PORT = Connection(name="fra-a", account="network", location="EqFA5", bandwidth="10Gbps")
MARKS = {"crossconnect:estate": "acme", "crossconnect:name": "fra-a"}
FOUND = FoundConnection(
    id="dxcon-1",
    name="fra-a",
    state="available",
    location="EqFA5",
    bandwidth="10Gbps",
    macsec_capable=True,
    billing_mode="PayAsYouGo",
    encryption_mode="should_encrypt",
    encryption_status=DOWN,
    tags=MARKS,
)
PART = replace(PORT, bandwidth="500Mbps", hosted=True, vlan=301, provider="Equinix")
OFFER = replace(
    FOUND, state="ordering", bandwidth="500Mbps", vlan=301, partner="Equinix", macsec_capable=None
)


def plan(wanted, *found, terms=TERMS):
    return plan_present(
        Estate(name="acme", connections=(wanted,)), Snapshot(connections=found), terms
    )


def test_a_hosted_connection_is_awaited_confirmed_and_then_left_alone():
    (awaited,) = plan(PART).actions
    confirmed = plan(PART, OFFER)
    done = plan(PART, replace(OFFER, state="down"))

    assert (awaited.verb, awaited.id, awaited.awaits_people) == ("confirm", None, True)
    assert [(each.verb, each.id, each.awaits_people) for each in confirmed.actions] == [
        ("confirm", "dxcon-1", False)
    ]
    assert confirmed.actions[0].reason == "ACCEPTS A HOSTED CONNECTION, AWS bills its hours"
    assert (done.actions, done.faults) == ((), ())


def test_an_untagged_offer_of_that_name_is_confirmed_and_adopted():
    actions = plan(PART, replace(OFFER, tags={})).actions

    assert [action.verb for action in actions] == ["confirm", "adopt"]


def test_the_partner_of_the_same_estate_is_the_one_who_is_awaited():
    given = HostedConnection(
        name="fra-a", account="partner", on="nni", owner="network", bandwidth="500Mbps", vlan=301
    )
    estate = Estate(name="acme", connections=(PART,), hosted_connections=(given,))

    (action,) = plan_present(estate, Snapshot(), TERMS).actions

    assert action.waits_for[0].owner == "partner"


@pytest.mark.parametrize(
    ("partner", "provider", "faults"),
    [
        pytest.param("Equinix", None, 0, id="partner's name"),
        pytest.param("Equinix, Inc.", "Equinix", 0, id="provider's name"),
        pytest.param(None, None, 0, id="silence"),
        pytest.param("Megaport", None, 1, id="another"),
    ],
)
def test_a_provider_goes_by_either_of_its_names(partner, provider, faults):
    found = replace(OFFER, partner=partner, provider=provider)

    assert len(plan(PART, found).faults) == faults


def test_an_offer_that_nobody_claims_is_told_with_the_ways_to_claim_it():
    other = replace(OFFER, id="dxcon-2", name="ticket-7", tags={}, partner=None)
    claimed = replace(OFFER, id="dxcon-3", name="ams-a", tags={})
    estate = Estate(name="acme", connections=(PART, replace(PART, name="ams-a")))

    notes = plan_present(estate, Snapshot(connections=(other, claimed, FOUND)), TERMS).notes
    told = plan_present(estate, Snapshot(connections=(other, claimed)), TERMS).notes

    assert notes == ()
    assert len(told) == 1
    assert told[0].startswith("dxcon-2, offered by a provider as ticket-7 (500Mbps at EqFA5")


@pytest.mark.parametrize(
    ("found", "fault"),
    [
        pytest.param(None, None, id="not there"),
        pytest.param(FOUND, None, id="a port of one's own"),
        pytest.param(OFFER, None, id="the same"),
        pytest.param(replace(OFFER, vlan=9), "passes VLAN 9 only: put 9", id="another"),
    ],
)
def test_an_interface_has_the_vlan_of_the_hosted_connection_below_it(found, fault):
    interface = VirtualInterface(
        name="v", on="fra-a", type="transit", gateway="core", vlan=301, customer_asn=65001
    )

    told = vlan_fault(interface, found)

    assert (fault or "") in (told or "")
    assert bool(told) == bool(fault)


def test_a_customer_is_told_what_giving_up_a_hosted_connection_means():
    estate = Estate(name="acme", connections=(PART,))

    plan = plan_absent(estate, Snapshot(connections=(OFFER,)), TERMS)

    assert "GIVES UP A HOSTED CONNECTION" in plan.refusals[0]
