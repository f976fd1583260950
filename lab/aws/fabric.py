# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lab's hardware as the model sees it: which AWS router has which port at which location.

Both files are the lab's (`lab.json`, `cables.json` in its state directory). Without them the model
has no routers: it answers the API, and every session stays down.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

# File systems count the time of a change in steps of some milliseconds.
_COARSE_SECONDS = 0.1


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


class Cables:
    """The plugged cables: connection id to AWS's port ("" where the record names none)."""

    def __init__(self, state_directory: Path) -> None:
        """Watch the record in this directory."""
        self._path = state_directory / "cables.json"
        self._seen: tuple[float, int, int] | None = None
        self.plugged: dict[str, str] = {}

    def read(self) -> bool:
        """Read the record if it has changed, and tell whether it was read."""
        try:
            found = self._path.stat()
        except FileNotFoundError:
            changed, self._seen, self.plugged = bool(self.plugged), None, {}
            return changed
        stamp = (found.st_mtime, found.st_size, found.st_ino)
        # A record that is this young may be written again without any other stamp.
        if stamp == self._seen and time.time() - found.st_mtime > _COARSE_SECONDS:
            return False
        cables = read_json(self._path)
        self._seen = stamp
        self.plugged = {
            cable["id"]: str(cable.get("aws") or "")
            for cable in cables.values()
            if isinstance(cable, dict) and "id" in cable
        }
        return True
