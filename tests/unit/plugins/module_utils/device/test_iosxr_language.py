# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is IOS XR's own in reading and changing a configuration, and in telling of sessions."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.diagnosis import diagnose
from ansible_collections.crossconnect.dx.plugins.module_utils.device.bfd import BfdSession
from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.iosxr.evidence import (
    evidence,
    parse_bfd,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.device.languages import iosxr
from ansible_collections.crossconnect.dx.plugins.module_utils.device.languages.tree import parse
from tests.fixtures.candidates import GOLDEN_STRANGERS
from tests.fixtures.golden import GOLDEN
from tests.fixtures.simulated_cli import SimulatedRouter

OWNERS = ["DX-VIF101", "DX-VIF102"]


def candidate(case):
    text = (GOLDEN / f"candidates/iosxr/{case}.cfg").read_text(encoding="utf-8")
    return text.replace("@@KEY:fra-a-transit@@", "Docs-Key")


def stranger():
    return (GOLDEN_STRANGERS / "iosxr.cfg").read_text(encoding="utf-8")


def as_read_without_indentation(text):
    """Read a text as XR does: a line that its block does not know stands in the block above."""
    blocks = ("address-family ", "neighbor ", "vrf ")
    inside = {"": 0, "address-family ": 1, "neighbor ": 2, "vrf ": 3, "router bgp ": 4}
    path, read = [], []
    for line in (each.strip() for each in text.splitlines()):
        if line.startswith("router bgp "):
            path = [("router bgp ", line)]
        elif path and (kind := next((each for each in blocks if line.startswith(each)), "")):
            while path and inside[path[-1][0]] <= inside[kind]:
                path.pop()
            path.append((kind, line))
        elif path and line.startswith("no neighbor "):
            while path[-1][0] not in {"router bgp ", "vrf "}:
                path.pop()
            read.append((*(each for _, each in path), line))
            continue
        if path:
            read.append((*(each for _, each in path), *([] if path[-1][1] == line else [line])))
    return read


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, "dual-stack"),
        (None, "vrf"),
        (None, "shared-by-two"),
        ("shared-by-two", "dual-stack"),
        ("dual-stack", "preferred-and-backup"),
        ("preferred-and-backup", None),
        ("vrf", None),
    ],
)
def test_a_change_reads_the_same_without_its_indentation(before, after):
    router = SimulatedRouter(iosxr.LANGUAGE, stranger())
    if before:
        router.merge(iosxr.compose(router.running, candidate(before), OWNERS).text)
    wanted = candidate(after) if after else ""
    text = iosxr.compose(router.running, wanted, OWNERS).text
    meant = [path for path in parse(text, iosxr.LANGUAGE.pieces) if path[0].startswith("router")]
    assert meant
    assert as_read_without_indentation(text) == meant


def test_a_policy_that_somebody_has_changed_is_put_right_as_a_whole():
    router = SimulatedRouter(iosxr.LANGUAGE, stranger())
    router.merge(iosxr.compose(router.running, candidate("dual-stack"), OWNERS).text)
    changed = router.running.replace("set local-preference 200\n", "set local-preference 300\n", 1)
    text = iosxr.compose(changed, candidate("dual-stack"), OWNERS).text
    assert text == (
        "route-policy DX-VIF101-IN-V4\nif destination in DX-VIF101-IN-V4 then\n"
        "set local-preference 200\npass\nelse\ndrop\nendif\nend-policy\n"
    )


def test_a_key_of_type_6_is_let_alone_only_where_somebody_remembers_it():
    router = SimulatedRouter(iosxr.LANGUAGE, stranger())
    router.merge(iosxr.compose(router.running, candidate("dual-stack"), OWNERS).text)
    locked = router.running.replace("password clear Docs-Key", "password6 encrypted 5a4d6b")
    asked = []

    def knows(path, secret):
        asked.append((path[-1], secret))
        return True

    assert iosxr.compose(locked, candidate("dual-stack"), OWNERS, recall=knows).text == ""
    assert asked == [("password6 encrypted 5a4d6b", "Docs-Key")] * 2
    lines = iosxr.compose(locked, candidate("dual-stack"), OWNERS).text.splitlines()
    assert [line.strip() for line in lines].count("password clear Docs-Key") == len(asked)


def test_a_route_distinguisher_that_somebody_has_chosen_stays():
    running = stranger() + "router bgp 65001\n vrf DX\n  rd 65001:101\n"
    lines = iosxr.compose(running, candidate("vrf"), OWNERS).text.splitlines()
    assert not [line for line in lines if line.strip().startswith("rd ")]


@pytest.mark.parametrize(
    ("policy", "word"),
    [
        ("if destination in A then\npass\nelseif med eq 1 then\ndrop\nelse\ndone\nendif", "done"),
        ("if destination in A then\nif med eq 1 then\ndrop\nelse\npass\nendif\nendif", None),
        ("pass", "pass"),
    ],
)
def test_a_policy_lets_nothing_pass_without_a_condition(policy, word):
    text = f"route-policy DX-VIF101-IN-V4\n{policy}\nend-policy\n"
    if word is None:
        assert iosxr.compose("", text, OWNERS).text == text
        return
    with pytest.raises(ValueError, match=f"'{word}' is refused: it lets everything pass"):
        iosxr.compose("", text, OWNERS)


BGP = (
    '<rpc-reply><data><bgp xmlns="http://cisco.com/ns/yang/Cisco-IOS-XR-ipv4-bgp-oper"><neighbors>'
    "<neighbor><neighbor-address>2001:db8:101:0::1</neighbor-address>"
    "<is-administratively-shut-down>{shut}</is-administratively-shut-down>"
    "<connection-state>{state}</connection-state></neighbor></neighbors></bgp></data></rpc-reply>"
)


@pytest.mark.parametrize(
    ("state", "shut", "up", "reason"),
    [
        ("bgp-st-idle", "true", True, "the session is shut down"),
        ("bgp-st-active", "false", False, "the interface has no carrier"),
    ],
)
def test_why_a_session_is_not_up_is_told_as_far_as_it_is_known(state, shut, up, reason):
    seen = evidence(BGP.format(state=state, shut=shut), "2001:db8:101::1", up)
    assert reason in diagnose(seen)


def test_a_neighbor_that_is_not_there_is_told():
    seen = evidence(BGP.format(state="bgp-st-idle", shut="false"), "169.254.101.1", None)
    assert not seen.configured


def test_a_neighbor_of_the_same_address_in_another_vrf_is_no_evidence():
    other = (
        "<vrf><vrf-name>DX</vrf-name><neighbors><neighbor>"
        "<neighbor-address>2001:db8:101::1</neighbor-address>"
        "<connection-state>bgp-st-estab</connection-state></neighbor></neighbors></vrf></data>"
    )
    both = BGP.format(state="bgp-st-idle", shut="false").replace("</data>", other)
    states = {
        vrf: evidence(both, "2001:db8:101::1", None, vrf=vrf).state for vrf in ("", "DX", "OTHER")
    }
    assert states == {"": "Idle", "DX": "Established", "OTHER": "unknown"}


def test_bfd_sessions_that_are_not_up_are_told():
    text = (
        '<data><bfd xmlns="http://cisco.com/ns/yang/Cisco-IOS-XR-ip-bfd-oper">'
        "<ipv6-single-hop-session-briefs><ipv6-single-hop-session-brief>"
        "<interface-name>BVI101</interface-name>"
        "<destination-address>2001:db8:101::1</destination-address>"
        "<state>bfd-mgmt-session-state-down</state></ipv6-single-hop-session-brief>"
        "</ipv6-single-hop-session-briefs></bfd></data>"
    )
    (found,) = parse_bfd(text)
    assert found == BfdSession(peer="2001:db8:101::1", state="down", interface="BVI101")
