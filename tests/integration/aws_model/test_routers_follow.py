# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The AWS routers carry what the model says, and the model says what they see."""

from __future__ import annotations

import json
import os
import signal

import pytest

pytestmark = pytest.mark.lab

EDGE, AMAZON = "edge-fra-1", "aws-fra"


def cidrs(routes):
    return sorted(route["cidr"] for route in routes)


def test_a_virtual_interface_is_available_once_its_sessions_are_up(lab, circuit):
    found = lab.virtual_interface(circuit.transit)
    assert found["virtualInterfaceState"] == "available"
    attachment = lab.show(AMAZON, "show interface eth1.101")["eth1.101"]
    assert attachment["mtu"] == 8500


def test_the_customers_routes_are_accepted_with_their_preference(lab, circuit, wait_until):
    wanted = ["192.168.10.0/24", "2001:db8:10::/64"]
    wait_until("accepted", lambda: cidrs(lab.routes(circuit.transit, "accepted")), wanted=wanted)
    first, _ = lab.routes(circuit.transit, "accepted")
    assert first["asPath"] == [{"pathType": "seq", "path": [65001]}]
    assert first["communities"] == ["7224:7300"]
    assert first["routeInstalledAt"] is not None
    only = lab.routes(circuit.transit, "accepted", addressFamily="ipv6")
    assert cidrs(only) == ["2001:db8:10::/64"]
    (path,) = lab.show(AMAZON, "show bgp ipv4 unicast 192.168.10.0/24")["paths"]
    assert path["locPrf"] == 300


def test_exactly_the_allowed_prefixes_are_advertised(lab, circuit, wait_until):
    wanted = ["10.20.0.0/16", "2001:db8:20::/64"]
    wait_until(
        "advertised", lambda: cidrs(lab.routes(circuit.transit, "advertised")), wanted=wanted
    )
    first, _ = lab.routes(circuit.transit, "advertised")
    assert first["asPath"] == [{"pathType": "seq", "path": [64512]}]
    (path,) = lab.show(EDGE, "show bgp ipv4 unicast 10.20.0.0/16")["paths"]
    assert path["aspath"]["string"] == "64512"


@pytest.mark.usefixtures("circuit")
def test_hosts_on_both_sides_reach_each_other_in_jumbo_frames(lab, wait_until):
    for target, size in (("10.20.0.10", "8472"), ("2001:db8:20::10", "8452")):
        ping = ("ping", "-c", "1", "-W", "1", "-M", "do", "-s", size, target)
        wait_until(f"ping {target}", lambda ping=ping: lab.succeeds("host-dc", *ping), wanted=True)


def test_other_allowed_prefixes_reach_the_customer_without_a_flap(lab, circuit, wait_until):
    def flaps():
        peers = lab.show(AMAZON, "show bgp summary")["ipv4Unicast"]["peers"]
        return {name: peer["connectionsDropped"] for name, peer in peers.items()}

    def received():
        return "10.40.0.0/16" in lab.show(EDGE, "show bgp ipv4 unicast")["routes"]

    before, which = flaps(), {"associationId": circuit.association}
    update = lab.direct_connect.update_direct_connect_gateway_association
    update(**which, addAllowedPrefixesToDirectConnectGateway=[{"cidr": "10.40.0.0/16"}])
    wait_until("the added prefix", received, wanted=True)

    def settled():
        found = lab.direct_connect.describe_direct_connect_gateway_associations(**which)
        return found["directConnectGatewayAssociations"][0]["associationState"]

    wait_until("the update", settled, wanted="associated")
    update(**which, removeAllowedPrefixesToDirectConnectGateway=[{"cidr": "10.40.0.0/16"}])
    wait_until("the removed prefix", received, wanted=False)
    assert flaps() == before


def test_a_failover_test_takes_the_sessions_down_and_brings_them_back(lab, circuit, wait_until):
    which = {"virtualInterfaceId": circuit.transit}
    lab.direct_connect.start_bgp_failover_test(**which, testDurationInMinutes=5)
    wait_until("down", lambda: lab.status(circuit.transit), wanted=["down", "down"])
    assert lab.virtual_interface(circuit.transit)["virtualInterfaceState"] == "testing"
    lab.direct_connect.stop_bgp_failover_test(**which)
    wait_until("up again", lambda: lab.status(circuit.transit), wanted=["up", "up"])
    assert lab.virtual_interface(circuit.transit)["virtualInterfaceState"] == "available"


def test_a_pulled_cable_takes_the_connection_down(lab, circuit, wait_until):
    def state():
        found = lab.direct_connect.describe_connections(connectionId=circuit.connection)
        return found["connections"][0]["connectionState"]

    lab.command("unpatch", "fra-a")
    wait_until("down", state, wanted="down")
    wait_until("sessions down", lambda: lab.status(circuit.transit), wanted=["down", "down"])
    lab.command("patch", "fra-a")
    wait_until("available", state, wanted="available")
    wait_until("sessions up", lambda: lab.status(circuit.transit), wanted=["up", "up"])


def test_a_wrong_key_stays_down(lab, circuit, legacy, wait_until):
    made = legacy(151)

    def refused():
        """Tell whether the kernel has refused a segment for its signature."""
        counters = lab.on(AMAZON, "cat", "/proc/net/netstat").splitlines()
        names, values = counters[0].split(), counters[1].split()
        return int(values[names.index("TCPMD5Failure")]) > 0

    lab.configure_edge(made, "wrong-battery", "7224:7100")
    wait_until("a refused segment", refused, wanted=True)
    assert lab.status(made["virtualInterfaceId"]) == ["down"]
    assert lab.virtual_interface(made["virtualInterfaceId"])["virtualInterfaceState"] == "down"
    assert lab.status(circuit.transit) == ["up", "up"]


def test_a_vgw_announces_its_vpc_and_a_deleted_interface_leaves_nothing(
    lab, circuit, legacy, wait_until
):
    links = lab.on(AMAZON, "ls", "/sys/class/net")
    before = lab.running(AMAZON)
    made = legacy(161)
    lab.configure_edge(made, "correct-horse", "7224:7200")
    wait_until("up", lambda: lab.status(made["virtualInterfaceId"]), wanted=["up"])

    def advertised():
        return cidrs(lab.routes(made["virtualInterfaceId"], "advertised"))

    wait_until("the VPC", advertised, wanted=["10.30.0.0/16"])
    lab.direct_connect.delete_virtual_interface(virtualInterfaceId=made["virtualInterfaceId"])
    wait_until("the old configuration", lambda: lab.running(AMAZON), wanted=before)
    assert lab.on(AMAZON, "ls", "/sys/class/net") == links
    assert circuit.transit in before


def test_a_model_that_was_killed_brings_its_routers_back(lab, circuit, wait_until):
    before = lab.virtual_interface(circuit.transit)
    document = json.loads((lab.state / "lab.json").read_text())
    os.kill(document["processes"]["aws"]["pid"], signal.SIGKILL)
    assert "with all orders of before" in lab.command("up")
    # The sessions begin anew, so an up that is read at once may be that of before.
    wait_until("all as before", lambda: lab.virtual_interface(circuit.transit), wanted=before)
    wanted = ["10.20.0.0/16", "2001:db8:20::/64"]
    wait_until(
        "advertised", lambda: cidrs(lab.routes(circuit.transit, "advertised")), wanted=wanted
    )


def test_no_key_is_in_the_models_log(lab, circuit):
    assert circuit.transit
    for name in ("aws.log", "calls.jsonl"):
        assert "correct-horse" not in (lab.state / name).read_text(encoding="utf-8")
