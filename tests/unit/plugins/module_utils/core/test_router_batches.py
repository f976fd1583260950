# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Batches of routers: redundant ones never change together."""

from __future__ import annotations

from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate import read_estate
from ansible_collections.crossconnect.dx.plugins.module_utils.core.router_batches import (
    redundant_with,
    router_batches,
)
from tests.fixtures.two_sites import document


def batches(groups, routers):
    declared = [{"name": name, "redundancy_group": group} for name, group in groups.items()]
    return router_batches(read_estate({**document(), "routers": declared}), routers)


def test_one_router_of_each_group_at_a_time():
    groups = {"fra-1": "fra", "fra-2": "fra", "ams-1": "ams", "ams-2": "ams", "ams-3": "ams"}
    assert batches(groups, list(groups)) == (("fra-1", "ams-1"), ("fra-2", "ams-2"), ("ams-3",))


def test_without_groups_one_router_at_a_time():
    assert batches({}, ["fra-1", "ams-1"]) == (("fra-1",), ("ams-1",))


def test_without_routers_there_is_no_batch():
    assert batches({}, []) == ()


def test_a_router_stands_in_for_those_of_its_own_group_alone():
    declared = [{"name": name, "redundancy_group": "fra"} for name in ("fra-1", "fra-2")]
    estate = read_estate({**document(), "routers": declared})
    routers = ["fra-1", "fra-2", "ams-1", "ams-2"]

    assert redundant_with(estate, "fra-1", routers) == ("fra-2",)
    assert redundant_with(estate, "ams-2", routers) == ("ams-1",)
