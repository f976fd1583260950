# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Transactions on NX-OS: our driver and NAPALM's, over SSH, with a simulated router."""

from __future__ import annotations

import logging
import re
from dataclasses import replace

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.languages import nxos
from ansible_collections.crossconnect.dx.plugins.module_utils.device.platforms import platform
from ansible_collections.crossconnect.dx.plugins.module_utils.device.session import DeviceError
from tests.fixtures.golden import GOLDEN
from tests.fixtures.macsec import (
    CAKS,
    CKNS,
    FIRST,
    assert_no_cak_in,
    owner_of,
    refused_then_kept,
)
from tests.fixtures.macsec import load as load_macsec
from tests.fixtures.nxos_transactions import (
    KEY,
    OWNER,
    OWNERS,
    SESSIONS,
    commit,
    configured,
    is_clean,
    load,
    session,
    stranger,
)

COMPLAINTS = {
    "maximum-prefix": "                    ^\n% Invalid command at '^' marker.",
    "mtu": "ERROR: Ethernet1/1.101: requested mtu is not allowed",
}


@pytest.fixture
def router():
    return stranger()


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
    assert is_clean(router)
    assert not [path for path in router.paths if path[-1] == "shutdown"]
    assert KEY not in diff + repr(outcome)
    own = [record for record in caplog.records if not record.name.startswith("paramiko")]
    said = "\n".join(record.getMessage() for record in own)
    # netmiko waits for the echo of a line by a pattern.
    assert [key for key in (KEY, re.escape(KEY)) if key in said] == []


def test_napalm_s_name_for_nx_os_over_ssh_is_the_same():
    assert replace(platform("nxos_ssh"), name="nxos") == platform("nxos")


def test_a_second_run_changes_nothing_though_nobody_can_read_the_keys(router, tmp_path):
    with session(router, tmp_path) as opened:
        commit(opened)
        opened.confirm()
    assert "password 3 " in router.running
    assert KEY not in router.running
    kept = tmp_path / "fingerprints.json"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert KEY not in kept.read_text(encoding="utf-8")
    with session(router, tmp_path) as opened:
        assert load(opened) == ""
        other = load(opened, key="Another-Docs-Key")
        opened.discard()
    assert other.count("password ") == len(SESSIONS)
    assert "Another-Docs-Key" not in other
    kept.unlink()
    with session(router, tmp_path) as opened:
        assert load(opened).count("password ") == len(SESSIONS)


def test_what_cannot_be_remembered_is_told_and_the_commit_is_kept(router, tmp_path):
    (tmp_path / "fingerprints.json").mkdir()
    with session(router, tmp_path) as opened:
        commit(opened)
        with pytest.raises(
            DeviceError, match="is kept, but its keys could not be remembered"
        ) as it:
            opened.confirm()
    assert KEY not in str(it.value)
    assert configured(router)
    assert is_clean(router)


@pytest.mark.parametrize(
    ("part", "revert_in"),
    [*((part, 120) for part in COMPLAINTS), ("mtu", None)],
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
    assert is_clean(router)


def test_the_first_complaint_ends_a_merge(router, tmp_path):
    router.refuses = {"prefix-list": "% Permission denied for the role"}
    with session(router, tmp_path) as opened, pytest.raises(DeviceError, match="Permission denied"):
        commit(opened)
    assert not [line for line in router.commands if line.startswith(("route-map", "interface"))]


def test_a_refused_key_is_not_told(router, tmp_path):
    router.refuses = {"password": f"% Invalid password {KEY}"}
    with session(router, tmp_path) as opened, pytest.raises(DeviceError) as raised:
        commit(opened)
    assert KEY not in str(raised.value)
    assert is_clean(router)


def test_a_gate_that_stays_shut_ends_in_the_old_configuration(router, tmp_path):
    old, startup = router.running, router.startup
    router.far["169.254.101.1"] = "Another-Docs-Key"
    with session(router, tmp_path) as opened:
        commit(opened)
        outcome = opened.check(bgp=SESSIONS, bfd=True, timeout=0)
        taken_back = opened.rollback()
    assert [record["verdict"] for record in outcome.records] == ["fail", "pass", "fail", "pass"]
    (problem,) = outcome.problems
    assert "fra-a, 169.254.101.1" in problem
    assert taken_back
    assert (router.running, router.startup) == (old, startup)
    assert is_clean(router)


def test_each_line_is_taken_in_the_block_that_it_was_meant_for(router, tmp_path):
    text = router.running
    with session(router, tmp_path) as opened:
        for case in ("preferred-and-backup", "drained"):
            load(opened, case)
            opened.commit()
            assert load(opened, case) == "", case
        opened.load("", mode="owned", owners=OWNERS)
        opened.commit()
    assert set(text.splitlines()) <= set(router.running.splitlines())
    assert nxos.owners(router.running) == nxos.owners(text)


def test_a_way_in_a_vrf_comes_up_and_is_explained(router, tmp_path):
    sessions = [each | {"vrf": "DX"} for each in SESSIONS]
    with session(router, tmp_path) as opened:
        commit(opened, case="vrf")
        up = opened.check(bgp=sessions, bfd=True, timeout=5)
        router.far.clear()
        router.restore(router.running)
        down = opened.check(bgp=sessions[:1], timeout=0)
    assert up.problems == []
    assert "show bgp ipv4 unicast neighbors 169.254.101.1 vrf DX" in router.commands
    assert "show ip arp 169.254.101.1 vrf DX" in router.commands
    (problem,) = down.problems
    assert "no ARP or ND entry" in problem


def test_prefixes_that_do_not_come_are_named(router, tmp_path):
    wanted = [{**SESSIONS[0], "expect": ["10.20.0.0/16", "10.21.0.0/16"]}]
    with session(router, tmp_path) as opened:
        commit(opened)
        outcome = opened.check(bgp=wanted, prefixes=True, management=True, timeout=0)
        opened.rollback()
    (problem,) = outcome.problems
    assert "1 of at least 2 prefixes" in problem
    assert "missing: 10.21.0.0/16" in problem


def test_a_vlan_interface_needs_its_feature(router, tmp_path):
    router.take(("no feature interface-vlan",))
    with (
        session(router, tmp_path) as opened,
        pytest.raises(DeviceError, match="lacks `feature interface-vlan`: configure it first"),
    ):
        load(opened, case="vlan-interface")


def test_a_merge_by_hand_shows_what_the_router_lacks_and_replaces_nothing_whole(router, tmp_path):
    with session(router, tmp_path) as opened:
        merge = (
            "hostname edge-fra-1\nip prefix-list NEW seq 5 permit 10.0.0.0/8\nno route-map GONE\n"
        )
        assert opened.load(merge) == "ip prefix-list NEW seq 5 permit 10.0.0.0/8"
        with pytest.raises(DeviceError, match="only in a form that it wrote itself"):
            opened.load("hostname edge-9\n", mode="replace")


def test_a_final_commit_is_saved_and_can_be_taken_back_while_its_session_lasts(router, tmp_path):
    old = router.running
    with session(router, tmp_path) as opened:
        load(opened)
        opened.commit(probation=True)
        assert router.startup == router.running != old
        assert router.schedules == {}
        assert opened.rollback()
    assert router.startup == router.running == old
    assert is_clean(router)


def test_a_final_commit_that_stays_leaves_no_checkpoint(router, tmp_path):
    with session(router, tmp_path) as opened:
        load(opened)
        opened.commit()
        assert len(router.checkpoints) == 1
    assert configured(router)
    assert is_clean(router)


def test_nothing_is_committed_twice_and_no_message_is_kept(router, tmp_path):
    with session(router, tmp_path) as opened:
        load(opened)
        opened.commit()
        with pytest.raises(DeviceError, match="there is no candidate to commit"):
            opened.commit()
        with pytest.raises(NotImplementedError, match="keeps no message"):
            opened.driver.commit_config(message="words")


def test_macsec_is_committed_once_and_no_cak_is_told_by_anything(router, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    with session(router, tmp_path) as opened:
        with pytest.raises(DeviceError, match=r"lacks `feature macsec`: configure it first"):
            load_macsec(opened, "nxos")
        router.take(("feature macsec",))
        refuses = {"key-octet-string": f"ERROR: Invalid key-octet-string {FIRST}"}
        told = refused_then_kept(opened, router, "nxos", refuses)
    assert "key-octet-string <hidden>" in told
    assert router.running.count("key-octet-string 7 ") == len(CKNS) - 1
    assert_no_cak_in(told + router.running, caplog)
    assert any(FIRST in line for line in router.commands)


def test_a_session_that_loses_its_port_for_a_moment_when_it_is_secured_fails_no_gate(
    router, tmp_path
):
    router.take(("feature macsec",))
    both = "".join(
        (GOLDEN / f"candidates/nxos/{case}.cfg").read_text(encoding="utf-8")
        for case in ("dual-stack", "macsec")
    )
    with session(router, tmp_path) as opened:
        commit(opened)
        opened.confirm()
        router.advance(600)
        before = opened.facts(["bgp_neighbors"])
        owners = [*OWNERS, owner_of("nxos")]
        opened.load(both, keys={"fra-a-transit": KEY, **CAKS}, mode="owned", owners=owners)
        opened.commit(revert_in=120)
        ours = {each["neighbor"] for each in SESSIONS}
        router.up_since |= {each: router.now for each in router.up_since if each[1] in ours}
        outcome = opened.check(bgp=SESSIONS, baseline=before, timeout=0)
        opened.confirm()
    assert outcome.problems == []
    kept = [record["target"] for record in outcome.records if record["id"] == "bgp_kept"]
    assert kept == ["10.255.1.2"]
