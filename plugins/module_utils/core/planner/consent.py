# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Consent by name: what harms somebody is done if the operator has named it.

A name that stands for things of several kinds says nothing of itself: whoever agrees to an outage
of an interface has not given up the port of the same name. There it is kind:name.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from .identity import ESTATE_TAG, NAME_TAG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..model import Estate, Named
    from ..plan import Action
    from ..snapshot import Snapshot
    from .context import Context
    from .identity import Tagged

# Whose name is asked for: what has none of its own is consented to with what it belongs to.
_SUBJECTS = {
    "alarm": "alarms",
    "vpc_attachment": "virtual_gateway",
    "transit_route_table": "association",
    "transit_propagation": "association",
    "vpn_route": "vpn_connection",
    "vpn_tunnel": "vpn_connection",
}


def shared_names(part: Estate, snapshot: Snapshot) -> frozenset[str]:
    """Return the names that stand for things of more than one kind in an account.

    Args:
        part: The account's part of the estate.
        snapshot: What is there; it tells what the estate has left behind.
    """
    pairs: tuple[tuple[Iterable[Named], Iterable[Tagged]], ...] = (
        (part.connections, snapshot.connections),
        (part.lags, snapshot.lags),
        (part.hosted_connections, ()),
        (part.resiliency_groups, snapshot.resiliency_groups),
        (part.gateways, snapshot.gateways),
        (part.virtual_gateways, snapshot.virtual_gateways),
        (part.customer_gateways, snapshot.customer_gateways),
        (part.vpn_connections, snapshot.vpn_connections),
        (part.virtual_interfaces, snapshot.virtual_interfaces),
    )
    kinds = [{*_declared(wanted), *_marked(part.name, found)} for wanted, found in pairs]
    kinds.append({*_declared(part.alarms), *_entries(part.name, snapshot)})
    count = Counter(name for names in kinds for name in names)
    return frozenset(name for name, number in count.items() if number > 1)


def _entries(estate: str, snapshot: Snapshot) -> Iterator[str]:
    """Yield the sets of alarms of which there is anything."""
    return (thing.entry for thing in snapshot.alarms if thing.estate == estate)


def _declared(things: Iterable[Named]) -> Iterator[str]:
    return (thing.name for thing in things)


def _marked(estate: str, things: Iterable[Tagged]) -> Iterator[str]:
    return (
        thing.tags.get(NAME_TAG, thing.name)
        for thing in things
        if estate and thing.tags.get(ESTATE_TAG) == estate
    )


def consent_name(kind: str, name: str, context: Context) -> str:
    """Return what the operator has to name: the name, and its kind where others share it."""
    return f"{_SUBJECTS.get(kind, kind)}:{name}" if name in context.shared else name


def has_consent(kind: str, name: str, context: Context) -> bool:
    """Tell whether the operator has named a thing."""
    return consent_name(kind, name, context) in context.terms.consent


def with_consent(
    action: Action, reason: str, context: Context, *, name: str | None = None
) -> Action:
    """Return the action with its reason, which takes consent if there is one.

    Args:
        action: What is to be done.
        reason: What it harms; empty for what harms nothing.
        context: What the planner looks at, the consent among it.
        name: What is consented to; None for the action's own name.
    """
    named = name or action.name
    return replace(
        action,
        reason=reason,
        consent=consent_name(action.kind, named, context) if reason else None,
        consented=has_consent(action.kind, named, context),
    )
