# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The configuration cycle on a router that lives: nothing half, nothing stranded."""

from __future__ import annotations

import json
import time

import pytest
from napalm.base.exceptions import (
    CommandErrorException,
    CommitError,
    LockError,
    MergeConfigException,
    ReplaceConfigException,
)

from ansible_collections.crossconnect.dx.plugins.module_utils.device.unfinished import (
    UnfinishedError,
)
from tests.fixtures.polling import until
from tests.integration.device.attachment import attachment

pytestmark = pytest.mark.lab


@pytest.fixture
def committed(driver):
    """Commit an attachment that is committed and awaits its confirmation."""
    driver.load_merge_candidate(config=attachment())
    driver.commit_config(message="change 4711", revert_in=60)
    return driver


def undo(driver):
    driver.rollback()


def test_the_running_configuration_replaces_itself_without_a_difference(driver):
    driver.load_replace_candidate(config=driver.get_config()["running"])
    assert driver.compare_config() == ""


def test_a_second_load_of_the_same_is_empty(committed):
    committed.confirm_commit()
    committed.load_merge_candidate(config=attachment())
    assert committed.compare_config() == ""
    committed.load_replace_candidate(config=committed.get_config()["running"])
    assert committed.compare_config() == ""
    undo(committed)


def test_a_candidate_changes_nothing_until_it_is_committed(router, driver):
    before = router.running()
    driver.load_merge_candidate(config=attachment())
    assert "+ link eth1.101 vlan 101 mtu 8500" in driver.compare_config()
    assert driver.get_config()["candidate"] != ""
    assert router.running() == before
    driver.discard_config()
    assert driver.compare_config() == ""
    assert driver.get_config()["candidate"] == ""


def test_a_final_commit_is_saved_and_rolls_back_byte_for_byte(router, driver):
    before, saved = router.running(), router.saved()
    driver.load_merge_candidate(config=attachment())
    driver.commit_config()
    assert not driver.has_pending_commit()
    assert "DX-VIF101" in router.saved()
    driver.rollback()
    assert router.running() == before
    assert "DX-VIF101" not in router.saved()
    assert "DX-VIF101" in saved or "neighbor 10.255.1.2" in router.saved()


def test_a_pending_commit_runs_but_is_not_saved(router, committed):
    assert committed.has_pending_commit()
    assert committed.pending["message"] == "change 4711"
    assert "DX-VIF101" in router.running()
    assert "DX-VIF101" not in router.saved()
    undo(committed)


def test_a_confirmed_commit_is_saved(router, committed):
    committed.confirm_commit()
    assert not committed.has_pending_commit()
    assert "DX-VIF101" in router.saved()
    undo(committed)


@pytest.fixture
def full_disk(router):
    """Have no room where FRR saves; yields what gives it room again."""
    router.shell(
        "cp -a /etc/frr /tmp/frr && mount -t tmpfs -o size=16k,mode=775 full /etc/frr"
        " && cp -a /tmp/frr/. /etc/frr; cat /dev/zero >/etc/frr/filling"
    )
    yield lambda: router.shell("mount -o remount,size=1m /etc/frr")
    router.shell("umount --lazy /etc/frr; rm -r /tmp/frr")


def test_a_commit_that_cannot_be_saved_is_kept_and_saved_by_the_next_run(
    router, committed, full_disk
):
    before = router.saved()
    with pytest.raises(UnfinishedError, match=r"the commit is kept, but not saved yet.*disk may"):
        committed.confirm_commit()
    assert not committed.has_pending_commit()
    assert "DX-VIF101" in router.running()
    assert router.saved() == before  # not empty, though FRR has said [OK]
    committed.close()
    full_disk()
    with router.driver() as after:
        after.load_merge_candidate(config=attachment())
        assert after.compare_config() == ""
        assert "DX-VIF101" in router.saved()
        undo(after)


def test_a_pending_commit_rolls_back_byte_for_byte(router, driver):
    before = router.running()
    driver.load_merge_candidate(config=attachment())
    driver.commit_config(revert_in=60)
    assert router.running() != before
    driver.rollback()
    assert router.running() == before
    assert not driver.has_pending_commit()


def test_the_router_reverts_alone_when_the_session_is_gone(router):
    before = router.running()
    driver = router.driver()
    driver.open()
    driver.load_merge_candidate(config=attachment())
    driver.commit_config(revert_in=2)
    router.shell("kill -9 $(pgrep -f 'sshd: automation')")
    assert router.running() != before
    until(lambda: router.running() == before or None, "the router's own revert")
    record = until(
        lambda: router.shell("cat /var/lib/crossconnect/reverted.json"), "the record of the revert"
    )
    reverted = json.loads(record)
    assert reverted["owner"] == driver.optional_args.get("owner", reverted["owner"])
    assert "session-" not in router.shell("ls /var/lib/crossconnect")


def test_the_router_reverts_alone_when_all_its_agents_are_killed_but_the_timer(router):
    before = router.running()
    driver = router.driver()
    driver.open()
    driver.load_merge_candidate(config=attachment())
    driver.commit_config(revert_in=2)
    router.shell("kill -9 $(pgrep -f 'agent-.*[.]pyz serve')")
    until(lambda: router.running() == before or None, "the router's own revert")


def test_a_late_confirmation_learns_that_the_router_has_reverted(router, driver):
    driver.load_merge_candidate(config=attachment())
    driver.commit_config(revert_in=1)
    until(lambda: None if driver.has_pending_commit() else True, "the router's own revert")
    until(lambda: "DX-VIF101" not in router.running() or None, "the old configuration")
    with pytest.raises(LockError, match="no commit is pending; the router took the last one back"):
        driver.confirm_commit()


def test_confirmation_and_timer_never_both_win(router, driver):
    before = router.running()
    driver.load_merge_candidate(config=attachment())
    driver.commit_config(revert_in=1)
    deadline = time.monotonic() + 10
    kept = False
    try:
        # As close to the deadline as the clock lets us come.
        while driver.has_pending_commit() and time.monotonic() < deadline:
            seconds = router.shell("date +%s.%N")
            if float(seconds) % 1 > 0:
                driver.confirm_commit()
                kept = True
                break
    except LockError:
        pass  # the timer was faster
    if kept:
        assert "DX-VIF101" in router.running()
        assert "DX-VIF101" in router.saved()
        driver.rollback()
    until(lambda: router.running() == before or None, "one whole configuration", 30)


def test_bad_syntax_is_refused_at_load_in_frrs_words(router, driver):
    before = router.running()
    with pytest.raises(MergeConfigException, match=r"Unknown command.*neighbr"):
        driver.load_merge_candidate(config="router bgp 65001\n neighbr x\n")
    with pytest.raises(ReplaceConfigException, match=r"Unknown command.*intrface"):
        driver.load_replace_candidate(config="intrface eth1\n")
    with pytest.raises(MergeConfigException) as error:
        driver.load_merge_candidate(
            config="router bgp 65001\n neighbr x\n neighbor\nexit\n"
            "route-map X permit 10\n set nothing\n"
        )
    words = "Unknown command: neighbr x; Command incomplete: neighbor; Unknown command: set nothing"
    assert str(error.value).endswith(f"FRR does not understand the configuration: {words}")
    driver.discard_config()
    assert router.running() == before


def test_a_key_in_a_faulty_line_is_not_repeated(driver):
    with pytest.raises(MergeConfigException) as error:
        driver.load_merge_candidate(config="router bgp 65001\n neighbor x y password hush-hush\n")
    assert "hush-hush" not in str(error.value)
    driver.discard_config()


def test_a_refused_commit_restores_and_gives_frrs_words(router, driver):
    before = router.running()
    driver.load_merge_candidate(
        config=attachment() + "router bgp 65001\n neighbor 10.255.1.1 remote-as 65010\nexit\n"
    )
    with pytest.raises(CommitError, match="Can not configure the local system as neighbor"):
        driver.commit_config(revert_in=60)
    assert router.running() == before
    assert not driver.has_pending_commit()
    driver.discard_config()


def test_a_second_session_learns_who_holds_the_lock(router, driver):
    driver.load_merge_candidate(config=attachment())
    with (
        router.driver(owner="second run") as second,
        pytest.raises(LockError, match=r"locked by .*process"),
    ):
        second.load_merge_candidate(config=attachment())
    driver.discard_config()


def test_the_lock_dies_with_its_session(router):
    first = router.driver(owner="first run")
    first.open()
    first.load_merge_candidate(config=attachment())
    router.shell("kill -9 $(pgrep -f 'sshd: automation')")
    with router.driver(owner="second run") as second:

        def free():
            try:
                second.load_merge_candidate(config=attachment())
            except LockError:
                return None
            return True

        until(free, "the lock of a session that is gone")
        second.discard_config()


def test_somebody_elses_pending_commit_is_refused_with_owner_and_deadline(router):
    with router.driver(owner="first run") as first:
        first.load_merge_candidate(config=attachment())
        first.commit_config(revert_in=60)
        with router.driver(owner="second run") as second:
            for refused in (
                lambda: second.load_merge_candidate(config=attachment()),
                second.confirm_commit,
                second.rollback,
            ):
                with pytest.raises(LockError, match=r"first run is pending and reverts at 20\d\d-"):
                    refused()
        first.rollback()


def test_a_pending_commit_whose_session_is_gone_makes_way_for_the_next_run(router):
    before = router.running()
    with router.driver(owner="first run") as first:
        first.load_merge_candidate(config=attachment())
        first.commit_config(revert_in=300)
    with router.driver(owner="second run") as second:
        second.load_merge_candidate(config="hostname other\n")
        assert router.running() == before
        assert second.compare_config() == "- hostname edge-fra-1\n+ hostname other"
        second.discard_config()
    with (
        router.driver(owner="first run") as first,
        pytest.raises(LockError, match="the router took the last one back"),
    ):
        first.confirm_commit()


def test_the_lock_stays_with_a_pending_commit(router, committed):
    committed.load_merge_candidate(config="hostname other\n")
    committed.discard_config()
    with (
        router.driver(owner="second run") as second,
        pytest.raises(LockError, match="is pending and reverts at"),
    ):
        second.load_merge_candidate(config="hostname other\n")
    undo(committed)


def test_the_same_owner_may_confirm_over_another_session(router):
    with router.driver(owner="one run") as first:
        first.load_merge_candidate(config=attachment())
        first.commit_config(revert_in=60)
    with router.driver(owner="one run") as second:
        second.confirm_commit()
        assert "DX-VIF101" in router.saved()
        second.rollback()


def test_a_second_commit_is_refused_while_one_is_pending(committed):
    committed.load_merge_candidate(config="hostname other\n")
    with pytest.raises(LockError, match="a commit is pending already"):
        committed.commit_config(revert_in=60)
    committed.discard_config()
    undo(committed)


def test_revert_in_must_be_positive(driver):
    driver.load_merge_candidate(config=attachment())
    with pytest.raises(CommandErrorException, match="1 or more"):
        driver.commit_config(revert_in=0)
    driver.discard_config()


def test_other_sessions_keep_running_over_commit_and_rollback(router, driver):
    def established():
        words = json.loads(router.shell("vtysh -c 'show bgp neighbors 10.255.1.2 json'"))
        peer = words["10.255.1.2"]
        return peer["connectionsEstablished"], peer["connectionsDropped"]

    before = established()
    driver.load_merge_candidate(config=attachment())
    driver.commit_config(revert_in=60)
    driver.rollback()
    assert established() == before


def test_nothing_but_the_previous_configuration_is_left_on_the_router(router, committed):
    committed.confirm_commit()
    committed.rollback()
    committed.close()
    until(
        lambda: "session-" not in router.shell("ls /var/lib/crossconnect") or None,
        "the session's files to be gone",
    )
    left = router.shell("find /var/lib/crossconnect -not -user root -o -perm /077 -type f")
    assert left == ""
