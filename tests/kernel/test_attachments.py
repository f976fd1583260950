# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An attachment on each feature of the kernel: up, the same when written again, gone."""

from __future__ import annotations

import pytest

from tests.fixtures.polling import until
from tests.kernel.cases import CASES, vtysh
from tests.kernel.conftest import require

pytestmark = pytest.mark.lab

KEYS = {"fra-a-transit": "shared-key"}
OWNERS = ["DX-VIF101"]
NETWORK_V6 = "network 2001:db8:10::/64"


@pytest.fixture(params=list(CASES))
def case(request):
    case = CASES[request.param]
    require(case.feature)
    edge, far_end = (request.getfixturevalue(name) for name in ("edge", "far_end"))
    edge.shell(";".join(case.before))
    far_end.shell(";".join(case.far) or ":")
    yield case
    far_end.shell(";".join(case.far_after) or ":")
    edge.shell(";".join(case.after))


def peers(case):
    found = (("ipv4", "169.254.101.1"), ("ipv6", "2001:db8:101::1"))
    return [
        {"neighbor": neighbor, "family": family, "interface": case.interface, "name": "fra-a"}
        for family, neighbor in found
    ]


def sent(session, neighbor):
    tables = session.facts(["bgp_neighbors"])["bgp_neighbors"]
    (peer,) = (table["peers"][neighbor] for table in tables.values() if neighbor in table["peers"])
    return sum(family["sent_prefixes"] for family in peer["address_family"].values())


def test_an_attachment_comes_up_stays_the_same_and_goes(case, router, session, far_end):
    before = router.running()
    far_end.make(port=case.far_port)
    session.load(case.text, keys=KEYS, mode="owned", owners=OWNERS)
    session.commit(revert_in=300)
    assert case.shown in router.shell(f"ip -d link show {case.interface}")
    outcome = session.check(bgp=peers(case), bfd=True, timeout=180)
    assert outcome.problems == []
    for peer in peers(case):
        until(lambda peer=peer: sent(session, peer["neighbor"]) == 1, "our prefix, announced", 180)
    session.confirm()
    assert session.load(case.text, keys=KEYS, mode="owned", owners=OWNERS) == ""
    session.load("", mode="owned", owners=OWNERS)
    session.commit()
    assert router.running() == before


@pytest.fixture
def without_ipv6(edge):
    require("802.1Q")
    router, family, network = "router bgp 65001", "address-family ipv6 unicast", NETWORK_V6
    edge.shell(vtysh(router, family, f"no {network}"))
    yield
    edge.shell(vtysh(router, family, network))


def test_a_family_that_nobody_else_uses_goes_with_the_attachment(without_ipv6, router, session):  # noqa: ARG001
    before = router.running()
    assert "address-family ipv6" not in before
    for text in (CASES["a VLAN of the kernel's own"].text, ""):
        session.load(text, keys=KEYS, mode="owned", owners=OWNERS)
        session.commit()
    assert router.running() == before
