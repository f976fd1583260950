# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lab's hardware as the model sees it: which AWS router has which port at which location.

Both files are the lab's (`lab.json`, `cables.json` in its state directory). Without them the model
has no routers: it answers the API, and every session stays down.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Fabric:
    """AWS's side of the topology. A port is written "node:interface"."""

    ports: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by location code
    routers: tuple[str, ...] = ()
    origins: frozenset[str] = frozenset()  # routers with a VPC behind them


def read_json(path: Path) -> dict[str, Any]:
    """Return the object in the file; an empty one while there is no whole file."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return document if isinstance(document, dict) else {}


def _node(endpoint: str) -> str:
    return endpoint.partition(":")[0]


def _pairs(topology: dict[str, Any]) -> list[tuple[str, str]]:
    """Return every link in both directions."""
    ends = [tuple(link["endpoints"]) for link in topology.get("links", [])]
    return [*ends, *((second, first) for first, second in ends)]


def changed_at(state_directory: Path) -> float:
    """Return when the lab's topology was written; 0 while there is none."""
    try:
        return (state_directory / "lab.json").stat().st_mtime
    except FileNotFoundError:
        return 0.0


def read_fabric(state_directory: Path) -> Fabric:
    """Return AWS's side of the lab's resolved topology."""
    topology = read_json(state_directory / "lab.json")
    labels = {name: node.get("labels", {}) for name, node in topology.get("nodes", {}).items()}
    routers = tuple(
        sorted(n for n, label in labels.items() if label.get("dx-role") == "aws-router")
    )
    ports: dict[str, list[str]] = {}
    origins: set[str] = set()
    for near, far in _pairs(topology):
        if _node(near) not in routers:
            continue
        far_label = labels.get(_node(far), {})
        if location := far_label.get("dx-location"):
            ports.setdefault(location, []).append(near)
        if far_label.get("dx-role") == "host":
            origins.add(_node(near))
    return Fabric(
        ports={location: tuple(sorted(found)) for location, found in ports.items()},
        routers=routers,
        origins=frozenset(origins),
    )


def read_cables(state_directory: Path) -> dict[str, str]:
    """Return the plugged cables: connection id to AWS's port ("" where the record names none)."""
    cables = read_json(state_directory / "cables.json")
    return {
        cable["id"]: str(cable.get("aws") or "")
        for cable in cables.values()
        if isinstance(cable, dict) and "id" in cable
    }
