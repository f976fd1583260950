# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report has the public shape at every moment, and tells what AWS and the routers said."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate import read_estate
from ansible_collections.crossconnect.dx.plugins.module_utils.core.evidence import Evidence
from ansible_collections.crossconnect.dx.plugins.module_utils.core.report import (
    sessions,
    standing,
    with_router_failures,
)
from tests.fixtures.demo_run import DOCUMENT, KEY, MOMENTS, evidence, papers

SCHEMA = json.loads((Path(__file__).parents[5] / "docs" / "report.schema.json").read_text())
VALIDATOR = Draft202012Validator(SCHEMA)


def report(moment):
    return papers(moment)[0]


def circuit(moment, name):
    return next(one for one in report(moment)["circuits"] if one["name"] == name)


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_report_of_every_moment_obeys_the_schema(moment):
    assert [error.message for error in VALIDATOR.iter_errors(report(moment))] == []


def test_the_schema_is_a_schema_and_refuses_what_the_issue_did_not_name():
    Draft202012Validator.check_schema(SCHEMA)
    wrong = report("in service") | {"more": 1}
    assert not VALIDATOR.is_valid(wrong)
    wrong = report("in service")
    wrong["circuits"][0]["step"] = 9
    assert not VALIDATOR.is_valid(wrong)


def test_every_object_of_the_schema_is_closed_and_every_property_explained():
    def parts(node):
        if isinstance(node, dict):
            yield node
            for value in node.values():
                yield from parts(value)

    for part in parts(SCHEMA):
        if part.get("type") == "object":
            assert part["additionalProperties"] is False
            assert sorted(part["required"]) == sorted(part["properties"])
            assert all("description" in one for one in part["properties"].values())


def test_both_ends_of_a_session_are_told():
    assert circuit("in service", "fra-a")["virtual_interfaces"] == [
        {
            "name": "fra-a-transit",
            "id": "dxvif-ffaa1111",
            "vlan": 101,
            "bgp": [
                {
                    "family": family,
                    "aws": "up",
                    "router": "up",
                    "received": 1,
                    "advertised": 1,
                }
                for family in ("ipv4", "ipv6")
            ],
        }
    ]


def test_a_session_that_nobody_has_seen_is_unknown_and_not_missing():
    thing = circuit("ordered", "fra-a")["virtual_interfaces"][0]
    assert thing["id"] is None
    assert [session["family"] for session in thing["bgp"]] == ["ipv4", "ipv6"]
    assert thing["bgp"][0]["aws"] == thing["bgp"][0]["router"] == "unknown"
    assert thing["bgp"][0]["received"] is None


def test_a_peer_that_aws_has_and_the_estate_does_not_name_is_told_too():
    estate = read_estate(DOCUMENT)
    wanted = estate.virtual_interfaces[1]
    found = evidence("in service")
    found.virtual_interface("network", "ams-a-transit")["peers"].append(
        {"family": "ipv6", "status": "down", "amazon_address": None}
    )
    told = sessions(found, estate.connection("ams-a"), wanted)
    found.virtual_interface("network", "ams-a-transit")["peers"].pop()
    assert [(one["family"], one["aws"]) for one in told] == [("ipv4", "up"), ("ipv6", "down")]


def test_who_is_awaited_is_told_and_null_when_nobody_is():
    awaited = circuit("ordered", "ams-a")["awaited"]
    assert list(awaited) == ["from", "what", "since"]
    assert awaited["from"] == "AWS"
    assert awaited["since"] == "2026-11-19T10:00:00Z"
    assert circuit("in service", "fra-a")["awaited"] is None


def test_the_standing_is_free_of_what_differs_from_run_to_run():
    first, second = report("in service"), report("in service")
    second["generated_at"] = "2026-11-23T12:00:00Z"
    second["changed"] = {"aws": 0, "routers": 0}
    second["circuits"][0]["checks"][3]["measured"] = "0 % of 20 lost, another round trip"
    assert first != second
    assert standing(first) == standing(second)


def test_another_verdict_is_another_standing():
    second = report("in service")
    second["circuits"][0]["checks"][3]["verdict"] = "warn"
    assert standing(report("in service")) != standing(second)


def test_no_key_is_in_the_report_of_any_moment():
    assert KEY not in json.dumps([papers(moment) for moment in MOMENTS])


def test_what_a_router_lacks_or_has_taken_back_is_among_the_checks_once():
    silent = {"id": "reachable", "target": "edge-fra-1", "verdict": "fail"} | {
        "measured": "no route",
        "expected": "a login",
    }
    seen = Evidence(
        routers={
            "edge-fra-1": {"preflight": [silent], "configured": None},
            "edge-ams-1": {"configured": False, "reason": "ipv4\nipv6"},
        },
        checks=[silent],
    )

    assert with_router_failures(seen).checks == [
        silent,
        {"id": "transaction", "target": "edge-ams-1", "verdict": "fail"}
        | {"measured": "ipv4; ipv6", "expected": "committed and confirmed"},
    ]
