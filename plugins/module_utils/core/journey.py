# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journey: at which of the eight steps every circuit is, who is awaited, what to do next.

A circuit is at the first step that is not done. The steps are one table of small functions, each of
which either lets the circuit pass or says where it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import journey_aws, journey_hosted, journey_lags, journey_routers
from .check_owner import checks_by_circuit
from .evidence import Evidence
from .journey_removal import removed
from .journey_view import VALIDATE, Awaited, RouterResult, Stop, View

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from .model import Estate

__all__ = ["CircuitProgress", "RouterResult", "journey", "router_result", "way_back"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CircuitProgress:
    """Where a circuit is: step 1 to 8, its state in words, who is awaited, what to do next."""

    name: str
    step: int
    state: str
    awaited: Awaited | None
    next_action: str


def router_result(record: Mapping[str, Any]) -> RouterResult:
    """Return the result that a playbook wrote down, by the names of the attributes."""
    return RouterResult(
        preflight=record.get("preflight") or (),
        configured=record.get("configured"),
        changed=bool(record.get("changed")),
        reason=record.get("reason"),
        bgp_neighbors=record.get("bgp_neighbors"),
        drained=record.get("drained") or (),
        shut=record.get("shut") or (),
    )


def journey(
    estate: Estate,
    observed: Sequence[Mapping[str, Any]],
    routers: Mapping[str, RouterResult],
    checks: Sequence[Mapping[str, Any]],
    loas: Mapping[str, str] | None = None,
) -> tuple[CircuitProgress, ...]:
    """Return where each circuit is, in the estate's order.

    Args:
        estate: What shall exist.
        observed: One mapping per account, as the modules `estate` and `estate_info` return it.
        routers: What the run did with each router; one that is not there was not touched.
        checks: Check records of `dx_verify`, of all circuits; their targets say whose they are.
        loas: Where the LOA-CFA of a connection was saved, by the connection's name.
    """
    told = {name: {"bgp_neighbors": result.bgp_neighbors} for name, result in routers.items()}
    evidence = Evidence(observed=observed, routers=told, checks=checks)
    by_circuit = checks_by_circuit(estate, evidence)
    views = [
        View(estate, evidence, circuit, routers, by_circuit[circuit.name], loas or {})
        for circuit in estate.circuits
    ]
    return tuple(_progress(view, _stop(view)) for view in views)


def way_back(estate: Estate, observed: Sequence[Mapping[str, Any]]) -> tuple[CircuitProgress, ...]:
    """Return how far each circuit has gone when all of them shall go."""
    evidence = Evidence(observed=observed)
    views = [View(estate, evidence, circuit, {}) for circuit in estate.circuits]
    return tuple(_progress(view, removed(view)) for view in views)


def _stop(view: View) -> Stop:
    stops = (stop for step in _STEPS if (stop := step(view)))
    return next(stops, Stop(VALIDATE, "in service", "none"))


def _progress(view: View, stop: Stop) -> CircuitProgress:
    return CircuitProgress(
        name=view.circuit.name,
        step=stop.step,
        state=stop.state,
        awaited=stop.awaited,
        next_action=stop.next_action,
    )


_STEPS: tuple[Callable[[View], Stop | None], ...] = (
    journey_hosted.provided,
    journey_aws.ordered,
    journey_aws.delivered,
    journey_hosted.hosted,
    journey_routers.prepared,
    journey_aws.designed,
    journey_aws.configured,
    journey_aws.collected,
    journey_routers.configured,
    journey_routers.sessions_up,
    journey_routers.drained,
    journey_routers.verified,
    journey_routers.warned,
    journey_lags.complete,
)
