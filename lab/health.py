# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What of a lab still runs: its nodes, FRR on its routers, the SSH gateway, the model of AWS."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from . import model
from .errors import LabError
from .nodes import process_of, run_in
from .processes import Process

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .state import LabState

DAEMONS = ("watchfrr", "zebra", "bgpd", "staticd", "bfdd")
# A process number that another program has meanwhile is not the daemon's.
NAME_THE_DEAD = """
for daemon in {}; do
  read -r name < "/proc/$(cat /run/frr/$daemon.pid 2>/dev/null)/comm" 2>/dev/null || name=
  [ "$name" = "$daemon" ] || echo "$daemon"
done
""".format(" ".join(DAEMONS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What has died of a lab.

    Attributes:
        nodes: The nodes whose first process has ended.
        daemons: The daemons of FRR that are missing, by router.
        gateway: Whether the SSH gateway has ended.
        model: Why the model of AWS is of no use; empty while it answers, or if there is none.
    """

    nodes: tuple[str, ...] = ()
    daemons: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    gateway: bool = False
    model: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """One line for each part that is missing."""
        return (
            *(f"node {node} has ended" for node in self.nodes),
            *(f"{node} lacks {', '.join(names)} of FRR" for node, names in self.daemons.items()),
            *(("the SSH gateway has ended",) if self.gateway else ()),
            *((f"the model of AWS {self.model}",) if self.model else ()),
        )


def examine(state: LabState, document: Mapping[str, Any]) -> Health:
    """Look at every part of a lab that was brought up."""
    dead = tuple(name for name in document["nodes"] if not process_of(document, name).alive)
    routers = [
        name for name, node in document["nodes"].items() if node["routes"] and name not in dead
    ]
    with ThreadPoolExecutor() as workers:
        told = workers.map(lambda name: missing_daemons(state, name), routers)
        daemons = dict(zip(routers, told, strict=True))
    return Health(
        nodes=dead,
        daemons={name: missing for name, missing in daemons.items() if missing},
        gateway=not _runs(document, "gateway"),
        model=_model(document),
    )


def missing_daemons(state: LabState, router: str) -> tuple[str, ...]:
    """Return the daemons of FRR that do not run on a router."""
    return tuple(run_in(state.directory, router, ["sh", "-c", NAME_THE_DEAD]).stdout.split())


def _runs(document: Mapping[str, Any], name: str) -> bool:
    recorded = document["processes"][name]
    return Process(pid=recorded["pid"], born=recorded["born"]).alive


def _model(document: Mapping[str, Any]) -> str:
    if "aws" not in document["processes"]:
        return ""
    if not _runs(document, "aws"):
        return "has ended"
    try:
        model.ask(document["loopback"], "health", seconds=model.HEALTH_SECONDS)
    except LabError:
        return "runs and does not answer"
    return ""
