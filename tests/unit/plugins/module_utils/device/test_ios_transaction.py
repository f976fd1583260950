# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Transactions on IOS: our driver and NAPALM's, over SSH, with a simulated router."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from pathlib import Path

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.ios import driver
from ansible_collections.crossconnect.dx.plugins.module_utils.device.languages import ios
from ansible_collections.crossconnect.dx.plugins.module_utils.device.session import (
    DeviceError,
    DeviceLostError,
    Session,
)
from tests.fixtures.candidates import GOLDEN_STRANGERS
from tests.fixtures.golden import GOLDEN
from tests.fixtures.routers.ios import SimulatedIOS
from tests.fixtures.routers.ssh_server import SSHServer

KEY, PASSWORD = "Docs-Key-Of-Fra-A", "Docs-Password"
OWNERS = ["DX-VIF101", "DX-VIF102"]
PORT = "GigabitEthernet0/0/1.101"
READY = "archive\n path flash:dx-archive\n maximum 5\nip scp server enable\n"
SESSIONS = [
    {"neighbor": "169.254.101.1", "interface": PORT, "name": "fra-a", "family": "ipv4"},
    {"neighbor": "2001:db8:101::1", "interface": PORT, "name": "fra-a", "family": "ipv6"},
]
FAR = {"10.255.1.2": None, "169.254.101.1": KEY, "2001:db8:101::1": KEY}
COMPLAINTS = {
    "bfd interval": "% Incomplete command.",
    "maximum-prefix": "            ^\n% Invalid input detected at '^' marker.",
    "activate": "% Activate the neighbor for the address family first",
    "remote-as": "% BGP: a complaint that nobody has heard of",
    "dot1Q": "Command rejected: VLAN 101 is in use",
}


def candidate(case="dual-stack"):
    return (GOLDEN / f"candidates/ios/{case}.cfg").read_text(encoding="utf-8")


@pytest.fixture
def router():
    stranger = (GOLDEN_STRANGERS / "ios.cfg").read_text(encoding="utf-8")
    return SimulatedIOS(stranger + READY, dict(FAR))


@pytest.fixture
def server(router):
    with SSHServer(router, user="dx", password=PASSWORD) as listening:
        listening.users["colleague"] = PASSWORD
        yield listening


@contextmanager
def session(server, user="dx"):
    options = {"port": server.port, "owner": "ansible-playbook 4711"}
    opened = Session(
        platform_name="ios",
        host="127.0.0.1",
        name="edge-fra-1",
        user=user,
        password=PASSWORD,
        optional_args=options,
    )
    opened.open()
    yield opened
    opened.close()


def load(opened, case="dual-stack", key=KEY):
    return opened.load(candidate(case), keys={"fra-a-transit": key}, mode="owned", owners=OWNERS)


def configured(router):
    """Whether the router has something of ours."""
    return "DX-VIF101" in ios.owners(router.running)


def commit(opened, **options):
    load(opened, **options)
    return opened.commit(revert_in=120)


def test_a_commit_that_passes_its_gates_is_kept_saved_and_leaves_nothing_behind(
    router, server, caplog
):
    caplog.set_level(logging.DEBUG)
    with session(server) as opened:
        opened.require(revert_in=120)
        before = opened.facts(["bgp_neighbors", "interfaces"])
        diff = load(opened)
        pending = opened.commit(revert_in=120)
        startup = router.startup
        outcome = opened.check(bgp=SESSIONS, bfd=True, baseline=before, timeout=5)
        kept = opened.confirm()
        again = load(opened)
    assert pending == {
        "owner": "ansible-playbook 4711",
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


@pytest.mark.parametrize("part", COMPLAINTS, ids=list(COMPLAINTS.values()))
@pytest.mark.parametrize("revert_in", [120, None], ids=["with a timer", "without"])
def test_a_complaint_of_the_router_ends_in_the_old_configuration(router, server, part, revert_in):
    old, startup = router.running, router.startup
    router.refuses = {part: COMPLAINTS[part]}
    with session(server) as opened:
        load(opened)
        with pytest.raises(DeviceError, match="has its old configuration again") as raised:
            opened.commit(revert_in=revert_in)
    assert COMPLAINTS[part].splitlines()[-1].strip() in str(raised.value)
    assert (router.running, router.startup) == (old, startup)
    assert (router.pending, router.flash) == ({}, {})


def test_an_address_that_overlaps_ends_in_the_old_configuration(router, server):
    router.merge("interface Loopback9\n ip address 169.254.101.9 255.255.255.0\n")
    old = router.running
    with session(server) as opened, pytest.raises(DeviceError, match="overlaps with Loopback9"):
        commit(opened)
    assert router.running == old


def test_a_refused_key_is_not_told(router, server):
    router.refuses = {"password": f"% Invalid password {KEY}"}
    with session(server) as opened, pytest.raises(DeviceError) as raised:
        commit(opened)
    assert KEY not in str(raised.value)
    assert router.pending == {}


def test_a_gate_that_stays_shut_ends_in_the_old_configuration(router, server):
    old, startup = router.running, router.startup
    router.far["169.254.101.1"] = "Another-Docs-Key"
    with session(server) as opened:
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


def test_a_connection_that_is_lost_after_the_commit_leaves_it_to_the_router(router, server):
    old, startup = router.running, router.startup
    router.dies_after = "copy flash"
    with session(server) as opened, pytest.raises(DeviceLostError, match="edge-fra-1"):
        commit(opened)
    assert configured(router)
    router.advance(119)
    assert configured(router)
    router.advance(1)
    assert (router.running, router.startup) == (old, startup)


def test_what_a_lost_session_left_on_the_flash_goes_with_the_next_one(router, server):
    router.dies_after = "copy flash"
    with session(server) as opened, pytest.raises(DeviceLostError):
        commit(opened)
    router.dies_after = ""
    router.advance(120)
    router.flash["iosxe.bin"] = b"not ours"
    assert any(KEY in content.decode() for content in router.flash.values())
    with session(server) as opened:
        load(opened)
        opened.discard()
    assert router.flash == {"iosxe.bin": b"not ours"}


def test_a_control_node_that_is_gone_leaves_it_to_the_router(router, server):
    old = router.running
    with session(server) as opened:
        commit(opened)
        server.hang_up()
        with pytest.raises(DeviceLostError):
            opened.confirm()
    router.advance(120)
    assert router.running == old


def test_a_confirmation_that_comes_too_late_says_so(router, server):
    with session(server) as opened:
        commit(opened)
        router.advance(120)
        with pytest.raises(DeviceError, match="the router's own timer has taken it back"):
            opened.confirm()
    assert not configured(router)


def test_somebody_else_s_pending_commit_is_refused_with_name_and_time(router, server):
    router.arm("colleague", 5)
    with session(server) as opened:
        with pytest.raises(DeviceError) as raised:
            opened.require(revert_in=120)
        assert opened.rollback() is False
    assert str(raised.value) == (
        "edge-fra-1: nothing was changed: a commit of colleague awaits its confirmation since"
        " 2026-11-23 02:00:00 UTC, the router takes it back at 2026-11-23 02:05:00 UTC: wait, or"
        " have it confirmed or reverted"
    )
    assert router.pending["user"] == "colleague"


def test_all_that_a_router_lacks_is_told_at_once(router, server):
    router.merge("no archive\nno ip scp server enable\n")
    router.free = 1000
    with session(server) as opened, pytest.raises(DeviceError) as raised:
        opened.require(revert_in=120)
    told = str(raised.value)
    for words in ("configure `archive`", "configure `ip scp server enable`", "1000 bytes free"):
        assert words in told


@pytest.mark.parametrize("seconds", [30, 90, 7260])
def test_a_timer_that_ios_does_not_have_is_refused(server, seconds):
    with session(server) as opened, pytest.raises(DeviceError, match="in steps of 60"):
        opened.require(revert_in=seconds)


def test_a_drained_way_is_applied_to_the_routes_that_are_there(router, server):
    with session(server) as opened:
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


def test_a_way_in_a_vrf_comes_up_is_drained_and_explained(router, server):
    with session(server) as opened:
        commit(opened, case="vrf")
        up = opened.check(bgp=SESSIONS, bfd=True, timeout=5)
        cleared = [line for line in router.commands if line.startswith("clear")]
        router.far.clear()
        router.merge("")
        down = opened.check(bgp=SESSIONS[:1], timeout=0)
    assert up.problems == []
    assert cleared == [
        "clear ip bgp vrf DX 169.254.101.1 soft",
        "clear bgp vrf DX ipv6 unicast 2001:DB8:101::1 soft",
    ]
    assert "show bgp vpnv4 unicast vrf DX neighbors 169.254.101.1" in router.commands
    assert "show ip arp vrf DX 169.254.101.1" in router.commands
    (problem,) = down.problems
    assert "no ARP or ND entry" in problem


def test_a_whole_configuration_takes_the_old_one_s_place_and_goes_again(router, server):
    old = router.running
    wanted = old.replace("hostname edge-fra-1", "hostname edge-fra-1\nip domain name example.net")
    with session(server) as opened:
        assert opened.load(wanted, mode="replace") == "+ip domain name example.net"
        opened.commit(revert_in=60)
        assert router.running == wanted
        assert opened.rollback()
    assert router.running == old
    assert router.flash == {}


def test_a_final_commit_can_be_taken_back_while_its_session_lasts(router, server):
    old = router.running
    with session(server) as opened:
        load(opened)
        opened.commit(probation=True)
        assert opened.rollback()
    assert router.running == old
    assert router.flash == {}


def test_a_session_that_lasts_for_days_is_not_taken_for_a_reset(router, server):
    router.advance(40 * 3600)
    with session(server) as opened:
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


def test_the_configuration_that_is_sent_is_nobody_else_s_to_read(server, monkeypatch):
    seen = []
    monkeypatch.setattr(
        driver.NapalmIOSDriver,
        "load_merge_candidate",
        lambda _, filename: seen.append((Path(filename), Path(filename).stat().st_mode & 0o77)),
    )
    with session(server) as opened:
        opened.driver.load_merge_candidate(config="hostname edge-9")
    ((name, others),) = seen
    assert others == 0
    assert not name.exists()
