# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is to go: what the estate declares (state absent), or what it no longer declares (prune)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from ..snapshot import GONE, FoundProposal
from .alarms import declared_alarms, undeclared_alarms
from .identity import ESTATE_TAG, NAME_TAG
from .ties import (
    association_name,
    found_offer,
    found_tie,
    living_associations,
    offered_ties,
    own_ties,
    unresolved,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..model import Taggable
    from ..snapshot import (
        FoundAssociation,
        FoundConnection,
        FoundGateway,
        FoundHostedConnection,
        FoundLag,
        FoundResiliencyGroup,
        FoundVirtualGateway,
        FoundVirtualInterface,
    )
    from ..snapshot_alarms import FoundAlarm
    from ..snapshot_vpn import FoundCustomerGateway, FoundVpnConnection
    from .context import Context
    from .identity import Found, Match, Tagged


class Identified(Protocol):
    """What all found objects have in common."""

    @property
    def id(self) -> str:
        """The id that AWS gave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doomed:
    """The objects that are to go, each under the name by which the operator consents."""

    virtual_interfaces: Mapping[str, FoundVirtualInterface]
    associations: Mapping[str, FoundAssociation]
    gateways: Mapping[str, FoundGateway]
    connections: Mapping[str, FoundConnection]
    lags: Mapping[str, FoundLag]
    hosted_connections: Mapping[str, FoundHostedConnection]
    resiliency_groups: Mapping[str, FoundResiliencyGroup]
    virtual_gateways: Mapping[str, FoundVirtualGateway]
    customer_gateways: Mapping[str, FoundCustomerGateway]
    vpn_connections: Mapping[str, FoundVpnConnection]
    proposals: Mapping[str, FoundProposal]
    alarms: Mapping[str, FoundAlarm]

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all of them."""
        things: tuple[Mapping[str, Identified], ...] = (
            self.virtual_interfaces,
            self.associations,
            self.gateways,
            self.connections,
            self.lags,
            self.hosted_connections,
            self.resiliency_groups,
            self.virtual_gateways,
            self.customer_gateways,
            self.vpn_connections,
            self.proposals,
            self.alarms,
        )
        return frozenset(thing.id for kind in things for thing in kind.values())

    @property
    def names(self) -> tuple[str, ...]:
        """Kind and name of all of them, for a sentence."""
        return (
            *(f"virtual_interface {name}" for name in self.virtual_interfaces),
            *(f"association {name}" for name in self.associations),
            *(f"gateway {name}" for name in self.gateways),
            *(f"connection {name}" for name in self.connections),
            *(f"lag {name}" for name in self.lags),
            *(f"hosted_connection {name}" for name in self.hosted_connections),
            *(f"resiliency_group {name}" for name in self.resiliency_groups),
            *(f"virtual_gateway {name}" for name in self.virtual_gateways),
            *(f"customer_gateway {name}" for name in self.customer_gateways),
            *(f"vpn_connection {name}" for name in self.vpn_connections),
            *(f"proposal {name}" for name in self.proposals),
            *(f"alarm {name}" for name in self.alarms),
        )


def declared(context: Context) -> Doomed:
    """Return what the account's part of the estate declares."""
    return _within_scope(
        context,
        Doomed(
            virtual_interfaces=_found(context.virtual_interfaces),
            associations=dict(_declared_associations(context)),
            gateways=_found(context.gateways),
            connections=_found(context.connections),
            lags=_found(context.lags),
            hosted_connections=_found(context.hosted_connections),
            resiliency_groups=_found(context.resiliency_groups),
            virtual_gateways=_found(context.virtual_gateways),
            customer_gateways=_found(context.customer_gateways),
            vpn_connections=_found(context.vpn_connections),
            proposals=dict(_declared_proposals(context)),
            alarms=declared_alarms(context),
        ),
    )


def undeclared(context: Context) -> Doomed:
    """Return what carries the estate's tag, or ties its gateways, and is not in the estate."""
    estate, snapshot = context.estate, context.snapshot
    gateways = _stray(context, estate.gateways, snapshot.gateways)
    doomed = Doomed(
        virtual_interfaces=_stray(context, estate.virtual_interfaces, snapshot.virtual_interfaces),
        associations=dict(_stray_associations(context, gateways)),
        gateways=gateways,
        connections=_stray(context, estate.connections, _unclaimed(context)),
        lags=_stray(context, estate.lags, snapshot.lags),
        # Each is a customer's, and bears the customer's tags: none is ever taken back unnamed.
        hosted_connections={},
        resiliency_groups=_stray(context, estate.resiliency_groups, snapshot.resiliency_groups),
        virtual_gateways=_stray(context, estate.virtual_gateways, snapshot.virtual_gateways),
        customer_gateways=_stray(context, estate.customer_gateways, snapshot.customer_gateways),
        vpn_connections=_stray(context, estate.vpn_connections, snapshot.vpn_connections),
        # They bear no tags: nobody can tell whose they are.
        proposals={},
        alarms=undeclared_alarms(context),
    )
    return _within_scope(context, doomed)


def foreign(thing: Tagged, context: Context) -> str:
    """Say why one hesitates to delete what was found by its name; empty for the estate's own."""
    if context.estate.name and ESTATE_TAG not in thing.tags:
        return f"{thing.id} was found by its name and does not carry the estate's tag"
    return ""


def _within_scope(context: Context, doomed: Doomed) -> Doomed:
    scope = context.terms.scope
    return Doomed(
        virtual_interfaces=doomed.virtual_interfaces if "virtual_interfaces" in scope else {},
        associations=doomed.associations if "associations" in scope else {},
        gateways=doomed.gateways if "gateways" in scope else {},
        connections=doomed.connections if "connections" in scope else {},
        lags=doomed.lags if "lags" in scope else {},
        hosted_connections=doomed.hosted_connections if "hosted_connections" in scope else {},
        resiliency_groups=doomed.resiliency_groups if "resiliency_groups" in scope else {},
        virtual_gateways=doomed.virtual_gateways if "virtual_gateways" in scope else {},
        customer_gateways=doomed.customer_gateways if "customer_gateways" in scope else {},
        vpn_connections=doomed.vpn_connections if "vpn_connections" in scope else {},
        proposals=doomed.proposals if "associations" in scope else {},
        alarms=doomed.alarms if "alarms" in scope else {},
    )


def _found(matches: Mapping[str, Match[Found]]) -> dict[str, Found]:
    return {name: match.found for name, match in matches.items() if match.found is not None}


def _unclaimed(context: Context) -> Iterator[FoundConnection]:
    """Yield the connections that stand for none of the estate's, by whatever sign."""
    claimed = {match.found.id for match in context.connections.values() if match.found}
    return (thing for thing in context.snapshot.connections if thing.id not in claimed)


def _stray(
    context: Context,
    declared_things: Iterable[Taggable],
    things: Iterable[Found],
) -> dict[str, Found]:
    """Return the tagged objects under names that no account's part of the estate declares.

    Of several that bear one name each goes by its id: no consent may mean the other one.
    """
    known = {thing.name for thing in declared_things}
    stray = [
        (thing.tags.get(NAME_TAG, thing.name), thing)
        for thing in things
        if context.estate.name
        and thing.tags.get(ESTATE_TAG) == context.estate.name
        and thing.tags.get(NAME_TAG, thing.name) not in known
        and thing.state not in GONE
    ]
    counts = Counter(name for name, _ in stray)
    return {name if counts[name] == 1 else thing.id: thing for name, thing in stray}


def _declared_associations(context: Context) -> Iterator[tuple[str, FoundAssociation]]:
    for tie in own_ties(context):
        found = found_tie(tie, context)
        if found is not None:
            yield tie.name, found


def _stray_associations(
    context: Context, gateways: Mapping[str, FoundGateway]
) -> Iterator[tuple[str, FoundAssociation]]:
    meant = {thing.id for _, thing in _declared_associations(context)}
    for gateway in context.part.gateways:
        match = context.gateways[gateway.name]
        unsure = unresolved(gateway.name, context)
        for thing in living_associations(context, match.found.id) if match.found else []:
            across = thing.target_owner != thing.gateway_owner
            if thing.id not in meant and not (across and unsure):
                yield association_name(gateway.name, thing.target_id), thing
    for name, found in gateways.items():
        for thing in living_associations(context, found.id):
            yield association_name(name, thing.target_id), thing


def _declared_proposals(context: Context) -> Iterator[tuple[str, FoundProposal]]:
    """Yield what the account has proposed and nobody has accepted yet."""
    for tie in offered_ties(context):
        found = found_offer(tie, context)
        if isinstance(found, FoundProposal) and found.state == "requested":
            yield tie.name, found
