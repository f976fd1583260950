# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Demolition: interfaces, associations, gateways, ports; guarded where traffic or money is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..plan import Action, Draft, Reference, Wait
from .consent import with_consent
from .doomed import foreign
from .hangers import PAST, obstacles, staying, unhosted, without
from .lag_demolition import deleted_lags, emptied_lags
from .tie_demolition import attachment_of, removed_virtual_gateways, withdrawn_proposals
from .vpn_demolition import (
    removed_customer_gateways,
    removed_vpn_connections,
    uncarried,
    vpn_obstacles,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..snapshot import FoundAssociation
    from .context import Context
    from .doomed import Doomed

_PORT = "GIVES UP A PHYSICAL PORT and its cross-connect"
_HOSTED = "GIVES UP A HOSTED CONNECTION, which only its provider can give again"


def plan_demolition(context: Context, doomed: Doomed, *, always_ask: bool) -> Draft:
    """Return the deletions in the order that AWS demands, and what stands in their way.

    Args:
        context: What the planner looks at.
        doomed: What is to go.
        always_ask: Every name needs consent (prune), not only where traffic or money is.
    """
    actions = (
        *_alarms(doomed),
        *removed_vpn_connections(context, doomed),
        *removed_customer_gateways(context, doomed),
        *_interfaces(context, doomed),
        *_associations(context, doomed),
        *_gateways(context, doomed),
        *withdrawn_proposals(doomed),
        *removed_virtual_gateways(context, doomed),
        *_groups(context, doomed),
        *_hosted(doomed),
        *emptied_lags(context, doomed),
        *_connections(context, doomed),
        *deleted_lags(context, doomed),
    )
    guarded = (_guard(action, context, always_ask=always_ask) for action in actions)
    lookup = context.lookup
    faults = (*obstacles(lookup, doomed), *vpn_obstacles(lookup, doomed))
    return Draft(actions=tuple(guarded), faults=faults)


def _guard(action: Action, context: Context, *, always_ask: bool) -> Action:
    """Ask for consent by name wherever a deletion has a reason to be feared."""
    reason = action.reason or ("no longer declared" if always_ask else "")
    # One word for a whole set of alarms: they are many, and come again at no cost.
    name = action.name.partition("/")[0] if action.kind == "alarm" else None
    return with_consent(action, reason, context, name=name)


def _alarms(doomed: Doomed) -> Iterator[Action]:
    """Yield the deletion of alarms, before what they watch goes and sets them off."""
    for name, found in doomed.alarms.items():
        yield Action(verb="delete", kind="alarm", name=name, id=found.id)


def _interfaces(context: Context, doomed: Doomed) -> Iterator[Action]:
    for name, found in doomed.virtual_interfaces.items():
        reason = "cuts a BGP session that is up" if found.live else foreign(found, context)
        yield Action(verb="delete", kind="virtual_interface", name=name, id=found.id, reason=reason)


def _associations(context: Context, doomed: Doomed) -> Iterator[Action]:
    going = doomed.ids
    for name, found in doomed.associations.items():
        riders = staying(context.lookup.interfaces_of(found.gateway_id), going)
        live = ", ".join(sorted(thing.name for thing in riders if thing.live))
        reason = f"takes the routes from {live}" if live else ""
        yield Action(
            verb="delete",
            kind="association",
            name=name,
            id=found.id,
            parents=attachment_of(name, found),
            reason=reason,
            waits_for=uncarried(found, context, doomed),
        )


def _gateways(context: Context, doomed: Doomed) -> Iterator[Action]:
    names = {thing.id: name for name, thing in doomed.associations.items()}
    for name, found in doomed.gateways.items():
        interfaces = context.lookup.interfaces_of(found.id)
        associations = context.lookup.associations_of(found.id)
        yield Action(
            verb="delete",
            kind="gateway",
            name=name,
            id=found.id,
            reason=foreign(found, context),
            waits_for=(*without(interfaces), *_untied(associations, names)),
        )


def _groups(context: Context, doomed: Doomed) -> Iterator[Action]:
    for name, found in doomed.resiliency_groups.items():
        reason = foreign(found, context)
        yield Action(verb="delete", kind="resiliency_group", name=name, id=found.id, reason=reason)


def _hosted(doomed: Doomed) -> Iterator[Action]:
    for name, found in doomed.hosted_connections.items():
        yield Action(
            verb="delete",
            kind="hosted_connection",
            name=name,
            id=found.id,
            reason=f"takes it from account {found.owner_account}, with all that rides on it",
        )


def _connections(context: Context, doomed: Doomed) -> Iterator[Action]:
    bundles = {found.id for found in doomed.lags.values()}
    for name, found in doomed.connections.items():
        carriers = (found.id, *((found.lag_id,) if found.lag_id in bundles else ()))
        riders = (thing for each in carriers for thing in context.lookup.interfaces_of(each))
        hosted = (thing for each in carriers for thing in context.lookup.hosted_on(each))
        yield Action(
            verb="delete",
            kind="connection",
            name=name,
            id=found.id,
            reason=_HOSTED if found.vlan else _PORT,
            waits_for=(*without(riders), *unhosted(hosted)),
        )


def _untied(associations: Iterable[FoundAssociation], names: Mapping[str, str]) -> tuple[Wait, ...]:
    return tuple(
        Wait(
            on=Reference(
                kind="association", name=names.get(thing.id, thing.target_id), id=thing.id
            ),
            now=thing.state,
        )
        for thing in associations
        if thing.state not in PAST
    )
