# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A LAG is a circuit: on the journey, in the papers, on the router; its ports are told with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from ansible_collections.crossconnect.dx.plugins.module_utils.core.attachments import attachments
from ansible_collections.crossconnect.dx.plugins.module_utils.core.certificate import certificates
from ansible_collections.crossconnect.dx.plugins.module_utils.core.check import failed
from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate import read_estate
from ansible_collections.crossconnect.dx.plugins.module_utils.core.evidence import Evidence
from ansible_collections.crossconnect.dx.plugins.module_utils.core.handover import build_handover
from ansible_collections.crossconnect.dx.plugins.module_utils.core.journey import (
    RouterResult,
    journey,
    way_back,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.landings import landings
from ansible_collections.crossconnect.dx.plugins.module_utils.core.preflight import (
    RouterView,
    preflight,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.report import build_report
from ansible_collections.crossconnect.dx.plugins.plugin_utils.report_page import render_page
from tests.fixtures.bundle import document, observed

ESTATE = read_estate(document())
SCHEMA = json.loads((Path(__file__).parents[5] / "docs" / "report.schema.json").read_text())
NOW = "2026-11-22T12:00:00Z"
UP = ("available", "available")
CONFIGURED = {"edge-fra-1": RouterResult(configured=True)}
BROKEN = {
    "id": "software",
    "target": "edge-fra-1",
    "verdict": "fail",
    "measured": "8.1",
    "expected": "8.4",
}


def checks(target="fra-a-transit ipv4"):
    return ({**BROKEN, "id": "bgp_session", "target": target, "verdict": "pass"},)


def progress(seen, *, routers=CONFIGURED, loas=None, passed=None):
    """Return where the LAG is."""
    found = journey(ESTATE, seen, routers, checks() if passed is None else passed, loas)
    return next(each for each in found if each.name == "fra-a")


def papers(seen, passed=None):
    passed = checks() if passed is None else passed
    evidence = Evidence(observed=seen, checks=passed)
    steps = journey(ESTATE, seen, CONFIGURED, passed)
    report = build_report(ESTATE, evidence, steps, changed={}, generated_at=NOW)
    return report, build_handover(ESTATE, evidence, generated_at=NOW)


def test_circuits_are_lags_and_the_connections_outside_of_them():
    assert [each.name for each in journey(ESTATE, observed(*UP), {}, ())] == ["ams-a", "fra-a"]
    assert [each.name for each in way_back(ESTATE, observed(*UP))] == ["ams-a", "fra-a"]


def test_a_lag_whose_ports_are_all_up_and_tested_is_in_service():
    found = progress(observed(*UP))

    assert (found.step, found.state, found.awaited) == (8, "in service", None)


@pytest.mark.parametrize(
    ("states", "lag", "state", "who", "what"),
    [
        pytest.param(
            *(("available",), "pending", "fra-2 not ordered", None, None), id="one is missing"
        ),
        pytest.param(
            *(("requested", "requested"), "requested"),
            *("fra-1 and fra-2 ordered, AWS prepares the LOA-CFA", "AWS"),
            "the LOA-CFA of fra-1 and fra-2",
            id="no letters yet",
        ),
        pytest.param(
            *(("pending", "requested"), "pending"),
            *("LOA-CFA issued, waiting for the cross-connect of fra-1", "colocation"),
            "the cross-connect of fra-1 at EqFA5",
            id="one cable is due",
        ),
        pytest.param(
            *(("pending", "pending"), "pending"),
            *("LOA-CFA issued, waiting for the cross-connect of fra-1 and fra-2", "colocation"),
            "the cross-connect of fra-1 and fra-2 at EqFA5",
            id="both cables are due",
        ),
        pytest.param(
            *(("available", "down"), "down", "port down: fra-2", "colocation"),
            "a working cross-connect of fra-2",
            id="no light on one",
        ),
        pytest.param(
            *(UP, "approving", "LAG approving", "AWS", "fra-a to be available"),
            id="a state that nobody has heard of",
        ),
        pytest.param(
            *(UP, "down", "port down", "colocation", "a working cross-connect"),
            id="down with all ports up",
        ),
    ],
)
def test_a_lag_that_is_not_delivered_says_whose_port_is_awaited(states, lag, state, who, what):
    found = progress(observed(*states, lag=lag))

    awaited = found.awaited or {"from": None, "what": None}
    assert (found.step, found.state) == (3, state)
    assert (awaited["from"], awaited["what"]) == (who, what)


def test_a_cable_is_awaited_since_its_letter_and_the_letters_are_named():
    found = progress(observed("pending", "pending", lag="pending"), loas={"fra-1": "loas/1.pdf"})

    assert found.awaited["since"] == "2026-11-21T09:00:00Z"
    assert found.next_action == (
        "send loas/1.pdf and the LOA-CFA of fra-2 to the colocation with the order of "
        "2 cross-connects"
    )


def test_what_the_router_lacks_can_be_mended_meanwhile():
    routers = {"edge-fra-1": RouterResult(preflight=(BROKEN,))}

    found = progress(observed("pending", "available", lag="pending"), routers=routers)

    assert found.next_action.startswith("send the LOA-CFA of fra-1 to the colocation with")
    assert "; meanwhile mend on edge-fra-1: " in found.next_action


def test_a_lag_that_works_with_fewer_ports_goes_on_and_is_not_complete():
    seen = observed("available", "pending")

    untested = progress(seen, passed=())
    found = progress(seen)

    assert untested.state == "configured, not tested yet"
    assert (found.step, found.state, found.awaited["from"]) == (
        8,
        "in service on 1 of 2 ports: LOA-CFA issued, waiting for the cross-connect of fra-2",
        "colocation",
    )
    assert certificates(*papers(seen)) == []


def test_a_lag_with_a_port_in_a_state_of_no_name_is_not_complete():
    seen = observed("available", "unknown", lag="available")

    found = progress(seen)

    assert (found.step, found.state, found.awaited["from"]) == (
        8,
        "in service on 1 of 2 ports: fra-2 unknown",
        "AWS",
    )
    assert certificates(*papers(seen)) == []


def test_report_and_handover_tell_the_ports():
    report, handover = papers(observed("available", "pending", lag="available"))

    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(report)] == []
    ams, fra = report["circuits"]
    assert ams["ports"] == []
    assert fra["ports"][1] == {
        "name": "fra-2",
        "id": "dxcon-fg0000fra-2",
        "state": "pending",
        "aws_device": "EqFA5-2xk7q",
    }
    assert [thing["name"] for thing in fra["virtual_interfaces"]] == [
        "fra-a-transit",
        "fra-a-private",
    ]
    record = handover["circuits"][1]
    assert (record["connection_id"], record["port"], record["minimum_links"]) == (
        *("dxlag-fg000001", "bond1", 1),
    )
    assert [(port["name"], port["connection_id"], port["port"]) for port in record["ports"]] == [
        ("fra-1", "dxcon-fg0000fra-1", "eth1"),
        ("fra-2", "dxcon-fg0000fra-2", "eth2"),
    ]


def test_the_page_shows_each_port_with_its_state_and_place():
    page = render_page(*papers(observed("available", "pending", lag="available")))

    assert (
        "<p>Port fra-2: pending on EqFA5-2xk7q, router edge-fra-1 port eth2, "
        "<code>dxcon-fg0000fra-2</code></p>"
    ) in page


def test_the_certificate_holds_the_ports_of_a_lag_that_is_complete():
    (certificate,) = certificates(*papers(observed(*UP)))

    assert [port["state"] for port in certificate["record"]["ports"]] == list(UP)


@pytest.mark.parametrize("word", ["fra-a", "fra-2", "dxlag-fg000001", "dxcon-fg0000fra-1"])
def test_a_check_of_a_port_concerns_its_lag(word):
    report, _ = papers(observed(*UP), checks(word))

    assert [len(circuit["checks"]) for circuit in report["circuits"]] == [0, 1]


def test_the_preflight_looks_at_the_bundle_and_at_each_of_its_ports():
    ready = {"is_enabled": True, "speed": 10000, "mtu": 9000, "description": ""}
    router = RouterView(
        name="edge-fra-1",
        interfaces={"bond1": {**ready, "speed": 20000}, "eth1": {**ready, "speed": 1000}},
        interfaces_ip={},
        bgp_neighbors={},
    )

    broken = failed(preflight(router, landings(ESTATE, "edge-fra-1")))

    assert [(check["target"], check["measured"]) for check in broken] == [
        ("edge-fra-1:eth1", "1000 Mbit/s"),
        ("edge-fra-1:eth2", "no such port"),
    ]


def test_interfaces_land_on_the_bundle():
    landing = landings(ESTATE, "edge-fra-1")
    attached = attachments(ESTATE, observed(*UP), "edge-fra-1")

    assert [(each.circuit, each.port, each.interface) for each in landing] == [
        ("fra-a", "bond1", "bond1.101"),
        ("fra-a", "bond1", "bond1.103"),
    ]
    assert [(each.port, each.interface) for each in attached] == [
        ("bond1", "bond1.101"),
        ("bond1", "bond1.103"),
    ]
