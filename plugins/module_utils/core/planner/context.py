# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every part of the planner looks at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from ..model import Connection, Gateway, HostedConnection, Lag, ResiliencyGroup, VirtualGateway
from ..model_alarms import Alarms
from ..model_vpn import CustomerGateway, VpnConnection
from .consent import shared_names
from .hosted_identity import match_hosted
from .identity import Candidates
from .lag_members import claim
from .lookup import lookup_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..model import Estate, Named
    from ..plan import Terms
    from ..snapshot import (
        FoundConnection,
        FoundGateway,
        FoundHostedConnection,
        FoundLag,
        FoundResiliencyGroup,
        FoundVirtualGateway,
        FoundVirtualInterface,
        Snapshot,
    )
    from ..snapshot_vpn import FoundCustomerGateway, FoundVpnConnection
    from .identity import Found, Match
    from .lookup import Lookup

Owned = TypeVar(
    "Owned",
    Alarms,
    Connection,
    CustomerGateway,
    Gateway,
    HostedConnection,
    Lag,
    ResiliencyGroup,
    VirtualGateway,
    VpnConnection,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The estate, one account's part of it, what exists there, and how they match.

    Attributes:
        estate: The whole estate; what is declared for other accounts is not undeclared here.
        part: What the account owns of it.
        lookup: The snapshot, sorted.
        shared: The names that stand for things of several kinds, to which consent tells the kind.
        connections: The match of each declared connection by name; the other kinds alike.
    """

    estate: Estate
    part: Estate
    snapshot: Snapshot
    lookup: Lookup
    terms: Terms
    shared: frozenset[str]
    connections: Mapping[str, Match[FoundConnection]]
    lags: Mapping[str, Match[FoundLag]]
    hosted_connections: Mapping[str, Match[FoundHostedConnection]]
    resiliency_groups: Mapping[str, Match[FoundResiliencyGroup]]
    gateways: Mapping[str, Match[FoundGateway]]
    virtual_gateways: Mapping[str, Match[FoundVirtualGateway]]
    customer_gateways: Mapping[str, Match[FoundCustomerGateway]]
    vpn_connections: Mapping[str, Match[FoundVpnConnection]]
    virtual_interfaces: Mapping[str, Match[FoundVirtualInterface]]


def look(estate: Estate, snapshot: Snapshot, terms: Terms) -> Context:
    """Match one account's part of the estate with what was found in the account."""
    part = part_of(estate, terms.account)
    name = estate.name
    lookup = lookup_of(snapshot)
    lags = _match("lag", name, part.lags, snapshot.lags)
    connections = claim(
        part, lags, _match("connection", name, part.connections, snapshot.connections), lookup
    )
    return Context(
        estate=estate,
        part=part,
        snapshot=snapshot,
        lookup=lookup,
        terms=terms,
        shared=shared_names(part, snapshot),
        connections=connections,
        lags=lags,
        hosted_connections=match_hosted(
            part.hosted_connections, {**connections, **lags}, snapshot.hosted_connections
        ),
        resiliency_groups=_match(
            "resiliency_group", name, part.resiliency_groups, snapshot.resiliency_groups
        ),
        gateways=_match("gateway", name, part.gateways, snapshot.gateways),
        virtual_gateways=_match(
            "virtual_gateway", name, part.virtual_gateways, snapshot.virtual_gateways
        ),
        customer_gateways=_match(
            "customer_gateway", name, part.customer_gateways, snapshot.customer_gateways
        ),
        vpn_connections=_match(
            "vpn_connection", name, part.vpn_connections, snapshot.vpn_connections
        ),
        virtual_interfaces=_match(
            "virtual_interface", name, part.virtual_interfaces, snapshot.virtual_interfaces
        ),
    )


def part_of(estate: Estate, account: str) -> Estate:
    """Return what one account has to do with of the estate.

    A virtual interface follows its carrier, and belongs to its owner's part too where that is
    another account: one allocates it, the other confirms it.
    """
    connections = _of(account, estate.connections)
    lags = _of(account, estate.lags)
    carried = {thing.name for thing in connections} | {thing.name for thing in lags}
    return replace(
        estate,
        connections=connections,
        lags=lags,
        hosted_connections=_of(account, estate.hosted_connections),
        resiliency_groups=_of(account, estate.resiliency_groups),
        alarms=_of(account, estate.alarms),
        gateways=_of(account, estate.gateways),
        virtual_gateways=_of(account, estate.virtual_gateways),
        customer_gateways=_of(account, estate.customer_gateways),
        vpn_connections=_of(account, estate.vpn_connections),
        virtual_interfaces=tuple(
            thing
            for thing in estate.virtual_interfaces
            if thing.on in carried or thing.account == account
        ),
    )


def _of(account: str, things: Iterable[Owned]) -> tuple[Owned, ...]:
    return tuple(thing for thing in things if thing.account == account)


def _match(
    kind: str, estate: str, wanted: Iterable[Named], found: tuple[Found, ...]
) -> dict[str, Match[Found]]:
    candidates = Candidates(found)
    return {thing.name: candidates.identify(kind, thing.name, estate=estate) for thing in wanted}
