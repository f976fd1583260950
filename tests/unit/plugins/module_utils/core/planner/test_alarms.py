# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Alarms: which there are, when they begin, what is put right, what goes and with whose word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import (
    Connection,
    Estate,
    Lag,
    MacsecKey,
    Peer,
    VirtualInterface,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.model_alarms import Alarms, Watch
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan import Terms
from ansible_collections.crossconnect.dx.plugins.module_utils.core.planner.plan_estate import (
    plan_absent,
    plan_present,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.snapshot import (
    FoundConnection,
    FoundVirtualInterface,
    Snapshot,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.snapshot_alarms import FoundAlarm

NOC = "arn:aws:sns:eu-central-1:111122223333:noc"
KEYS = (MacsecKey(ckn="ab" * 32, cak="cd" * 32),)
SCOPE = frozenset({"alarms"})


def port(name, **others):
    return Connection(
        **{
            "name": name,
            "account": "network",
            "location": "EqFA5",
            "bandwidth": "10Gbps",
            **others,
        }
    )


def ride(name="ride", on="fra-a", families=("ipv4",), **others):
    peers = tuple(Peer(family=family) for family in families)
    return VirtualInterface(
        name=name, on=on, type="transit", vlan=1, customer_asn=65001, peers=peers, **others
    )


PORT = port("fra-a")


def estate(*watch, ports=(PORT,), rides=(), lags=(), name="acme", **entry):
    wish = Alarms(name="ops", account="network", notify=(NOC,), watch=watch or None)
    return Estate(
        name=name,
        connections=ports,
        lags=lags,
        virtual_interfaces=rides,
        alarms=(replace(wish, **entry),),
    )


def marks(name):
    return {"crossconnect:estate": "acme", "crossconnect:name": name}


def found_port(name="fra-a", state="available", id_=None):
    return FoundConnection(
        id=id_ or f"dxcon-{name}",
        name=name,
        state=state,
        location="EqFA5",
        bandwidth="10Gbps",
        tags=marks(name),
    )


def found_ride(state="available", connection_id="dxcon-fra-a"):
    return FoundVirtualInterface(
        id="dxvif-ride",
        name="ride",
        type="transit",
        state=state,
        connection_id=connection_id,
        gateway_id="gw",
        vlan=1,
        customer_asn=65001,
        tags=marks("ride"),
    )


def found_alarm(name="ops/fra-a/connection_state", **others):
    return FoundAlarm(
        **{
            "id": f"crossconnect/acme/{name}",
            "estate": "acme",
            "name": name,
            "state": "OK",
            "namespace": "AWS/DX",
            "metric_name": "ConnectionState",
            "statistic": "Minimum",
            "comparison": "LessThanThreshold",
            "threshold": 1.0,
            "period_seconds": 300,
            "evaluation_periods": 1,
            "datapoints_to_alarm": 1,
            "missing_data": "breaching",
            "dimensions": {"ConnectionId": "dxcon-fra-a"},
            "alarm_actions": (NOC,),
            "ok_actions": (NOC,),
            "description": "ConnectionState of connection fra-a, estate acme",
            **others,
        }
    )


FOUND_PORT = found_port()


def plan(wanted, *alarms, ports=(FOUND_PORT,), rides=(), plan_for=plan_present, **terms):
    snapshot = Snapshot(connections=ports, virtual_interfaces=rides, alarms=alarms)
    return plan_for(wanted, snapshot, Terms(account="network", scope=SCOPE, **terms))


def names(wanted):
    return [action.name for action in plan(wanted, ports=()).actions]


def test_each_object_and_metric_has_an_alarm_of_its_own():
    wanted = estate(
        ports=(port("fra-a"), port("ams-a", macsec_keys=KEYS)),
        rides=(ride(families=("ipv4", "ipv6")),),
    )

    assert names(wanted) == [
        "ops/fra-a/connection_state",
        "ops/ams-a/connection_state",
        "ops/ams-a/encryption_state",
        "ops/ride/bgp_status-ipv4",
        "ops/ride/bgp_status-ipv6",
    ]


def test_only_what_is_named_is_watched_and_of_a_lag_its_ports():
    lag = Lag(
        name="bundle",
        account="network",
        location="EqFA5",
        bandwidth="10Gbps",
        connections=("one", "two"),
        macsec_keys=KEYS,
    )
    wanted = estate(ports=(port("one"), port("two"), port("fra-a")), lags=(lag,), only=("bundle",))

    assert names(wanted) == [
        "ops/one/connection_state",
        "ops/two/connection_state",
        "ops/one/encryption_state",
        "ops/two/encryption_state",
    ]


def test_a_hosted_connection_has_no_optics():
    watch = Watch(metric="light_level_rx", below_dbm=-14, lanes=("1", "2"))

    assert names(estate(watch, ports=(port("fra-a"), port("hosted", hosted=True)))) == [
        "ops/fra-a/light_level_rx-1",
        "ops/fra-a/light_level_rx-2",
    ]


@pytest.mark.parametrize(
    ("watch", "statistic", "threshold", "comparison", "missing"),
    [
        pytest.param(
            Watch(metric="connection_state"), "Minimum", 1, "LessThanThreshold", "breaching",
            id="a state that is down, or silent",
        ),
        pytest.param(
            Watch(metric="utilisation_egress", above_percent=70),
            *("Average", 7 * 10**9, "GreaterThanThreshold", "notBreaching"),
            id="a share of the bandwidth",
        ),
        pytest.param(
            Watch(metric="error_count"), "Sum", 0, "GreaterThanThreshold", "notBreaching",
            id="any error",
        ),
        pytest.param(
            Watch(metric="light_level_tx", above_dbm=2, lanes=("1",)),
            *("Maximum", 2, "GreaterThanThreshold", "missing"),
            id="too much light",
        ),
        pytest.param(
            Watch(metric="error_count", above=5, missing_data="ignore"),
            *("Sum", 5, "GreaterThanThreshold", "ignore"),
            id="what the estate says of silence",
        ),
    ],
)  # fmt: skip
def test_a_metric_is_watched_as_it_makes_sense(watch, statistic, threshold, comparison, missing):
    (action,) = plan(estate(watch)).actions

    alarm = action.wanted
    assert (alarm.statistic, alarm.threshold) == (statistic, threshold)
    assert (alarm.comparison, alarm.missing_data) == (comparison, missing)


def test_too_many_prefixes_are_no_sign_of_silence():
    watch = Watch(metric="prefixes_accepted", above=90)

    (action,) = plan(estate(watch, rides=(ride(),)), rides=(found_ride(),)).actions

    assert action.wanted.missing_data == "notBreaching"
    assert action.wanted.statistic == "Maximum"


def test_a_port_speed_that_cannot_be_read_is_judged_elsewhere():
    (action,) = plan(
        estate(Watch(metric="utilisation_egress"), ports=(port("fra-a", bandwidth="fast"),))
    ).actions

    assert action.wanted.threshold == 0


@pytest.mark.parametrize("state", ["requested", "pending", "down"])
def test_the_alarm_of_a_port_waits_until_it_is_available(state):
    (action,) = plan(estate(), ports=(found_port(state=state),)).actions

    assert action.awaits_people
    assert [str(wait) for wait in action.waits_for] == [
        f"connection fra-a to be available (now {state})"
    ]


def waits(wanted, **found):
    (action,) = plan(wanted, **found).actions
    return [(wait.on.name, wait.now, wait.people) for wait in action.waits_for]


SESSION = Watch(metric="bgp_status")


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        pytest.param("available", [], id="in service"),
        pytest.param("down", [], id="without a session, which is worth an alarm"),
        pytest.param("pending", [("ride", "pending", False)], id="on its way"),
        pytest.param("confirming", [("ride", "confirming", True)], id="not accepted yet"),
    ],
)
def test_the_alarm_of_an_interface_waits_until_it_is_made(state, expected):
    wanted = estate(SESSION, rides=(ride(),))

    assert waits(wanted, rides=(found_ride(state),)) == expected


def test_the_alarm_of_an_interface_comes_with_the_interface():
    assert waits(estate(SESSION, rides=(ride(),))) == [("ride", None, False)]


def test_the_alarm_of_an_interface_that_moves_waits_for_its_new_port():
    wanted = estate(SESSION, rides=(ride(),))
    found = {"rides": (found_ride(connection_id="dxcon-old"),)}

    assert waits(wanted, ports=(found_port(state="pending"),), **found) == [
        ("fra-a", "pending", True),
        ("ride", "available", False),
    ]


def test_an_interface_on_anothers_port_is_watched_where_it_is_found():
    wanted = estate(SESSION, ports=(), rides=(ride(on="theirs", account="network"),))

    assert waits(wanted, ports=()) == [("ride", None, True)]
    (action,) = plan(wanted, ports=(), rides=(found_ride(connection_id="dxcon-x"),)).actions
    assert action.waits_for == ()
    assert [each.id for each in action.parents] == ["dxvif-ride", "dxcon-x"]


def test_an_alarm_as_it_shall_be_is_left_alone():
    assert plan(estate(), found_alarm()).actions == ()


def test_what_differs_is_put_right_and_what_is_not_told_is_kept():
    found = found_alarm(
        threshold=2.0, insufficient_data_actions=("arn:1",), actions_enabled=False, unit="Count"
    )

    (action,) = plan(estate(notify=None), found).actions

    assert [(each.attribute, each.before, each.after) for each in action.changes] == [
        ("threshold", 2.0, 1),
        ("unit", "Count", "none"),
    ]
    assert action.wanted.notify == action.wanted.ok_actions == (NOC,)
    assert action.wanted.insufficient_data_actions == ("arn:1",)
    assert action.wanted.actions_enabled is False


def test_the_order_of_those_who_are_told_is_no_difference():
    others = ("arn:aws:sns:eu-central-1:111122223333:a", NOC)
    found = found_alarm(alarm_actions=others, ok_actions=others[::-1])

    assert plan(estate(notify=others), found).actions == ()


def test_an_alarm_follows_a_port_that_is_made_anew():
    (now,) = plan(estate(), found_alarm(), ports=(found_port(id_="dxcon-new"),)).actions
    (later,) = plan(estate(), found_alarm(), ports=()).actions

    assert now.changes[0].after == ("ConnectionId=dxcon-new",)
    assert now.waits_for == ()
    assert later.changes[0].after == ("ConnectionId=new",)
    assert later.awaits_people


def test_an_alarm_follows_an_interface_that_the_plan_makes_anew():
    wanted = estate(SESSION, rides=(ride(families=("ipv4",)),), account="network")
    terms = Terms(
        account="network",
        scope=frozenset({"virtual_interfaces", "alarms"}),
        replace=frozenset({"ride"}),
        consent=frozenset({"ride"}),
    )
    there = replace(found_ride(), vlan=2, gateway_id="")

    actions = plan_present(
        wanted, Snapshot(connections=(FOUND_PORT,), virtual_interfaces=(there,)), terms
    ).actions

    assert [(each.verb, each.kind) for each in actions[:2]] == [
        ("delete", "virtual_interface"),
        ("create", "virtual_interface"),
    ]
    (alarm,) = (each for each in actions if each.kind == "alarm")
    assert alarm.parents[0].id is None
    assert (
        str(alarm.waits_for[0]) == "virtual_interface ride to be available or down (now not there)"
    )


def test_what_is_asked_for_no_longer_is_told_and_left():
    told = plan(estate(), found_alarm(), found_alarm("ops/fra-b/connection_state"))

    assert told.actions == ()
    assert told.notes == (
        (
            "alarm ops/fra-b/connection_state belongs to estate acme and is no longer declared:"
            " left alone"
        ),
    )


def test_pruning_takes_one_word_for_a_set():
    stray = (found_alarm("old/fra-b/connection_state"), found_alarm("old/fra-c/connection_state"))
    alarms = (found_alarm(), *stray)

    refused = plan(estate(), *alarms, prune=True)
    agreed = plan(estate(), *alarms, prune=True, consent=frozenset({"old"}))

    assert len(refused.refusals) == 2
    assert agreed.refusals == ()
    assert [action.verb for action in agreed.actions] == ["delete", "delete"]


def test_the_word_for_a_set_is_not_that_for_a_port_of_its_name():
    stray = found_alarm("fra-a/fra-b/connection_state")

    refused = plan(estate(), found_alarm(), stray, prune=True, consent=frozenset({"fra-a"}))

    assert "this needs alarms:fra-a in the consent list" in refused.refusals[0]


def test_what_another_account_declares_is_left_alone():
    theirs = Alarms(name="theirs", account="hub")
    wanted = estate()
    wanted = replace(wanted, alarms=(*wanted.alarms, theirs))

    told = plan(wanted, found_alarm(), found_alarm("theirs/hub-a/connection_state"))

    assert told.notes == ()


def test_a_single_set_tells_of_no_other():
    own = found_alarm(
        id="crossconnect/-/ops/fra-a/connection_state",
        estate="-",
        description="ConnectionState of connection fra-a, estate -",
    )
    other = replace(own, id="crossconnect/-/old/fra-a/x", name="old/fra-a/x")

    told = plan(estate(name=""), own, other)

    assert (told.actions, told.notes) == ((), ())


def test_a_single_alarm_bears_no_mark_of_an_estate():
    (action,) = plan(estate(name="")).actions

    assert action.tags == {}


def test_a_demolition_takes_all_of_the_declared_sets_and_no_other():
    alarms = (found_alarm(), found_alarm("ops/old/x"), found_alarm("other/fra-a/x"))
    foreign = replace(found_alarm("ops/fra-a/x"), estate="them")

    told = plan(estate(), *alarms, foreign, plan_for=plan_absent)

    assert [action.name for action in told.actions] == ["ops/fra-a/connection_state", "ops/old/x"]
    assert told.refusals == ()
