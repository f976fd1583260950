# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on routers."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate import (
    EstateError,
    read_estate,
)
from tests.fixtures.two_sites import document

ROUTERS = ("edge-fra-1", "edge-ams-1")


def faults(*routers, **routing):
    content = document()
    content["virtual_interfaces"][0]["routing"] |= routing
    try:
        read_estate({**content, "routers": list(routers)}, routers=ROUTERS)
    except EstateError as error:
        return [str(fault) for fault in error.faults]
    return []


def router(**more):
    return {"name": "edge-fra-1", **more}


def test_a_router_with_all_that_can_be_told_is_right():
    more = {"landing": "svi", "keepalive_seconds": 3, "hold_seconds": 9, "multipath": 4}
    assert faults(router(redundancy_group="fra", **more), vrf="DX_core-1") == []


@pytest.mark.parametrize(
    ("things", "expected"),
    [
        pytest.param(
            [router(), router()],
            "routers[1].name: edge-fra-1 is declared above already",
            id="declared twice",
        ),
        pytest.param(
            [{"name": "edge-lon-1"}],
            "routers[0].name: edge-lon-1 is no host of the inventory's group edge_routers: add it"
            " there",
            id="not in the inventory",
        ),
        pytest.param(
            [router(keepalive_seconds=0)],
            "routers[0].keepalive_seconds: 0 is not 1 or more",
            id="no keepalive",
        ),
        pytest.param(
            [router(keepalive_seconds=1, hold_seconds=2)],
            "routers[0].hold_seconds: 2 is below 3, AWS's lowest",
            id="hold time below AWS's",
        ),
        pytest.param(
            [router(keepalive_seconds=20)],
            "routers[0]: a hold time of 30 s is shorter than three keepalives of 20 s: one that is"
            " late would end the session",
            id="hold time shorter than three keepalives",
        ),
        pytest.param(
            [router(multipath=17)],
            "routers[0].multipath: 17 is out of bounds (1 to 16)",
            id="more paths than platforms can",
        ),
    ],
)
def test_a_fault_tells_where_and_what(things, expected):
    assert faults(*things) == [expected]


@pytest.mark.parametrize("name", ["1DX", "D X", "a" * 16])
def test_a_vrf_needs_a_name_that_every_platform_takes(name):
    (fault,) = faults(vrf=name)
    assert fault.startswith(f"virtual_interfaces[0].routing.vrf: {name!r} is no name of a VRF")


def test_a_scope_says_nothing_but_over_the_public_network():
    assert faults(scope="region") == [
        "virtual_interfaces[0].routing.scope: has no meaning on a transit interface: leave it out"
    ]


def test_nobody_accepts_everything():
    content = document()
    content["virtual_interfaces"][1]["routing"]["accept"] = ["0.0.0.0/0"]
    with pytest.raises(EstateError) as caught:
        read_estate(content)
    (fault,) = caught.value.faults
    assert fault.path == "virtual_interfaces[1].routing.accept[0]"
    assert str(fault).endswith("takes whatever is announced: give the prefixes that you expect")
