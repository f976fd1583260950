# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attachments in a VRF, beyond that they come up."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.session import DeviceError
from tests.kernel.cases import CASES, VRF_MADE, VRF_UNMADE
from tests.kernel.conftest import require
from tests.kernel.test_attachments import KEYS, OWNERS, peers

pytestmark = pytest.mark.lab

PLAIN, INSIDE = CASES["a VLAN of the kernel's own"], CASES["a VLAN in a VRF"]


@pytest.fixture
def able():
    require("VRF")


@pytest.fixture
def vrf(able, edge):  # noqa: ARG001 - it must be able first
    edge.shell(";".join(VRF_MADE))
    yield "DX"
    edge.shell(";".join(VRF_UNMADE))


def test_an_attachment_moves_into_a_vrf_and_back(vrf, router, session, far_end):  # noqa: ARG001
    far_end.make()
    for case in (PLAIN, INSIDE, PLAIN):
        session.load(case.text, keys=KEYS, mode="owned", owners=OWNERS)
        session.commit(revert_in=300)
        assert session.check(bgp=peers(case), bfd=True, timeout=180).problems == []
        session.confirm()
    session.load("", mode="owned", owners=OWNERS)
    session.commit()


def test_the_other_side_is_pinged_from_within_a_vrf(vrf, router, session, far_end):  # noqa: ARG001
    far_end.make()
    session.load(INSIDE.text, keys=KEYS, mode="owned", owners=OWNERS)
    session.commit(revert_in=300)
    for source in ("", "169.254.101.2"):
        answer = session.driver.ping("169.254.101.1", source=source, vrf=vrf, count=1)
        assert answer["success"]["packet_loss"] == 0
    assert "169.254.101.1" in {row["ip"] for row in session.driver.get_arp_table(vrf)}
    hops = session.driver.traceroute("169.254.101.1", vrf=vrf)["success"]
    assert hops[1]["probes"][1]["ip_address"] == "169.254.101.1"
    assert "error" in session.driver.ping("169.254.101.1", count=1)
    session.rollback()


def test_a_move_into_a_vrf_is_taken_back(vrf, router, session, far_end):  # noqa: ARG001
    far_end.make()
    before = router.running()
    session.load(PLAIN.text, keys=KEYS, mode="owned", owners=OWNERS)
    session.commit()
    plain = router.running()
    session.load(INSIDE.text, keys=KEYS, mode="owned", owners=OWNERS)
    session.commit(revert_in=300)
    session.rollback()
    assert router.running() == plain
    assert session.check(bgp=peers(PLAIN), bfd=True, timeout=180).problems == []
    session.load("", mode="owned", owners=OWNERS)
    session.commit()
    assert router.running() == before


def test_a_wrong_key_is_told_from_within_a_vrf(vrf, router, session, far_end):  # noqa: ARG001
    far_end.make(key="another-key")
    session.load(INSIDE.text, keys=KEYS, mode="owned", owners=OWNERS)
    session.commit(revert_in=300)
    problems = session.check(bgp=peers(INSIDE), timeout=20).problems
    assert len(problems) == 2
    assert all("the two sides have different keys (" in problem for problem in problems)
    session.rollback()


def test_a_vrf_that_is_missing_is_refused_before_anything_is_touched(able, router, session):  # noqa: ARG001
    with pytest.raises(DeviceError, match="the router has no VRF DX: make it first"):
        session.load(INSIDE.text, keys=KEYS, mode="owned", owners=OWNERS)
    assert session.facts(["network_instances"])["network_instances"].keys() == {"default"}
    assert router.shell("ip link show eth1.101") == ""


def test_the_vrfs_of_the_kernel_are_told(vrf, session):
    instances = session.facts(["network_instances"])["network_instances"]
    assert instances.keys() == {"default", vrf}
    assert instances[vrf]["type"] == "L3VRF"
