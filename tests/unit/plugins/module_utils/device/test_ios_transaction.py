# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Transactions on IOS: our driver and NAPALM's, over SSH, with a simulated router."""

from __future__ import annotations

import logging

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.session import DeviceError
from tests.fixtures.golden import GOLDEN
from tests.fixtures.ios_transactions import (
    KEY,
    OWNER,
    OWNERS,
    SESSIONS,
    commit,
    configured,
    load,
    session,
    stranger,
)
from tests.fixtures.macsec import CKNS, FIRST, assert_no_cak_in, refused_then_kept

COMPLAINTS = {
    "bfd interval": "% Incomplete command.",
    "maximum-prefix": "            ^\n% Invalid input detected at '^' marker.",
    "activate": "% Activate the neighbor for the address family first",
    "remote-as": "% BGP: a complaint that nobody has heard of",
    "dot1Q": "Command rejected: VLAN 101 is in use",
}


@pytest.fixture
def router():
    return stranger()


def test_what_differs_in_capitals_only_is_shown_committed_and_then_the_same(router, tmp_path):
    text = (GOLDEN / "candidates/ios/dual-stack.cfg").read_text(encoding="utf-8")
    louder = text.replace("dxvif-ffabc123 fra-a-transit", "dxvif-ffabc123 FRA-A-transit")
    assert louder != text
    ours = {"keys": {"fra-a-transit": KEY}, "mode": "owned", "owners": OWNERS}
    with session(router, tmp_path) as opened:
        commit(opened)
        opened.confirm()
        diff = opened.load(louder, **ours)
        opened.commit(revert_in=120)
        opened.confirm()
        again = opened.load(louder, **ours)
    assert "+ description DX-VIF101 dxvif-ffabc123 FRA-A-transit" in diff.splitlines()
    assert " description DX-VIF101 dxvif-ffabc123 FRA-A-transit" in router.running.splitlines()
    assert (again, KEY in diff) == ("", False)


def test_a_commit_that_passes_its_gates_is_kept_saved_and_leaves_nothing_behind(
    router, tmp_path, caplog
):
    caplog.set_level(logging.DEBUG)
    with session(router, tmp_path) as opened:
        opened.require(revert_in=120)
        before = opened.facts(["bgp_neighbors", "interfaces"])
        diff = load(opened)
        pending = opened.commit(revert_in=120)
        startup = router.startup
        outcome = opened.check(bgp=SESSIONS, bfd=True, baseline=before, timeout=5)
        kept = opened.confirm()
        again = load(opened)
    assert pending == {
        "owner": OWNER,
        "since": "2026-11-23 02:00:00 UTC",
        "deadline": "2026-11-23 02:02:00 UTC",
    }
    assert (outcome.problems, kept, again) == ([], True, "")
    assert {record["verdict"] for record in outcome.records} == {"pass"}
    assert not [line for line in startup.splitlines() if "DX-VIF101-" in line]
    assert router.startup == router.running
    assert configured(router)
    assert "shutdown" not in router.running
    assert router.flash == {}
    assert [line for line in router.commands if line.startswith("configure")] == [
        "configure terminal revert timer 2",
        "configure confirm",
    ]
    assert KEY not in diff + repr(outcome)
    own = [record for record in caplog.records if not record.name.startswith("paramiko")]
    assert [record for record in own if KEY in record.getMessage()] == []


@pytest.mark.parametrize(
    ("part", "revert_in"),
    [*((part, 120) for part in COMPLAINTS), ("activate", None)],
    ids=[*COMPLAINTS.values(), "without a timer"],
)
def test_a_complaint_of_the_router_ends_in_the_old_configuration(router, tmp_path, part, revert_in):
    old, startup = router.running, router.startup
    router.refuses = {part: COMPLAINTS[part]}
    with session(router, tmp_path) as opened:
        load(opened)
        with pytest.raises(DeviceError, match="has its old configuration again") as raised:
            opened.commit(revert_in=revert_in)
    assert COMPLAINTS[part].splitlines()[-1].strip() in str(raised.value)
    assert (router.running, router.startup) == (old, startup)
    assert (router.pending, router.flash) == ({}, {})


def test_an_address_that_overlaps_ends_in_the_old_configuration(router, tmp_path):
    router.merge("interface Loopback9\n ip address 169.254.101.9 255.255.255.0\n")
    old = router.running
    with (
        session(router, tmp_path) as opened,
        pytest.raises(DeviceError, match="overlaps with Loopback9"),
    ):
        commit(opened)
    assert router.running == old


def test_a_refused_key_is_not_told(router, tmp_path):
    router.refuses = {"password": f"% Invalid password {KEY}"}
    with session(router, tmp_path) as opened, pytest.raises(DeviceError) as raised:
        commit(opened)
    assert KEY not in str(raised.value)
    assert router.pending == {}


def test_a_gate_that_stays_shut_ends_in_the_old_configuration(router, tmp_path):
    old, startup = router.running, router.startup
    router.far["169.254.101.1"] = "Another-Docs-Key"
    with session(router, tmp_path) as opened:
        commit(opened)
        router.log = ["%TCP-6-BADAUTH: Invalid MD5 digest from 169.254.101.1(179) to local"] * 3
        outcome = opened.check(bgp=SESSIONS, bfd=True, timeout=0)
        taken_back = opened.rollback()
    assert [record["verdict"] for record in outcome.records] == ["fail", "pass", "fail", "pass"]
    (problem,) = outcome.problems
    assert "fra-a, 169.254.101.1" in problem
    assert taken_back
    assert (router.running, router.startup) == (old, startup)
    assert (router.pending, router.flash) == ({}, {})


def test_a_drained_way_is_applied_to_the_routes_that_are_there(router, tmp_path):
    with session(router, tmp_path) as opened:
        commit(opened)
        opened.confirm()
        router.commands.clear()
        commit(opened, case="drained")
        cleared = [line for line in router.commands if line.startswith("clear")]
        opened.rollback()
    assert cleared == [
        "clear ip bgp 169.254.101.1 soft",
        "clear bgp ipv6 unicast 2001:DB8:101::1 soft",
    ]
    assert [line for line in router.commands if line.startswith("clear")] == cleared * 2


def test_a_way_in_a_vrf_comes_up_is_drained_and_explained(router, tmp_path):
    sessions = [each | {"vrf": "DX"} for each in SESSIONS]
    with session(router, tmp_path) as opened:
        commit(opened, case="vrf")
        up = opened.check(bgp=sessions, bfd=True, timeout=5)
        cleared = [line for line in router.commands if line.startswith("clear")]
        router.far.clear()
        router.merge("")
        down = opened.check(bgp=sessions[:1], timeout=0)
    assert up.problems == []
    assert cleared == [
        "clear ip bgp vrf DX 169.254.101.1 soft",
        "clear bgp vrf DX ipv6 unicast 2001:DB8:101::1 soft",
    ]
    assert "show bgp vpnv4 unicast vrf DX neighbors 169.254.101.1" in router.commands
    assert "show ip arp vrf DX 169.254.101.1" in router.commands
    (problem,) = down.problems
    assert "no ARP or ND entry" in problem


def test_a_whole_configuration_takes_the_old_one_s_place_and_goes_again(router, tmp_path):
    old = router.running
    wanted = old.replace("hostname edge-fra-1", "hostname edge-fra-1\nip domain name example.net")
    with session(router, tmp_path) as opened:
        assert opened.load(wanted, mode="replace") == "+ip domain name example.net"
        opened.commit(revert_in=60)
        assert router.running == wanted
        assert opened.rollback()
    assert router.running == old
    assert router.flash == {}


def test_macsec_is_committed_once_and_no_cak_is_told_by_anything(router, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    with session(router, tmp_path) as opened:
        refuses = {"key-string": f"% Invalid key-string {FIRST}"}
        told = refused_then_kept(opened, router, "ios", refuses)
    assert "has its old configuration again" in told
    assert router.running.count("key-string 7 ") == len(CKNS) - 1
    assert_no_cak_in(told + router.running, caplog)
