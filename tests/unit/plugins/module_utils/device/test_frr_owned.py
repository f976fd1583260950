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

GOLDEN = Path(__file__).parents[4] / "golden/frr_owned"
CASES = sorted(folder.name for folder in GOLDEN.iterdir())


def text_of(case, name):
    return (GOLDEN / case / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES)
def test_owned_objects_are_replaced_as_in_the_golden_file(case):
    owners = text_of(case, "owners").split()
    composed = owned.compose(text_of(case, "running.conf"), text_of(case, "rendered.conf"), owners)
    assert composed == Candidate(mode="replace", text=text_of(case, "composed.conf"))


def test_owners_are_read_from_names_and_descriptions():
    assert owned.owners(text_of("change", "running.conf")) == ["DX-VIF101", "DX-VIF1010"]


def test_a_platform_without_ownership_says_so():
    with pytest.raises(ValueError, match="mode owned is not there for platform mock yet"):
        compose(platform("mock"), "", "", [])


def test_an_unknown_platform_names_those_that_there_are():
    with pytest.raises(ValueError, match=r"cisco is not a platform .*: frr, ios, iosxr"):
        platform("cisco")
