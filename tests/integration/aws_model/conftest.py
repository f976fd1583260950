# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A lab with one circuit through it, and an edge router that is configured by hand."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config

from lab.nodes import run_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NAME, LOOPBACK = os.environ.get("LAB_NAME", "lb"), os.environ.get("LAB_LOOPBACK", "127.20.32")
ROOT = Path(__file__).parents[3]
EDGE, AMAZON = "edge-fra-1", "aws-fra"
KEY = "correct-horse"


class Lab:
    """A running lab, and how tests speak with its parts."""

    def __init__(self) -> None:
        self.state = Path("/run/crossconnect") / NAME
        self.endpoint = f"http://{LOOPBACK}.2:4566"
        self.direct_connect = boto3.client(
            "directconnect",
            region_name="eu-central-1",
            endpoint_url=self.endpoint,
            aws_access_key_id="AKIANETWORKNETWORK00",
            aws_secret_access_key="not-a-secret-at-all",  # noqa: S106
            config=Config(retries={"total_max_attempts": 1}),
        )

    def command(self, *argv: str) -> str:
        environment = {**os.environ, "LAB_NAME": NAME, "LAB_LOOPBACK": LOOPBACK}
        done = subprocess.run(
            [sys.executable, "-m", "lab", *argv],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def targets(self) -> dict[str, str]:
        request = urllib.request.Request(  # noqa: S310 - loopback
            f"{self.endpoint}/_lab/seed", data=b"{}", method="POST"
        )
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            return json.loads(answer.read())

    def on(self, node: str, *argv: str, text: str | None = None) -> str:
        done = run_in(self.state, node, argv, input=text)
        assert done.returncode == 0, f"{argv}: {done.stdout}{done.stderr}"
        return done.stdout

    def succeeds(self, node: str, *argv: str) -> bool:
        return run_in(self.state, node, argv).returncode == 0

    def show(self, node: str, command: str) -> Any:
        return json.loads(self.on(node, "vtysh", "-c", f"{command} json"))

    def running(self, node: str) -> str:
        return self.on(node, "vtysh", "-c", "show running-config no-header")

    def virtual_interface(self, identifier: str) -> dict[str, Any]:
        found = self.direct_connect.describe_virtual_interfaces(virtualInterfaceId=identifier)
        return found["virtualInterfaces"][0]

    def status(self, identifier: str) -> list[str]:
        return [peer["bgpStatus"] for peer in self.virtual_interface(identifier)["bgpPeers"]]

    def routes(self, identifier: str, direction: str, **filters: Any) -> list[dict[str, Any]]:
        found = self.direct_connect.list_virtual_interface_routes(
            virtualInterfaceId=identifier, filters={"routeDirection": direction, **filters}
        )
        return found["routes"]

    def configure_edge(self, made: dict[str, Any], key: str, community: str) -> None:
        """Do by hand on the edge router what the product does: link, addresses, sessions."""
        port = f"eth1.{made['vlan']}"
        if not self.succeeds(EDGE, "test", "-e", f"/sys/class/net/{port}"):
            tag = ["type", "vlan", "id", str(made["vlan"])]
            self.on(EDGE, "ip", "link", "add", "link", "eth1", "name", port, *tag)
        self.on(EDGE, "ip", "link", "set", port, "mtu", str(made["mtu"]), "up")
        self.on(EDGE, "vtysh", "-f", "/proc/self/fd/0", text=edge_text(made, key, community))


def edge_text(made: dict[str, Any], key: str, community: str) -> str:
    port, policy = f"eth1.{made['vlan']}", f"BY-HAND-{made['vlan']}"
    lines = [f"route-map {policy} permit 10", f" set community {community}", "exit"]
    lines += ["route-map BY-HAND-IN permit 10", "exit"]
    for peer in made["bgpPeers"]:
        word = "ip" if peer["addressFamily"] == "ipv4" else "ipv6"
        neighbor = peer["amazonAddress"].partition("/")[0]
        lines += [
            f"interface {port}",
            f" {word} address {peer['customerAddress']}",
            "exit",
            "router bgp 65001",
            f" neighbor {neighbor} remote-as {made['amazonSideAsn']}",
            f" neighbor {neighbor} password {key}",
            f" neighbor {neighbor} bfd",
            f" neighbor {neighbor} timers connect 1",
            f" address-family {peer['addressFamily']} unicast",
            f"  neighbor {neighbor} activate",
            f"  neighbor {neighbor} route-map {policy} out",
            f"  neighbor {neighbor} route-map BY-HAND-IN in",
            " exit-address-family",
            "exit",
        ]
    return "\n".join(lines) + "\n"


def until(what: str, seen: Callable[[], Any], *, wanted: Any, seconds: float = 30.0) -> None:
    """Wait until `seen()` equals `wanted`."""
    deadline = time.monotonic() + seconds
    while (last := seen()) != wanted:
        assert time.monotonic() < deadline, f"{what}: still {last!r}, not {wanted!r}"
        time.sleep(0.1)


@pytest.fixture(scope="session")
def wait_until() -> Callable[..., None]:
    return until


@pytest.fixture(scope="session")
def lab() -> Iterator[Lab]:
    running = Lab()
    running.command("down")
    running.command("up")
    yield running
    running.command("down")


class Circuit:
    """A connection with light, its gateway, and a transit interface whose sessions are up."""

    def __init__(self, lab: Lab) -> None:
        client = lab.direct_connect
        self.connection = client.create_connection(
            location="EqFA5", bandwidth="10Gbps", connectionName="fra-a"
        )["connectionId"]
        until("the order", lambda: state_of(lab, self.connection), wanted="pending")
        lab.command("patch", "fra-a")
        until("the cable", lambda: state_of(lab, self.connection), wanted="available")
        self.gateway = gateway_named(lab, "core")
        self.association = client.create_direct_connect_gateway_association(
            directConnectGatewayId=self.gateway,
            gatewayId=lab.targets()["tgw-core"],
            addAllowedPrefixesToDirectConnectGateway=[
                {"cidr": "10.20.0.0/16"},
                {"cidr": "2001:db8:20::/64"},
            ],
        )["directConnectGatewayAssociation"]["associationId"]
        self.transit = self._transit(lab)
        lab.configure_edge(lab.virtual_interface(self.transit), KEY, "7224:7300")
        until("the sessions", lambda: lab.status(self.transit), wanted=["up", "up"])

    def _transit(self, lab: Lab) -> str:
        made = lab.direct_connect.create_transit_virtual_interface(
            connectionId=self.connection,
            newTransitVirtualInterface={
                "virtualInterfaceName": "fra-a-transit",
                "vlan": 101,
                "mtu": 8500,
                "asnLong": 65001,
                "authKey": KEY,
                "directConnectGatewayId": self.gateway,
            },
        )["virtualInterface"]["virtualInterfaceId"]
        lab.direct_connect.create_bgp_peer(
            virtualInterfaceId=made,
            newBGPPeer={"asnLong": 65001, "addressFamily": "ipv6", "authKey": KEY},
        )
        return made


def state_of(lab: Lab, connection: str) -> str:
    found = lab.direct_connect.describe_connections(connectionId=connection)
    return found["connections"][0]["connectionState"]


def gateway_named(lab: Lab, name: str, **wanted: Any) -> str:
    made = lab.direct_connect.create_direct_connect_gateway(
        directConnectGatewayName=name, **wanted
    )["directConnectGateway"]["directConnectGatewayId"]

    def state() -> str:
        found = lab.direct_connect.describe_direct_connect_gateways(directConnectGatewayId=made)
        return found["directConnectGateways"][0]["directConnectGatewayState"]

    until(f"gateway {name}", state, wanted="available")
    return made


@pytest.fixture(scope="session")
def circuit(lab: Lab) -> Circuit:
    return Circuit(lab)


@pytest.fixture
def legacy(lab: Lab, circuit: Circuit) -> Iterator[Any]:
    """Return a function that makes a private interface on a VGW of its own, and clean up."""
    made: list[str] = []

    def make(vlan: int) -> dict[str, Any]:
        answer = lab.direct_connect.create_private_virtual_interface(
            connectionId=circuit.connection,
            newPrivateVirtualInterface={
                "virtualInterfaceName": f"fra-a-private-{vlan}",
                "vlan": vlan,
                "asnLong": 65001,
                "authKey": KEY,
                "virtualGatewayId": lab.targets()["vgw-legacy"],
            },
        )
        made.append(answer["virtualInterfaceId"])
        return answer

    yield make
    for identifier in made:
        if lab.virtual_interface(identifier)["virtualInterfaceState"] not in {
            "deleting",
            "deleted",
        }:
            lab.direct_connect.delete_virtual_interface(virtualInterfaceId=identifier)
        until("nothing left", lambda one=identifier: one in lab.running(AMAZON), wanted=False)
