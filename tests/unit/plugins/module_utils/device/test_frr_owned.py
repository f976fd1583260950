# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Owned objects are replaced; strangers keep every byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.candidate import Candidate
from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.frr import owned
from ansible_collections.crossconnect.dx.plugins.module_utils.device.owned import compose
from ansible_collections.crossconnect.dx.plugins.module_utils.device.platforms import platform
from tests.fixtures.candidates import golden_candidates

GOLDEN = Path(__file__).parents[4] / "golden/frr_owned"
CASES = sorted(folder.name for folder in GOLDEN.iterdir())


def text_of(case, name):
    return (GOLDEN / case / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES)
def test_owned_objects_are_replaced_as_in_the_golden_file(case):
    owners = text_of(case, "owners").split()
    composed = owned.compose(text_of(case, "running.conf"), text_of(case, "rendered.conf"), owners)
    assert composed == Candidate(mode="replace", text=text_of(case, "composed.conf"))


HANDED_OVER = r"give it the description `DX-VIF101 \S+ \S+`; what else stands in it will go"
STRANGE = {
    "an interface": ("interface eth1.101\n ip address 192.0.2.1/30\n", "interface eth1.101"),
    "a VLAN": ("link eth1.101 vlan 101\n", "interface eth1.101"),
    "a neighbor": (
        "router bgp 65001\n neighbor 169.254.101.1 remote-as 64999\n",
        "router bgp 65001, neighbor 169.254.101.1",
    ),
}


@pytest.mark.parametrize(("running", "thing"), STRANGE.values(), ids=list(STRANGE))
def test_what_somebody_else_has_is_refused_with_the_description_that_hands_it_over(running, thing):
    rendered = golden_candidates()["frr"]["dual-stack"]
    with pytest.raises(ValueError, match=rf"{thing} is there and not ours: .* {HANDED_OVER}"):
        owned.compose(running, rendered, ["DX-VIF101"])


def test_the_same_neighbor_in_another_vrf_is_no_matter():
    running = "router bgp 65001 vrf CORE\n neighbor 169.254.101.1 remote-as 64999\n"
    rendered = golden_candidates()["frr"]["dual-stack"]
    assert running in owned.compose(running, rendered, ["DX-VIF101"]).text


def test_owners_are_read_from_names_and_descriptions():
    assert owned.owners(text_of("change", "running.conf")) == ["DX-VIF101", "DX-VIF1010"]


def test_a_platform_without_ownership_says_so():
    with pytest.raises(ValueError, match="mode owned is not there for platform mock yet"):
        compose(platform("mock"), "", "", [])


def test_an_unknown_platform_names_those_that_there_are():
    with pytest.raises(ValueError, match=r"cisco is not a platform .*: frr, ios, iosxr"):
        platform("cisco")
