# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gates on answers of NAPALM's mock driver: who is judged by what, and what is asked when."""

from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device import checks
from ansible_collections.crossconnect.dx.plugins.module_utils.device.platforms import PLATFORMS
from ansible_collections.crossconnect.dx.plugins.module_utils.device.session import Session

NEIGHBOR = "169.254.101.1"
UPTIME = 3600


def tables(**up):
    """Return NAPALM's tables, by VRF: who is up, and for how many seconds."""
    return {
        vrf: {
            "router_id": "10.255.0.1",
            "peers": {
                NEIGHBOR: {
                    "is_up": seconds >= 0,
                    "uptime": seconds,
                    "address_family": {"ipv4": {"accepted_prefixes": 1 if seconds >= 0 else -1}},
                }
            },
        }
        for vrf, seconds in up.items()
    }


@pytest.fixture
def check(tmp_path):
    """Look once at a router that tells these tables; returns the verdicts by check."""

    def run(now, *, vrf="", wanted=True, before=None):
        for number in (1, 2):  # once to judge, once to find out why
            (tmp_path / f"get_bgp_neighbors.{number}").write_text(json.dumps(now))
        session = Session(
            platform_name="mock",
            host="192.0.2.1",
            user="automation",
            name="edge-fra-1",
            optional_args={"path": str(tmp_path)},
        )
        session.open()
        ours = {"neighbor": NEIGHBOR, "interface": "eth1.101", "name": "fra-a", "family": "ipv4"}
        outcome = session.check(
            bgp=[{**ours, "vrf": vrf, "expect": ["10.20.0.0/16"]}] if wanted else [],
            prefixes=True,
            baseline={"bgp_neighbors": before} if before else None,
            timeout=0,
        )
        return [(record["id"], record["verdict"]) for record in outcome.records]

    return run


@pytest.mark.parametrize("order", [("DX", "global"), ("global", "DX")])
@pytest.mark.parametrize(("vrf", "name"), [("", "global"), ("DX", "DX")])
def test_a_session_is_judged_in_its_own_vrf(check, order, vrf, name):
    now = tables(**{each: UPTIME if each == name else -1 for each in order})
    assert check(now, vrf=vrf) == [("bgp", "pass"), ("prefixes", "pass")]
    now = tables(**{each: -1 if each == name else UPTIME for each in order})
    assert check(now, vrf=vrf) == [("bgp", "fail"), ("prefixes", "na")]


def test_a_session_is_found_where_the_router_does_not_tell_the_vrf(check):
    assert check(tables(OTHER=UPTIME), vrf="DX")[0] == ("bgp", "pass")


def test_where_it_does_another_vrf_s_neighbor_is_no_evidence(check, monkeypatch):
    monkeypatch.setitem(PLATFORMS, "mock", replace(PLATFORMS["mock"], vrf=True))
    assert check(tables(OTHER=UPTIME), vrf="DX")[0] == ("bgp", "fail")
    assert check(tables(OTHER=UPTIME, DX=UPTIME), vrf="DX")[0] == ("bgp", "pass")


@pytest.mark.parametrize("lost", ["DX", "global"])
def test_each_of_two_sessions_with_one_address_must_be_kept(check, lost):
    before = tables(DX=UPTIME, **{"global": UPTIME})
    now = tables(**{each: -1 if each == lost else UPTIME for each in ("DX", "global")})
    verdicts = check(now, wanted=False, before=before)
    assert sorted(verdicts) == [("bgp_kept", "fail"), ("bgp_kept", "pass")]


class Counting:
    """A driver whose session comes up at the third look; it counts what it is asked."""

    def __init__(self):
        self.asked = []

    def get_bgp_neighbors(self):
        self.asked.append("bgp")
        return tables(**{"global": UPTIME if len(self.asked) > len("ab") else -1})

    def get_interfaces(self):
        self.asked.append("interfaces")
        return {"eth1": {"is_up": True}}


@pytest.fixture
def counting(monkeypatch):
    pauses = []
    monkeypatch.setattr(checks.time, "sleep", pauses.append)
    driver = Counting()
    router = SimpleNamespace(name="edge-fra-1", driver=driver, platform=PLATFORMS["mock"])

    def wait(timeout):
        ours = {"neighbor": NEIGHBOR, "interface": "eth1.101", "name": "fra-a", "family": "ipv4"}
        baseline = {"interfaces": {"eth1": {"is_up": True}}}
        outcome = checks.wait(router, bgp=[ours], bfd=False, baseline=baseline, timeout=timeout)
        return [record["id"] for record in outcome.records], driver.asked, pauses

    return wait


def test_a_router_is_asked_for_the_rest_once_the_sessions_are_up(counting):
    records, asked, pauses = counting(timeout=60)
    assert records == ["bgp", "interface_kept"]
    assert asked == ["bgp", "bgp", "bgp", "interfaces"]
    assert pauses == [checks.FIRST_PAUSE, checks.FIRST_PAUSE * checks.LONGER]


def test_when_the_time_is_over_all_is_told(counting):
    records, asked, _ = counting(timeout=0)
    assert records == ["bgp", "interface_kept"]
    assert asked[:2] == ["bgp", "interfaces"]
