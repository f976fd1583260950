# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What may be drained: names that there are, and traffic that has another way."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.drain import (
    drained_names,
    plan_drain,
    plan_undrain,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate import read_estate
from tests.fixtures.two_sites import document, observed, part


def plan(*wanted, seen=None, drained=None, consent=(), changed=None, asked=True):
    return plan_drain(
        read_estate(changed or document()),
        observed() if seen is None else seen,
        wanted,
        drained={"edge-fra-1": [], "edge-ams-1": []} | (drained or {}) if asked else {},
        consent=consent,
    )


def test_a_way_beside_which_another_carries_the_same_is_drained_on_its_router():
    found = plan("ams-a-transit")

    assert (found.names, found.routers, found.faults) == (("ams-a-transit",), ("edge-ams-1",), ())


def test_a_circuit_stands_for_all_that_rides_on_it():
    found = plan("fra-a", consent=["fra-a-transit", "fra-a-private"])

    assert found.names == ("fra-a-transit", "fra-a-private")
    assert (found.routers, found.faults) == (("edge-fra-1",), ())


def test_what_no_other_way_carries_is_named():
    (fault,) = plan("fra-a-transit").faults

    assert fault == (
        "fra-a-transit: no other way carries 2001:db8:20::/48 from AWS, 2001:db8:10::/64 to AWS:"
        " bring one up first, or accept the outage with dx_consent: [fra-a-transit]"
    )


def test_an_only_way_is_told_by_where_it_leads():
    silent = document()
    silent["virtual_interfaces"][1]["routing"] = {}

    (fault,) = plan("fra-a-private", changed=silent).faults

    assert "no other way carries traffic to legacy" in fault


def test_a_way_that_is_down_at_aws_or_unknown_to_it_stands_in_for_nobody():
    down = observed()
    part(down, "virtual_interfaces", "fra-a-transit")["peers"][0]["status"] = "down"

    assert "no other way" in plan("ams-a-transit", seen=down).faults[0]
    assert "no other way" in plan("ams-a-transit", seen=[]).faults[0]


@pytest.mark.parametrize("router", ["edge-fra-1", "edge-ams-1"])
def test_a_way_that_is_drained_stands_in_for_nobody(router):
    found = plan("ams-a-transit", drained={router: ["DX-VIF103"]})

    assert bool(found.faults) is (router == "edge-fra-1")


def test_a_way_whose_router_does_not_tell_what_it_drains_stands_in_for_nobody():
    (fault,) = plan("ams-a-transit", asked=False).faults

    assert ", as far as is known (edge-fra-1 did not tell what it drains): bring one up" in fault
    assert plan("ams-a-transit", asked=False, consent=["ams-a-transit"]).faults == ()


def test_two_that_stand_in_for_each_other_are_not_drained_together():
    assert len(plan("ams-a-transit", "fra-a-transit").faults) == 2


def test_all_unknown_names_are_told_at_once():
    assert plan("fra-a-transi", "nobody", consent=["fra-a-transit"]).faults == (
        (
            "dx_drain[0]: fra-a-transi is no virtual interface on a router, and no circuit that"
            " carries one (did you mean fra-a-transit?)"
        ),
        "dx_drain[1]: nobody is no virtual interface on a router, and no circuit that carries one",
    )


def test_no_name_at_all_is_a_fault():
    estate = read_estate(document())

    assert plan().faults == (
        "dx_drain: names nothing: give virtual interfaces, or the circuits they ride on",
    )
    assert plan_undrain(estate, []).faults[0].startswith("dx_undrain: names nothing")


def test_what_ends_on_no_router_of_the_estate_is_not_ours_to_drain():
    elsewhere = document()
    for circuit in elsewhere["connections"]:
        del circuit["router"], circuit["port"]

    found = plan("ams-a-transit", changed=elsewhere)

    assert (found.names, found.routers) == ((), ())
    assert "ams-a-transit is no virtual interface on a router" in found.faults[0]


def test_nothing_stands_against_undraining():
    found = plan_undrain(read_estate(document()), ["ams-a"])

    assert (found.names, found.routers, found.faults) == (("ams-a-transit",), ("edge-ams-1",), ())


def test_a_router_tells_owners_and_the_estate_whose_they_are():
    told = {"edge-fra-1": ["DX-VIF101"], "edge-ams-1": ["DX-VIF103"]}

    assert drained_names(read_estate(document()), told) == ("fra-a-private",)
