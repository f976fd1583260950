# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What ping prints is read right, and every outcome gets the verdict that it deserves."""

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.path_checks import (
    PathProbe,
    Ping,
    judge,
    ping_command,
    read_ping,
)

ANSWERED = """\
PING 10.20.0.10 (10.20.0.10) 56(84) bytes of data.
64 bytes from 10.20.0.10: icmp_seq=1 ttl=62 time=0.660 ms

--- 10.20.0.10 ping statistics ---
3 packets transmitted, 3 received, 0% packet loss, time 408ms
rtt min/avg/max/mdev = 0.042/0.249/0.660/0.290 ms
"""
BUSYBOX = """\
3 packets transmitted, 2 packets received, 33% packet loss
round-trip min/avg/max = 0.041/0.052/0.063 ms
"""
REFUSED_BY_A_ROUTER = """\
PING 10.20.0.10 (10.20.0.10) 8473(8501) bytes of data.
From 192.168.10.1 icmp_seq=1 Frag needed and DF set (mtu = 8500)

2 packets transmitted, 0 received, +2 errors, 100% packet loss, time 200ms
"""
REFUSED_BY_A_ROUTER_IPV6 = """\
From 2001:db8:10::1 icmp_seq=1 Packet too big: mtu=8500
2 packets transmitted, 0 received, +2 errors, 100% packet loss, time 203ms
"""
REFUSED_BY_THE_KERNEL = """\
ping: local error: message too long, mtu: 1500
2 packets transmitted, 0 received, +2 errors, 100% packet loss, time 203ms
"""
UNREACHABLE = """\
From 192.168.10.1 icmp_seq=1 Destination Net Unreachable
1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms
"""
NO_ROUTE = "ping: connect: Network is unreachable\n"
SILENT = "5 packets transmitted, 0 received, 100% packet loss, time 4086ms\n"

GOOD = read_ping(ANSWERED)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(
            ANSWERED,
            Ping(transmitted=3, received=3, rtt_min_ms=0.042, rtt_avg_ms=0.249, rtt_max_ms=0.66),
            id="iputils",
        ),
        pytest.param(
            BUSYBOX,
            Ping(transmitted=3, received=2, rtt_min_ms=0.041, rtt_avg_ms=0.052, rtt_max_ms=0.063),
            id="busybox",
        ),
        pytest.param(
            REFUSED_BY_A_ROUTER,
            Ping(
                transmitted=2,
                told_mtu=8500,
                told_by="192.168.10.1",
                complaint="Frag needed and DF set (mtu = 8500)",
            ),
            id="fragmentation needed",
        ),
        pytest.param(
            REFUSED_BY_A_ROUTER_IPV6,
            Ping(
                transmitted=2,
                told_mtu=8500,
                told_by="2001:db8:10::1",
                complaint="Packet too big: mtu=8500",
            ),
            id="packet too big",
        ),
        pytest.param(
            REFUSED_BY_THE_KERNEL, Ping(transmitted=2, told_mtu=1500), id="message too long"
        ),
        pytest.param(
            UNREACHABLE, Ping(transmitted=1, complaint="Destination Net Unreachable"), id="no net"
        ),
        pytest.param(NO_ROUTE, Ping(complaint="connect: Network is unreachable"), id="no route"),
        pytest.param("", Ping(), id="nothing at all"),
    ],
)
def test_the_output_of_ping_is_read(text, wanted):
    assert read_ping(text) == wanted


def test_nothing_sent_counts_as_all_lost():
    assert Ping().loss_percent == 100.0
    assert read_ping(BUSYBOX).loss_percent == 33.3


def test_the_payload_leaves_room_for_the_headers_of_each_family():
    ipv4 = ping_command("10.20.0.10", count=3, timeout=2, packet=1500)
    ipv6 = ping_command("2001:db8:20::10", count=3, timeout=2, packet=1500, discovery="probe")
    assert " ".join(ipv4) == "ping -4 -n -c 3 -i 0.2 -W 2 -M do -s 1472 10.20.0.10"
    assert " ".join(ipv6) == "ping -6 -n -c 3 -i 0.2 -W 2 -M probe -s 1452 2001:db8:20::10"


def test_a_plain_ping_lets_routers_fragment():
    assert "-M" not in ping_command("10.20.0.10", count=1, timeout=1)


@pytest.mark.parametrize(
    ("text", "verdict", "measured"),
    [
        pytest.param(
            ANSWERED,
            "pass",
            "0 % of 3 lost, round trip min/avg/max 0.042/0.249/0.66 ms",
            id="all came back",
        ),
        pytest.param(
            BUSYBOX,
            "warn",
            "33.3 % of 3 lost, round trip min/avg/max 0.041/0.052/0.063 ms",
            id="some were lost",
        ),
        pytest.param(SILENT, "fail", "no answer to 5 packets", id="silence"),
        pytest.param(UNREACHABLE, "fail", "Destination Net Unreachable", id="a router says no"),
        pytest.param(
            "1 packets transmitted, 1 received", "pass", "0 % of 1 lost", id="no times printed"
        ),
    ],
)
def test_reachability_is_judged_by_loss(text, verdict, measured):
    probe = PathProbe(address="10.20.0.10", name=None, plain=read_ping(text))
    assert judge(probe) == [
        {
            "id": "ping4",
            "target": "10.20.0.10",
            "verdict": verdict,
            "measured": measured,
            "expected": "0 % lost",
        }
    ]


def mtu_checks(*, whole, larger, interface_mtu=9001, address="10.20.0.10"):
    probe = PathProbe(
        address=address,
        name="app-1",
        plain=GOOD,
        mtu=8500,
        interface_mtu=interface_mtu,
        whole=whole,
        larger=larger,
    )
    return [(check["id"], check["verdict"], check["measured"]) for check in judge(probe)[1:]]


def test_an_exact_mtu_passes_on_both_sides():
    assert mtu_checks(whole=GOOD, larger=read_ping(REFUSED_BY_A_ROUTER)) == [
        ("mtu4", "pass", "8500 bytes pass whole"),
        ("mtu4_limit", "pass", "8501 bytes do not pass: 192.168.10.1 says 8500 is the limit"),
    ]


def test_a_limit_without_a_word_from_the_path_still_counts():
    assert mtu_checks(whole=GOOD, larger=read_ping(SILENT), address="2001:db8:20::10") == [
        ("mtu6", "pass", "8500 bytes pass whole"),
        ("mtu6_limit", "pass", "8501 bytes do not pass: no answer and no word from the path"),
    ]


def test_a_path_that_is_too_narrow_fails_and_says_who_said_so():
    own = mtu_checks(whole=read_ping(REFUSED_BY_THE_KERNEL), larger=None, interface_mtu=1500)
    assert own == [
        (
            "mtu4",
            "fail",
            (
                "8500 bytes do not pass: this host, which has it from its interface or an earlier"
                " answer, says 1500 is the limit"
            ),
        ),
        ("mtu4_limit", "na", "not tried: 8500 bytes do not pass either"),
    ]


def test_a_limit_that_is_only_remembered_says_how_to_forget_it():
    [whole, _] = mtu_checks(whole=read_ping(REFUSED_BY_THE_KERNEL), larger=None)
    assert whole[:2] == ("mtu4", "fail")
    assert "this host remembers from an earlier answer that 1500 is the limit" in whole[2]
    assert "ip route flush cache" in whole[2]


def test_a_path_wider_than_declared_is_worth_a_warning():
    assert mtu_checks(whole=GOOD, larger=GOOD)[1] == (
        "mtu4_limit",
        "warn",
        "8501 bytes pass too: the path is wider than declared",
    )


@pytest.mark.parametrize(
    ("interface_mtu", "measured"),
    [
        pytest.param(
            8500,
            "not tried: this host's own interface carries 8500 bytes at most",
            id="interface is the limit",
        ),
        pytest.param(
            None,
            "not tried: the MTU of this host's own interface is not known",
            id="interface not known",
        ),
    ],
)
def test_a_limit_that_cannot_be_tried_says_why(interface_mtu, measured):
    assert mtu_checks(whole=GOOD, larger=None, interface_mtu=interface_mtu)[1] == (
        "mtu4_limit",
        "na",
        measured,
    )


def test_large_packets_are_not_tried_where_small_ones_get_no_answer():
    probe = PathProbe(address="10.20.0.10", name=None, plain=read_ping(SILENT), mtu=8500)
    assert [(check["verdict"], check["measured"]) for check in judge(probe)] == [
        ("fail", "no answer to 5 packets"),
        ("na", "not tried: small packets get no answer either"),
        ("na", "not tried: 8500 bytes do not pass either"),
    ]
