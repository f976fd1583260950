# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The planner on LAGs: what is ordered, joins, leaves, changes, goes; what needs consent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.aws.awaited import awaited
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.observed import (
    Whereabouts,
    observe,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import Lag
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan import Terms
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan_text import plan_text
from ansible_collections.crossconnect.dx.plugins.module_utils.core.planner.goals import goals_found
from ansible_collections.crossconnect.dx.plugins.module_utils.core.planner.plan_estate import (
    plan_absent,
    plan_present,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.snapshot import (
    FoundHostedConnection,
    FoundLag,
)
from tests.fixtures.acme import (
    ACME,
    COMPLETE,
    CONNECTION,
    EMPTY,
    FOUND_CONNECTION,
    FOUND_PRIVATE,
    FOUND_TRANSIT,
    PRIVATE,
    TRANSIT,
    found_peer,
    marks,
)
from tests.fixtures.golden import assert_golden

TERMS = Terms(account="network")
HERE = Whereabouts(account_id="111122223333", region="eu-central-1", partition="aws")
DEVICE = "EqFA5-2xk7q"

LAG = Lag(
    name="fra",
    account="network",
    location="EqFA5",
    bandwidth="10Gbps",
    connections=("fra-1", "fra-2"),
    provider="Equinix",
)
ESTATE = replace(
    ACME,
    connections=tuple(replace(CONNECTION, name=name) for name in LAG.connections),
    lags=(LAG,),
    virtual_interfaces=(replace(TRANSIT, on="fra"), replace(PRIVATE, on="fra")),
)
FOUND_LAG = FoundLag(
    id="dxlag-fg000001",
    name="fra",
    state="available",
    location="EqFA5",
    bandwidth="10Gbps",
    minimum_links=1,
    provider="Equinix",
    jumbo_frame_capable=True,
    macsec_capable=False,
    aws_device=DEVICE,
    encryption_mode="no_encrypt",
    tags=marks("fra"),
)


def port(name, **others):
    """Return a port of the LAG as it is there."""
    facts = {
        "id": f"dxcon-{name}",
        "name": name,
        "lag_id": FOUND_LAG.id,
        "aws_device": DEVICE,
        "tags": marks(name),
    }
    return replace(FOUND_CONNECTION, **facts | others)


PORTS = (port("fra-1"), port("fra-2"))
RIDERS = tuple(
    replace(thing, connection_id=FOUND_LAG.id) for thing in (FOUND_TRANSIT, FOUND_PRIVATE)
)
THERE = replace(COMPLETE, connections=PORTS, lags=(FOUND_LAG,), virtual_interfaces=RIDERS)


def bundle(**changes):
    """Return the estate with a LAG that differs."""
    return replace(ESTATE, lags=(replace(LAG, **changes),))


def three(*, account="network"):
    """Return the estate with a third port."""
    more = replace(CONNECTION, name="fra-3", account=account)
    estate = bundle(connections=("fra-1", "fra-2", "fra-3"))
    return replace(estate, connections=(*ESTATE.connections, more))


def single(name):
    """Return a port that is in no LAG."""
    return port(name, lag_id=None)


def steps(plan):
    return [(action.verb, action.kind, action.name) for action in plan.actions]


def terms(*names, **others):
    return replace(TERMS, consent=frozenset(names), **others)


def test_a_lag_that_is_there_with_all_that_rides_on_it_needs_nothing():
    plan = plan_present(ESTATE, THERE, TERMS)

    assert (plan.actions, plan.faults, plan.notes) == ((), (), ())


@pytest.mark.parametrize(
    ("name", "estate", "snapshot", "consent"),
    [
        pytest.param("lag-empty-account", ESTATE, EMPTY, (), id="nothing is there"),
        pytest.param(
            *("lag-around-a-port", ESTATE),
            replace(COMPLETE, connections=(single("fra-2"),), virtual_interfaces=()),
            (),
            id="one port is there",
        ),
        pytest.param(
            *("lag-around-a-live-port", ESTATE),
            replace(
                COMPLETE,
                connections=(single("fra-1"), single("fra-2")),
                virtual_interfaces=tuple(
                    replace(thing, connection_id="dxcon-fra-1") for thing in RIDERS
                ),
            ),
            ("fra-1",),
            id="both ports are there, one in use",
        ),
        pytest.param("lag-grows", three(), THERE, (), id="one port more"),
        pytest.param(
            *("lag-swaps-a-port", bundle(connections=("fra-1",))),
            THERE,
            (),
            id="one port less",
        ),
        pytest.param(
            *("lag-changes", bundle(minimum_links=2)),
            replace(
                THERE,
                lags=(
                    replace(FOUND_LAG, name="old", minimum_links=0, tags=marks("fra", owner="")),
                ),
                connections=(PORTS[0], port("fra-2", state="down")),
            ),
            (),
            id="name, minimum and tag differ",
        ),
    ],
)
def test_the_plan_is_told_in_these_words(name, estate, snapshot, consent):
    plan = plan_present(estate, snapshot, terms(*consent))

    assert_golden(f"plans/{name}.txt", plan_text(plan))


def test_ports_are_ordered_by_their_lag_alone():
    plan = plan_present(ESTATE, EMPTY, replace(TERMS, scope=frozenset({"connections"})))

    assert plan.actions == ()


def test_nameless_ports_of_a_killed_run_get_the_names_that_lack_a_port():
    born = {"crossconnect:estate": "acme", "owner": "network"}
    nameless = [
        replace(port(name, tags=born), name=f"Requested Connection {number} for Lag {FOUND_LAG.id}")
        for number, name in ((2, "b"), (1, "a"))
    ]
    snapshot = replace(THERE, connections=tuple(nameless))

    plan = plan_present(ESTATE, snapshot, TERMS)

    assert [(action.verb, action.name, action.id) for action in plan.actions] == [
        ("tag", "fra-1", "dxcon-a"),
        ("update", "fra-1", "dxcon-a"),
        ("tag", "fra-2", "dxcon-b"),
        ("update", "fra-2", "dxcon-b"),
    ]
    assert plan_present(ESTATE, snapshot, terms(prune=True)).actions == plan.actions


def test_a_single_lag_knows_its_nameless_ports_by_the_name_that_aws_gave_them():
    given = tuple(
        port(f"Requested Connection {number} for Lag {FOUND_LAG.id}", tags={}) for number in (1, 2)
    )
    single_lag = replace(ESTATE, name="", tags={}, virtual_interfaces=())

    plan = plan_present(single_lag, replace(THERE, connections=given), TERMS)

    assert steps(plan) == [("update", "connection", "fra-1"), ("update", "connection", "fra-2")]


def test_ports_of_a_single_lag_have_no_tags_to_get():
    single_lag = replace(ESTATE, name="", tags={}, virtual_interfaces=())

    plan = plan_present(single_lag, EMPTY, TERMS)

    assert [each.verb for each in plan.actions if each.kind == "connection"] == ["update"] * 2


def test_a_member_of_another_estate_is_not_taken_for_a_nameless_port():
    foreign = port("x", tags={"crossconnect:estate": "other"})

    plan = plan_present(ESTATE, replace(THERE, connections=(PORTS[0], foreign)), TERMS)

    assert steps(plan) == [("leave", "connection", "x"), ("create", "connection", "fra-2")]


@pytest.mark.parametrize(
    ("snapshot", "said"),
    [
        pytest.param(
            replace(THERE, connections=(PORTS[0], port("fra-2", lag_id=None, aws_device="other"))),
            "lag fra: fra-2 (dxcon-fra-2) is on AWS's device other, LAG fra (dxlag-fg000001) on ",
            id="another device than the LAG's",
        ),
        pytest.param(
            replace(THERE, lags=(), connections=(single("fra-1"), port("fra-2", aws_device="o"))),
            "lag fra: fra-2 (dxcon-fra-2) is on AWS's device o, fra-1 (dxcon-fra-1) on ",
            id="two devices",
        ),
        pytest.param(
            replace(
                THERE,
                connections=(PORTS[0], single("fra-2")),
                virtual_interfaces=(
                    *RIDERS,
                    replace(FOUND_PRIVATE, id="dxvif-x", name="x", connection_id="dxcon-fra-2"),
                ),
            ),
            "lag fra: fra-2 would bring virtual_interface x (dxvif-x) with VLAN 102, which ",
            id="a VLAN twice",
        ),
        pytest.param(
            replace(THERE, lags=(replace(FOUND_LAG, minimum_links=3),)),
            "lag fra: minimum_links is 3 at AWS and the LAG is left with 2 ports",
            id="a minimum out of reach",
        ),
        pytest.param(
            replace(THERE, lags=(FOUND_LAG, replace(FOUND_LAG, id="dxlag-fg000002"))),
            "lag fra: 2 objects carry its tag (dxlag-fg000001, dxlag-fg000002)",
            id="two LAGs",
        ),
        pytest.param(
            replace(THERE, lags=(replace(FOUND_LAG, bandwidth="1Gbps", location="EqAM3"),)),
            "lag fra: bandwidth is 1Gbps at AWS and 10Gbps in the estate, and AWS fixes it at",
            id="another speed",
        ),
    ],
)
def test_what_cannot_become_the_lag_is_a_fault(snapshot, said):
    plan = plan_present(ESTATE, snapshot, TERMS)

    assert [fault for fault in plan.faults if fault.startswith(said)], plan.faults


def test_what_rides_on_a_port_comes_to_the_lag_with_it_and_is_not_moved():
    riders = tuple(replace(thing, connection_id="dxcon-fra-2") for thing in RIDERS)
    free = replace(THERE, connections=(PORTS[0], single("fra-2")), virtual_interfaces=riders)

    plan = plan_present(ESTATE, free, terms("fra-2"))

    assert steps(plan) == [("join", "connection", "fra-2")]
    assert plan_present(ESTATE, free, TERMS).refusals[0].startswith("join connection fra-2: ")


def test_an_order_beside_ports_of_the_same_names_needs_consent():
    others = {"crossconnect:estate": "other", "crossconnect:name": "x"}
    snapshot = replace(
        EMPTY,
        connections=(replace(single("fra-1"), tags=others),),
        lags=(replace(FOUND_LAG, tags=others), replace(FOUND_LAG, id="dxlag-2", name="x", tags={})),
    )

    (refusal,) = plan_present(ESTATE, snapshot, TERMS).refusals

    assert "dxcon-fra-1 is named fra-1 already and belongs to another" in refusal
    assert "dxlag-fg000001 is named fra already and belongs to another" in refusal
    assert plan_present(ESTATE, snapshot, terms("fra")).refusals == ()


def test_one_port_is_told_as_one_and_what_ports_share_is_asked_for_at_once():
    estate = bundle(connections=("fra-1",), provider=None)
    ports = (replace(CONNECTION, name="fra-1", billing_mode="FlatRateTier1"),)

    first = plan_present(replace(estate, connections=ports), EMPTY, TERMS).actions[0]

    assert first.reason == "ORDERS 1 PHYSICAL PORT (fra-1), AWS bills its hours"
    told = {change.attribute: change.after for change in first.changes}
    assert (told["provider"], told["billing_mode"]) == ("Equinix", "FlatRateTier1")


def test_a_port_goes_from_one_lag_of_the_estate_to_another_by_one_call():
    other = replace(LAG, name="other", connections=("fra-2",))
    estate = replace(ESTATE, lags=(replace(LAG, connections=("fra-1",)), other))
    snapshot = replace(
        THERE,
        lags=(FOUND_LAG, replace(FOUND_LAG, id="dxlag-2", name="other", tags=marks("other"))),
    )

    plan = plan_present(estate, snapshot, terms("fra-2"))

    assert steps(plan) == [("join", "connection", "fra-2")]
    assert "with BGP up on fra-a-private, fra-a-transit" in plan.actions[0].reason


def test_a_minimum_above_what_is_up_takes_the_lag_down():
    dim = replace(THERE, connections=(PORTS[0], port("fra-2", state="down")))

    (refusal,) = plan_present(bundle(minimum_links=2), dim, TERMS).refusals

    assert "takes the LAG down, 1 of its ports are up, with BGP up on" in refusal
    quiet = replace(dim, virtual_interfaces=())
    assert plan_present(bundle(minimum_links=2), quiet, TERMS).refusals == ()


def test_the_encryption_mode_waits_for_the_lag():
    waiting = replace(THERE, lags=(replace(FOUND_LAG, state="pending"),))
    secured = bundle(encryption_mode="should_encrypt")

    (now,) = plan_present(secured, THERE, TERMS).actions
    (later,) = plan_present(secured, waiting, replace(TERMS, scope=frozenset({"lags"}))).actions

    assert (now.verb, now.waits_for, later.awaits_people) == ("update", (), True)


@pytest.mark.parametrize("state", ["requested", "pending", "down", "a-state-of-2031"])
def test_a_lag_in_whatever_state_is_not_made_again(state):
    snapshot = replace(THERE, lags=(replace(FOUND_LAG, state=state),))

    plan = plan_present(ESTATE, snapshot, TERMS)

    assert (plan.actions, plan.faults) == ((), ())
    (goal,) = [wait for wait in goals_found(ESTATE, snapshot, TERMS) if wait.people] or [None]
    assert (goal is None) is (state == "down")


def test_a_lag_is_awaited_only_when_its_ports_are_not():
    told = {
        ports: [
            (record["kind"], record["name"])
            for record in awaited(
                observe(
                    ESTATE,
                    replace(
                        THERE,
                        lags=(replace(FOUND_LAG, state="pending"),),
                        connections=(PORTS[0], port("fra-2", state=ports)),
                    ),
                    TERMS,
                    HERE,
                )
            )
        ]
        for ports in ("pending", "available")
    }

    assert told == {"pending": [("connection", "fra-2")], "available": [("lag", "fra")]}


def test_what_is_observed_names_the_ports_of_a_lag_and_the_lag_of_a_port():
    stranger = port("x", tags={})
    seen = observe(ESTATE, replace(THERE, connections=(*PORTS, stranger)), TERMS, HERE)

    assert seen["lags"][0]["connections"] == ["fra-1", "fra-2", "x"]
    assert {thing["lag"] for thing in seen["connections"]} == {"fra"}
    assert {thing["connection"] for thing in seen["virtual_interfaces"]} == {"fra"}


def test_the_demolition_of_all_asks_for_each_port():
    plan = plan_absent(ESTATE, THERE, terms("fra-1"))

    assert_golden("plans/lag-demolition.txt", plan_text(plan))


def test_a_lag_that_goes_alone_lets_its_ports_stay():
    bare = replace(THERE, virtual_interfaces=())

    plan = plan_absent(ESTATE, bare, replace(TERMS, scope=frozenset({"lags"})))

    assert steps(plan) == [
        ("update", "lag", "fra"),
        ("leave", "connection", "fra-1"),
        ("leave", "connection", "fra-2"),
        ("delete", "lag", "fra"),
    ]
    assert plan.refusals == ()


def test_a_lag_that_something_rides_on_does_not_go_without_it():
    plan = plan_absent(ESTATE, THERE, replace(TERMS, scope=frozenset({"lags"})))

    assert (
        "lag fra still carries virtual_interface fra-a-transit (dxvif-0000000a), "
        "which is not part of this plan: delete it first"
    ) in plan.faults


def test_the_last_port_of_a_lag_does_not_go_without_what_rides_on_the_lag():
    ports = replace(TERMS, scope=frozenset({"connections"}))
    one = replace(ESTATE, connections=ESTATE.connections[:1], lags=())

    assert [
        fault.partition(",")[0]
        for fault in plan_absent(ESTATE, THERE, ports).faults
        if "last port" in fault
    ] == ["connection fra-2 is the last port of fra (dxlag-fg000001)"] * 2
    assert plan_absent(one, THERE, ports).faults == ()


def test_a_lag_that_was_found_by_its_name_needs_consent_to_go():
    untagged = replace(
        THERE,
        lags=(replace(FOUND_LAG, tags={}, minimum_links=0),),
        connections=(port("fra-1", state="deleting"),),
        virtual_interfaces=(replace(RIDERS[0], state="deleting", peers=(found_peer(),)),),
    )

    plan = plan_absent(ESTATE, untagged, replace(TERMS, scope=frozenset({"lags"})))

    (delete,) = plan.actions
    assert delete.refused
    assert [wait.on.id for wait in delete.waits_for] == ["dxvif-0000000a", "dxcon-fra-1"]


def test_what_is_no_longer_declared_is_left_alone_and_pruned_by_consent():
    bare = replace(ACME, connections=(), virtual_interfaces=())
    snapshot = replace(THERE, virtual_interfaces=())

    notes = plan_present(bare, snapshot, TERMS).notes
    pruned = plan_present(bare, snapshot, terms("fra", "fra-1", "fra-2", prune=True))

    assert "lag fra belongs to estate acme and is no longer declared: left alone" in notes
    assert steps(pruned) == [
        ("update", "lag", "fra"),
        ("delete", "connection", "fra-1"),
        ("delete", "connection", "fra-2"),
        ("delete", "lag", "fra"),
    ]
    assert pruned.refusals == ()


@pytest.mark.parametrize(("minimum", "change"), [(1, []), (2, [("update", "lag", "fra")])])
def test_a_pruned_port_leaves_its_lag_before_it_is_given_up(minimum, change):
    estate = bundle(connections=("fra-1",), minimum_links=1)
    estate = replace(estate, connections=ESTATE.connections[:1])
    there = replace(THERE, lags=(replace(FOUND_LAG, minimum_links=minimum),))

    plan = plan_present(estate, there, terms("fra-2", prune=True))

    assert steps(plan) == [
        *change,
        ("leave", "connection", "fra-2"),
        ("delete", "connection", "fra-2"),
    ]
    assert plan.refusals == ()


def test_what_is_hosted_on_a_lag_goes_before_its_ports_leave():
    hosted = FoundHostedConnection(
        id="dxcon-h",
        name="customer",
        state="deleting",
        parent_id=FOUND_LAG.id,
        owner_account="444455556666",
        bandwidth="500Mbps",
        vlan=200,
    )
    there = replace(THERE, hosted_connections=(hosted,), virtual_interfaces=())

    plan = plan_absent(ESTATE, there, replace(TERMS, scope=frozenset({"lags"})))

    assert [action.verb for action in plan.actions] == ["update", "leave", "leave", "delete"]
    assert all("dxcon-h" in {wait.on.id for wait in each.waits_for} for each in plan.actions)


def test_two_lags_of_one_tag_are_not_taken_down():
    twice = replace(THERE, lags=(FOUND_LAG, replace(FOUND_LAG, id="dxlag-fg000002")))

    assert [each for each in plan_absent(ESTATE, twice, TERMS).faults if each.startswith("lag")]
