# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Transactions on NX-OS that do not come to their end, and those that do not begin."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.nxos import timer
from ansible_collections.crossconnect.dx.plugins.module_utils.device.session import (
    DeviceError,
    DeviceLostError,
)
from tests.fixtures.nxos_transactions import (
    KEY,
    commit,
    configured,
    is_clean,
    load,
    session,
    stranger,
)
from tests.fixtures.routers.nxos import Schedule

WORKS_SECONDS = 60


@pytest.fixture
def router():
    return stranger()


def arm(router, owner, seconds, user="colleague"):
    """Let somebody else's run have a commit pending."""
    name = timer.new_name(timer.minute_after(router.now, seconds))
    router.jobs[name] = [f"rollback running-config checkpoint {name} atomic"]
    start = timer.deadline_of(name)
    router.schedules[name] = Schedule(user=user, job=name, start=start)
    router.keep(name, user, owner)
    return name


@pytest.mark.parametrize(
    "last",
    ["no shutdown", "ip address 169.254.101.2/30", "password 0", "route-map DX-VIF101-IN-V4"],
)
def test_a_connection_that_is_lost_under_way_leaves_it_to_the_router(router, tmp_path, last):
    old, startup = router.running, router.startup
    router.dies_after = last
    with session(router, tmp_path) as opened, pytest.raises(DeviceLostError) as raised:
        commit(opened)
    assert "edge-fra-1" in str(raised.value)
    assert KEY not in str(raised.value)
    assert router.running != old
    router.advance(119)
    assert router.running != old
    router.advance(1)
    assert (router.running, router.startup) == (old, startup)


def test_a_control_node_that_is_gone_leaves_it_to_the_router(router, tmp_path):
    old = router.running
    with session(router, tmp_path) as opened:
        commit(opened)
        router.hang_up()
        with pytest.raises(DeviceLostError):
            opened.confirm()
    assert configured(router)
    router.advance(120)
    assert router.running == old


def test_what_a_dead_run_left_goes_with_the_next_commit(router, tmp_path):
    router.dies_after = "no shutdown"
    with session(router, tmp_path) as opened, pytest.raises(DeviceLostError):
        commit(opened)
    router.dies_after = ""
    router.advance(120 + WORKS_SECONDS)
    assert not is_clean(router)
    with session(router, tmp_path) as opened:
        opened.require(revert_in=120)
        commit(opened)
        assert len(router.schedules) == len(router.jobs) == len(router.checkpoints) == 1
        opened.confirm()
    assert is_clean(router)
    assert configured(router)


def test_a_timer_that_cannot_go_back_as_a_whole_goes_back_as_far_as_it_can(router, tmp_path):
    old = router.running
    router.cannot = {"atomic"}
    with session(router, tmp_path) as opened:
        commit(opened)
        with pytest.raises(DeviceError, match=r"did not go back to its checkpoint dx-.*failed"):
            opened.rollback()
    assert configured(router)
    assert router.schedules
    router.advance(120)
    assert router.running == old


def test_a_refused_candidate_that_cannot_be_taken_back_is_left_to_the_timer(router, tmp_path):
    old = router.running
    router.cannot, router.refuses = {"atomic"}, {"mtu": "ERROR: not allowed"}
    with session(router, tmp_path) as opened, pytest.raises(DeviceError) as raised:
        commit(opened)
    assert "`mtu 8500`: ERROR: not allowed" in str(raised.value)
    assert "did not go back to its checkpoint" in str(raised.value)
    assert router.running != old
    router.advance(120)
    assert router.running == old


def test_the_timer_does_not_fire_before_its_time(router, tmp_path):
    router.advance(59)
    with session(router, tmp_path) as opened:
        commit(opened)
    (each,) = router.schedules.values()
    assert each.start - router.now == timedelta(seconds=121)


def test_a_confirmation_that_comes_too_late_says_so(router, tmp_path):
    with session(router, tmp_path) as opened:
        commit(opened)
        router.advance(120)
        with pytest.raises(DeviceError, match="the router's own timer has taken it back"):
            opened.confirm()
    assert not configured(router)


def test_a_confirmation_in_the_last_seconds_is_not_risked(router, tmp_path):
    with session(router, tmp_path) as opened:
        commit(opened)
        router.advance(117)
        with pytest.raises(DeviceError, match="own timer"):
            opened.confirm()
    assert router.schedules


def test_somebody_else_s_pending_commit_is_refused_with_name_and_time(router, tmp_path):
    name = arm(router, "bob@other (ansible-playbook 815)", 300)
    with session(router, tmp_path) as opened:
        with pytest.raises(DeviceError) as raised:
            opened.require(revert_in=120)
        load(opened)
        with pytest.raises(DeviceError, match="bob@other"):
            opened.commit(revert_in=120)
        assert opened.rollback() is False
        with pytest.raises(DeviceError, match=r"is of bob@other .* and theirs to settle"):
            opened.confirm()
    assert str(raised.value) == (
        "edge-fra-1: nothing was changed: a commit of bob@other (ansible-playbook 815) awaits its"
        " confirmation since 2026-11-23 02:00:00 UTC, the router takes it back at"
        " 2026-11-23 02:05:00 UTC: wait, or have it confirmed or reverted"
    )
    assert list(router.schedules) == list(router.checkpoints) == [name]
    assert not configured(router)


def test_a_pending_commit_without_its_checkpoint_is_told_by_its_user(router, tmp_path):
    del router.checkpoints[arm(router, "", 300)]
    with session(router, tmp_path) as opened, pytest.raises(DeviceError) as raised:
        opened.require(revert_in=120)
    assert "a commit of colleague awaits its confirmation, the router" in str(raised.value)


def test_a_timer_is_at_work_for_a_while(router, tmp_path):
    arm(router, "bob", 60)
    router.advance(60 + WORKS_SECONDS - 1)
    with session(router, tmp_path) as opened:
        with pytest.raises(DeviceError, match="a commit of bob awaits"):
            opened.require(revert_in=120)
        router.advance(1)
        opened.require(revert_in=120)


def test_by_force_somebody_else_s_commit_is_taken_back(router, tmp_path):
    arm(router, "bob", 300)
    router.take(("hostname edge-9",))
    with session(router, tmp_path) as opened:
        assert opened.rollback(force=True)
    assert "hostname edge-fra-1" in router.running
    assert is_clean(router)


def test_without_any_commit_there_is_nothing_to_take_back_by_force(router, tmp_path):
    with (
        session(router, tmp_path) as opened,
        pytest.raises(DeviceError, match="no commit of this session to take back"),
    ):
        opened.rollback(force=True)


@pytest.mark.parametrize(
    ("part", "words", "told"),
    [
        ("scheduler job", "% Permission denied for the role", "Permission denied for the role"),
        ("time start", "% Invalid time", "Invalid time"),
        ("checkpoint dx-", "ERROR: no space left", "did not keep a checkpoint: ERROR: no space"),
    ],
)
def test_without_a_way_back_nothing_is_changed(router, tmp_path, part, words, told):
    old = router.running
    router.refuses = {part: words}
    with session(router, tmp_path) as opened, pytest.raises(DeviceError, match=told) as raised:
        commit(opened)
    assert "nothing was changed, for there would be no way back" in str(raised.value)
    assert router.running == old
    assert is_clean(router)


def test_a_commit_that_could_not_be_saved_says_so(router, tmp_path):
    router.saves = False
    with session(router, tmp_path) as opened:
        commit(opened)
        with pytest.raises(DeviceError, match=r"is kept, but .* update aborted: request"):
            opened.confirm()
    assert configured(router)
    assert is_clean(router)


def test_all_that_a_router_lacks_is_told_at_once(router, tmp_path):
    router.take(("no feature scheduler",))
    for at in range(10):
        router.keep(f"stable-{at}", "colleague", "")
    router.keep("system-fm-bgp", "admin", "Created by Feature Manager.")
    with session(router, tmp_path) as opened, pytest.raises(DeviceError) as raised:
        opened.require(revert_in=120)
    told = str(raised.value)
    for words in (
        "configure `feature scheduler`",
        "10 checkpoints",
        "stable-9 with `no checkpoint",
    ):
        assert words in told
    assert "system-fm" not in told


def test_a_router_that_does_not_tell_the_time_has_no_timer(router, tmp_path, monkeypatch):
    with session(router, tmp_path) as opened:
        monkeypatch.setattr(opened.driver, "clock", lambda: None)
        with pytest.raises(DeviceError, match="does not tell the time"):
            opened.require(revert_in=120)
        with pytest.raises(DeviceError, match="does not tell the time"):
            commit(opened)
    assert is_clean(router)


def test_a_router_with_another_host_key_is_not_talked_to(router, tmp_path):
    empty = tmp_path / "nobody"
    empty.touch()
    with (
        pytest.raises(DeviceLostError, match="not found in known_hosts"),
        session(router, tmp_path, alt_key_file=str(empty)),
    ):
        pass
    assert router.commands == []


@pytest.mark.parametrize("seconds", [30, 86400])
def test_a_timer_that_nx_os_does_not_have_is_refused(router, tmp_path, seconds):
    with session(router, tmp_path) as opened, pytest.raises(DeviceError, match="reverts after 60"):
        opened.require(revert_in=seconds)
