# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The planner: connections that change in place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import (
    Connection,
    Estate,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan import Terms
from ansible_collections.crossconnect.dx.plugins.module_utils.core.planner.plan_estate import (
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


def lines(actions):
    return [
        (action.verb, action.kind, action.name, [change.attribute for change in action.changes])
        for action in actions
    ]


def ports(count, **changes):
    """Return as many ports, declared and there."""
    names = [f"p{number}" for number in range(count)]
    wanted = tuple(replace(PORT, name=name, **changes) for name in names)
    found = tuple(
        replace(FOUND, id=f"dxcon-{name}", name=name, tags={**MARKS, "crossconnect:name": name})
        for name in names
    )
    return wanted, found


def test_all_ports_that_change_to_one_billing_mode_take_one_call():
    wanted, found = ports(3, billing_mode="FlatRateTier1")
    estate = Estate(name="acme", connections=(*wanted, replace(PORT, billing_mode="PayAsYouGo")))

    (action,) = plan_present(estate, Snapshot(connections=(*found, FOUND)), TERMS).actions

    assert lines([action]) == [("update", "billing_mode", "p0, p1, p2", ["billing_mode"])]
    assert [parent.id for parent in action.parents] == ["dxcon-p0", "dxcon-p1", "dxcon-p2"]
    assert (action.changes[0].before, action.reason) == ("PayAsYouGo", "CHANGES WHAT AWS BILLS")


def test_no_call_names_more_than_200_ports():
    wanted, found = ports(201, billing_mode="FlatRateTier1")

    actions = plan_present(
        Estate(name="acme", connections=wanted), Snapshot(connections=found), TERMS
    ).actions

    assert [len(action.parents) for action in actions] == [200, 1]


def test_ports_that_come_from_several_modes_are_told_so():
    wanted, found = ports(2, billing_mode="FlatRateTier1")
    mixed = (found[0], replace(found[1], billing_mode=None))

    (action,) = plan_present(
        Estate(name="acme", connections=wanted), Snapshot(connections=mixed), TERMS
    ).actions

    assert action.changes[0].before == ("PayAsYouGo", "unknown")


def test_a_port_that_aws_bills_as_one_of_a_pair_has_its_tier():
    paired = replace(FOUND, billing_mode="PortPairFlatRateTier2")

    assert plan(replace(PORT, billing_mode="FlatRateTier2"), paired).actions == ()


def test_a_new_port_is_ordered_with_its_billing_mode_and_gets_its_mode_later():
    wanted = replace(
        PORT, billing_mode="FlatRateTier1", request_macsec=True, encryption_mode="no_encrypt"
    )

    order, later = plan(wanted).actions

    assert ("billing_mode", "FlatRateTier1") in [
        (change.attribute, change.after) for change in order.changes
    ]
    assert (later.changes[0].after, later.awaits_people) == ("no_encrypt", True)
    assert later.parent("connection").name == "fra-a"


@pytest.mark.parametrize(
    ("found", "updates"),
    [
        pytest.param(
            replace(FOUND, name="old"), [["name", "encryption_mode"]], id="available: one call"
        ),
        pytest.param(
            replace(FOUND, name="old", state="down"),
            [["name"], ["encryption_mode"]],
            id="down: the mode waits",
        ),
        pytest.param(
            replace(FOUND, encryption_mode="no_encrypt", name="old"), [["name"]], id="name only"
        ),
    ],
)
def test_name_and_mode_are_changed_together_where_aws_takes_them(found, updates):
    wanted = replace(PORT, encryption_mode="no_encrypt")

    actions = plan(wanted, found).actions

    assert [[change.attribute for change in action.changes] for action in actions] == updates


@pytest.mark.parametrize(
    ("status", "consent", "people", "harm"),
    [
        pytest.param(UP, set(), False, "", id="encryption is up"),
        pytest.param(DOWN, set(), True, "", id="waits for encryption"),
        pytest.param(DOWN, {"fra-a"}, False, "stops all traffic", id="agreed to"),
    ],
)
def test_must_encrypt_comes_when_encryption_is_up_or_the_outage_agreed_to(
    status, consent, people, harm
):
    found = replace(FOUND, encryption_status=status)
    terms = replace(TERMS, consent=frozenset(consent))

    (action,) = plan(replace(PORT, encryption_mode="must_encrypt"), found, terms=terms).actions

    assert (action.awaits_people, action.refused) == (people, False)
    assert action.reason.startswith(harm)
    assert bool(action.consent) == bool(harm)


@pytest.mark.parametrize(
    ("after", "consent", "refused"),
    [
        pytest.param("no_encrypt", set(), True, id="at once"),
        pytest.param("no_encrypt", {"fra-a"}, False, id="at once, agreed to"),
        pytest.param("should_encrypt", set(), False, id="step by step"),
    ],
)
def test_a_port_that_must_encrypt_stops_to_only_step_by_step_or_by_its_name(
    after, consent, refused
):
    found = replace(FOUND, encryption_status=UP, encryption_mode="must_encrypt")
    terms = replace(TERMS, consent=frozenset(consent))

    (action,) = plan(replace(PORT, encryption_mode=after), found, terms=terms).actions

    assert (action.refused, bool(action.reason)) == (refused, after == "no_encrypt")


def test_the_mode_of_a_member_is_its_lags():
    found = replace(FOUND, lag_id="dxlag-1")

    (fault,) = plan(replace(PORT, encryption_mode="no_encrypt"), found).faults

    assert fault == (
        "connection fra-a is a member of dxlag-1, whose encryption mode it has: declare "
        "encryption_mode with the LAG"
    )


def test_a_port_of_ones_own_and_a_hosted_one_are_not_the_same():
    own = plan(PORT, replace(OFFER, bandwidth="10Gbps")).faults
    hosted = plan(replace(PART, vlan=None), replace(FOUND, bandwidth="500Mbps")).faults

    assert "hosted is True at AWS and False in the estate" in own[0]
    assert "hosted is False at AWS and True in the estate" in hosted[0]
