# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What breaks by day: the report says which circuit, which session, why, and who has to act."""

from __future__ import annotations

import copy
from contextlib import contextmanager

import pytest

from tests.integration.chain.test_refusals import GOOD

pytestmark = [pytest.mark.lab, pytest.mark.usefixtures("journey")]


@contextmanager
def broken(operator, *words):
    """Break fra-a for a while."""
    operator.lab("fault", "fra-a", *words)
    try:
        yield
    finally:
        operator.lab("heal", "fra-a")


def circuit(operator, name):
    return next(one for one in operator.report()["circuits"] if one["name"] == name)


def failed(circuit):
    return {
        (check["id"], check["target"]): str(check["measured"])
        for check in circuit["checks"]
        if check["verdict"] == "fail"
    }


def test_verification_by_itself_finds_both_circuits_in_service(operator):
    run = operator.play("playbooks/verify.yml")

    assert run.rc == 0, run.output
    assert [one["state"] for one in operator.report()["circuits"]] == ["in service"] * 2
    assert run.mutating == []


def test_a_silent_vlan_is_told_by_session_with_its_reason_and_without_delay(operator):
    with broken(operator, "vlan", "--vlan", "101"):
        run = operator.play("playbooks/verify.yml")
        hit, other = circuit(operator, "fra-a"), circuit(operator, "ams-a")

    assert run.rc == 2
    assert "RETRYING" not in run.output
    assert other["state"] == "in service"
    assert hit["state"] == "BGP down: fra-a-transit ipv4, fra-a-transit ipv6"
    assert hit["awaited"]["from"] == "own team"
    assert set(failed(hit)) == {
        (end, f"fra-a-transit {family}")
        for end in ("bgp_aws", "bgp_router")
        for family in ("ipv4", "ipv6")
    }
    for (end, _), measured in failed(hit).items():
        assert end == "bgp_aws" or "check the VLAN" in measured, measured


def test_a_cut_cable_is_the_colocation_s(operator):
    with broken(operator, "cable"):
        run = operator.play("playbooks/verify.yml")
        hit = circuit(operator, "fra-a")

    assert run.rc == 2
    assert (hit["step"], hit["state"]) == (3, "port down")
    assert hit["awaited"]["from"] == "colocation"
    assert "EqFA5" in hit["next_action"]
    assert "no carrier" in failed(hit)["bgp_router", "fra-a-transit ipv4"]


def test_a_port_whose_mtu_is_too_small_is_found_before_anything_is_changed(operator):
    before = operator.running("edge-ams-1")
    operator.on("edge-ams-1", "ip", "link", "set", "eth1", "mtu", "1400")
    try:
        run = operator.play("playbooks/plan.yml")
    finally:
        operator.on("edge-ams-1", "ip", "link", "set", "eth1", "mtu", "9100")
        operator.on("edge-ams-1", "ip", "link", "set", "eth1.102", "mtu", "8500")

    assert run.rc == 2
    assert "stands in for it" not in run.output
    assert "edge-ams-1:eth1: port_mtu: 1400; expected: at least 8500" in run.output
    assert operator.running("edge-ams-1") == before


def test_aws_is_not_taken_down_under_a_router_that_the_run_did_not_come_to(operator):
    kinds = [each for each in GOOD.values() if isinstance(each, list)]
    names = [each["name"] for kind in kinds for each in kind if "name" in each]
    run = operator.play("playbooks/teardown.yml", "--limit", "network", dx_consent=names)

    assert run.rc == 2
    assert "edge-fra-1 has kept its attachments, or this run did not come to it" in run.output
    assert [call for call in run.calls if call["mutating"]] == []


def test_a_router_that_does_not_answer_fails_the_verification(operator):
    run = operator.play("playbooks/verify.yml", ansible_host="127.20.201.99")

    assert run.rc == 2
    assert "edge-fra-1: reachable:" in run.output
    assert "reachable" in {name for name, _ in failed(circuit(operator, "fra-a"))}


def test_a_prefix_that_never_comes_is_a_finding_and_the_report_is_written(operator):
    estate = copy.deepcopy(GOOD)
    estate["virtual_interfaces"][0]["routing"]["accept"].append("10.21.0.0/16")

    run = operator.play("playbooks/verify.yml", dx_estate=estate, dx_verify_settle_seconds=4)
    hit = circuit(operator, "fra-a")

    assert run.rc == 2
    assert failed(hit) == {
        ("prefixes_from_aws", "fra-a-transit ipv4"): "['10.20.0.0/16']",
    }
    assert circuit(operator, "ams-a")["state"] == "in service"
