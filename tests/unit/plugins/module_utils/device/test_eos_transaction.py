# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Transactions on EOS: our driver and NAPALM's, over eAPI and HTTPS, with a simulated router."""

from __future__ import annotations

import logging
from contextlib import contextmanager

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.languages import eos
from ansible_collections.crossconnect.dx.plugins.module_utils.device.session import (
    DeviceError,
    DeviceLostError,
    Session,
)
from tests.fixtures.candidates import GOLDEN_STRANGERS
from tests.fixtures.golden import GOLDEN
from tests.fixtures.macsec import CAKS, FIRST, owner_of
from tests.fixtures.routers.eapi_server import LOOPBACK, EapiServer
from tests.fixtures.routers.eos import SimulatedEOS

KEY, PASSWORD, USER = "Docs-Key-Of-Fra-A", "Docs-Password", "dx"
OWNER, OWNERS = "ansible-playbook 4711", ["DX-VIF101", "DX-VIF102"]
FAR = {"10.255.1.2": None, "169.254.101.1": KEY, "2001:db8:101::1": KEY}
SESSIONS = [
    {"neighbor": each, "interface": "Ethernet1.101", "name": "fra-a", "family": family}
    for each, family in (("169.254.101.1", "ipv4"), ("2001:db8:101::1", "ipv6"))
]


@pytest.fixture(params=[True, False], ids=["as 4.32 tells", "as 4.31 tells"])
def router(request):
    text = (GOLDEN_STRANGERS / "eos.cfg").read_text(encoding="utf-8")
    return SimulatedEOS(text, dict(FAR), modern=request.param)


@contextmanager
def session(router, folder, **options):
    with EapiServer(router, folder, user=USER, password=PASSWORD) as server:
        opened = Session(
            platform_name="eos",
            host=LOOPBACK,
            name="edge-fra-1",
            user=USER,
            password=PASSWORD,
            optional_args={
                "port": server.port,
                "owner": OWNER,
                "ca_file": str(server.certificate),
                **options,
            },
        )
        try:
            opened.open()
            yield opened
        finally:
            opened.close()


def load(opened, case="dual-stack", key=KEY):
    text = (GOLDEN / f"candidates/eos/{case}.cfg").read_text(encoding="utf-8")
    return opened.load(text, keys={"fra-a-transit": key}, mode="owned", owners=OWNERS)


def commit(opened, case="dual-stack"):
    load(opened, case)
    return opened.commit(revert_in=120)


def configured(router):
    return "DX-VIF101" in eos.owners(router.running)


def clean(router):
    """Whether nothing of ours is left but the configuration."""
    return not router.checkpoints and not [
        name for name, each in router.sessions.items() if each.state == "pending"
    ]


def test_a_commit_that_passes_its_gates_is_kept_and_saved_and_leaves_nothing_behind(
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
        kept, again = opened.confirm(), load(opened)
    assert pending == {
        "owner": OWNER,
        "since": "2026-11-23 02:00:00 UTC",
        "deadline": "2026-11-23 02:02:00 UTC",
    }
    assert (outcome.problems, kept, again) == ([], True, "")
    assert {record["verdict"] for record in outcome.records} == {"pass"}
    assert "DX-VIF101-" not in startup
    assert router.startup == router.running
    assert configured(router)
    assert clean(router)
    assert "+++" not in diff
    assert "neighbor 169.254.101.1 password 7 <hidden>" in diff
    assert KEY not in diff + repr(outcome)
    assert [each for each in caplog.records if KEY in each.getMessage()] == []
    assert [each for each in caplog.records if "password 0" in each.getMessage()]


def test_a_refused_line_changes_nothing_and_does_not_tell_the_key(router, tmp_path):
    old, startup = router.running, router.startup
    router.refuses = {"password 0": f"Invalid password {KEY}"}
    with session(router, tmp_path) as opened, pytest.raises(DeviceError, match="password") as seen:
        load(opened)
    assert KEY not in str(seen.value)
    assert (router.running, router.startup) == (old, startup)
    assert clean(router)


def test_words_that_eos_does_not_know_change_nothing(router, tmp_path):
    old = router.running
    with session(router, tmp_path) as opened, pytest.raises(DeviceError, match="Invalid input"):
        opened.load("router bgp 65001\n   neighbor 192.0.2.1 remote-ass 1\n")
    assert router.running == old
    assert clean(router)


def test_a_gate_that_stays_shut_ends_in_what_ran_before_saved_or_not(router, tmp_path):
    router.merge("interface Ethernet3\n   description changed and not saved\n")
    router.far["169.254.101.1"] = "Another-Docs-Key"
    old, startup = router.running, router.startup
    with session(router, tmp_path) as opened:
        opened.require(revert_in=120)
        commit(opened)
        outcome = opened.check(bgp=SESSIONS, bfd=True, timeout=0)
        taken_back = opened.rollback()
    assert [record["verdict"] for record in outcome.records] == ["fail", "pass", "fail", "pass"]
    assert "fra-a, 169.254.101.1" in outcome.problems[0]
    assert taken_back
    assert (router.running, router.startup) == (old, startup)
    assert old != startup
    assert clean(router)


@pytest.mark.parametrize("gone", [True, False], ids=["control node gone", "session closed"])
def test_a_commit_outlives_its_session_until_the_router_takes_it_back(router, tmp_path, gone):
    old, startup = router.running, router.startup
    with session(router, tmp_path) as opened:
        commit(opened)
        router.gone = gone
    router.advance(119)
    assert configured(router)
    router.advance(1)
    assert (router.running, router.startup) == (old, startup)


def test_a_connection_that_is_lost_with_the_commit_leaves_it_to_the_router(router, tmp_path):
    old = router.running
    router.dies_after = "commit timer 00:02:00"
    with session(router, tmp_path) as opened, pytest.raises(DeviceLostError, match="edge-fra-1"):
        commit(opened)
    assert configured(router)
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
    router.commit("theirs", "colleague", 300)
    with session(router, tmp_path) as opened:
        with pytest.raises(DeviceError) as raised:
            opened.require(revert_in=120)
        assert opened.rollback() is False
    assert str(raised.value) == (
        "edge-fra-1: nothing was changed: commit theirs of colleague awaits its confirmation since"
        " 2026-11-23 02:00:00 UTC, the router takes it back at 2026-11-23 02:05:00 UTC: wait, or"
        " have it confirmed or aborted"
    )
    assert router.timer.session == "theirs"


def test_somebody_else_s_open_session_is_refused_with_name(router, tmp_path):
    router.open("theirs", "colleague")
    with session(router, tmp_path) as opened:
        with pytest.raises(DeviceError, match="session theirs of colleague is open"):
            opened.require(revert_in=120)
        with pytest.raises(DeviceError, match="session theirs of colleague is open"):
            load(opened)
    assert router.sessions["theirs"].state == "pending"


def test_a_candidate_that_a_dead_run_left_goes_with_the_next_one(router, tmp_path):
    router.open("dx-0badcafe", USER)
    with session(router, tmp_path) as opened:
        opened.require(revert_in=120)
        load(opened)
    assert clean(router)


def test_what_somebody_changes_meanwhile_is_not_taken_back_by_our_commit(router, tmp_path):
    with session(router, tmp_path) as opened:
        load(opened)
        router.merge("interface Ethernet3\n   description changed meanwhile\n")
        with pytest.raises(DeviceError, match="was changed by somebody else since"):
            opened.commit(revert_in=120)
    assert "changed meanwhile" in router.running
    assert not configured(router)
    assert clean(router)


def test_a_candidate_that_somebody_aborted_is_not_committed_as_an_empty_one(router, tmp_path):
    with session(router, tmp_path) as opened:
        load(opened)
        router.abort(opened.driver.config_session)
        with pytest.raises(DeviceError, match="aborted by somebody else"):
            opened.commit(revert_in=120)
    assert not configured(router)


def test_a_commit_that_could_not_be_saved_says_so(router, tmp_path):
    router.refuses = {"write memory": "Error copying system:/running-config"}
    with session(router, tmp_path) as opened:
        commit(opened)
        with pytest.raises(DeviceError, match="is kept, but the router did not save it"):
            opened.confirm()
    assert configured(router)
    assert router.timer is None


def test_a_final_commit_can_be_taken_back_while_its_session_lasts(router, tmp_path):
    old = router.running
    with session(router, tmp_path) as opened:
        load(opened)
        opened.commit(probation=True)
        assert configured(router)
        assert opened.rollback()
    assert (router.running, router.startup) == (old, old)
    assert clean(router)


def test_a_final_commit_leaves_no_checkpoint(router, tmp_path):
    with session(router, tmp_path) as opened:
        load(opened)
        opened.commit()
    assert configured(router)
    assert clean(router)


def test_a_way_in_a_vrf_comes_up(router, tmp_path):
    with session(router, tmp_path) as opened:
        commit(opened, "vrf")
        outcome = opened.check(bgp=[each | {"vrf": "DX"} for each in SESSIONS], bfd=True, timeout=5)
        (elsewhere,) = opened.check(bgp=SESSIONS[:1], timeout=0).problems
        opened.confirm()
        assert load(opened, "vrf") == ""
    assert outcome.problems == []
    assert "the router has no such neighbor" in elsewhere


def test_a_router_with_another_certificate_is_not_talked_to(router, tmp_path):
    with (
        pytest.raises(DeviceLostError, match="certificate verify failed"),
        session(router, tmp_path, ca_file=None),
    ):
        pass
    assert router.commands == []


def test_ssh_is_refused(router, tmp_path):
    with (
        pytest.raises(DeviceLostError, match="over eAPI only"),
        session(router, tmp_path, transport="ssh"),
    ):
        pass
    assert router.commands == []


def test_macsec_is_committed_once_and_no_cak_is_told_by_anything(router, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    text = (GOLDEN / "candidates/eos/macsec.cfg").read_text(encoding="utf-8")
    options = {"keys": CAKS, "mode": "owned", "owners": [owner_of("eos")]}
    with session(router, tmp_path) as opened:
        router.refuses = {" 0 ": f"Invalid key {FIRST}"}
        with pytest.raises(DeviceError, match="<hidden>") as refused:
            opened.load(text, **options)
        router.refuses = {}
        diff = opened.load(text, **options)
        opened.commit(revert_in=120)
        opened.confirm()
        again = opened.load(text, **options)
        goes = opened.load("", **options)
        opened.commit(revert_in=120)
        opened.confirm()
    assert again == ""
    assert len(diff.split(" 7 <hidden>")) == len(CAKS)
    told = [diff, goes, str(refused.value), *(each.getMessage() for each in caplog.records)]
    assert not [cak for cak in CAKS.values() if cak in "\n".join(told)]
    assert any(FIRST in line for line in router.commands)
    assert owner_of("eos") not in router.running
