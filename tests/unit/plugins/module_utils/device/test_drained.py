# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which ways a router's configuration drains, on every platform."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.drained import drained
from ansible_collections.crossconnect.dx.plugins.module_utils.device.platforms import platform
from tests.fixtures.candidates import CASES, PLATFORMS, attachments_of, golden_candidates, render


@pytest.mark.parametrize("name", PLATFORMS)
def test_a_drained_way_is_told_by_its_owner(name):
    assert drained(platform(name), golden_candidates()[name]["drained"]) == ["DX-VIF101"]


@pytest.mark.parametrize("case", [case for case in CASES if case != "drained"])
@pytest.mark.parametrize("name", PLATFORMS)
def test_a_way_in_use_is_not(name, case):
    assert drained(platform(name), golden_candidates()[name][case]) == []


@pytest.mark.parametrize("end", [" \n", "\r\n", " \r\n"])
@pytest.mark.parametrize("name", PLATFORMS)
def test_a_drained_way_is_told_whatever_the_router_leaves_at_the_end_of_a_line(name, end):
    running = golden_candidates()[name]["drained"].replace("\n", end)
    assert drained(platform(name), running) == ["DX-VIF101"]


def test_a_drained_way_that_accepts_nothing_is_told_by_what_it_announces():
    attachments = attachments_of("drained", "junos")
    for peer in (peer for each in attachments for peer in each["peers"]):
        peer["accept"] = []
    text = render({"junos": {"outward": attachments}})["junos"]["outward"]
    assert drained(platform("junos"), text) == ["DX-VIF101"]
