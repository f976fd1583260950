# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Transactions on Junos: our driver and NAPALM's, over NETCONF, with a simulated router."""

from __future__ import annotations

import logging
from contextlib import contextmanager

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.session import (
    DeviceError,
    DeviceLostError,
    Session,
)
from tests.fixtures.candidates import GOLDEN_STRANGERS
from tests.fixtures.golden import GOLDEN
from tests.fixtures.macsec import CAKS, owner_of
from tests.fixtures.routers.junos import JunosRouter
from tests.fixtures.routers.junos_server import LOOPBACK, NetconfServer

KEY, PASSWORD, OWNER = "Docs-Key-Of-Fra-A", "Docs-Password", "ansible-playbook 4711"
SESSIONS = [
    {"neighbor": address, "interface": "xe-0/0/1.101", "name": "fra-a", "family": family}
    for address, family in (("169.254.101.1", "ipv4"), ("2001:db8:101::1", "ipv6"))
]


@pytest.fixture
def router():
    return JunosRouter((GOLDEN_STRANGERS / "junos.cfg").read_text(encoding="utf-8"))


@contextmanager
def session(router, folder):
    with NetconfServer(router, user="dx", password=PASSWORD) as server:
        known_hosts = folder / "known_hosts"
        known_hosts.write_text(server.known_host, encoding="utf-8")
        opened = Session(
            platform_name="junos",
            host=LOOPBACK,
            name="edge-fra-1",
            user="dx",
            password=PASSWORD,
            timeout=10,
            optional_args={"port": server.port, "owner": OWNER, "alt_key_file": str(known_hosts)},
        )
        opened.open()
        yield opened
        opened.close()


def load(opened, case="dual-stack", key=KEY):
    text = (GOLDEN / f"candidates/junos/{case}.cfg").read_text(encoding="utf-8")
    return opened.load(text, keys={"fra-a-transit": key}, mode="owned", owners=["DX-VIF101"])


def commit(opened, **options):
    load(opened, **options)
    return opened.commit(message="a change", revert_in=120)


def test_a_commit_is_confirmed_and_a_second_run_changes_nothing(router, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    with session(router, tmp_path) as opened:
        opened.require(revert_in=120)
        diff = load(opened)
        pending = opened.commit(message="a change", revert_in=120)
        kept = opened.confirm()
        again = load(opened)
        assert opened.pending() is None
    router.advance(600)
    assert pending == {
        "owner": OWNER,
        "since": "2026-11-23 02:00:00 UTC",
        "deadline": "2026-11-23 02:02:00 UTC",
    }
    assert (kept, again, router.locked_by, router.candidate) == (True, "", "", "")
    assert "neighbor 169.254.101.1" in router.running
    assert KEY not in diff + router.running
    assert [each for each in caplog.records if KEY in each.getMessage()] == []


@pytest.mark.parametrize("key", [KEY, "Another-Docs-Key"])
def test_a_commit_stays_if_its_sessions_come_up_and_goes_if_they_do_not(router, tmp_path, key):
    old = router.running
    router.far = {session["neighbor"]: key for session in SESSIONS}
    with session(router, tmp_path) as opened:
        commit(opened)
        outcome = opened.check(bgp=SESSIONS, bfd=True, timeout=0)
        settled = opened.rollback() if outcome.problems else opened.confirm()
    passed = key == KEY
    verdicts = {record["verdict"] for record in outcome.records}
    assert verdicts == {"pass" if passed else "fail"}
    assert settled
    assert (router.running == old) is not passed
    for words in outcome.problems:
        assert "is on the link, but does not answer TCP port 179 (state Active)" in words


def test_a_session_without_bfd_fails_at_the_gate(router, tmp_path):
    router.far = {session["neighbor"]: KEY for session in SESSIONS}
    router.silent = {SESSIONS[1]["neighbor"]}
    with session(router, tmp_path) as opened:
        commit(opened)
        outcome = opened.check(bgp=SESSIONS, bfd=True, timeout=0)
    assert outcome.problems == [
        "edge-fra-1: xe-0/0/1.101 (fra-a, 2001:db8:101::1): BFD did not come up within 0 s"
    ]


def test_a_far_end_that_is_silent_is_told_from_the_tables_of_the_link(router, tmp_path):
    with session(router, tmp_path) as opened:
        commit(opened)
        problems = opened.check(bgp=SESSIONS, timeout=0).problems
    assert ["does not answer on the link" in words for words in problems] == [True, True]


def test_a_connection_that_is_lost_at_the_gates_leaves_the_revert_to_the_router(router, tmp_path):
    old = router.running
    router.dies_after = "get-bgp-neighbor-information"
    with session(router, tmp_path) as opened:
        commit(opened)
        with pytest.raises(DeviceLostError):
            opened.check(bgp=SESSIONS, timeout=0)
        with pytest.raises(DeviceError):
            opened.rollback()
    assert router.running != old
    router.advance(120)
    assert router.running == old


def test_a_commit_of_somebody_during_ours_is_not_confirmed_with_it(router, tmp_path):
    with session(router, tmp_path) as opened:
        commit(opened)
        router.record("alice", "commit confirmed, rollback in 10mins")
        with pytest.raises(DeviceError, match="somebody has committed since"):
            opened.confirm()
    assert router.log[-1][1] == "alice"


def test_a_change_that_is_refused_leaves_the_old_configuration(router, tmp_path):
    old = router.running
    router.refuses = f"VLAN-ID can only be specified on tagged ethernet interfaces {KEY}"
    with session(router, tmp_path) as opened, pytest.raises(DeviceError, match="VLAN-ID") as raised:
        commit(opened)
    assert KEY not in str(raised.value)
    assert (router.running, router.locked_by, router.candidate) == (old, "", "")


def test_a_statement_that_junos_does_not_know_changes_nothing(router, tmp_path):
    old = router.running
    with session(router, tmp_path) as opened, pytest.raises(DeviceError, match="syntax error"):
        opened.load("set interfaces xe-0/0/1 unit 101 vlan-idd 101")
    assert (router.running, router.locked_by, router.candidate) == (old, "", "")


def test_the_router_reverts_by_itself_when_the_connection_is_lost(router, tmp_path):
    old = router.running
    router.dies_after = "commit-configuration"
    with session(router, tmp_path) as opened, pytest.raises(DeviceError):
        commit(opened)
    assert router.running != old
    router.advance(120)
    assert router.running == old


def test_a_confirmation_that_comes_too_late_is_told(router, tmp_path):
    old = router.running
    with session(router, tmp_path) as opened:
        commit(opened)
        router.advance(120)
        with pytest.raises(DeviceError, match="the router has taken it back"):
            opened.confirm()
        assert not opened.rollback()
    assert router.running == old


def test_a_commit_of_somebody_since_is_not_taken_back(router, tmp_path):
    with session(router, tmp_path) as opened:
        commit(opened)
        router.record("alice", "")
        theirs = router.running
        assert not opened.rollback()
    assert router.running == theirs


def test_a_pending_commit_of_somebody_else_is_refused_with_his_name(router, tmp_path):
    router.record("alice", "commit confirmed, rollback in 10mins")
    with session(router, tmp_path) as opened, pytest.raises(DeviceError, match="alice") as raised:
        opened.require(revert_in=120)
    assert "wait until 2026-11-23 02:10:00 UTC" in str(raised.value)


def test_what_somebody_is_changing_is_neither_committed_nor_thrown_away(router, tmp_path):
    router.locked_by, router.candidate = "alice terminal p0", "set system host-name hers\n"
    with session(router, tmp_path) as opened:
        with pytest.raises(DeviceError, match=r"locked or changed by somebody else.*alice"):
            opened.require(revert_in=120)
        with pytest.raises(DeviceError, match="alice"):
            load(opened)
    assert router.candidate == "set system host-name hers\n"


def test_a_router_with_another_host_key_is_not_logged_in_to(router, tmp_path):
    with NetconfServer(router, user="dx", password=PASSWORD) as server:
        (tmp_path / "none").write_text("", encoding="utf-8")
        opened = Session(
            platform_name="junos",
            host=LOOPBACK,
            user="dx",
            password=PASSWORD,
            optional_args={"port": server.port, "alt_key_file": str(tmp_path / "none")},
        )
        with pytest.raises(DeviceError, match="no NETCONF session"):
            opened.open()
    assert router.operations == []


def test_macsec_is_committed_once_and_no_cak_is_told_by_anything(router, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    text = (GOLDEN / "candidates/junos/macsec.cfg").read_text(encoding="utf-8")
    options = {"keys": CAKS, "mode": "owned", "owners": [owner_of("junos")]}
    with session(router, tmp_path) as opened:
        diff = opened.load(text, **options)
        opened.commit(revert_in=120)
        opened.confirm()
        again = opened.load(text, **options)
    assert again == ""
    assert len(diff.split(" cak <hidden>")) == len(CAKS)
    assert router.running.count(' cak "$9$') == len(CAKS) - 1
    told = [diff, router.running, *(each.getMessage() for each in caplog.records)]
    assert not [cak for cak in CAKS.values() if cak in "\n".join(told)]
