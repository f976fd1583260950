# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report: where every circuit is on its journey, what was measured, and what is awaited.

The shape is public, see docs/report.schema.json: other programs build on it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .check import check, failed
from .check_owner import checks_by_circuit
from .evidence import UNKNOWN
from .resiliency import verdicts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .evidence import Evidence
    from .journey import CircuitProgress
    from .model import Connection, Estate, Lag, VirtualInterface


def build_report(
    estate: Estate,
    evidence: Evidence,
    journey: Sequence[CircuitProgress],
    *,
    changed: Mapping[str, int],
    generated_at: str,
) -> dict[str, Any]:
    """Put the report together.

    Args:
        estate: What shall exist.
        evidence: What the run has seen.
        journey: Where each circuit is.
        changed: How many objects the run changed: `aws` and `routers`.
        generated_at: The time of the report, UTC, ISO 8601.
    """
    checks = checks_by_circuit(estate, with_router_failures(evidence))
    steps = {progress.name: progress for progress in journey}
    return {
        "estate": estate.name,
        "generated_at": generated_at,
        "circuits": [
            {
                **_progress(circuit, steps[circuit.name]),
                "ports": _ports(evidence, circuit),
                "virtual_interfaces": _virtual_interfaces(estate, evidence, circuit),
                "checks": checks[circuit.name],
            }
            for circuit in estate.circuits
        ],
        "resiliency": verdicts(estate, evidence.observed),
        "changed": {"aws": changed.get("aws", 0), "routers": changed.get("routers", 0)},
    }


def with_router_failures(evidence: Evidence) -> Evidence:
    """Return the evidence with a failed check for all that a router lacks or has taken back."""
    checks = list(evidence.checks)
    for name, router in evidence.routers.items():
        checks += failed(router.get("preflight") or ())
        if router.get("configured") is False:
            reason = "; ".join(str(router.get("reason") or "taken back").splitlines())
            checks.append(check("transaction", name, "fail", reason, "committed and confirmed"))
    told = [one for at, one in enumerate(checks) if one not in checks[:at]]
    return replace(evidence, checks=told)


def standing(report: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a report says of the world, without what differs from run to run.

    The time, the counts of this run's changes and the measured values are a run's own. Two runs
    over a world that has not changed have the same standing.
    """
    return {
        "estate": report["estate"],
        "circuits": [
            {
                **circuit,
                "checks": [
                    {key: check[key] for key in ("id", "target", "verdict", "expected")}
                    for check in circuit["checks"]
                ],
            }
            for circuit in report["circuits"]
        ],
        "resiliency": report["resiliency"],
    }


def _progress(circuit: Connection | Lag, progress: CircuitProgress) -> dict[str, Any]:
    return {
        "name": circuit.name,
        "account": circuit.account,
        "location": circuit.location,
        "step": progress.step,
        "state": progress.state,
        "awaited": dict(progress.awaited) if progress.awaited else None,
        "next_action": progress.next_action,
    }


def _ports(evidence: Evidence, circuit: Connection | Lag) -> list[dict[str, Any]]:
    """Return the ports of a LAG, each with its state; none of a connection, which is its own."""
    return [
        {
            "name": name,
            "id": found.get("id"),
            "state": found.get("state"),
            "aws_device": found.get("aws_device"),
        }
        for name, found in evidence.ports(circuit)
    ]


def _virtual_interfaces(
    estate: Estate, evidence: Evidence, circuit: Connection | Lag
) -> list[dict[str, Any]]:
    return [
        {
            "name": thing.name,
            "id": evidence.virtual_interface(circuit.account, thing.name).get("id"),
            "vlan": thing.vlan,
            "bgp": sessions(evidence, circuit, thing),
        }
        for thing in estate.virtual_interfaces
        if thing.on == circuit.name
    ]


def sessions(
    evidence: Evidence, circuit: Connection | Lag, thing: VirtualInterface
) -> list[dict[str, Any]]:
    """Return each BGP session of a virtual interface as both of its ends see it."""
    found = evidence.virtual_interface(circuit.account, thing.name)
    peers = {peer["family"]: peer for peer in found.get("peers", ())}
    families = dict.fromkeys([*(peer.family for peer in thing.peers), *peers])
    vrf = thing.routing.vrf
    return [
        _session(evidence, (circuit.router, vrf), peers.get(name, {}), name) for name in families
    ]


def _session(
    evidence: Evidence, place: tuple[str | None, str | None], peer: Mapping[str, Any], family: str
) -> dict[str, Any]:
    router, vrf = place
    session = evidence.session(router, peer.get("amazon_address"), family, vrf)
    return {
        "family": family,
        "aws": peer.get("status") or UNKNOWN,
        "router": session.state,
        "received": session.received,
        "advertised": session.advertised,
    }
