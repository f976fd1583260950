# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""On FRR, too, no line of a change opens a session that is up.

The lines are the agent's own, from frr-reload.py's comparison; they go one by one into a model of
route maps and prefix lists, in which a session without a map is open, as it is by FRR's profile
for data centres. A session that is new waits until all of them stand, so it is not asked.
"""

from __future__ import annotations

import re
import shutil

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.frr import owned
from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.frr.agent import (
    difference,
    links,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.frr.text import (
    merge,
    parse,
    render,
)
from tests.fixtures.golden import GOLDEN
from tests.fixtures.policy_replay import permitted

pytestmark = pytest.mark.skipif(not shutil.which("vtysh"), reason="FRR is not installed: no vtysh")

BASE = "router bgp 65001\n bgp router-id 10.255.0.1\nexit\n"
OWNERS = ("DX-VIF101", "DX-VIF102", "DX-VIF103")
PREFIXES = ["10.20.0.0/16", "192.168.10.0/24", "2001:db8:20::/48", "2001:db8:10::/64"]
PREFIXES += ["0.0.0.0/0", "203.0.113.0/24", "10.20.1.0/24", "::/0", "2001:db8:99::/48"]
USED = ["dual-stack", "drained", "shut", "preferred-and-backup", "nothing"]


def golden(case):
    return (GOLDEN / f"candidates/frr/{case}.cfg").read_text(encoding="utf-8")


def composed(running, wanted):
    return links.split(owned.compose(running, wanted, OWNERS).text)[1]


def lines(running, wanted):
    """Return what vtysh is given, command by command with its contexts."""
    for commands in difference.commands(difference.compare(wanted, running)):
        yield from commands


def after(running, command):
    nested = "\n".join(" " * depth + line.strip() for depth, line in enumerate(command))
    return render(merge(parse(running), parse(nested)))


def leaks(running, wanted):
    """Return the lines after which a session lets pass what neither its old nor new policy does."""
    before, last = permitted(running, PREFIXES), permitted(wanted, PREFIXES)
    found = []
    for command in lines(running, wanted):
        running = after(running, [line for line in command if line.strip() not in {"exit", "end"}])
        for way, passed in permitted(running, PREFIXES).items():
            if way in before and (wrong := passed - before[way] - last.get(way, set())):
                found.append(f"{command}: {way} lets pass {sorted(wrong)}")
    assert permitted(running, PREFIXES) == last
    return found


@pytest.mark.parametrize(("old", "new"), [(old, new) for old in USED for new in USED if old != new])
def test_no_line_of_a_change_lets_pass_what_it_must_not(old, new):
    running = composed(BASE, golden(old))
    assert leaks(running, composed(running, golden(new))) == []


@pytest.mark.parametrize("case", ["dual-stack", "drained"])
def test_no_line_of_a_change_of_prefixes_does(case):
    running = composed(BASE, golden(case))
    other = golden(case).replace("10.20.0.0/16", "10.99.0.0/16")
    assert leaks(running, composed(running, other)) == []
    assert leaks(composed(running, other), running) == []


def test_a_session_turns_to_another_map_without_being_without_one():
    running = composed(BASE, golden("dual-stack"))
    said = list(lines(running, composed(running, golden("drained"))))
    assert said
    assert all(re.search(r"route-map \S+-DRAIN (in|out)$", command[-1]) for command in said)


def test_the_model_finds_an_entry_that_comes_into_a_map_in_use():
    running = composed(BASE, golden("dual-stack"))
    entry = "route-map DX-VIF101-IN-V4 permit 5\n match ip address prefix-list DX-VIF101-IN-V4\n"
    assert leaks(running, render(merge(parse(running), parse(entry))))
