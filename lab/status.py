# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the lab looks like now."""

from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from . import cables, model
from .errors import LabError
from .health import examine
from .nodes import run_in
from .result import Result
from .state import read_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .health import Health
    from .state import LabState


def status(state: LabState) -> Result:
    """Tell nodes, cables, connections, logins, BGP sessions, and what is missing of a lab."""
    document = state.running()
    health = examine(state, document)
    data = {
        "name": state.name,
        "loopback": document["loopback"],
        "endpoint": document["endpoint"],
        "vlan": document["vlan"],
        "whole": not health.missing,
        "missing": list(health.missing),
        "nodes": _nodes(state, document, health),
        "cables": state.read(cables.FILE),
        "connections": [] if health.model else _connections(document),
        "logins": dict(Counter(str(login["node"]) for login in read_lines(state.logins))),
    }
    return Result(changed=False, text=_text(data), data=data)


def _nodes(state: LabState, document: Mapping[str, Any], health: Health) -> dict[str, Any]:
    with ThreadPoolExecutor() as workers:
        nodes = document["nodes"]
        told = workers.map(
            lambda name: _node(state, name, nodes[name], alive=name not in health.nodes), nodes
        )
        return dict(zip(nodes, told, strict=True))


def _node(state: LabState, name: str, node: Mapping[str, Any], *, alive: bool) -> dict[str, Any]:
    bgp = _sessions(state, name) if alive and node["routes"] else {}
    return {"alive": alive, "login": node["mgmt"], "labels": node["labels"], "bgp": bgp}


def _sessions(state: LabState, node: str) -> dict[str, str]:
    """Return the state of each BGP session, from neighbor to FRR's own word."""
    answer = run_in(state.directory, node, ["vtysh", "-c", "show bgp summary json"])
    try:
        families = json.loads(answer.stdout).values()
    except json.JSONDecodeError:
        return {}
    peers = [(family.get("peers") or {}) for family in families if isinstance(family, dict)]
    return {peer: str(told["state"]) for group in peers for peer, told in group.items()}


def _connections(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    if "aws" not in document["processes"]:
        return []
    try:
        return list(model.ask(document["loopback"], "connections"))
    except LabError:
        return []


def _text(data: dict[str, Any]) -> str:
    whole = "whole" if data["whole"] else "NOT whole: `python -m lab up` mends it"
    lines = [f"lab {data['name']}: {whole}; VLAN tags: {data['vlan']}; AWS: {data['endpoint']}"]
    lines += [f"MISSING: {part}" for part in data["missing"]]
    lines += [_node_line(name, node, data["logins"]) for name, node in data["nodes"].items()]
    lines += [
        f"cable {name}: {cable['customer']} = {cable['location']} = {cable['aws']}"
        + "".join(f", fault {' '.join(map(str, fault.values()))}" for fault in cable["faults"])
        for name, cable in data["cables"].items()
    ]
    lines += [
        f"connection {entry['name']}: {entry['id']} {entry['state']} at {entry['location']}"
        for entry in data["connections"]
    ]
    return "\n".join(lines)


def _node_line(name: str, node: Mapping[str, Any], logins: Mapping[str, int]) -> str:
    words = [f"{name:12}", f"{node['login'] or '-':14}", "runs" if node["alive"] else "DEAD"]
    if logins.get(name):
        words.append(f"{logins[name]} logins")
    if node["bgp"]:
        established = sum(state == "Established" for state in node["bgp"].values())
        words.append(f"BGP {established} of {len(node['bgp'])} established")
    return "  ".join(words)
