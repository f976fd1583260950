# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bring back the parts of a lab that have died, and leave the others alone."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from . import gateway, model
from .errors import LabError
from .health import missing_daemons
from .nodes import run_in
from .processes import MARK, Process, end, identify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .health import Health
    from .state import LabState

# watchfrr looks every 5 s; a daemon that it has not brought back by then it will not.
WATCHFRR_SECONDS = 15.0
# Daemons must not hold the pipe of the command that starts them.
RESTART = "/usr/lib/frr/frrinit.sh restart > /var/log/frr/start.log 2>&1 < /dev/null"


def mend(state: LabState, document: dict[str, Any], health: Health) -> list[str]:
    """Bring back what is missing but nodes, and return a line for each part.

    Args:
        state: The lab.
        document: lab.json; it learns the new processes.
        health: What is missing; no node, for a node takes its configuration with it.

    Raises:
        LabError: A part does not come back.
    """
    return [
        *_mend_routers(state, health),
        *(_mend_gateway(state, document) if health.gateway else ()),
        *(_mend_model(state, document) if health.model else ()),
    ]


def _mend_routers(state: LabState, health: Health) -> Iterator[str]:
    with ThreadPoolExecutor() as workers:
        list(workers.map(lambda item: _mend_router(state, *item), health.daemons.items()))
    for router in health.daemons:
        yield f"FRR of {router} runs again, from its saved configuration"


def _mend_router(state: LabState, router: str, dead: tuple[str, ...]) -> None:
    deadline = time.monotonic() + WATCHFRR_SECONDS
    while dead and "watchfrr" not in dead and time.monotonic() < deadline:
        time.sleep(0.2)
        dead = missing_daemons(state, router)
    if dead:
        run_in(state.directory, router, ["sh", "-c", RESTART])
        dead = missing_daemons(state, router)
    if dead:
        raise LabError(f"{router}: {', '.join(dead)} of FRR do not start: down, then up")


def _mend_gateway(state: LabState, document: dict[str, Any]) -> Iterator[str]:
    nodes = document["nodes"].items()
    doors = gateway.listen({name: node["mgmt"] for name, node in nodes if node["mgmt"]})
    try:
        number = gateway.start(state.directory, doors, {MARK: document["token"]})
    finally:
        gateway.close(doors)
    document["processes"]["gateway"] = asdict(identify(number))
    state.write(document)
    yield "the SSH gateway runs again"


def _mend_model(state: LabState, document: dict[str, Any]) -> Iterator[str]:
    """Start the model anew: it reads what it held, and brings AWS's routers back to it."""
    end(Process(**document["processes"]["aws"]), document["token"])
    loopback = document["loopback"]
    process = model.start(state.directory, loopback, {MARK: document["token"]})
    document["processes"]["aws"] = asdict(identify(process.pid))
    state.write(document)
    model.wait_until_healthy(process, state.directory, loopback)
    yield "the model of AWS runs again, with all orders of before"
