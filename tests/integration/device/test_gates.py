# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gates against a far end that is right, and wrong in each of the ways that occur."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.session import (
    DeviceError,
    Session,
)
from tests.fixtures.polling import until
from tests.integration.device.attachment import GOLDEN
from tests.integration.device.probes import ibgp_is_up

pytestmark = pytest.mark.lab

KEYS = {"fra-a-transit": "shared-key"}
BGP = [
    {"neighbor": "169.254.101.1", "family": "ipv4"},
    {"neighbor": "2001:db8:101::1", "family": "ipv6"},
]
SESSIONS = [{**one, "interface": "eth1.101", "name": "fra-a-transit"} for one in BGP]


@pytest.fixture
def session(router):
    session = Session(
        platform_name="frr",
        name=router.name,
        host=router.address,
        user="automation",
        optional_args=router.options,
    )
    session.open()
    yield session
    session.rollback()
    session.close()


def sent(session, neighbor):
    """Return how many IPv4 prefixes the router has announced to a neighbor."""
    peers = session.facts(["bgp_neighbors"])["bgp_neighbors"]["global"]["peers"]
    return peers[neighbor]["address_family"]["ipv4"]["sent_prefixes"]


def commit(session, keys=None):
    candidate = GOLDEN.read_text(encoding="utf-8")
    diff = session.load(candidate, keys=keys or KEYS, mode="owned", owners=["DX-VIF101"])
    assert "shared-key" not in diff
    session.commit(revert_in=120)
    return diff


def test_all_gates_open_when_both_sides_agree(session, far_end):
    far_end.make()
    before = session.facts(["bgp_neighbors", "interfaces"])
    commit(session)
    outcome = session.check(bgp=SESSIONS, bfd=True, baseline=before, timeout=30)
    assert outcome.problems == []
    assert {record["verdict"] for record in outcome.records} == {"pass"}
    assert {record["id"] for record in outcome.records} == {
        "bgp", "bfd", "bgp_kept", "interface_kept"
    }  # fmt: skip
    until(lambda: sent(session, "169.254.101.1") == 1, "the one prefix is not announced")
    assert session.load(GOLDEN.read_text("utf-8"), keys=KEYS) == ""
    session.discard()


@pytest.fixture
def delay(router):
    """Set bgpd's patience with changed route maps, and return the line."""

    def set_to(seconds):
        line = f"bgp route-map delay-timer {seconds}"
        router.shell(f"vtysh -c 'configure' -c '{line}'")
        return line

    yield set_to
    router.shell("vtysh -c 'configure' -c 'no bgp route-map delay-timer'")


def test_a_commit_is_in_force_before_the_router_s_own_delay(delay, session, router, far_end):
    far_end.make()
    line = delay(120)
    commit(session)
    assert session.check(bgp=SESSIONS, bfd=True, timeout=30).problems == []
    assert f"\n{line}\n" in router.running()


def test_a_router_that_waits_for_clear_is_left_to_wait(delay, session, router):
    line = delay(0)
    commit(session)
    assert f"\n{line}\n" in router.running()


def test_a_change_starts_from_what_was_read_under_the_lock(session):
    asked, ask = [], session.driver.agent.call

    def noted(operation, **arguments):
        asked.append(operation)
        return ask(operation, **arguments)

    session.driver.agent.call = noted
    session.load(GOLDEN.read_text("utf-8"), keys=KEYS, mode="owned", owners=["DX-VIF101"])
    assert asked == ["lock", "load", "compare"]


@pytest.fixture
def wrong(session, router):
    """Commit towards a far end that does not fit, and take it back as if it had never been."""

    def fail(keys=None, timeout=6):
        old, before = router.running(), session.facts(["bgp_neighbors"])
        commit(session, keys)
        outcome = session.check(bgp=SESSIONS[:1], baseline=before, timeout=timeout)
        (problem,) = outcome.problems
        assert outcome.records[0]["verdict"] == "fail"
        assert session.rollback() is True
        assert router.running() == old
        assert session.check(baseline=before, timeout=0).problems == [], "another session suffered"
        start = (
            "edge-fra-1: eth1.101 (fra-a-transit, 169.254.101.1): the BGP session did not establish"
            f" within {timeout} s: "
        )
        assert problem.startswith(start), problem
        return problem.removeprefix(start)

    return fail


def test_different_keys_are_told_from_the_kernels_counters(wrong, far_end):
    far_end.make(key="another-key")
    assert wrong().startswith("the two sides have different keys (")


def test_a_key_that_only_the_router_has_is_told(wrong, far_end):
    far_end.make(key=None)
    assert wrong().startswith("the router has a key, the other side has none (")


def test_different_asns_are_told_from_the_notification(wrong, far_end):
    far_end.make(asn=64999)
    assert wrong().startswith("the two sides are configured with different ASNs (")


def test_another_vlan_is_told_from_the_silence_on_the_link(wrong, far_end):
    far_end.make(vlan=109)
    assert wrong().startswith("the other side does not answer on the link")


def test_a_far_end_without_the_session_is_told(wrong, far_end):
    far_end.make()
    far_end.shell(
        "vtysh -c 'configure' -c 'router bgp 7224' -c 'no neighbor 169.254.101.2'"
        " -c 'no neighbor 2001:db8:101::2'"
    )
    words = wrong()
    assert words.startswith("the other side"), words
    assert "port 179" in words or "session" in words


def test_a_cut_cable_is_told(wrong, far_end):
    far_end.make()
    far_end.shell("ip link set eth1 down", node=far_end.LOCATION)
    try:
        assert "no carrier" in wrong(timeout=2)
    finally:
        far_end.shell("ip link set eth1 up", node=far_end.LOCATION)


def announce(far_end, prefix, *, again=True):
    """Have the far end announce a prefix, or no longer."""
    no = "" if again else "no "
    far_end.shell(
        f"vtysh -c 'configure' -c '{no}ip route {prefix} blackhole' -c 'router bgp 7224'"
        f" -c 'address-family ipv4 unicast' -c '{no}network {prefix}'"
    )


def test_a_session_that_does_not_bring_what_it_must_names_it_until_it_does(session, far_end):
    far_end.make()
    commit(session)
    wanted = [{**SESSIONS[0], "expect": ["10.20.0.0/16"]}]
    assert session.check(bgp=wanted, timeout=30).problems == []
    (problem,) = session.check(bgp=wanted, prefixes=True, timeout=1).problems
    assert "0 of at least 1 prefixes came within 1 s; missing: 10.20.0.0/16: " in problem
    announce(far_end, "10.20.0.0/16")
    try:
        assert session.check(bgp=wanted, prefixes=True, timeout=15).problems == []
    finally:
        announce(far_end, "10.20.0.0/16", again=False)


@contextmanager
def no_new_connections(router):
    """Let what stands go on, and nothing new reach the router."""
    table = f"gate-{router.name}"
    what = f"ip daddr {router.address} tcp dport {router.options['port']} tcp flags syn"
    chain = "{ type filter hook input priority 0; }"
    feed(
        f"add table inet {table}\nadd chain inet {table} lo {chain}\n"
        f"add rule inet {table} lo {what} reject with tcp reset\n"
    )
    try:
        yield
    finally:
        feed(f"delete table inet {table}\n")


def feed(rules):
    subprocess.run(["nft", "-f", "-"], input=rules, text=True, check=True)


def test_a_router_that_lets_nobody_in_any_more_fails_although_the_session_stands(session, router):
    before = session.facts(["bgp_neighbors"])
    with no_new_connections(router):
        (problem,) = session.check(baseline=before, management=True, timeout=0).problems
    where = f"edge-fra-1: {router.address} port 2222 takes no new connection from here ("
    assert problem.startswith(where), problem
    assert session.check(baseline=before, management=True, timeout=0).problems == []


@contextmanager
def shut_down(router, neighbor):
    """Have a router shut one of its sessions down for a while."""
    configure = f"vtysh -c 'configure' -c 'router bgp 65001' -c '{{}}neighbor {neighbor} shutdown'"
    router.shell(configure.format(""))
    try:
        yield
    finally:
        router.shell(configure.format("no "))


def test_a_session_that_fell_is_named(session, router, routers):
    before = session.facts(["bgp_neighbors"])
    lost = "edge-fra-1: the BGP session with 10.255.1.2 was up before the change, now it is {}"
    with shut_down(routers["edge-ams-1"], "10.255.1.1"):
        until(lambda: lost.format("down") in session.check(baseline=before, timeout=0).problems,
              "the loss of the session")  # fmt: skip
    until(lambda: ibgp_is_up(router), "iBGP after the interruption", 20)
    assert session.check(baseline=before, timeout=0).problems == [lost.format("reset")]


def test_a_removal_whose_gate_stays_shut_is_restored_with_its_sessions(
    session, router, routers, far_end
):
    far_end.make()
    commit(session)
    assert session.check(bgp=SESSIONS, timeout=30).problems == []
    session.confirm()
    installed = router.running()
    try:
        before = session.facts(["bgp_neighbors", "interfaces"])
        session.load("", mode="owned", owners=["DX-VIF101"])
        session.commit(revert_in=120)
        assert "eth1.101" not in router.running()
        with shut_down(routers["edge-ams-1"], "10.255.1.1"):
            until(lambda: session.check(baseline=before, timeout=0).problems, "the shut gate")
        assert session.rollback() is True
        assert router.running() == installed
        assert session.check(bgp=SESSIONS, timeout=30).problems == []
    finally:
        session.rollback(force=True)
    until(lambda: ibgp_is_up(router), "iBGP after the interruption", 20)


def test_a_peer_that_is_deleted_at_aws_during_a_change_of_it_brings_the_old_policy_back(
    session, router, far_end
):
    far_end.make()
    commit(session)
    assert session.check(bgp=SESSIONS, timeout=30).problems == []
    session.confirm()
    installed, before = router.running(), session.facts(["bgp_neighbors"])
    try:
        far_end.shell("vtysh -c 'configure' -c 'router bgp 7224' -c 'no neighbor 169.254.101.2'")
        candidate = GOLDEN.read_text("utf-8").replace("local-preference 200", "local-preference 50")
        session.load(candidate, keys=KEYS, mode="owned", owners=["DX-VIF101"])
        session.commit(revert_in=120)
        problems = session.check(bgp=SESSIONS, baseline=before, timeout=4).problems
        own, lost = problems
        assert "eth1.101 (fra-a-transit, 169.254.101.1): the BGP session did not" in own
        assert "the BGP session with 169.254.101.1 was up before the change, now it is down" in lost
        assert session.rollback() is True
        assert router.running() == installed
        after = session.check(baseline=before, timeout=0).problems
        assert [words for words in after if "169.254.101.1" not in words] == []
    finally:
        session.rollback(force=True)


def test_an_interface_that_lost_its_light_is_named(session, far_end):
    before = session.facts(["interfaces"])
    far_end.shell("ip link set eth1 down", node=far_end.LOCATION)
    lost = "edge-fra-1: interface eth1 was up before the change, now it is down"
    try:
        until(lambda: session.check(baseline=before, timeout=0).problems == [lost],
              "the loss of light")  # fmt: skip
    finally:
        far_end.shell("ip link set eth1 up", node=far_end.LOCATION)


def test_a_second_run_with_the_same_keys_changes_nothing(session, far_end):
    far_end.make()
    commit(session)
    candidate = GOLDEN.read_text(encoding="utf-8")
    assert session.load(candidate, keys=KEYS, mode="owned", owners=["DX-VIF101"]) == ""
    session.discard()


def test_owned_objects_are_removed_and_strangers_stay(session, router):
    before = router.running()
    commit(session)
    session.confirm()
    diff = session.load("", mode="owned", owners=["DX-VIF101"])
    assert "- link eth1.101 vlan 101 mtu 8500" in diff
    assert "10.255.1.2" not in diff
    session.commit()
    assert router.running() == before


def test_a_change_by_hand_is_shown_and_put_right_in_our_own_objects_only(session, router):
    commit(session)
    session.confirm()
    kept = router.running()
    by_hand = (
        *("route-map DX-VIF101-IN-V4 permit 10", "set local-preference 999", "exit"),
        *("ip prefix-list THEIRS seq 5 permit 10.9.9.0/24",),
    )
    words = " ".join(f"-c '{line}'" for line in ("configure terminal", *by_hand))
    router.shell(f"vtysh {words}")
    try:
        candidate = GOLDEN.read_text(encoding="utf-8")
        diff = session.load(candidate, keys=KEYS, mode="owned", owners=["DX-VIF101"])
        session.commit()
        mended = router.running()
    finally:
        router.shell("vtysh -c 'configure terminal' -c 'no ip prefix-list THEIRS'")
        session.load("", mode="owned", owners=["DX-VIF101"])
        session.commit()
    assert "local-preference 999" in diff
    assert "DX-VIF101-IN-V4" in diff
    assert "THEIRS" not in diff
    assert "ip prefix-list THEIRS seq 5 permit 10.9.9.0/24" in mended
    assert mended.replace("ip prefix-list THEIRS seq 5 permit 10.9.9.0/24\n", "") == kept


def test_a_rollback_without_a_commit_does_nothing(session, router):
    before = router.running()
    assert session.rollback() is False
    assert router.running() == before


def test_a_rollback_after_the_routers_own_revert_leaves_the_commit_before_alone(session, router):
    candidate = GOLDEN.read_text(encoding="utf-8")
    session.load(candidate, keys=KEYS, mode="owned", owners=["DX-VIF101"])
    session.commit()
    confirmed = router.running()
    try:
        session.load("ip prefix-list OTHER seq 5 permit 10.9.9.0/24\n")
        session.commit(revert_in=1)
        until(lambda: session.pending() is None, "the router's own revert")
        assert session.rollback() is False
        until(lambda: router.running() == confirmed, "the end of the revert")
    finally:
        session.rollback(force=True)


def test_a_key_that_is_not_given_is_named(session):
    with pytest.raises(DeviceError, match="no key is given for fra-a-transit"):
        session.load(GOLDEN.read_text(encoding="utf-8"))
