# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lab's plan: nodes and the links between them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .errors import LabError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,30}")
DEFAULT_MTU = 9500  # containerlab's own
LOCATION = "dx-location"
STARTUP_CONFIG = "/etc/frr.base/frr.conf"


class TopologyError(LabError):
    """The topology file breaks rules; `faults` holds one line for each."""

    def __init__(self, faults: list[str]) -> None:
        """Keep the faults and show them one a line."""
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bind:
    """A file or folder of the host that a node holds a copy of."""

    source: Path
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One machine of the lab."""

    name: str
    image: str = ""
    mgmt_ipv4: str | None = None
    binds: tuple[Bind, ...] = ()
    exec: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    env: Mapping[str, str] = field(default_factory=dict)

    @property
    def routes(self) -> bool:
        """Whether the node is a router: it has a base configuration of FRR."""
        return any(STARTUP_CONFIG.startswith(bind.target) for bind in self.binds)


@dataclass(frozen=True, slots=True, order=True)
class Endpoint:
    """One end of a link, written `node:interface`."""

    node: str
    interface: str

    def __str__(self) -> str:
        """Return the form that the topology file uses."""
        return f"{self.node}:{self.interface}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A wire between two nodes."""

    ends: tuple[Endpoint, Endpoint]
    mtu: int = DEFAULT_MTU


@dataclass(frozen=True, slots=True, kw_only=True)
class Topology:
    """The whole plan.

    `digest` changes with the file and with everything it binds, so that a lab can tell whether it
    still runs what the files say.
    """

    name: str
    source: Path
    mgmt_subnet: str
    nodes: Mapping[str, Node]
    links: tuple[Link, ...]
    digest: str

    @property
    def locations(self) -> bool:
        """Whether there are Direct Connect locations, which are of no use without AWS."""
        return any(LOCATION in node.labels for node in self.nodes.values())
