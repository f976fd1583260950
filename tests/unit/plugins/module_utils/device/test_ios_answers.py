# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What IOS answers, read: complaints, pending commits, sessions to clear, evidence, uptimes."""

from __future__ import annotations

import logging

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.diagnosis import diagnose
from ansible_collections.crossconnect.dx.plugins.module_utils.device.bfd import BfdSession
from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.ios import (
    answers,
    evidence,
    line,
    soft,
    uptimes,
)

REFUSED = [
    "% Invalid input detected at '^' marker.",
    "% Incomplete command.",
    '% Ambiguous command: "ne"',
    "Bad mask /30 for address 10.0.0.1",
    "% Bad mask 255.0.255.0 for address 10.0.0.1",
    "% 169.254.101.0 overlaps with GigabitEthernet0/0/2",
    "%Insertion failed - seq # exists: 5 permit 10.0.0.0/8",
    "% VRF DX not configured",
    "% Cannot have more than one BGP instance; AS 65001 is running",
    "%BGP: MD5 password too long",
    "Command rejected: the port is no trunk",
]
HARMLESS = [
    "1234 bytes copied in 0.520 secs (2373 bytes/sec)",
    "% Not all config may be removed and may reappear after reactivating the sub-interface",
    "% Interface Gi0/0/1.101 IPv4 disabled and address(es) removed due to enabling VRF DX",
    "*Nov 23 02:00:00.123: %SYS-5-CONFIG_I: Configured from console by dx on vty0",
    "%BGP-5-ADJCHANGE: neighbor 169.254.101.1 Up",
    "%LINEPROTO-5-UPDOWN: Line protocol on Interface Vlan101, changed state to up",
    " neighbor 169.254.101.1 description 100 % ours",
    "",
]


@pytest.mark.parametrize("answer", REFUSED)
def test_a_complaint_is_heard(answer):
    assert answers.complaints(f"copying\n{answer}\nedge-1#") == [answer]


@pytest.mark.parametrize("answer", HARMLESS)
def test_a_remark_is_no_complaint(answer):
    assert answers.complaints(answer) == []


@pytest.mark.parametrize(
    ("fields", "record"),
    [
        pytest.param({}, None, id="nothing pending"),
        pytest.param(
            {"configured": "23:59:30 CET Thu Dec 31 2026", "timer": "2 min", "user": "ann"},
            {
                "owner": "ann",
                "since": "2026-12-31 23:59:30 CET",
                "deadline": "2027-01-01 00:01:30 CET",
            },
            id="over the end of the year",
        ),
        pytest.param(
            {"configured": "*1:00", "timer": "soon", "user": ""},
            {"owner": None, "since": "*1:00", "deadline": None},
            id="in words that nobody knows",
        ),
        pytest.param(
            {"configured": "10:00:00 UTC Mon Nov 9 2026", "timer": "", "user": "ann"},
            {"owner": "ann", "since": "2026-11-09 10:00:00 UTC", "deadline": None},
            id="without a length",
        ),
    ],
)
def test_a_pending_commit_is_told_with_its_owner_and_its_times(fields, record):
    assert answers.pending(fields) == record


def test_what_a_listing_does_not_say_is_not_known():
    assert answers.free_bytes("Directory of flash:/") is None


RUNNING = """\
route-map DX-VIF101-IN-V4 permit 10
 match ip address prefix-list DX-VIF101-IN-V4 EXTRA
router bgp 65001
 address-family ipv4
  neighbor 10.0.0.1 route-map DX-VIF101-IN-V4 in
  neighbor 10.0.0.1 route-map DX-VIF101-OUT-V4 out
  neighbor 10.0.0.9 route-map STRANGER in
 exit-address-family
 address-family ipv4 vrf DX
  neighbor 10.0.0.2 route-map DX-VIF102-IN-V4 in
 exit-address-family
 address-family ipv6 vrf DX
  neighbor 2001:DB8::2 route-map DX-VIF102-IN-V6 in
"""
FIRST = ("clear ip bgp 10.0.0.1 soft",)
IN_VRF = ("clear ip bgp vrf DX 10.0.0.2 soft",)
IN_VRF_V6 = (
    "clear bgp vrf DX ipv6 unicast 2001:DB8::2 soft",
    "clear ip bgp vrf DX 2001:DB8::2 soft",
)


@pytest.mark.parametrize(
    ("merged", "neighbors", "commands"),
    [
        pytest.param("route-map DX-VIF101-OUT-V4 permit 5", (), [FIRST], id="a route map"),
        pytest.param("no route-map DX-VIF101-IN-V4 permit 5", (), [FIRST], id="one that goes"),
        pytest.param("ip prefix-list EXTRA seq 5 permit 10.0.0.0/8", (), [FIRST], id="a list"),
        pytest.param(
            "ip prefix-list DX-VIF102-IN-V4 seq 5 permit 10.0.0.0/8", (), [IN_VRF], id="VRF"
        ),
        pytest.param(
            "router bgp 65001\n address-family ipv4 vrf DX\n"
            "  neighbor 10.0.0.2 route-map DX-VIF102-IN-V4-DRAIN in",
            (),
            [IN_VRF],
            id="one that is turned to another policy and back",
        ),
        pytest.param("", ["10.0.0.2", "2001:db8::2"], [IN_VRF, IN_VRF_V6], id="neighbors"),
        pytest.param("interface Gi1\n mtu 1500", (), [], id="something else"),
    ],
)
def test_the_sessions_of_a_changed_policy_are_cleared_softly(merged, neighbors, commands):
    assert soft.clears(RUNNING, merged, neighbors) == commands


def test_bfd_is_read_in_both_families():
    table = (
        "IPv4 Sessions\n"
        "NeighAddr                              LD/RD         RH/RS     State     Int\n"
        "169.254.101.1                          4097/1        Up        Up        Gi0/0/1.101\n"
        "\nIPv6 Sessions\n"
        "NeighAddr                              LD/RD         RH/RS     State     Int\n"
        "2001:DB8:101::1\n"
        "                                          2/0        Down      Down      Gi0/0/1.101\n"
    )
    assert evidence.parse_bfd(table) == [
        BfdSession(peer="169.254.101.1", state="up", interface="Gi0/0/1.101"),
        BfdSession(peer="2001:DB8:101::1", state="down", interface="Gi0/0/1.101"),
    ]


def test_bad_signatures_are_counted_by_kind_and_peer():
    log = (
        "%TCP-6-BADAUTH: Invalid MD5 digest from 169.254.101.1(179) to 169.254.101.2(1024)\n"
        "%TCP-6-BADAUTH: Invalid MD5 digest from 169.254.101.1:179 to 169.254.101.2:1024\n"
        "%TCP-6-BADAUTH: No MD5 digest from 2001:DB8:101::1(179) to 2001:DB8:101::2(1024)\n"
    )
    assert evidence.parse_log(log) == {"Invalid 169.254.101.1": 2, "No 2001:db8:101::1": 1}


PEER = (
    "BGP neighbor is 10.0.0.1,  remote AS 64512, external link\n"
    "  BGP state = {state}\n  {more}\n"
    "  Connections established {times}; dropped {times}\n  Last reset {reset}\n"
)
ARP = "Internet  10.0.0.1   0   aabb.cc00.0200  ARPA   GigabitEthernet0/0/1.101"
UP = "GigabitEthernet0/0/1.101 is up, line protocol is up "


def peer(state="Active", more="", times=0, reset="never"):
    return PEER.format(state=state, more=more, times=times, reset=reset)


@pytest.mark.parametrize(
    ("answers_of_ios", "counted", "told"),
    [
        pytest.param(("% No such neighbor", UP, ARP), {}, "no such neighbor", id="gone"),
        pytest.param(
            (peer(more="Administratively shut down"), UP, ARP), {}, "is shut down", id="shut"
        ),
        pytest.param(
            (peer(), UP.replace("protocol is up", "protocol is down"), ARP),
            {},
            "no carrier",
            id="down",
        ),
        pytest.param((peer(), UP, ARP), {"Invalid": 3}, "different keys (3 TCP", id="another key"),
        pytest.param((peer(), UP, ARP), {"No": 1}, "the other side has none", id="no key there"),
        pytest.param((peer(), UP, ARP), {"Unexpected": 1}, "the router has none", id="no key here"),
        pytest.param((peer(), UP, ""), {}, "no ARP or ND entry", id="nobody there"),
        pytest.param((peer(), UP, "% not known here"), {}, "TCP port 179", id="ARP unknown"),
        pytest.param(
            (peer(reset="00:00:03, due to BGP Notification received, peer in wrong AS"), UP, ARP),
            {},
            "different ASNs",
            id="another ASN",
        ),
        pytest.param(
            (peer("Idle", times=1, reset="00:00:03, due to BFD adjacency down"), UP, ARP),
            {},
            "BFD hears nothing",
            id="BFD",
        ),
        pytest.param(
            (peer("Idle", "Peer had exceeded the max. no. of prefixes configured."), UP, ARP),
            {},
            "more prefixes than the router accepts",
            id="prefix limit",
        ),
        pytest.param((peer("OpenSent"), UP, ARP), {}, "BGP's opening (OpenSent)", id="half open"),
    ],
)
def test_a_session_that_is_not_up_is_explained(answers_of_ios, counted, told):
    assert told in diagnose(evidence.evidence(*answers_of_ios, counted))


def test_an_uptime_grows_with_the_clock_until_the_session_falls():
    now = [0.0]
    seen = uptimes.Uptimes(clock=lambda: now[0])
    told = []
    for moment, uptime in (
        (0, 90000),
        (60, 90000),
        (3600, 93600),
        (3660, 93600),
        (3700, 4),
        (3800, -1),
    ):
        now[0] = float(moment)
        told.append(seen.steady("session", uptime))
    assert told == [90000, 90060, 93600, 93660, 4, -1]


def test_netmiko_s_log_holds_no_key(caplog):
    caplog.set_level(logging.DEBUG, logger="netmiko")
    for _ in range(2):
        line.keep_keys_out_of_the_log()
    line.log.debug("read: %s", "neighbor 10.0.0.1 password 0 Docs-Key")
    assert "password" in caplog.text
    assert "Docs-Key" not in caplog.text
    assert sum(isinstance(each, line.WithoutKeys) for each in line.log.filters) == 1
