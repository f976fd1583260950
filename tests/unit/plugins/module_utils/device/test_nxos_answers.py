# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What NX-OS answers, read: complaints, checkpoints, schedules, sessions, evidence, differences."""

from __future__ import annotations

from datetime import datetime

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.diagnosis import diagnose
from ansible_collections.crossconnect.dx.plugins.module_utils.device.bfd import BfdSession
from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.nxos import (
    answers,
    evidence,
    sessions,
    timer,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.nxos.changes import (
    difference,
)

REFUSED = [
    "% Invalid command at '^' marker.",
    "% Incomplete command at '^' marker.",
    "% Ambiguous command at '^' marker.",
    "% Permission denied for the role",
    "% String exceeded max length of (80) at '^' marker.",
    "% Invalid number, range is (1-4094) at '^' marker.",
    "ERROR: Ethernet1/1.101: requested mtu is not allowed",
    "Error: the vlan is in use",
    "Syntax error while parsing 'ip adress'",
    "Cannot enable BFD on this interface",
]
HARMLESS = [
    "Warning: Deleted all L3 config on interface Ethernet1/1.101",
    "% Warning: the peer is not reachable",
    "Note: Applying config parallelly may fail Rollback verification",
    "2026 Nov 23 02:00:00 edge-fra-1 %BGP-5-ADJCHANGE: neighbor 169.254.101.1 Up",
    "edge-fra-1(config-router-neighbor)# ",
    "description 100 % ours, no error",
    "",
]


@pytest.mark.parametrize("answer", REFUSED)
def test_a_complaint_is_heard(answer):
    assert answers.complaints(f"mtu 8500\n   ^\n{answer}\nedge-1(config)# ") == [answer]


@pytest.mark.parametrize("answer", HARMLESS)
def test_a_remark_is_no_complaint(answer):
    assert answers.complaints(answer) == []


SUMMARY = """\
User Checkpoint Summary
--------------------------------------------------------------------------------
1) dx-0123abcd-202611230205:
Created by admin
Created at Mon, 02:00:07 23 Nov 2026
Size is 26,154 bytes
Description: ann@node (ansible-playbook 4711)

2) stable:
Created by bob
Created at some time ago
Size is 26,154 bytes
Description: None

System Checkpoint Summary
--------------------------------------------------------------------------------
3) system-fm-bfd:
Created by admin
Created at Mon, 12:41:58 29 May 2017
Size is 26,154 bytes
Description: Created by Feature Manager.
"""


def test_checkpoints_are_told_with_their_makers_and_times():
    found = answers.checkpoints(SUMMARY)
    assert list(found) == ["dx-0123abcd-202611230205", "stable", "system-fm-bfd"]
    assert found["dx-0123abcd-202611230205"] == answers.Checkpoint(
        user="admin", since="2026-11-23 02:00:07", description="ann@node (ansible-playbook 4711)"
    )
    assert found["stable"] == answers.Checkpoint(user="bob", since="some time ago", description="")
    assert answers.checkpoints("") == {}


def test_schedules_are_told_with_their_users():
    shown = (
        "Schedule Name       : nightly_10pm\n----------------------------------\n"
        "User Name           : ansible\nSchedule Type       : Run every day at 22 Hrs 0 Mins\n"
        "Last Execution Time : Yet to be executed\n-----------------------\n"
        "     Job Name            Last Execution Status\n-----------------------\n"
        "backup_config                         -NA-\n=======================\n"
        "Schedule Name       : dx-0123abcd-202611230205\n--------------------------\n"
        "User Name           : admin\n"
    )
    assert answers.schedules(shown) == {
        "nightly_10pm": "ansible",
        "dx-0123abcd-202611230205": "admin",
    }
    assert answers.schedules("                  ^\n% Invalid command at '^' marker.") == {}


@pytest.mark.parametrize(
    ("second", "seconds", "minute"),
    [(0, 120, "02:02"), (1, 120, "02:03"), (59, 60, "02:02"), (30, 90, "02:02")],
)
def test_a_timer_ends_with_a_whole_minute_and_never_early(second, seconds, minute):
    now = datetime(2026, 11, 23, 2, 0, second)  # noqa: DTZ001 - a router's own clock
    assert f"{timer.minute_after(now, seconds):%H:%M}" == minute


def test_a_name_tells_its_deadline_and_fits_where_names_are_short():
    deadline = datetime(2026, 11, 23, 2, 5)  # noqa: DTZ001
    name = timer.new_name(deadline)
    assert timer.deadline_of(name) == deadline
    assert len(name) <= len("31 characters hold a schedule's")
    assert timer.new_name(deadline) != name


@pytest.mark.parametrize("name", ["nightly", "dx-0123abcd", "dx-0123abcd-2026", "xdx-0123abcd-1"])
def test_other_names_tell_none(name):
    assert timer.deadline_of(name) is None


# A VRF with both families, a table without neighbors, and one of another family.
TABLES = """\
BGP summary information for VRF default, address family IPv4 Unicast
BGP router identifier 10.255.0.11, local AS number 65001
BGP table version is 12, IPv4 Unicast config peers 2, capable peers 1

Neighbor        V    AS MsgRcvd MsgSent   TblVer  InQ OutQ Up/Down  State/PfxRcd
169.254.101.1   4 64512      50      51       12    0    0 00:40:12 3
10.9.9.2        4 64999       0       0        0    0    0 1d03h    Shut (Admin)

BGP summary information for VRF default, address family IPv6 Unicast
BGP router identifier 10.255.0.11, local AS number 65001
BGP table version is 12, IPv6 Unicast config peers 1, capable peers 1

Neighbor        V    AS MsgRcvd MsgSent   TblVer  InQ OutQ Up/Down  State/PfxRcd
2001:db8:101::1 4 64512      50      51       12    0    0 2d01h    2

BGP summary information for VRF DX, address family IPv4 Unicast
BGP router identifier 10.255.0.11, local AS number 65001
BGP table version is 1, IPv4 Unicast config peers 0, capable peers 0

BGP summary information for VRF default, address family VPNv4 Unicast
BGP router identifier 10.255.0.11, local AS number 65001
BGP table version is 1, VPNv4 Unicast config peers 0, capable peers 0

Neighbor        V    AS MsgRcvd MsgSent   TblVer  InQ OutQ Up/Down  State/PfxRcd
"""


def test_the_sessions_of_both_families_are_seen():
    tables = sessions.read(TABLES)
    assert list(tables) == ["global"]
    assert {
        address: (peer["is_up"], peer["is_enabled"], peer["uptime"], list(peer["address_family"]))
        for address, peer in tables["global"]["peers"].items()
    } == {
        "169.254.101.1": (True, True, 40 * 60 + 12, ["ipv4"]),
        "10.9.9.2": (False, False, -1, ["ipv4"]),
        "2001:db8:101::1": (True, True, 49 * 3600, ["ipv6"]),
    }


def test_a_neighbor_with_both_families_is_one_neighbor():
    both = TABLES.replace("2001:db8:101::1 4", "169.254.101.1   4")
    peer = sessions.read(both)["global"]["peers"]["169.254.101.1"]
    assert list(peer["address_family"]) == ["ipv4", "ipv6"]


@pytest.mark.parametrize("text", ["", "% BGP is not running"])
def test_without_bgp_there_are_no_sessions(text):
    assert sessions.read(text) == {}


PEER = (
    "BGP neighbor is 10.0.0.1, remote AS 64512, ebgp link, Peer index 3\n"
    "  BGP version 4, remote router ID 0.0.0.0\n  BGP state = {state}, down for 00:01:00\n"
    "  {more}\n"
    "  Connections established {times}, dropped {times}\n"
    "  Last reset by us {us}\n  Last reset by peer {them}\n"
)
ARP = "10.0.0.1  00:05:40  aabb.cc00.0200  Ethernet1/1.101"
UP = "Ethernet1/1.101 is up\nadmin state is up, Dedicated Interface"
NEVER = "never, due to No error"


def peer(state="Idle", more="", times=0, us=NEVER, them=NEVER):
    return PEER.format(state=state, more=more, times=times, us=us, them=them)


@pytest.mark.parametrize(
    ("answers_of_nxos", "told"),
    [
        pytest.param(("Neighbor not found", UP, ARP), "no such neighbor", id="gone"),
        pytest.param((peer("Shut (Admin)"), UP, ARP), "is shut down", id="shut"),
        pytest.param(
            (peer(), "Ethernet1/1.101 is down (Link not connected)", ARP), "no carrier", id="down"
        ),
        pytest.param((peer(), UP, "Total number of entries: 0"), "no ARP or ND", id="nobody there"),
        pytest.param((peer(), UP, "% Invalid command"), "TCP port 179", id="ARP unknown"),
        pytest.param(
            (peer(them="00:00:03, due to peer in wrong AS"), UP, ARP), "different ASNs", id="ASN"
        ),
        pytest.param(
            (peer(times=1, us="00:00:03, due to bfd session down"), UP, ARP),
            "BFD hears nothing",
            id="BFD",
        ),
        pytest.param(
            (peer("Idle (PfxCt)"), UP, ARP), "more prefixes than the router accepts", id="limit"
        ),
        pytest.param(
            (peer(times=2, them="00:00:03, due to cease"), UP, ARP),
            "has fallen to Idle; the other side's prefix limit may be exceeded (cease)",
            id="their limit",
        ),
        pytest.param((peer("OpenSent"), UP, ARP), "BGP's opening (OpenSent)", id="half open"),
    ],
)
def test_a_session_that_is_not_up_is_explained(answers_of_nxos, told):
    assert told in diagnose(evidence.evidence(*answers_of_nxos))


def test_bfd_is_read_as_bgp_sees_it():
    shown = (
        peer("Established", "BFD live-detection is configured and enabled, state is Up")
        + peer(more="BFD live-detection is configured").replace("10.0.0.1", "2001:DB8::1")
        + peer().replace("10.0.0.1", "10.0.0.9")
    )
    assert evidence.parse_bfd(shown) == [
        BfdSession(peer="10.0.0.1", state="up"),
        BfdSession(peer="2001:DB8::1", state="down"),
    ]


def test_bfd_is_read_with_the_vrf_and_the_interface_where_they_are_told():
    more = (
        "  Neighbor vrf: {}\n  Peer is directly attached, interface Ethernet1/1.101\n"
        "  BFD live-detection is configured and enabled, state is Up\n"
    )
    found = evidence.parse_bfd(peer(more=more.format("DX")) + peer(more=more.format("default")))
    assert [(each.vrf, each.interface) for each in found] == [
        ("DX", "Ethernet1/1.101"),
        ("", "Ethernet1/1.101"),
    ]


def test_the_prefixes_that_were_taken_are_named():
    table = (
        "Peer 169.254.101.1 routes for address family IPv4 Unicast:\n"
        "BGP table version is 12, Local Router ID is 10.255.0.11\n"
        "Path type: i-internal, e-external, c-confed, l-local, a-aggregate, r-redist, I-injected\n"
        "   Network            Next Hop            Metric     LocPrf     Weight Path\n"
        "*>e10.20.0.0/16       169.254.101.1                     200          0 64512 i\n"
        "*|e10.21.0.0/16       169.254.101.1                     200          0 64512 i\n"
        "*>e2001:db8:20::/48\n"
        "                      2001:db8:101::1                   200          0 64512 i\n"
        "* efd00::/8           2001:db8:101::1                   200          0 64512 i\n"
    )
    told = ["10.20.0.0/16", "10.21.0.0/16", "2001:db8:20::/48", "fd00::/8"]
    assert evidence.parse_routes(table) == told


RUNNING = "hostname edge\nrouter bgp 65001\n  neighbor 10.0.0.1\n    remote-as 64512\n"


@pytest.mark.parametrize(
    ("candidate", "told"),
    [
        pytest.param(RUNNING, "", id="what is there"),
        pytest.param("hostname other\n", "hostname other", id="something new"),
        pytest.param("no route-map GONE\n", "", id="taking away what is not there"),
        pytest.param("no hostname\n", "no hostname", id="taking away what is there"),
        pytest.param(
            "router bgp 65001\n neighbor 10.0.0.2\n  remote-as 64512\n  shutdown\n"
            "router bgp 65001\n neighbor 10.0.0.2\n  no shutdown\n",
            "router bgp 65001\n neighbor 10.0.0.2\n  remote-as 64512",
            id="shut only while it is written",
        ),
        pytest.param(
            "router bgp 65001\n  neighbor 10.0.0.1\n    shutdown\n",
            "router bgp 65001\n neighbor 10.0.0.1\n  shutdown",
            id="shut for good",
        ),
    ],
)
def test_a_merge_tells_what_it_changes(candidate, told):
    assert difference(RUNNING, candidate) == told
