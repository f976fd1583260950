# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The planner's two doors: an estate that shall be there, and one that shall be gone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..plan import Draft, Plan
from .alarms import plan_alarms
from .associations import plan_associations
from .connections import plan_connections
from .context import look
from .customer_gateways import plan_customer_gateways
from .demolition import plan_demolition
from .doomed import declared, undeclared
from .gateways import plan_gateways
from .hosted_connections import plan_hosted_connections
from .identity import OWN_TAGS
from .lags import plan_lags
from .macsec_keys import plan_keys_absent, plan_macsec_keys
from .resiliency_groups import plan_resiliency_groups
from .ties import offered_ties
from .virtual_gateways import plan_virtual_gateways
from .virtual_interfaces import plan_virtual_interfaces
from .vpn_connections import plan_vpn_connections

if TYPE_CHECKING:
    from ..model import Connection, Estate, Gateway
    from ..plan import Action, Terms
    from ..snapshot import Snapshot
    from .context import Context

PARTS = {
    "connections": plan_connections,
    "lags": plan_lags,
    "macsec_keys": plan_macsec_keys,
    "hosted_connections": plan_hosted_connections,
    "resiliency_groups": plan_resiliency_groups,
    "gateways": plan_gateways,
    "virtual_gateways": plan_virtual_gateways,
    "associations": plan_associations,
    "customer_gateways": plan_customer_gateways,
    "vpn_connections": plan_vpn_connections,
    "virtual_interfaces": plan_virtual_interfaces,
}


def plan_present(estate: Estate, snapshot: Snapshot, terms: Terms) -> Plan:
    """Return what leads from the snapshot to one account's part of the estate.

    Args:
        estate: The whole estate.
        snapshot: What the account has, at least of the kinds in the scope and what they build on.
        terms: Account, scope, consent, prune.
    """
    context = look(estate, snapshot, terms)
    draft, late = _late(_leftovers(context), context)
    draft = Draft(notes=_stranger(context)) + draft
    for kind, plan_part in PARTS.items():
        if kind in terms.scope:
            draft += plan_part(context)
    if "alarms" in terms.scope:
        draft += plan_alarms(context, gone=_going(draft))
    draft += late
    return _plan(draft if estate.adopt else _without_adoption(draft), estate, terms)


def _going(draft: Draft) -> frozenset[str]:
    """Return the ids of what the plan deletes, be it to make it anew."""
    return frozenset(action.id for action in draft.actions if action.verb == "delete" and action.id)


def _late(leftovers: Draft, context: Context) -> tuple[Draft, Draft]:
    """Set apart the ports of LAGs that stay: each leaves its LAG before it is given up.

    Before that the LAG's minimum of links may keep it, and a port that is gone cannot leave.
    """
    bundles = {match.found.id for match in context.lags.values() if match.found}
    bundled = {thing.id for each in bundles for thing in context.lookup.members_of(each)}
    late = tuple(action for action in leftovers.actions if action.id in bundled)
    early = tuple(action for action in leftovers.actions if action not in late)
    return replace(leftovers, actions=early), Draft(actions=late)


def _without_adoption(draft: Draft) -> Draft:
    """Leave what was found by its name without our marks, as an imported estate asks.

    What the estate itself says of tags is set all the same.
    """
    kept = (_unmarked(each) if each.verb == "adopt" else each for each in draft.actions)
    return replace(draft, actions=tuple(action for action in kept if action))


def _unmarked(adoption: Action) -> Action | None:
    """Return what an adoption sets beside the product's own tags; None if that is nothing."""
    tags = {key: value for key, value in adoption.tags.items() if not key.startswith(OWN_TAGS)}
    if not tags:
        return None
    names = {f"tag {key}" for key in tags}
    changes = tuple(change for change in adoption.changes if change.attribute in names)
    return replace(adoption, verb="tag", tags=tags, changes=changes, reason="")


def plan_absent(estate: Estate, snapshot: Snapshot, terms: Terms) -> Plan:
    """Return the demolition of one account's part of the estate.

    Args:
        estate: The whole estate.
        snapshot: All that the account has, whatever the scope: it tells what stands in the way.
        terms: Account, the kinds to delete, consent.
    """
    context = look(estate, snapshot, terms)
    doomed = declared(context)
    draft = plan_demolition(context, doomed, always_ask=False)
    if "macsec_keys" in terms.scope:
        draft += plan_keys_absent(context, doomed.ids)
    return _plan(draft + Draft(faults=_ambiguities(context)), estate, terms)


def _stranger(context: Context) -> tuple[str, ...]:
    """Say so when the estate has nothing for the account: its name may be mistyped."""
    part, estate = context.part, context.estate
    ports = (part.connections, part.lags, part.hosted_connections, part.resiliency_groups)
    ends = (part.gateways, part.virtual_gateways, tuple(offered_ties(context)))
    backup = (part.customer_gateways, part.vpn_connections)
    if any((*ports, *ends, *backup, part.virtual_interfaces, part.alarms)):
        return ()
    things: tuple[Connection | Gateway, ...] = (*estate.connections, *estate.gateways)
    names = ", ".join(sorted({thing.account for thing in things})) or "none"
    told = f"estate {estate.name} declares nothing for account {context.terms.account}"
    return (f"{told} (it names: {names})",)


def _ambiguities(context: Context) -> tuple[str, ...]:
    faults = (
        *(match.fault for match in context.connections.values()),
        *(match.fault for match in context.lags.values()),
        *(match.fault for match in context.hosted_connections.values()),
        *(match.fault for match in context.resiliency_groups.values()),
        *(match.fault for match in context.gateways.values()),
        *(match.fault for match in context.virtual_gateways.values()),
        *(match.fault for match in context.customer_gateways.values()),
        *(match.fault for match in context.vpn_connections.values()),
        *(match.fault for match in context.virtual_interfaces.values()),
    )
    return tuple(fault for fault in faults if fault is not None)


def _leftovers(context: Context) -> Draft:
    left = undeclared(context)
    if context.terms.prune:
        return plan_demolition(context, left, always_ask=True)
    return Draft(
        notes=tuple(
            f"{name} belongs to estate {context.estate.name} and is no longer declared: left alone"
            for name in left.names
        )
    )


def _plan(draft: Draft, estate: Estate, terms: Terms) -> Plan:
    return Plan(
        estate=estate.name,
        account=terms.account,
        actions=draft.actions,
        faults=tuple(dict.fromkeys(draft.faults)),
        notes=draft.notes,
    )
