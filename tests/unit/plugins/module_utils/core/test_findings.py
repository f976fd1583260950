# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the roles leave on their hosts is gathered whole, and what failed is told."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.findings import (
    failures,
    findings,
)

GROUPS = {"aws_accounts": ["network"], "edge_routers": ["edge-fra-1"], "probes": ["host-dc"]}
NOBODY = {"network": {}, "edge-fra-1": {}, "host-dc": {}}
DOWN = {"id": "dxvif-1", "name": "a", "state": "down", "vlan": 101, "peers": []}
UP = {"id": "dxvif-1", "name": "a", "state": "available", "peers": [{"status": "up"}]}
FAILED = {"id": "ping4", "target": "10.20.0.10", "verdict": "fail"} | {
    "measured": "100 % lost",
    "expected": "0 % lost",
}
PASSED = {**FAILED, "verdict": "pass", "measured": "0 % lost"}


def test_a_run_that_came_to_nobody_has_found_nothing():
    assert findings(NOBODY, GROUPS) == {
        "interfaces": [],
        "observed": [],
        "routers": {
            "edge-fra-1": {
                "preflight": [],
                "configured": None,
                "reason": None,
                "bgp_neighbors": None,
                "drained": [],
                "shut": [],
                "reasons": {},
            }
        },
        "checks": [],
        "changed": {"aws": 0, "routers": 0},
        "figures": {"api_calls": 0},
        "letters": {},
    }
    assert findings({}, {})["observed"] == []


def test_the_youngest_look_at_aws_counts():
    network = {
        "dx_order_result": {"observed": {"virtual_interfaces": []}},
        "dx_network_result": {"observed": {"account": "network", "virtual_interfaces": [DOWN]}},
        "dx_verify_aws": {"virtual_interfaces": [UP]},
    }

    observed = findings({**NOBODY, "network": network}, GROUPS)["observed"]

    assert observed == [{"account": "network", "virtual_interfaces": [{**DOWN, **UP}]}]


def test_an_order_alone_is_found_too():
    network = {"dx_order_result": {"observed": {"account": "network", "virtual_interfaces": []}}}

    observed = findings({**NOBODY, "network": network}, GROUPS)["observed"]

    assert observed == [{"account": "network", "virtual_interfaces": []}]


def test_changes_and_calls_are_counted():
    hosts = {
        **NOBODY,
        "network": {
            "dx_order_result": {"calls": {"CreateConnection": 2, "DescribeConnections": 3}},
            "dx_verify_aws": {"calls": {"ListVirtualInterfaceRoutes": 4}},
        },
        "edge-fra-1": {"edge_router_result": {"configured": True, "changed": True}},
    }

    found = findings(hosts, GROUPS)

    assert found["changed"] == {"aws": 2, "routers": 1}
    assert found["figures"] == {"api_calls": 9}


def test_what_routers_tell_is_kept():
    router = {
        "edge_preflight_checks": [PASSED],
        "edge_router_result": {"configured": False, "reason": "BGP did not establish"},
        "dx_verify_router": {
            "facts": {
                "bgp_neighbors": {"global": {"peers": {}}},
                "drained": ["DX-VIF101"],
                "shut": ["DX-VIF101"],
            }
        },
        "dx_verify_diagnosis": {"checks": [PASSED, {**FAILED, "target": "fra-a-transit ipv4"}]},
    }

    found = findings({**NOBODY, "edge-fra-1": router}, GROUPS)

    assert found["routers"]["edge-fra-1"] == {
        "preflight": [PASSED],
        "configured": False,
        "reason": "BGP did not establish",
        "bgp_neighbors": {"global": {"peers": {}}},
        "drained": ["DX-VIF101"],
        "shut": ["DX-VIF101"],
        "reasons": {"fra-a-transit ipv4": "100 % lost"},
    }
    assert failures(found) == ["edge-fra-1: BGP did not establish"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        pytest.param("no login", "no login", id="without a name"),
        pytest.param("edge-fra-1: eth1.101: no answer", "eth1.101: no answer", id="with its name"),
        pytest.param(
            "edge-fra-1: eth1.101: no answer\nedge-fra-1: eth1.103: BFD did not come up",
            "eth1.101: no answer\neth1.103: BFD did not come up",
            id="a line per session",
        ),
    ],
)
def test_a_router_s_name_is_said_once(said, told):
    router = {"edge_router_result": {"configured": False, "reason": said}}

    found = findings({**NOBODY, "edge-fra-1": router}, GROUPS)

    assert found["routers"]["edge-fra-1"]["reason"] == told
    assert failures(found) == [f"edge-fra-1: {line}" for line in told.splitlines()]


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param({"unreachable": True, "msg": "no route\n"}, id="unreachable"),
        # What `failed_when: false` leaves of a failure.
        pytest.param({"failed": False, "msg": "edge-fra-1: no route"}, id="failed"),
    ],
)
def test_a_router_that_the_verification_got_no_answer_from_is_a_failure(answer):
    preflight = [
        {"id": "reachable", "target": "edge-fra-1", "verdict": "fail"}
        | {"measured": "no route", "expected": "a login"}
    ]
    router = {"dx_verify_router": answer, "edge_preflight_checks": preflight}
    hosts = {**NOBODY, "edge-fra-1": router}

    assert failures(findings(hosts, GROUPS)) == [
        "edge-fra-1: reachable: no route; expected: a login"
    ]


def test_a_router_that_the_verification_had_no_question_for_is_no_failure():
    hosts = {**NOBODY, "edge-fra-1": {"dx_verify_router": {"skipped": True}}}

    assert failures(findings(hosts, GROUPS)) == []


def test_it_is_known_where_the_letters_are():
    letter = {"item": {"name": "fra-a"}, "issued": True, "dest": "artifacts/demo/loa/fra-a.pdf"}
    awaited = {"item": {"name": "ams-a"}, "issued": False, "dest": "artifacts/demo/loa/ams-a.pdf"}
    network = {"dx_order_letters": {"results": [letter, awaited]}}

    assert findings({**NOBODY, "network": network}, GROUPS)["letters"] == {
        "fra-a": "artifacts/demo/loa/fra-a.pdf"
    }


def test_checks_come_from_the_controller_and_from_the_probes():
    hosts = {
        **NOBODY,
        "localhost": {"dx_verify_checks": [PASSED]},
        "host-dc": {"dx_verify_paths": {"checks": [FAILED]}},
    }

    found = findings(hosts, GROUPS)

    assert found["checks"] == [PASSED, FAILED]
    assert failures(found) == ["10.20.0.10: ping4: 100 % lost; expected: 0 % lost"]


def test_a_probe_that_does_not_answer_is_a_failure():
    hosts = {**NOBODY, "host-dc": {"dx_verify_paths": {"unreachable": True, "msg": "no route\n"}}}

    assert failures(findings(hosts, GROUPS)) == ["host-dc: probe: no route; expected: a login"]


def test_a_probe_that_cannot_send_is_a_failure_and_one_with_nothing_to_send_is_none():
    mute = {"dx_verify_paths": {"failed_when_result": False, "msg": "ping is not installed"}}
    idle = {"dx_verify_paths": {"skipped": True}}
    groups = {**GROUPS, "probes": ["host-dc", "host-b"]}

    found = findings({**NOBODY, "host-dc": mute, "host-b": idle}, groups)

    assert failures(found) == [
        "host-dc: probe: ping is not installed; expected: packets sent from it"
    ]


def test_what_is_awaited_is_no_failure():
    assert failures(findings(NOBODY, GROUPS)) == []


@pytest.mark.parametrize(
    "left",
    [
        pytest.param({"dx_order_result": {"failed": True, "msg": "no"}}, id="the order"),
        pytest.param(
            {
                "dx_network_result": {"observed": {}},
                "__dx_network_pass": {"failed": True, "msg": "no"},
            },
            id="a later round",
        ),
        pytest.param(
            {
                "dx_order_letters": {
                    "failed": True,
                    "msg": "One or more items failed",
                    "results": [{"issued": False}, {"failed": True, "msg": "no"}],
                }
            },
            id="one letter of two",
        ),
    ],
)
def test_an_account_at_which_the_run_has_ended_is_told(left):
    found = findings({**NOBODY, "network": left}, GROUPS)

    assert failures(found) == ["network: account: no; expected: what was asked of AWS is done"]


def test_routes_that_did_not_come_in_time_are_no_failure_of_the_account():
    late = {"dx_verify_aws": {"failed": True, "attempts": 2, "virtual_interfaces": []}}

    assert failures(findings({**NOBODY, "network": late}, GROUPS)) == []
