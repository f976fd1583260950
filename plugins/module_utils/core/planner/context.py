# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every part of the planner looks at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .identity import identify

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..model import Connection, Estate, Gateway, VirtualInterface
    from ..plan import Terms
    from ..snapshot import FoundConnection, FoundGateway, FoundVirtualInterface, Snapshot
    from .identity import Found, Match


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The estate, one account's part of it, what exists there, and how they match.

    Attributes:
        estate: The whole estate; what is declared for other accounts is not undeclared here.
        part: What the account owns of it.
        connections: The match of each declared connection by name; the other kinds alike.
    """

    estate: Estate
    part: Estate
    snapshot: Snapshot
    terms: Terms
    connections: Mapping[str, Match[FoundConnection]]
    gateways: Mapping[str, Match[FoundGateway]]
    virtual_interfaces: Mapping[str, Match[FoundVirtualInterface]]


def look(estate: Estate, snapshot: Snapshot, terms: Terms) -> Context:
    """Match one account's part of the estate with what was found in the account."""
    part = part_of(estate, terms.account)
    return Context(
        estate=estate,
        part=part,
        snapshot=snapshot,
        terms=terms,
        connections=_match("connection", estate.name, part.connections, snapshot.connections),
        gateways=_match("gateway", estate.name, part.gateways, snapshot.gateways),
        virtual_interfaces=_match(
            "virtual_interface",
            estate.name,
            part.virtual_interfaces,
            snapshot.virtual_interfaces,
        ),
    )


def part_of(estate: Estate, account: str) -> Estate:
    """Return what one account owns of the estate: a virtual interface follows its connection."""
    connections = tuple(thing for thing in estate.connections if thing.account == account)
    carried = {thing.name for thing in connections}
    return replace(
        estate,
        connections=connections,
        gateways=tuple(thing for thing in estate.gateways if thing.account == account),
        virtual_interfaces=tuple(
            thing for thing in estate.virtual_interfaces if thing.on in carried
        ),
    )


def _match(
    kind: str,
    estate: str,
    wanted: Iterable[Connection] | Iterable[Gateway] | Iterable[VirtualInterface],
    found: tuple[Found, ...],
) -> dict[str, Match[Found]]:
    return {
        thing.name: identify(kind, thing.name, estate=estate, candidates=found) for thing in wanted
    }
