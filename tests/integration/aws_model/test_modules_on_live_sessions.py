# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The AWS modules while BGP is up: what interrupts it needs consent; waits and routes are real."""

from __future__ import annotations

import threading

import pytest

from ansible_collections.crossconnect.dx.plugins.modules import (
    estate,
    virtual_interface,
    virtual_interface_info,
)
from tests.fixtures.aws_model import run_module
from tests.integration.aws_model.conftest import AMAZON, EDGE, KEY

pytestmark = pytest.mark.lab

PRIVATE = "fra-a-private-171"


def document(mtu=8500):
    """Return the circuit, which was built by hand, as an estate that adopts it."""
    connection = {
        "name": "fra-a",
        "account": "network",
        "location": "EqFA5",
        "bandwidth": "10Gbps",
    }
    tie = {
        "transit_gateway": "tgw-core",
        "allowed_prefixes": ["10.20.0.0/16", "2001:db8:20::/64"],
    }
    gateway = {"name": "core", "account": "network", "associations": [tie]}
    interface = {
        "name": "fra-a-transit",
        "on": "fra-a",
        "type": "transit",
        "gateway": "core",
        "vlan": 101,
        "customer_asn": 65001,
        "mtu": mtu,
        "peers": [{"family": "ipv4", "key": KEY}, {"family": "ipv6"}],
    }
    return {
        "name": "live",
        "connections": [connection],
        "gateways": [gateway],
        "virtual_interfaces": [interface],
    }


def session(lab):
    return {
        "region": "eu-central-1",
        "endpoint_url": lab.endpoint,
        "access_key": "AKIANETWORKNETWORK00",
        "secret_key": "not-a-secret-at-all",
    }


def reconcile(lab, mtu=8500, *, check=False, **options):
    return run_module(
        estate.main, check=check, estate=document(mtu), account="network", **session(lab), **options
    )


def look(lab, **options):
    names = ["fra-a-transit"]
    return run_module(virtual_interface_info.main, names=names, **session(lab), **options)


def flaps(lab):
    """Count how often each session of AWS's router has gone down."""
    families = lab.show(AMAZON, "show bgp summary").values()
    return {
        name: peer["connectionsDropped"]
        for family in families
        for name, peer in family["peers"].items()
    }


def shut_sessions(lab, circuit, *, up):
    """Shut or open both sessions at the customer's end."""
    peers = lab.virtual_interface(circuit.transit)["bgpPeers"]
    lines = [
        f" {'no ' if up else ''}neighbor {peer['amazonAddress'].partition('/')[0]} shutdown"
        for peer in peers
    ]
    lab.on(EDGE, "vtysh", "-f", "/proc/self/fd/0", text="\n".join(["router bgp 65001", *lines, ""]))


def test_waiting_for_sessions_that_are_up_costs_one_call(lab, circuit):
    seen = look(lab, wait_bgp="up", wait_seconds=20)

    (interface,) = seen["virtual_interfaces"]
    assert interface["id"] == circuit.transit
    assert [peer["status"] for peer in interface["peers"]] == ["up", "up"]
    assert seen["calls"] == {"DescribeVirtualInterfaces": 1}


def test_a_session_that_comes_up_late_is_waited_for(lab, circuit, wait_until):
    shut_sessions(lab, circuit, up=False)
    wait_until("down", lambda: lab.status(circuit.transit), wanted=["down", "down"])
    colleague = threading.Timer(1.0, shut_sessions, [lab, circuit], {"up": True})
    colleague.start()

    seen = look(lab, wait_bgp="up", wait_seconds=60)
    colleague.join()

    assert "failed" not in seen, seen["msg"]
    (interface,) = seen["virtual_interfaces"]
    assert [peer["status"] for peer in interface["peers"]] == ["up", "up"]
    assert seen["calls"]["DescribeVirtualInterfaces"] > 1


def test_routes_are_told_in_both_directions(lab, circuit, wait_until):
    def routes():
        (interface,) = look(lab, routes=True)["virtual_interfaces"]
        return {(route["direction"], route["prefix"]): route for route in interface["routes"]}

    assert circuit.transit
    wait_until(
        "both directions",
        lambda: sorted(routes()),
        wanted=[
            ("accepted", "192.168.10.0/24"),
            ("accepted", "2001:db8:10::/64"),
            ("advertised", "10.20.0.0/16"),
            ("advertised", "2001:db8:20::/64"),
        ],
    )
    seen = routes()
    accepted = seen["accepted", "192.168.10.0/24"]
    assert (accepted["as_path"], accepted["family"]) == ([65001], "ipv4")
    assert accepted["communities"] == ["7224:7300"]
    assert seen["advertised", "2001:db8:20::/64"]["as_path"] == [64512]


def test_an_mtu_is_changed_under_live_sessions_only_with_consent(lab, circuit, wait_until):
    before = flaps(lab)
    shown = reconcile(lab, 1500, check=True)
    refused = reconcile(lab, 1500)

    harm = "interrupts the connection for up to 30 s, with BGP up on fra-a-transit"
    assert "consent fra-a-transit: MISSING" in shown["plan_text"]
    assert harm in shown["plan_text"]
    assert harm in refused["msg"]
    assert "this needs fra-a-transit in the consent list (dx_consent)" in refused["msg"]
    assert lab.virtual_interface(circuit.transit)["mtu"] == 8500
    assert lab.virtual_interface(circuit.transit)["tags"] == [], "a refused run changes nothing"

    for mtu in (1500, 8500):
        assert reconcile(lab, mtu, consent=["fra-a-transit"])["changed"]
        assert lab.virtual_interface(circuit.transit)["mtu"] == mtu
        wait_until("the router's MTU", lambda: router_mtu(lab), wanted=mtu)
    assert reconcile(lab)["plan_text"] == ""
    assert flaps(lab) == before


def router_mtu(lab):
    return lab.show(AMAZON, "show interface eth1.101")["eth1.101"]["mtu"]


@pytest.mark.parametrize(
    ("scope", "harm"),
    [
        pytest.param(
            "virtual_interfaces",
            "delete virtual_interface fra-a-transit: cuts a BGP session that is up",
            id="the interface",
        ),
        pytest.param(
            "associations",
            "delete association core/tgw-core: takes the routes from fra-a-transit",
            id="the association that its routes come through",
        ),
    ],
)
def test_what_carries_a_live_session_is_not_deleted_without_consent(lab, circuit, scope, harm):
    lab.command("calls", "--mark", scope)

    refused = reconcile(lab, state="absent", scope=[scope])

    assert harm in refused["msg"]
    assert "in the consent list (dx_consent)" in refused["msg"]
    assert ", 0 that change, 0 failed" in lab.command("calls", "--since", scope)
    assert lab.status(circuit.transit) == ["up", "up"]


def test_a_live_interface_is_deleted_with_consent_and_its_neighbours_stay(
    lab, circuit, legacy, wait_until
):
    made = legacy(171)
    lab.configure_edge(made, KEY, "7224:7200")
    wait_until("up", lambda: lab.status(made["virtualInterfaceId"]), wanted=["up"])
    options = {
        "name": PRIVATE,
        "connection": "fra-a",
        "type": "private",
        "gateway": "core",
        "vlan": 171,
        "customer_asn": 65001,
        "state": "absent",
        **session(lab),
    }
    before = flaps(lab)

    refused = run_module(virtual_interface.main, **options)
    deleted = run_module(virtual_interface.main, consent=[PRIVATE], **options)

    assert f"delete virtual_interface {PRIVATE}: cuts a BGP session that is up" in refused["msg"]
    assert deleted["changed"]
    wait_until(
        "the link", lambda: lab.succeeds(AMAZON, "ls", "/sys/class/net/eth1.171"), wanted=False
    )
    assert lab.status(circuit.transit) == ["up", "up"]
    after = flaps(lab)
    assert after == {name: count for name, count in before.items() if name in after}
