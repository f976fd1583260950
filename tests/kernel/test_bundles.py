# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bundles that the router makes: up, with a port less, taken back, gone, refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.session import DeviceError
from tests.fixtures.polling import until
from tests.kernel.cases import CASES, Case, vtysh
from tests.kernel.conftest import require
from tests.kernel.test_attachments import KEYS, peers

pytestmark = pytest.mark.lab

GOLDEN = Path(__file__).parents[1] / "golden/changes/frr/an-attachment-on-a-bundle.cfg"
TEXT = GOLDEN.read_text(encoding="utf-8").replace(" min-links 2", "")
STRICT = GOLDEN.read_text(encoding="utf-8")
PLAIN = CASES["a VLAN of the kernel's own"]
ON_BUNDLE = Case(feature="LACP", candidate="", shown="", interface="bond0.101")
OWNERS = ["DX-PORTbond0", "DX-VIF101"]
FAR = (
    "ip link add bond0 type bond mode 802.3ad miimon 100 lacp_rate fast",
    "ip link set eth1 down",
    "ip link set eth2 down",
    "ip link set bond0 mtu 9000",
    "ip link set eth1 master bond0",
    "ip link set eth2 master bond0",
    "ip link set bond0 up",
)
FAR_AFTER = ("ip link del bond0", "ip link set eth1 up", "ip link set eth2 up")


@pytest.fixture
def ports(router):
    """Hold what the ports are like against what they were."""
    require("LACP")
    before = _ports(router)
    yield before
    until(lambda: _ports(router) == before, "ports as they were", 60)


def _ports(router):
    shown = json.loads(router.shell("ip -j -d link show"))
    told = ("mtu", "flags", "master", "address")
    return {
        one["ifname"]: {name: one.get(name) for name in told}
        for one in shown
        if one["ifname"].startswith(("eth", "bond"))
    }


@pytest.fixture
def far_bundle(ports, far_end):  # noqa: ARG001 - what the router's ports are like is seen first
    far_end.shell(";".join(FAR))
    far_end.make(port="bond0")
    yield far_end
    far_end.clear()
    far_end.shell(";".join(FAR_AFTER))


def load(session, text):
    return session.load(text, keys=KEYS, mode="owned", owners=OWNERS)


def is_up(session):
    return session.check(bgp=peers(ON_BUNDLE), bfd=True, timeout=180).problems == []


def test_a_bundle_comes_up_carries_on_with_a_port_less_and_goes(far_bundle, router, session):
    before = router.running()
    assert "+ link bond0 bond eth1,eth2 mtu 8500" in load(session, TEXT)
    session.commit(revert_in=300)
    assert is_up(session)
    session.confirm()
    assert load(session, TEXT) == ""
    flaps = router.shell("vtysh -c 'show bgp neighbor 169.254.101.1 json' | grep -i dropped")
    far_bundle.shell("ip link set eth2 down")
    until(
        lambda: "eth2" not in router.shell("ip -br link show up | grep LOWER_UP"), "a dark port", 60
    )
    assert is_up(session)
    assert (
        router.shell("vtysh -c 'show bgp neighbor 169.254.101.1 json' | grep -i dropped") == flaps
    )
    far_bundle.shell("ip link set eth2 up")
    changed = "- link bond0 bond eth1,eth2 mtu 8500\n+ link bond0 bond eth1,eth2 min-links 2"
    assert changed in load(session, STRICT)
    session.commit()
    assert is_up(session)
    load(session, "")
    session.commit()
    assert router.running() == before


def test_an_attachment_that_moves_onto_a_bundle_is_taken_back_by_the_router(
    ports,  # noqa: ARG001
    router,
    session,
    far_end,
):
    far_end.make()
    load(session, PLAIN.text)
    session.commit()
    assert session.check(bgp=peers(PLAIN), bfd=True, timeout=180).problems == []
    before = router.running()
    load(session, TEXT)
    session.commit(revert_in=20)
    assert "master bond0" in router.shell("ip link show eth1")
    session.close()  # nobody is there any more
    until(lambda: router.running() == before, "the way back, by the router's own timer", 300, 1)
    session.open()
    assert session.check(bgp=peers(PLAIN), bfd=True, timeout=180).problems == []
    load(session, "")
    session.commit()


def test_a_port_leaves_as_it_was_and_what_others_ride_on_stays(ports, router, session):
    load(session, TEXT)
    session.commit()
    one = TEXT.replace("eth1,eth2", "eth1")
    load(session, one)
    session.commit()
    assert _ports(router)["eth2"] == ports["eth2"]
    assert load(session, one) == ""
    router.shell("ip link add link bond0 name bond0.900 type vlan id 900")
    with pytest.raises(DeviceError, match="bundle bond0 would go, and this rides on it"):
        load(session, "")
    router.shell("ip link del bond0.900")
    load(session, "")
    session.commit()


@pytest.fixture
def unready(ports, edge):  # noqa: ARG001 - what they are like is seen first
    edge.shell("ip address add 192.0.2.1/30 dev eth1; ip link set eth2 down")
    yield
    edge.shell("ip address del 192.0.2.1/30 dev eth1; ip link set eth2 up")


def test_what_is_not_ready_is_refused_at_once_before_anything_is_touched(unready, router, session):  # noqa: ARG001
    seen = _ports(router)
    with pytest.raises(DeviceError) as refused:
        load(session, TEXT)
    assert "port eth1 has addresses: take them away first" in str(refused.value)
    assert "port eth2 is shut down: set it up first" in str(refused.value)
    assert _ports(router) == seen


@pytest.fixture
def stranger(ports, edge):  # noqa: ARG001 - what they are like is seen first
    edge.shell("ip link add name bond0 type bond mode 802.3ad")
    yield "bond0"
    edge.shell(f"{vtysh('no interface bond0')}; ip link del bond0; {vtysh('no interface bond0')}")


def test_a_bond_of_somebody_else_is_handed_over_by_alias_and_description(stranger, edge, session):
    with pytest.raises(DeviceError, match=r"bond0 is there and not ours: .* alias 'Made by"):
        load(session, TEXT)
    edge.shell(f"ip link set dev {stranger} alias 'Made by Crossconnect'")
    with pytest.raises(DeviceError, match="give it the description `DX-PORTbond0 fra-a`"):
        load(session, TEXT)
    edge.shell(vtysh(f"interface {stranger}", "description DX-PORTbond0 fra-a"))
    assert "+ link bond0 bond eth1,eth2" in load(session, TEXT)
