# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Routes in FRR's tables, as values."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Literal

from . import router_shell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

Family = Literal["ipv4", "ipv6"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One route of a session: what AWS accepted from the customer, or announced to it."""

    cidr: str
    direction: Literal["accepted", "advertised"]
    family: Family
    as_path: tuple[int, ...]
    communities: tuple[str, ...] = ()
    installed_at: float | None = None


def read_routes(lab: Path, router: str, neighbors: Sequence[str], amazon_asn: int) -> list[Route]:
    """Return the routes of the sessions with these neighbours, the accepted ones first.

    Args:
        lab: The lab's state directory.
        router: The AWS router's node.
        neighbors: The customer's addresses of established sessions.
        amazon_asn: The ASN that the customer sees; the router's own never shows.
    """
    commands = [
        f"show bgp {_family(neighbor)} unicast neighbors {neighbor} {table} json"
        for table in ("routes", "advertised-routes")
        for neighbor in neighbors
    ]
    tables = router_shell.show(lab, router, commands)
    received = dict(zip(neighbors, tables[: len(neighbors)], strict=True))
    sent = dict(zip(neighbors, tables[len(neighbors) :], strict=True))
    details = _details(lab, router, received)
    return [
        *(route for n in neighbors for route in _accepted(n, received[n], details)),
        *(route for n in neighbors for route in _advertised(n, sent[n], amazon_asn)),
    ]


def _family(neighbor: str) -> Family:
    return "ipv6" if ip_address(neighbor).version == 6 else "ipv4"  # noqa: PLR2004 - IP version


def _details(
    lab: Path, router: str, received: dict[str, dict[str, Any]]
) -> dict[tuple[str, str], dict[str, Any]]:
    """Return each path by (neighbour, prefix), for FRR 8's tables hold no communities."""
    wanted = {
        (_family(n), cidr) for n, table in received.items() for cidr in table.get("routes", {})
    }
    answers = router_shell.show_many(
        lab, router, [f"show bgp {family} unicast {cidr} json" for family, cidr in sorted(wanted)]
    )
    return {
        (path.get("peer", {}).get("peerId", ""), answer.get("prefix", "")): path
        for answer in answers
        for path in answer.get("paths", [])
    }


def _accepted(
    neighbor: str, table: dict[str, Any], details: dict[tuple[str, str], dict[str, Any]]
) -> Iterable[Route]:
    for cidr, paths in table.get("routes", {}).items():
        detail = details.get((neighbor, cidr), {})
        yield Route(
            cidr=cidr,
            direction="accepted",
            family=_family(neighbor),
            as_path=_as_path(paths[0].get("path", "")),
            communities=tuple(detail.get("community", {}).get("string", "").split()),
            installed_at=detail.get("lastUpdate", {}).get("epoch"),
        )


def _advertised(neighbor: str, table: dict[str, Any], amazon_asn: int) -> Iterable[Route]:
    for cidr, path in table.get("advertisedRoutes", {}).items():
        yield Route(
            cidr=cidr,
            direction="advertised",
            family=_family(neighbor),
            as_path=(amazon_asn, *_as_path(path.get("path", ""))),
        )


def _as_path(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split() if part.isdecimal())
