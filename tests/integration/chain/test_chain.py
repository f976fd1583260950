# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole journey: an empty account, a technician's cable, a certificate, and then rest."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from jsonschema import Draft202012Validator

from tests.integration.chain.secrets import KEYS, places_of
from tests.integration.chain.shell import ROOT

pytestmark = pytest.mark.lab

EVERYTHING = {
    "CreateConnection": 2,
    "CreateResiliencyGroup": 1,
    "AssociateConnectionsToResiliencyGroup": 1,
    "CreateDirectConnectGateway": 2,
    "CreateDirectConnectGatewayAssociation": 2,
    "CreateTransitVirtualInterface": 2,
    "CreatePrivateVirtualInterface": 1,
    "CreateBGPPeer": 2,
}
RECONCILE = {
    "DescribeConnections",
    "DescribeVirtualInterfaces",
    "DescribeDirectConnectGateways",
    "DescribeDirectConnectGatewayAssociations",
    "DescribeTransitGateways",
    "DescribeVpnGateways",
    "ListResiliencyGroups",
    "GetResiliencyGroup",
    "ListResiliencyGroupAssociations",
}


def test_check_mode_on_the_empty_account_shows_the_whole_plan_and_does_nothing(journey):
    assert journey.check.rc == 0, journey.check.output
    assert journey.check.mutating == []
    for name in (
        "fra-a",
        "ams-a",
        "frankfurt-amsterdam",
        "core",
        "legacy",
        "fra-a-transit",
        "ams-a-transit",
        "fra-a-private",
    ):
        assert name in journey.check.output
    assert "tgw-core" in journey.check.output
    assert "vgw-legacy" in journey.check.output


def test_what_the_real_runs_did_is_what_the_plan_said(journey):
    done = Counter(journey.first.mutating + journey.second.mutating)

    assert {operation: done[operation] for operation in EVERYTHING} == EVERYTHING
    assert set(done) <= {*EVERYTHING, "DescribeLoa"}


def test_the_first_run_orders_saves_the_letters_and_says_who_is_awaited(journey, operator):
    assert journey.first.rc == 0, journey.first.output
    assert [circuit["step"] for circuit in journey.ordered["circuits"]] == [3, 3]
    for circuit in journey.ordered["circuits"]:
        assert "cross-connect" in circuit["awaited"]["what"]
        [letter] = (operator.artifacts / "demo" / "loa").glob(f"{circuit['name']}-dxcon-*.pdf")
        assert letter.name in circuit["next_action"]
        assert letter.read_bytes().startswith(b"%PDF-")
        assert letter.stat().st_mode & 0o777 == 0o600


def test_the_second_run_goes_through_to_the_certificate(journey):
    assert journey.second.rc == 0, journey.second.output
    for circuit in journey.proven["circuits"]:
        assert circuit["step"] == 8
        assert circuit["awaited"] is None
        verdicts = {check["id"]: check["verdict"] for check in circuit["checks"]}
        assert "fail" not in verdicts.values(), circuit["checks"]
        assert "pass" in verdicts.values()
        for interface in circuit["virtual_interfaces"]:
            for session in interface["bgp"]:
                assert session["aws"] == "up"
                assert session["router"] == "up"


def test_the_addresses_that_aws_assigned_are_those_the_router_has(journey, operator):
    private = next(
        interface
        for circuit in journey.proven["circuits"]
        for interface in circuit["virtual_interfaces"]
        if interface["name"] == "fra-a-private"
    )
    addresses = json.loads(operator.on("edge-fra-1", "ip", "-j", "address", "show", "eth1.103"))
    local = [
        address["local"] for address in addresses[0]["addr_info"] if address["family"] == "inet"
    ]

    assert private["vlan"] == 103
    assert [address.startswith("169.254.") for address in local] == [True]


def test_the_third_run_changes_nothing(journey):
    assert journey.third.rc == 0, journey.third.output
    assert set(journey.third.changed.values()) == {0}
    assert journey.third.mutating == []
    assert journey.rested["changed"] == {"aws": 0, "routers": 0}


def test_the_third_run_asks_little_of_aws_and_of_the_routers(journey):
    calls = Counter(call["operation"] for call in journey.third.calls)
    logins = Counter(login["node"] for login in journey.third.logins)

    assert sum(count for operation, count in calls.items() if operation in RECONCILE) <= 12, calls
    assert len(journey.third.calls) <= 30, calls
    # AWS's sample is for a router that changes.
    assert "DescribeRouterConfiguration" not in calls
    # preflight, configure, verify
    assert logins["edge-fra-1"] == logins["edge-ams-1"] == 3
    # OpenSSH may still hold the session of the run before.
    assert logins["host-dc"] <= 1


def test_every_report_obeys_its_schema(journey):
    schema = Draft202012Validator(json.loads((ROOT / "docs/report.schema.json").read_text()))

    for report in (journey.ordered, journey.proven, journey.rested):
        assert [error.message for error in schema.iter_errors(report)] == []


def test_a_key_is_found_nowhere(journey, operator):
    assert "fra-a-transit" in journey.second.output
    for key in KEYS:
        for run in (journey.check, journey.first, journey.second, journey.third):
            assert key not in run.output
        assert not any(key in line for line in journey.command_lines.seen)
        assert places_of(key, operator.artifacts) == []
        for router in ("edge-fra-1", "edge-ams-1"):
            assert places_of(key, operator.state / router, but=("frr.conf",)) == []
