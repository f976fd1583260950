# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gate of prefixes: a session that is up brings what it must bring, or says what is missing."""

from __future__ import annotations

from ipaddress import ip_network
from typing import TYPE_CHECKING, Any

from .platforms import load

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .checks import Record, Router


def look(
    peers: Sequence[Mapping[str, Any]], bgp: Sequence[Mapping[str, Any]], targets: Sequence[str]
) -> list[Record]:
    """Return a record per session that is expected to bring prefixes.

    NAPALM knows numbers only, so it is the number that opens the gate. It is that of the prefixes
    which the router's policy took; where a router does not tell, nothing is judged.
    """
    return [
        _record(peer, session, target)
        for peer, session, target in zip(peers, bgp, targets, strict=True)
        if session.get("expect")
    ]


def _record(peer: Mapping[str, Any], session: Mapping[str, Any], target: str) -> Record:
    counted = _count(peer, session["family"]) if peer.get("is_up") else None
    wanted = len(session["expect"])
    verdict = "na" if counted is None else "pass" if counted >= wanted else "fail"
    return {
        "id": "prefixes",
        "target": target,
        "verdict": verdict,
        "measured": counted,
        "expected": f"at least {wanted}",
    }


def _count(peer: Mapping[str, Any], family: str) -> int | None:
    """Return how many prefixes were taken, else how many came; NAPALM says -1 for the unknown."""
    counts = peer.get("address_family", {}).get(family, {})
    told = (counts.get(name, -1) for name in ("accepted_prefixes", "received_prefixes"))
    return next((number for number in told if number >= 0), None)


def sentence(router: Router, session: Mapping[str, Any], record: Record, timeout: float) -> str:
    """Say what a session did not bring, by name where the platform tells names."""
    where = f"{session['interface']} ({session['name']}, {session['neighbor']})"
    missing = _missing(router, session)
    named = f"; missing: {', '.join(missing)}" if missing else ""
    return (
        f"{router.name}: {where}: {record['measured']} of {record['expected']} prefixes came within"
        f" {timeout:g} s{named}: look at the allowed prefixes of the gateway's associations, or set"
        " edge_router_expect_prefixes to false"
    )


def _missing(router: Router, session: Mapping[str, Any]) -> list[str]:
    if not router.platform.evidence:
        return []
    evidence = load(router.platform.evidence)
    if not hasattr(evidence, "received"):
        return []
    there = {ip_network(prefix) for prefix in evidence.received(router.driver, session)}
    return [prefix for prefix in session["expect"] if ip_network(prefix) not in there]
