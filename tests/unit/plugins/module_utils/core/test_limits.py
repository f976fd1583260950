# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Limits are data: each has a source and a date, and each can be overridden by its name."""

import re
from dataclasses import fields

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate_fault import EstateError
from ansible_collections.crossconnect.dx.plugins.module_utils.core.limits import (
    Limits,
    limits_table,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.limits_reader import read_limits


@pytest.mark.parametrize("limit", limits_table(), ids=lambda limit: limit["name"])
def test_a_limit_says_what_it_is_and_since_when_who_says_so(limit):
    assert limit["meaning"]
    assert limit["source"]
    assert re.fullmatch(r"20\d\d-\d\d", limit["date"])


def test_without_overrides_the_built_in_limits_are_in_force():
    assert read_limits() == read_limits({}) == Limits()


@pytest.mark.parametrize("limit", fields(Limits), ids=lambda limit: limit.name)
def test_every_limit_can_be_overridden_by_its_name(limit):
    value = limit.default + 1 if isinstance(limit.default, int) else list(limit.default[:1])
    changed = getattr(read_limits({limit.name: value}), limit.name)
    assert changed == (value if isinstance(value, int) else tuple(value))


@pytest.mark.parametrize(
    ("overrides", "fault"),
    [
        pytest.param(
            {"vlan_higest": 1},
            "limits.vlan_higest: is no limit: did you mean vlan_highest?",
            id="near miss",
        ),
        pytest.param({"zz": 1}, "limits.zz: is no limit", id="unknown"),
        pytest.param(
            {"vlan_highest": "1"}, "limits.vlan_highest: must be a whole number", id="text"
        ),
        pytest.param(
            {"vlan_highest": True}, "limits.vlan_highest: must be a whole number", id="bool"
        ),
        pytest.param(
            {"mtu_private": 1500},
            "limits.mtu_private: must be a list of whole numbers",
            id="no list",
        ),
        pytest.param(
            {"mtu_private": ["1500"]},
            "limits.mtu_private: must be a list of whole numbers",
            id="items",
        ),
        pytest.param(
            {"dedicated_bandwidths": "1Gbps"},
            "limits.dedicated_bandwidths: must be a list of texts",
            id="text for a list",
        ),
    ],
)
def test_a_wrong_override_is_a_fault(overrides, fault):
    with pytest.raises(EstateError) as caught:
        read_limits(overrides)
    assert str(caught.value) == fault


def test_all_wrong_overrides_are_told_at_once():
    with pytest.raises(EstateError) as caught:
        read_limits({"one": 1, "two": 2, "vlan_highest": None})
    assert [fault.path for fault in caught.value.faults] == [
        "limits.one",
        "limits.two",
        "limits.vlan_highest",
    ]
