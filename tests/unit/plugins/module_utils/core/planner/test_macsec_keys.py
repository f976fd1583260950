# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The planner: MACsec keys of ports and LAGs, in an order that never leaves a port without one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import (
    Connection,
    Estate,
    Lag,
    MacsecKey,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan import Terms
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan_text import plan_text
from ansible_collections.crossconnect.dx.plugins.module_utils.core.planner.plan_estate import (
    plan_absent,
    plan_present,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.snapshot import (
    FoundConnection,
    FoundLag,
    FoundMacsecKey,
    Snapshot,
)

CAK = "c0ffee" * 10 + "beef"
SECRET = "arn:b"  # noqa: S105 - where a secret is, and none itself
UP, DOWN = "Encryption Up", "Encryption Down"
TERMS = Terms(account="network", scope=frozenset({"macsec_keys"}))
AGREED = replace(TERMS, consent=frozenset({"fra-a"}))
PORT = Connection(
    name="fra-a", account="network", location="EqFA5", bandwidth="10Gbps", request_macsec=True
)
FOUND = FoundConnection(
    id="dxcon-1",
    name="fra-a",
    state="available",
    location="EqFA5",
    bandwidth="10Gbps",
    macsec_capable=True,
    encryption_mode="should_encrypt",
    encryption_status=UP,
)


def keys(*names):
    return tuple(MacsecKey(ckn=name, cak=CAK) for name in names)


def held(*names, state="associated"):
    return tuple(FoundMacsecKey(ckn=name, state=state, secret=f"arn:{name}") for name in names)


def present(wanted, found, terms=TERMS, **changes):
    """Plan a port that shall have keys and has others."""
    estate = Estate(name="acme", connections=(replace(PORT, macsec_keys=keys(*wanted)),))
    there = replace(FOUND, macsec_keys=held(*found), **changes)
    return plan_present(estate, Snapshot(connections=(there,)), terms)


def steps(plan):
    return [f"{action.verb} {action.name.partition('/')[2]}" for action in plan.actions]


@pytest.mark.parametrize(
    ("wanted", "found", "order"),
    [
        pytest.param("a", "", ["create a"], id="first key"),
        pytest.param("a", "a", [], id="there"),
        pytest.param("A", "a", [], id="there, in other letters"),
        pytest.param("b", "a", ["create b", "delete a"], id="make before break"),
        pytest.param("bcd", "a", ["create b", "create c", "delete a", "create d"], id="one to 3"),
        pytest.param("cde", "abc", ["delete a", "create d", "delete b", "create e"], id="no room"),
        pytest.param("", "ab", ["delete a", "delete b"], id="none at all"),
    ],
)
def test_keys_come_and_go_in_an_order_for_which_there_is_room(wanted, found, order):
    assert steps(present(wanted, found, AGREED)) == order


def test_more_room_that_aws_has_given_counts():
    terms = replace(AGREED, limits=replace(TERMS.limits, macsec_keys_per_port=6))
    order = ["create d", "create e", "delete a", "delete b"]
    assert steps(present("cde", "abc", terms)) == order


def test_an_old_key_goes_when_the_new_one_is_in_force_and_encryption_is_up():
    create, delete = present("b", "a").actions

    assert [str(wait) for wait in delete.waits_for] == [
        "macsec_key fra-a/b to be associated (now not there)",
        "encryption fra-a to be Encryption Up (now Encryption Up)",
    ]
    assert (create.waits_for, delete.awaits_people, delete.consent) == ((), False, None)


def test_without_encryption_an_old_key_waits_for_people_unless_its_port_is_given_up():
    waiting = present("b", "a", encryption_status=DOWN).actions[1]
    agreed = present("b", "a", AGREED, encryption_status=DOWN).actions[1]

    assert (waiting.awaits_people, agreed.awaits_people) == (True, False)


def test_each_step_of_a_rotation_waits_for_the_one_before():
    delete, create, last, _ = present("cde", "abc").actions

    assert "macsec_key fra-a/a to be gone (now associated)" in map(str, create.waits_for)
    assert "macsec_key fra-a/a to be gone (now associated)" in map(str, last.waits_for)
    assert delete.parent("secret").id == "arn:a"


def test_a_kept_key_that_is_not_in_force_yet_is_waited_for():
    kept = replace(held("b")[0], state="associating")
    estate = Estate(name="acme", connections=(replace(PORT, macsec_keys=keys("b")),))
    found = replace(FOUND, macsec_keys=(*held("a"), kept))

    (delete,) = plan_present(estate, Snapshot(connections=(found,)), TERMS).actions

    assert "macsec_key fra-a/b to be associated (now associating)" in map(str, delete.waits_for)


def test_a_key_that_is_going_makes_room_first():
    estate = Estate(name="acme", connections=(replace(PORT, macsec_keys=keys("a")),))
    found = replace(FOUND, macsec_keys=held("a", state="disassociating"))

    (create,) = plan_present(estate, Snapshot(connections=(found,)), TERMS).actions

    assert [str(wait) for wait in create.waits_for] == [
        "macsec_key fra-a/a to be gone (now disassociating)"
    ]


def test_a_port_that_must_encrypt_keeps_a_key_until_its_name_is_given():
    held_back = present("b", "a", encryption_mode="must_encrypt")
    agreed = present("b", "a", AGREED, encryption_mode="must_encrypt")

    assert steps(held_back) == ["create b"]
    assert "connection fra-a must encrypt and keeps MACsec key a" in held_back.notes[0]
    assert "put b into its key chain" in held_back.notes[0]
    assert steps(agreed) == ["create b", "delete a"]
    assert agreed.refusals == ()


@pytest.mark.parametrize(
    ("mode", "status", "asks"),
    [
        pytest.param("must_encrypt", DOWN, "pass traffic in clear", id="must encrypt"),
        pytest.param("should_encrypt", UP, "ends an encryption that is up", id="encrypts"),
        pytest.param("should_encrypt", DOWN, None, id="idle"),
    ],
)
def test_the_last_key_needs_consent_where_it_is_of_use(mode, status, asks):
    plan = present("", "a", encryption_mode=mode, encryption_status=status)

    assert [asks in refusal for refusal in plan.refusals] == ([True] if asks else [])


def test_a_port_that_is_yet_to_be_ordered_gets_its_key_after_that():
    estate = Estate(name="acme", connections=(replace(PORT, macsec_keys=keys("a")),))
    everything = replace(TERMS, scope=frozenset({"connections", "macsec_keys"}))

    order, create = plan_present(estate, Snapshot(), everything).actions

    assert (order.kind, create.kind) == ("connection", "macsec_key")
    assert [str(wait) for wait in create.waits_for] == [
        "connection fra-a to be pending or available or down (now not there)"
    ]


def test_the_keys_of_a_lag_are_the_lags():
    lag = Lag(
        name="fra",
        account="network",
        location="EqFA5",
        bandwidth="10Gbps",
        connections=(),
        macsec_keys=(MacsecKey(secret=SECRET),),
    )
    found = FoundLag(
        id="dxlag-1",
        name="fra",
        state="available",
        location="EqFA5",
        bandwidth="10Gbps",
        minimum_links=1,
        encryption_status=UP,
        macsec_keys=held("a", "b"),
    )

    (action,) = plan_present(
        Estate(name="acme", lags=(lag,)), Snapshot(lags=(found,)), TERMS
    ).actions

    assert (action.verb, action.name, action.parent("lag").id) == ("delete", "fra/a", "dxlag-1")


def test_keys_that_are_not_told_are_not_looked_at():
    estate = Estate(name="acme", connections=(PORT,))
    found = replace(FOUND, macsec_keys=held("a"))

    assert plan_present(estate, Snapshot(connections=(found,)), TERMS).actions == ()


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        pytest.param({"macsec_capable": False}, "was not requested with MACsec", id="not capable"),
        pytest.param({"lag_id": "dxlag-9"}, "is a member of dxlag-9", id="member"),
    ],
)
def test_a_port_that_can_have_no_keys_of_its_own_is_a_fault(changes, fault):
    plan = present("a", "", **changes)

    assert [fault in each for each in plan.faults] == [True]


def test_two_ports_of_one_name_get_no_key():
    estate = Estate(name="acme", connections=(replace(PORT, macsec_keys=keys("a")),))
    twins = (FOUND, replace(FOUND, id="dxcon-2"))

    plan = plan_present(estate, Snapshot(connections=twins), TERMS)

    assert (plan.actions, len(plan.faults)) == ((), 1)


def test_a_demolition_of_keys_takes_the_declared_ones_only():
    estate = Estate(name="acme", connections=(replace(PORT, macsec_keys=keys("a")),))
    found = Snapshot(connections=(replace(FOUND, macsec_keys=held("a", "b")),))

    assert steps(plan_absent(estate, found, TERMS)) == ["delete a"]


def test_a_port_that_is_given_up_takes_its_keys_along():
    estate = Estate(name="acme", connections=(replace(PORT, macsec_keys=keys("a")),))
    found = Snapshot(connections=(replace(FOUND, macsec_keys=held("a")),))
    everything = replace(AGREED, scope=frozenset({"connections", "macsec_keys"}))

    assert [action.kind for action in plan_absent(estate, found, everything).actions] == [
        "connection"
    ]


def test_no_plan_holds_a_cak():
    plan = present("bcd", "a", AGREED, encryption_mode="must_encrypt")

    assert CAK not in plan_text(plan)
    assert CAK not in repr(plan)
