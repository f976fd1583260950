# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Up and down."""

from __future__ import annotations

import ipaddress
import os
import secrets
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from . import gateway, keys, links, model, nodes
from .errors import LabError
from .health import examine
from .mending import mend
from .processes import MARK, end_all, identify
from .result import Result
from .state import ALL_LABS, ROOT, LabState, sole_command

if TYPE_CHECKING:
    import socket
    import subprocess

    from .topology import Topology

WORKERS = 8
TOOLS = ("ip", "tc", "nft", "nsenter", "unshare", "tini", "ssh-keygen", "sysctl", "mount")


def loopback_of(topology: Topology) -> str:
    """Return where the management network lies on loopback: 172.20.20.0/24 on 127.20.20."""
    first = ipaddress.IPv4Network(topology.mgmt_subnet).network_address
    return "127." + ".".join(str(first).split(".")[1:3])


def login_address(loopback: str, mgmt_ipv4: str) -> str:
    """Return the loopback address of a management address."""
    return f"{loopback}.{mgmt_ipv4.rpartition('.')[2]}"


def require_powers() -> None:
    """Refuse early what would fail half way.

    Raises:
        LabError: The caller is not root, or programs are missing.
    """
    if os.geteuid() != 0:
        raise LabError("network namespaces need root: run it with sudo")
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    if not os.path.exists("/usr/lib/frr/frrinit.sh"):  # noqa: PTH110
        missing.append("frr")
    if not os.path.exists("/usr/sbin/sshd"):  # noqa: PTH110
        missing.append("sshd")
    if missing:
        raise LabError(f"missing programs: {', '.join(missing)}; `make lab-up` installs them")


def up(topology: Topology, state: LabState, loopback: str) -> Result:
    """Bring the lab up from nothing, bring back what has died of it, or say that it is up.

    A lab that lacks a node, or whose start was cut short, is taken down and begun anew.
    """
    require_powers()
    began = time.monotonic()
    document = state.read()
    anew = ""
    if document.get("phase") == "up":
        health = examine(state, document)
        if not health.missing:
            return _already(document, topology, loopback)
        if not health.nodes:
            return _mended(state, document, mend(state, document, health))
        anew = (
            f"; it was begun anew, for {', '.join(health.missing)}: "
            "all orders, cables and configurations of before are lost"
        )
    document = _from_nothing(topology, state, loopback)
    seconds = round(time.monotonic() - began, 2)
    text = f"lab {state.name} is up after {seconds} s: {len(topology.nodes)} nodes, {loopback}.x"
    if "aws" not in document["processes"]:
        text += "; without the model of AWS"
    return Result(changed=True, text=text + anew, data={"seconds": seconds, **document})


def _already(document: dict[str, Any], topology: Topology, loopback: str) -> Result:
    text = f"lab {document['name']} is up already: nothing to do"
    if (document["digest"], document["loopback"]) != (topology.digest, loopback):
        text += ", but it runs an older plan: `down`, then `up`, brings the new one"
    return Result(changed=False, text=text, data=document)


def _mended(state: LabState, document: dict[str, Any], done: list[str]) -> Result:
    lines = [f"lab {state.name} is whole again:", *(f"  {line}" for line in done)]
    return Result(changed=True, text="\n".join(lines), data={"mended": done, **document})


def _from_nothing(topology: Topology, state: LabState, loopback: str) -> dict[str, Any]:
    if state.directory.exists():
        down(state)
    try:
        return _Start(topology, state, loopback).run()
    except BaseException:
        down(state)
        raise


class _Start:
    """The steps of one start; what they find out goes into lab.json."""

    def __init__(self, topology: Topology, state: LabState, loopback: str) -> None:
        self.topology = topology
        self.state = state
        self.token = secrets.token_hex(16)
        self.document: dict[str, Any] = {
            "name": state.name,
            "phase": "starting",
            "loopback": loopback,
            "endpoint": model.endpoint(loopback),
            "ssh_port": keys.SSH_PORT,
            "token": self.token,
            "topology": str(topology.source),
            "digest": topology.digest,
            "nodes": {
                node.name: {
                    "pid": None, "born": None, "labels": dict(node.labels), "routes": node.routes,
                    "mgmt": node.mgmt_ipv4 and login_address(loopback, node.mgmt_ipv4),
                }
                for node in topology.nodes.values()
            },
            "links": [
                {"endpoints": [str(end) for end in link.ends], "mtu": link.mtu}
                for link in topology.links
            ],
            "processes": {},
        }  # fmt: skip

    def run(self) -> dict[str, Any]:
        doors = gateway.listen(
            {name: node["mgmt"] for name, node in self.document["nodes"].items() if node["mgmt"]}
        )
        try:
            self.build(doors)
        finally:
            gateway.close(doors)
        self.document["phase"] = "up"
        self.state.write(self.document)
        return self.document

    def build(self, doors: dict[str, socket.socket]) -> None:
        with sole_command(ALL_LABS):
            self.state.directory.mkdir(parents=True)
        self.state.write(self.document)
        aws = self.start_model()
        self.start_nodes()
        number = gateway.start(self.state.directory, doors, {MARK: self.token})
        self.document["processes"]["gateway"] = asdict(identify(number))
        self.state.write(self.document)
        if aws:
            model.wait_until_healthy(aws, self.state.directory, self.document["loopback"])

    def start_model(self) -> subprocess.Popen[bytes] | None:
        if not (model.exists() and self.topology.locations):
            return None
        loopback = self.document["loopback"]
        process = model.start(self.state.directory, loopback, {MARK: self.token})
        self.document["processes"]["aws"] = asdict(identify(process.pid))
        return process

    def start_nodes(self) -> None:
        native = links.tags_natively()
        self.document["vlan"] = "native" if native else "substitute"
        start = nodes.Start(
            lab=self.state.name,
            directory=self.state.directory,
            token=self.token,
            public_key=keys.make_key(self.state.private_key, f"lab-{self.state.name}"),
            substitute=not native,
        )
        keys.hand_over(self.state.private_key)
        links.make_namespaces(self.state.name, self.topology.nodes)
        links.make_links(self.topology, self.state.name)
        with ThreadPoolExecutor(WORKERS) as workers:
            host_keys = dict(workers.map(lambda name: self.start_node(name, start), self.order()))
        self.write_known_hosts(host_keys)

    def order(self) -> list[str]:
        """Return the routers first: they take longest."""
        return sorted(self.topology.nodes, key=lambda name: not self.topology.nodes[name].routes)

    def start_node(self, name: str, start: nodes.Start) -> tuple[str, str]:
        node = self.topology.nodes[name]
        nodes.prepare(node, start)
        file = self.state.directory / name / "files/etc/ssh/ssh_host_ed25519_key"
        host_key = keys.make_key(file, name)
        process = nodes.start_node(node, start)
        self.document["nodes"][name].update(asdict(process))
        return name, host_key

    def write_known_hosts(self, host_keys: dict[str, str]) -> None:
        found = {
            node["mgmt"]: host_keys[name]
            for name, node in self.document["nodes"].items()
            if node["mgmt"]
        }
        self.state.known_hosts.write_text(keys.known_hosts(found), encoding="utf-8")


def down(state: LabState) -> Result:
    """Take the lab away, whole or in part, and leave nothing behind."""
    if os.geteuid() != 0:
        raise LabError("network namespaces need root: run it with sudo")
    began = time.monotonic()
    document = state.read()
    if not state.directory.exists():
        return Result(changed=False, text=f"lab {state.name} is down already", data={})
    processes = end_all(document["token"]) if document else 0
    namespaces = links.remove_namespaces(state.name, document.get("nodes", {}))
    with sole_command(ALL_LABS):
        shutil.rmtree(state.directory)
        links.remove_namespace_folder()
        if not any(ROOT.iterdir()):
            ROOT.rmdir()
    seconds = round(time.monotonic() - began, 2)
    found = {"seconds": seconds, "processes": processes, "namespaces": namespaces}
    text = f"lab {state.name} is down after {seconds} s"
    return Result(changed=True, text=text, data=found)
