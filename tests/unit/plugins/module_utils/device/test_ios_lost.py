# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Transactions on IOS that do not come to their end, and those that do not begin."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.ios.reader import (
    NapalmIOSDriver,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.device.session import (
    DeviceError,
    DeviceLostError,
)
from tests.fixtures.ios_transactions import KEY, commit, configured, load, session, stranger


@pytest.fixture
def router():
    return stranger()


def test_a_connection_that_is_lost_after_the_commit_leaves_it_to_the_router(router, tmp_path):
    old, startup = router.running, router.startup
    router.dies_after = "copy flash"
    with session(router, tmp_path) as opened, pytest.raises(DeviceLostError, match="edge-fra-1"):
        commit(opened)
    assert configured(router)
    router.advance(119)
    assert configured(router)
    router.advance(1)
    assert (router.running, router.startup) == (old, startup)


def test_what_a_lost_session_left_on_the_flash_goes_with_the_next_one(router, tmp_path):
    router.dies_after = "copy flash"
    with session(router, tmp_path) as opened, pytest.raises(DeviceLostError):
        commit(opened)
    router.dies_after = ""
    router.advance(120)
    router.flash["iosxe.bin"] = b"not ours"
    assert any(KEY in content.decode() for content in router.flash.values())
    with session(router, tmp_path) as opened:
        load(opened)
        opened.discard()
    assert router.flash == {"iosxe.bin": b"not ours"}


def test_a_control_node_that_is_gone_leaves_it_to_the_router(router, tmp_path):
    old = router.running
    with session(router, tmp_path) as opened:
        commit(opened)
        router.hang_up()
        with pytest.raises(DeviceLostError):
            opened.confirm()
    router.advance(120)
    assert router.running == old


def test_a_confirmation_that_comes_too_late_says_so(router, tmp_path):
    with session(router, tmp_path) as opened:
        commit(opened)
        router.advance(120)
        with pytest.raises(DeviceError, match="the router's own timer has taken it back"):
            opened.confirm()
    assert not configured(router)


def test_somebody_else_s_pending_commit_is_refused_with_name_and_time(router, tmp_path):
    router.arm("colleague", 5)
    with session(router, tmp_path) as opened:
        with pytest.raises(DeviceError) as raised:
            opened.require(revert_in=120)
        assert opened.rollback() is False
    assert str(raised.value) == (
        "edge-fra-1: nothing was changed: a commit of colleague awaits its confirmation since"
        " 2026-11-23 02:00:00 UTC, the router takes it back at 2026-11-23 02:05:00 UTC: wait, or"
        " have it confirmed or reverted"
    )
    assert router.pending["user"] == "colleague"


def test_a_commit_of_the_same_user_from_another_session_is_left_alone(router, tmp_path):
    with session(router, tmp_path) as opened:
        load(opened)
        router.arm("dx", 5)
        with pytest.raises(DeviceError, match="already in progress"):
            opened.commit(revert_in=120)
        assert opened.rollback() is False
    assert router.pending["user"] == "dx"
    assert router.flash == {}


def test_a_commit_that_could_not_be_saved_says_so(router, tmp_path):
    router.saves = "startup-config file open failed (Device or resource busy)"
    with session(router, tmp_path) as opened:
        commit(opened)
        with pytest.raises(DeviceError, match=r"is kept, but .* open failed \(Device or resource"):
            opened.confirm()
    assert configured(router)
    assert router.pending == {}


def test_all_that_a_router_lacks_is_told_at_once(router, tmp_path):
    router.merge("no archive\nno ip scp server enable\n")
    router.free = 1000
    with session(router, tmp_path) as opened, pytest.raises(DeviceError) as raised:
        opened.require(revert_in=120)
    told = str(raised.value)
    for words in ("configure `archive`", "configure `ip scp server enable`", "1000 bytes free"):
        assert words in told


def test_a_router_with_another_host_key_is_not_talked_to(router, tmp_path):
    empty = tmp_path / "nobody"
    empty.touch()
    with (
        pytest.raises(DeviceLostError, match="not found in known_hosts"),
        session(router, tmp_path, alt_key_file=str(empty)),
    ):
        pass
    assert router.commands == []


@pytest.mark.parametrize("seconds", [30, 90, 7260])
def test_a_timer_that_ios_does_not_have_is_refused(router, tmp_path, seconds):
    with session(router, tmp_path) as opened, pytest.raises(DeviceError, match="in steps of 60"):
        opened.require(revert_in=seconds)


def test_a_session_that_lasts_for_days_is_not_taken_for_a_reset(router, tmp_path):
    router.advance(40 * 3600)
    with session(router, tmp_path) as opened:
        moment = [0.0]
        opened.driver._uptimes.clock = lambda: moment[0]  # noqa: SLF001 - its clock
        first = opened.driver.get_bgp_neighbors()["global"]["peers"]["10.255.1.2"]["uptime"]
        moment[0] = 90.0
        second = opened.driver.get_bgp_neighbors()["global"]["peers"]["10.255.1.2"]["uptime"]
        router.up_since.clear()
        router.far = {}
        third = opened.driver.get_bgp_neighbors()["global"]["peers"]["10.255.1.2"]
    assert (first, second) == (40 * 3600, 40 * 3600 + 90)
    assert (third["is_up"], third["uptime"]) == (False, -1)


def test_the_configuration_that_is_sent_is_nobody_else_s_to_read(router, tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(
        NapalmIOSDriver,
        "load_merge_candidate",
        lambda _, filename: seen.append((Path(filename), Path(filename).stat().st_mode & 0o77)),
    )
    with session(router, tmp_path) as opened:
        opened.driver.load_merge_candidate(config="hostname edge-9")
    ((name, others),) = seen
    assert others == 0
    assert not name.exists()
