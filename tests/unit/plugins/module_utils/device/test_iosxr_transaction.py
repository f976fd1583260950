# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Transactions on IOS XR: our driver and NAPALM's, NETCONF over SSH, with a simulated router."""

from __future__ import annotations

import logging
import threading

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.session import (
    DeviceError,
    DeviceLostError,
)
from tests.fixtures.iosxr_transactions import (
    KEY,
    OWNER,
    SESSIONS,
    commit,
    configured,
    load,
    login,
    server,
    session,
    stranger,
)
from tests.fixtures.macsec import CKNS, FIRST, assert_no_cak_in, refused_then_kept
from tests.fixtures.polling import until


@pytest.fixture
def router():
    return stranger()


def settled(router, old):
    """Wait until the router has noticed that a session is over."""
    until(lambda: router.configuration == old, "the router did not take the commit back")


def test_a_commit_that_passes_its_gates_is_kept_and_a_second_run_changes_nothing(
    router, tmp_path, caplog
):
    caplog.set_level(logging.DEBUG)
    with session(router, tmp_path) as opened:
        opened.require(revert_in=120)
        before = opened.facts(["bgp_neighbors", "interfaces", "config"])
        diff = load(opened)
        pending = opened.commit(revert_in=120)
        outcome = opened.check(bgp=SESSIONS, bfd=True, baseline=before, timeout=5)
        kept = opened.confirm()
        router.advance(3600)
        again = load(opened)
        opened.discard()
        counted = opened.counters
    assert pending["owner"] == OWNER
    assert pending["since"] < pending["deadline"]
    assert (outcome.problems, kept, again) == ([], True, "")
    assert {record["verdict"] for record in outcome.records} == {"pass"}
    assert counted == {"logins": 1, "commits": 1}
    assert configured(router)
    assert (router.pending, router.holder) == (None, None)
    assert "password encrypted <hidden>" in diff
    own = [record for record in caplog.records if not record.name.startswith("paramiko")]
    assert own
    secrets = [KEY, "Docs-Key", *encrypted(router)]
    told = diff + repr(outcome) + repr(before) + "".join(record.getMessage() for record in own)
    assert [secret for secret in secrets if secret in told] == []


def encrypted(router):
    lines = router.configuration.splitlines()
    return [line.split()[-1] for line in lines if "password encrypted" in line]


@pytest.mark.parametrize("revert_in", [120, None], ids=["with a timer", "without"])
def test_a_commit_that_is_refused_changes_nothing(router, tmp_path, revert_in):
    old = router.configuration
    router.refuses = {"remote-as 64512": f"'BGP' detected the 'fatal' condition: password {KEY}"}
    with session(router, tmp_path) as opened:
        load(opened)
        with pytest.raises(DeviceError, match="nothing was changed: 'BGP' detected") as raised:
            opened.commit(revert_in=revert_in)
        opened.discard()
    assert KEY not in str(raised.value)
    assert router.configuration == old
    assert (router.pending, router.holder) == (None, None)


def test_a_candidate_that_the_router_cannot_read_is_not_loaded(router, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    old = router.configuration
    router.misread = "password clear"
    with session(router, tmp_path) as opened:
        with pytest.raises(DeviceError, match="SYNTAX/AUTHORIZATION ERRORS") as raised:
            load(opened)
        held = router.holder
    own = [record for record in caplog.records if not record.name.startswith("paramiko")]
    assert KEY not in str(raised.value) + "".join(record.getMessage() for record in own)
    assert (router.configuration, held) == (old, None)


def test_a_gate_that_stays_shut_ends_in_the_old_configuration(router, tmp_path):
    old = router.configuration
    router.far["169.254.101.1"] = "Another-Docs-Key"
    with session(router, tmp_path) as opened:
        commit(opened)
        outcome = opened.check(bgp=SESSIONS, bfd=True, timeout=0)
        taken_back = opened.rollback()
    assert [record["verdict"] for record in outcome.records] == ["fail", "pass", "fail", "pass"]
    (problem,) = outcome.problems
    assert "fra-a, 169.254.101.1" in problem
    assert taken_back
    assert router.configuration == old
    assert (router.pending, router.holder) == (None, None)


@pytest.mark.parametrize(("case", "vrf"), [("vrf", "DX"), ("vlan-interface", "")])
def test_a_way_elsewhere_comes_up_and_goes(router, tmp_path, case, vrf):
    old = router.configuration
    with session(router, tmp_path) as opened:
        commit(opened, case=case)
        up = opened.check(bgp=[each | {"vrf": vrf} for each in SESSIONS], bfd=True, timeout=5)
        opened.rollback()
    assert up.problems == []
    assert router.configuration == old


def test_a_vlans_own_interface_is_called_as_the_router_calls_it(router, tmp_path):
    router.far["169.254.101.1"] = "Another-Docs-Key"
    sessions = [{**SESSIONS[0], "interface": "Vlan101"}]
    with session(router, tmp_path) as opened:
        commit(opened, case="vlan-interface")
        (problem,) = opened.check(bgp=sessions, timeout=0).problems
        opened.rollback()
    assert problem.startswith("edge-fra-1: BVI101 (fra-a, 169.254.101.1): the BGP session did not")
    assert "does not answer TCP port 179" in problem


def test_while_a_commit_waits_nobody_else_changes_the_configuration(router, tmp_path):
    with server(router, tmp_path) as running, login(running, tmp_path) as first:
        commit(first)
        with login(running, tmp_path) as second, pytest.raises(DeviceError) as raised:
            second.require(revert_in=120)
        assert first.confirm()
    assert str(raised.value) == (
        "edge-fra-1: nothing was changed: its configuration is locked by NETCONF session 1:"
        " `show netconf-yang clients` tells whose it is; wait, or have that session ended"
    )
    assert configured(router)


def test_a_lock_from_the_command_line_is_told_from_one_over_netconf(router, tmp_path):
    router.holder = 0
    with session(router, tmp_path) as opened:
        with pytest.raises(DeviceError, match="locked, not over NETCONF: `show configuration"):
            opened.require(revert_in=120)
        with pytest.raises(DeviceError, match="locked, not over NETCONF"):
            load(opened)
    assert router.holder == 0


def test_a_connection_that_is_lost_after_the_commit_leaves_it_to_the_router(router, tmp_path):
    old = router.configuration
    router.dies_after = "commit"
    with session(router, tmp_path) as opened:
        with pytest.raises(DeviceLostError, match="edge-fra-1"):
            commit(opened)
        settled(router, old)
    assert "commit" in router.requests


def test_a_control_node_that_is_gone_leaves_it_to_the_router(router, tmp_path):
    old = router.configuration
    with server(router, tmp_path) as running, login(running, tmp_path) as opened:
        commit(opened)
        assert configured(router)
        running.hang_up()
        settled(router, old)
        with pytest.raises(DeviceLostError):
            opened.confirm()
    assert router.holder is None


def test_who_asks_before_a_lost_session_is_cleared_away_does_not_wait_for_an_answer(
    router, tmp_path, monkeypatch
):
    asked = threading.Event()
    with server(router, tmp_path) as running, login(running, tmp_path) as opened:
        commit(opened)
        session = opened.driver.device._session  # noqa: SLF001 - ncclient has no other way
        clear_away = session.close
        monkeypatch.setattr(session, "close", lambda: asked.wait(30) and clear_away())
        told = threading.Event()
        tell = session._dispatch_error  # noqa: SLF001
        monkeypatch.setattr(session, "_dispatch_error", lambda error: (tell(error), told.set()))
        running.hang_up()
        assert told.wait(30)
        with pytest.raises(DeviceLostError):
            opened.confirm()
        asked.set()


def test_a_commit_that_is_not_answered_is_taken_back(router, tmp_path):
    old = router.configuration
    with session(router, tmp_path) as opened:
        load(opened)
        commits = opened.driver.device.commit

        def unanswered(**options):
            router.answers.clear()
            opened.driver.device.timeout = 0.2
            return commits(**options)

        opened.driver.device.commit = unanswered
        with pytest.raises(DeviceError, match="edge-fra-1"):
            opened.commit(revert_in=120)
        until(lambda: configured(router), "the router did not commit")
        router.answers.set()
        opened.driver.device.timeout = 30
        assert opened.rollback()
    assert router.configuration == old


@pytest.mark.parametrize("noticed", [True, False], ids=["we know", "our clock is slow"])
def test_a_confirmation_that_comes_too_late_says_so(router, tmp_path, noticed):
    old = router.configuration
    with session(router, tmp_path) as opened:
        moment = [0.0]
        opened.driver.clock = lambda: moment[0]
        commit(opened)
        router.advance(120)
        moment[0] = 120.0 if noticed else 119.0
        with pytest.raises(DeviceError, match="the router's own timer has taken it back"):
            opened.confirm()
        assert opened.rollback() is False
    assert router.configuration == old


def test_a_rollback_does_not_take_back_what_somebody_else_has_committed_since(router, tmp_path):
    with session(router, tmp_path) as opened:
        load(opened)
        opened.commit(probation=True)
        router.change("hostname edge-fra-9\n")
        with pytest.raises(DeviceError, match="somebody has changed the configuration since"):
            opened.rollback()
    assert "hostname edge-fra-9" in router.configuration
    assert configured(router)


def test_a_whole_configuration_takes_the_old_one_s_place_and_goes_again(router, tmp_path):
    old = router.configuration
    wanted = old.replace("hostname edge-fra-1", "hostname edge-fra-9")
    with session(router, tmp_path) as opened:
        assert "+hostname edge-fra-9" in opened.load(wanted, mode="replace")
        opened.commit(revert_in=30)
        assert router.configuration == wanted
        assert opened.rollback()
    assert router.configuration == old


def test_a_router_without_confirmed_commits_is_refused(router, tmp_path):
    router.confirmed = False
    with (
        session(router, tmp_path) as opened,
        pytest.raises(DeviceError, match="offers no confirmed commit over NETCONF"),
    ):
        opened.require(revert_in=120)


@pytest.mark.parametrize("seconds", [29, 65536])
def test_a_timer_that_xr_does_not_have_is_refused(router, tmp_path, seconds):
    with session(router, tmp_path) as opened, pytest.raises(DeviceError, match="30 to 65535"):
        opened.require(revert_in=seconds)


def test_a_router_with_another_host_key_is_not_talked_to(router, tmp_path):
    empty = tmp_path / "nobody"
    empty.touch()
    with (
        pytest.raises(DeviceLostError, match=r"the host key of 127\.0\.0\.1, port"),
        session(router, tmp_path, alt_key_file=str(empty)),
    ):
        pass
    assert router.requests == []


def test_a_show_command_is_said_to_be_impossible(router, tmp_path):
    with session(router, tmp_path) as opened, pytest.raises(DeviceError, match="no show commands"):
        opened.run(["show version"])


def test_macsec_is_committed_once_and_no_cak_is_told_by_anything(router, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    with session(router, tmp_path) as opened:
        refuses = {"macsec psk-keychain": f"'MACSEC' does not take key-string {FIRST}"}
        told = refused_then_kept(opened, router, "iosxr", refuses)
    assert "does not take key-string" in told
    assert router.configuration.count("key-string password ") == len(CKNS)  # one is a stranger's
    assert_no_cak_in(told + router.configuration, caplog)
