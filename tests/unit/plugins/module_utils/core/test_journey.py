# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journey: from nothing to in service, each stop with its step, its words, its awaited."""

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate import read_estate
from ansible_collections.crossconnect.dx.plugins.module_utils.core.journey import (
    RouterResult,
    journey,
    router_result,
    way_back,
)
from tests.fixtures.two_sites import document, observed, part

ORDERED_AT = "2026-11-20T10:00:00Z"
CONFIGURED = {"edge-fra-1": RouterResult(configured=True)}
# The VLAN of fra-a-transit in the fixture is 103.
DRAINED = {"edge-fra-1": RouterResult(configured=True, drained=["DX-VIF103"])}
SHUT = {"edge-fra-1": RouterResult(configured=True, drained=["DX-VIF103"], shut=["DX-VIF103"])}


def check(verdict, number=1):
    return {
        "id": f"bgp_session_{number}",
        "target": "fra-a-transit ipv4",
        "verdict": verdict,
        "measured": "up",
        "expected": "up",
    }


PASSED = (check("pass"),)


def progress(*, wish=None, seen=None, routers=None, checks=None, loas=None):
    """Return where fra-a is; without arguments all is up and tested."""
    return journey(
        read_estate(wish or document()),
        observed() if seen is None else seen,
        CONFIGURED if routers is None else routers,
        PASSED if checks is None else checks,
        loas,
    )[0]


def with_connection(**changes):
    seen = observed()
    part(seen, "connections", "fra-a").update(changes)
    return seen


def with_gateway(**changes):
    seen = observed()
    part(seen, "gateways", "core").update(changes)
    return seen


def with_interface(**changes):
    seen = observed()
    part(seen, "virtual_interfaces", "fra-a-transit").update(changes)
    return seen


def without(kind, name):
    seen = observed()
    seen[0][kind] = [thing for thing in seen[0][kind] if thing["name"] != name]
    return seen


def bare_circuit():
    wish = document()
    wish["virtual_interfaces"] = wish["virtual_interfaces"][2:]
    return wish


def without_router():
    wish = document()
    for attribute in ("router", "port"):
        del wish["connections"][0][attribute]
    return wish


def down():
    seen = observed()
    part(seen, "virtual_interfaces", "fra-a-transit")["peers"][1]["status"] = "down"
    return seen


def told():
    """Return what the router says of its sessions, the one that is down among them."""
    peers = part(down(), "virtual_interfaces", "fra-a-transit")["peers"]
    states = {
        peer["amazon_address"].partition("/")[0]: {"is_up": peer["status"] == "up"}
        for peer in peers
    }
    return {"global": {"peers": states}}


def half_assigned():
    seen = observed()
    part(seen, "virtual_interfaces", "fra-a-transit")["peers"][1]["customer_address"] = None
    return seen


def test_a_circuit_that_passed_everything_is_in_service():
    found = progress()
    assert (found.name, found.step, found.state) == ("fra-a", 8, "in service")
    assert (found.awaited, found.next_action) == (None, "none")


@pytest.mark.parametrize(
    ("facts", "step", "state", "awaited_from", "since"),
    [
        pytest.param(
            {"seen": [], "routers": {}, "checks": ()}, 3, "not ordered", None, None, id="nothing"
        ),
        pytest.param(
            {"seen": with_connection(state="ordering")},
            3,
            "ordered, AWS prepares the LOA-CFA",
            "AWS",
            ORDERED_AT,
            id="ordering",
        ),
        pytest.param(
            {"seen": with_connection(state="requested", ordered_at=None)},
            3,
            "ordered, AWS prepares the LOA-CFA",
            "AWS",
            None,
            id="requested by somebody else",
        ),
        pytest.param(
            {"seen": with_connection(state="pending")},
            3,
            "LOA-CFA issued, waiting for the cross-connect",
            "colocation",
            ORDERED_AT,
            id="pending",
        ),
        pytest.param(
            {"seen": with_connection(state="pending", loa_issue_time="2026-11-21T10:00:00Z")},
            3,
            "LOA-CFA issued, waiting for the cross-connect",
            "colocation",
            "2026-11-21T10:00:00Z",
            id="pending with an LOA",
        ),
        pytest.param(
            {"seen": with_connection(state="down")}, 3, "port down", "colocation", None, id="down"
        ),
        pytest.param(
            {"seen": with_connection(state="rejected")},
            3,
            "rejected by AWS",
            "own team",
            None,
            id="rejected",
        ),
        pytest.param(
            {"seen": with_connection(state="unknown")},
            3,
            "connection unknown",
            "AWS",
            ORDERED_AT,
            id="unknown",
        ),
        pytest.param(
            {"seen": with_connection(state="approving")},
            3,
            "connection approving",
            "AWS",
            ORDERED_AT,
            id="a state of the future",
        ),
        pytest.param(
            {"routers": {"edge-fra-1": RouterResult(preflight=[check("fail"), check("pass", 2)])}},
            4,
            "edge-fra-1 is not ready: fra-a-transit ipv4: bgp_session_1: up; expected: up",
            "own team",
            None,
            id="preflight failed",
        ),
        pytest.param(
            {"wish": bare_circuit()},
            5,
            "no virtual interface declared",
            "own team",
            None,
            id="nothing rides on it",
        ),
        pytest.param(
            {"seen": without("gateways", "core")},
            5,
            "gateway core not made yet",
            None,
            None,
            id="no gateway",
        ),
        pytest.param(
            {"seen": with_gateway(state="pending")},
            5,
            "gateway core pending",
            "AWS",
            None,
            id="gateway pending",
        ),
        pytest.param(
            {"seen": with_gateway(associations=[])},
            5,
            "association core/tgw-core not made yet",
            None,
            None,
            id="no association",
        ),
        pytest.param(
            {"seen": with_gateway(associations=[{"target": "tgw-core", "state": "associating"}])},
            5,
            "association core/tgw-core associating",
            "AWS",
            None,
            id="associating",
        ),
        pytest.param(
            {"seen": without("virtual_interfaces", "fra-a-transit")},
            5,
            "virtual interface fra-a-transit not made yet",
            None,
            None,
            id="no interface",
        ),
        pytest.param(
            {"seen": with_interface(state="pending")},
            5,
            "virtual interface fra-a-transit pending",
            "AWS",
            None,
            id="interface pending",
        ),
        pytest.param(
            {"seen": with_interface(state="confirming")},
            5,
            "virtual interface fra-a-transit to be confirmed",
            "the owner of the account",
            None,
            id="interface to be confirmed",
        ),
        pytest.param(
            {"seen": half_assigned()},
            6,
            "ipv6 addresses of fra-a-transit not assigned yet",
            "AWS",
            None,
            id="half a pair of addresses",
        ),
        pytest.param(
            {"seen": with_interface(peers=[])},
            6,
            "ipv4 addresses of fra-a-transit not assigned yet",
            "AWS",
            None,
            id="no peers",
        ),
        pytest.param(
            {"wish": without_router()}, 7, "no router declared", "own team", None, id="no router"
        ),
        pytest.param(
            {"routers": {}, "seen": down()},
            7,
            "edge-fra-1 not configured yet",
            None,
            None,
            id="not configured",
        ),
        pytest.param(
            {"routers": {}},
            8,
            "in service",
            None,
            None,
            id="not configured by this run, but up",
        ),
        pytest.param(
            {"routers": {"edge-fra-1": RouterResult(bgp_neighbors=told())}, "seen": down()},
            8,
            "BGP down: fra-a-transit ipv6",
            "own team",
            None,
            id="not configured by this run, and down",
        ),
        pytest.param(
            {"routers": {"edge-fra-1": RouterResult(reason="not touched, because of another")}},
            7,
            "edge-fra-1 not touched, because of another",
            None,
            None,
            id="left alone by this run",
        ),
        pytest.param(
            {"routers": {"edge-fra-1": RouterResult(configured=False)}},
            7,
            "edge-fra-1 keeps its old configuration: the transaction did not complete",
            "own team",
            None,
            id="failed without a reason",
        ),
        pytest.param(
            {"routers": {"edge-fra-1": RouterResult(configured=False, reason="ipv4\nipv6")}},
            7,
            "edge-fra-1 keeps its old configuration: ipv4 (and 1 more)",
            "own team",
            None,
            id="failed for two reasons",
        ),
        pytest.param(
            {"routers": {"edge-fra-1": RouterResult(configured=False, reason="no login")}},
            7,
            "edge-fra-1 keeps its old configuration: no login",
            "own team",
            None,
            id="failed",
        ),
        pytest.param(
            {"routers": {"edge-fra-1": RouterResult(configured=False, changed=True, reason="odd")}},
            7,
            "edge-fra-1 holds its new configuration, but: odd",
            "own team",
            None,
            id="kept, and not what it shall be",
        ),
        pytest.param(
            {"seen": down()}, 8, "BGP down: fra-a-transit ipv6", "own team", None, id="BGP down"
        ),
        pytest.param({"checks": ()}, 8, "configured, not tested yet", None, None, id="not tested"),
        pytest.param(
            {"routers": DRAINED, "checks": ()},
            8,
            "drained: fra-a-transit",
            "own team",
            None,
            id="drained",
        ),
        pytest.param(
            {"routers": SHUT, "checks": (), "seen": down()},
            8,
            "drained, shut: fra-a-transit",
            "own team",
            None,
            id="drained and shut",
        ),
        pytest.param(
            {"routers": DRAINED, "checks": [check("fail")]},
            8,
            "in test, 1 of 1 checks failed: fra-a-transit ipv4: bgp_session_1: up; expected: up",
            "own team",
            None,
            id="drained and broken",
        ),
        pytest.param(
            {"checks": [check("fail"), check("pass", 2)]},
            8,
            "in test, 1 of 2 checks failed: fra-a-transit ipv4: bgp_session_1: up; expected: up",
            "own team",
            None,
            id="a check failed",
        ),
        pytest.param(
            {"checks": [check("warn"), check("na", 2)]},
            8,
            "in service, 1 warning",
            None,
            None,
            id="a warning",
        ),
        pytest.param(
            {"checks": [check("warn"), check("warn", 2)]},
            8,
            "in service, 2 warnings",
            None,
            None,
            id="two warnings",
        ),
    ],
)
def test_a_circuit_stands_at_the_first_step_that_is_not_done(
    facts, step, state, awaited_from, since
):
    found = progress(**facts)
    assert (found.step, found.state) == (step, state)
    assert found.next_action
    if awaited_from is None:
        assert found.awaited is None
    else:
        assert (found.awaited["from"], found.awaited["since"]) == (awaited_from, since)
        assert found.awaited["what"]


def test_the_colocation_gets_the_letter_that_was_saved():
    found = progress(
        seen=with_connection(state="pending"), loas={"fra-a": "artifacts/acme/loa/fra-a.pdf"}
    )
    assert "send artifacts/acme/loa/fra-a.pdf to the colocation" in found.next_action
    assert found.awaited["what"] == "the cross-connect at EqFA5"


def test_while_the_cross_connect_is_awaited_the_own_team_can_mend_its_router():
    routers = {"edge-fra-1": RouterResult(preflight=[check("fail")])}
    found = progress(seen=with_connection(state="pending"), routers=routers)
    assert found.step == 3
    assert found.next_action.endswith(
        "meanwhile mend on edge-fra-1: fra-a-transit ipv4: bgp_session_1: up; expected: up"
    )


@pytest.mark.parametrize(
    ("measured", "action"),
    [
        pytest.param("down", "check VLAN, addresses, ASNs, key and port on edge-fra-1", id="mute"),
        pytest.param(
            "not established: no carrier",
            "edge-fra-1 says: no carrier",
            id="talking",
        ),
    ],
)
def test_what_the_router_says_of_its_session_is_what_to_act_upon(measured, action):
    failures = [
        {**check("fail"), "id": "bgp_router", "target": f"fra-a-transit {family}"}
        | {"measured": measured}
        for family in ("ipv4", "ipv6")
    ]

    assert progress(seen=down(), checks=failures).next_action == action


@pytest.mark.parametrize(
    ("seen", "state", "awaited"),
    [
        pytest.param([], "taken down", None, id="gone"),
        pytest.param(with_connection(state="deleting"), "being deleted", "AWS", id="going"),
        pytest.param(observed(), "still there, available", None, id="there"),
    ],
)
def test_a_circuit_that_shall_go_is_not_said_to_be_on_its_way_into_service(seen, state, awaited):
    found = way_back(read_estate(document()), seen)[0]

    assert found.state == state
    assert (found.awaited or {"from": None})["from"] == awaited
    assert "fra-a" in found.next_action or "teardown.yml" in found.next_action


def test_many_failures_are_counted_not_listed():
    found = progress(checks=[check("fail", number) for number in range(5)])
    assert found.state.endswith("and 2 more")


def test_each_circuit_has_a_place_of_its_own():
    found = journey(
        read_estate(document()), without("connections", "ams-a"), CONFIGURED, [check("pass")]
    )
    assert [(one.name, one.step) for one in found] == [("fra-a", 8), ("ams-a", 3)]


def test_a_router_that_was_not_reached_by_the_run_is_told_from_one_that_failed():
    assert router_result({}) == RouterResult(preflight=(), configured=None, reason=None)
    record = {
        "preflight": [check("pass")],
        "configured": False,
        "reason": "no login",
        "bgp_neighbors": told(),
    }
    assert router_result(record) == RouterResult(**record)
