# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which ways a router's configuration drains, on every platform."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.drained import drained, shut
from ansible_collections.crossconnect.dx.plugins.module_utils.device.platforms import platform
from tests.fixtures.candidates import (
    CASES,
    GOLDEN_STRANGERS,
    PLATFORMS,
    attachments_of,
    golden_candidates,
    render,
)

SHUT = {"drained": [], "shut": ["DX-VIF101"]}  # by the cases that drain


@pytest.mark.parametrize("case", SHUT)
@pytest.mark.parametrize("name", PLATFORMS)
def test_a_drained_way_is_told_by_its_owner_and_whether_it_is_shut(name, case):
    running = golden_candidates()[name][case]
    assert drained(platform(name), running) == ["DX-VIF101"]
    assert shut(platform(name), running) == SHUT[case]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        pytest.param(name, line, id=name)
        for name, line in {
            "frr": " neighbor 169.254.101.1 shutdown\n",
            "ios": " neighbor 169.254.101.1 shutdown\n",
            "eos": "   neighbor 169.254.101.1 shutdown\n",
            "iosxr": "  shutdown\n",
            "nxos": "    shutdown\n",
            "junos": "deactivate protocols bgp group DX-V4 neighbor 169.254.101.1\n",
        }.items()
    ],
)
def test_one_session_that_somebody_has_shut_by_hand_shuts_no_way(name, line):
    text = golden_candidates()[name]["shut"]
    assert text.count(line) in {1, 2}
    first = text.find(line)
    assert shut(platform(name), text[:first] + text[first + len(line) :]) == []


@pytest.mark.parametrize("case", [case for case in CASES if case not in SHUT])
@pytest.mark.parametrize("name", PLATFORMS)
def test_a_way_in_use_is_not(name, case):
    assert drained(platform(name), golden_candidates()[name][case]) == []


@pytest.mark.parametrize("end", [" \n", "\r\n", " \r\n"])
@pytest.mark.parametrize("name", PLATFORMS)
def test_a_drained_way_is_told_whatever_the_router_leaves_at_the_end_of_a_line(name, end):
    running = golden_candidates()[name]["shut"].replace("\n", end)
    assert drained(platform(name), running) == ["DX-VIF101"]
    assert shut(platform(name), running) == ["DX-VIF101"]


@pytest.mark.parametrize("name", [name for name in PLATFORMS if name != "frr"])
def test_what_is_shut_is_told_beside_what_others_have(name):
    strange = (GOLDEN_STRANGERS / f"{name}.cfg").read_text(encoding="utf-8")
    more = "set snmp description edge\nset policy-options\n" if name == "junos" else ""
    running = more + strange + golden_candidates()[name]["shut"]
    assert shut(platform(name), running) == ["DX-VIF101"]


def test_a_drained_way_that_accepts_nothing_is_told_by_what_it_announces():
    attachments = attachments_of("drained", "junos")
    for peer in (peer for each in attachments for peer in each["peers"]):
        peer["accept"] = []
    text = render({"junos": {"outward": attachments}})["junos"]["outward"]
    assert drained(platform("junos"), text) == ["DX-VIF101"]


@pytest.mark.parametrize("name", ["ios", "nxos"])
def test_a_way_drained_by_an_entry_of_an_older_version_is_told_too(name):
    entry = "route-map DX-VIF101-IN-V4 permit 5\n match ip address prefix-list DX-VIF101-IN-V4\n"
    assert drained(platform(name), entry) == ["DX-VIF101"]
