# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hosted connections as their partner sees them: allocated once, moved, taken back.

Who owns one is its customer: so tags are given at birth only, and prune leaves them all alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..neighbours import account_number
from ..plan import Action, Change, Draft, Reference, Wait
from .carriers import carrier_reference
from .confirmations import OFFERED
from .consent import consent_name, has_consent
from .drift import differing, fixed_faults, given

if TYPE_CHECKING:
    from ..model import HostedConnection
    from ..snapshot import FoundHostedConnection
    from .context import Context

KIND = "hosted_connection"
WAY_OUT = "allocate another under a new name and retire this one, together with its customer"
# What an account's number is awaited in; it tells no other state.
KNOWN = "known"
_NUMBERLESS = (
    "nobody knows the number of account {}: declare it under accounts, or run its host in the same "
    "play"
)


def plan_hosted_connections(context: Context) -> Draft:
    """Return what is to be done about the hosted connections that the account gives away."""
    draft = Draft()
    for wanted in context.part.hosted_connections:
        draft += _plan(wanted, context)
    return draft


def _plan(wanted: HostedConnection, context: Context) -> Draft:
    match = context.hosted_connections[wanted.name]
    if match.fault is not None:
        return Draft(faults=(match.fault,))
    number = account_number(context.estate, context.terms, wanted.owner)
    if match.found is None:
        return Draft(actions=(_allocate(wanted, number, context),))
    return (
        Draft(faults=_faults(wanted, number, match.found))
        + _move(wanted, match.found, context)
        + _note(wanted, match.found)
    )


def _allocate(wanted: HostedConnection, number: str | None, context: Context) -> Action:
    parent, waits = _parent(wanted, context)
    reason = ""
    if number is None:
        reason = _NUMBERLESS.format(wanted.owner)
        unknown = Reference(kind="account", name=wanted.owner)
        waits = (*waits, Wait(on=unknown, until=(KNOWN,), people=True, owner=wanted.owner))
    return Action(
        verb="create",
        kind="hosted_connection",
        name=wanted.name,
        wanted=replace(wanted, owner=number or wanted.owner),
        parents=(parent,),
        tags={**context.estate.tags, **wanted.tags},
        changes=given(
            on=wanted.on, owner=wanted.owner, bandwidth=wanted.bandwidth, vlan=wanted.vlan
        ),
        waits_for=waits,
        reason=reason,
    )


def _parent(wanted: HostedConnection, context: Context) -> tuple[Reference, tuple[Wait, ...]]:
    """Return the partner's port, and what must have come about before it can host."""
    if wanted.on in context.lags or wanted.on in context.connections:
        return carrier_reference(wanted.on, context)
    kind = "lag" if wanted.on.startswith("dxlag-") else "connection"
    return Reference(kind=kind, name=wanted.on, id=wanted.on), ()


def _faults(
    wanted: HostedConnection, number: str | None, found: FoundHostedConnection
) -> tuple[str, ...]:
    pairs = {
        "owner": (found.owner_account, number),
        "bandwidth": (found.bandwidth, wanted.bandwidth),
        "vlan": (found.vlan, wanted.vlan),
    }
    return fixed_faults(KIND, wanted.name, differing(pairs), WAY_OUT)


def _move(wanted: HostedConnection, found: FoundHostedConnection, context: Context) -> Draft:
    """Move it to the port that is declared; once it was confirmed, that cuts its traffic."""
    parent, waits = _parent(wanted, context)
    if parent.id == found.parent_id:
        return Draft()
    before = context.lookup.words.get(found.parent_id, found.parent_id)
    cut = found.state != OFFERED
    action = Action(
        verb="move",
        kind="hosted_connection",
        name=wanted.name,
        id=found.id,
        wanted=wanted,
        parents=(parent,),
        changes=(Change(attribute="parent_id", before=found.parent_id, after=parent.id),),
        waits_for=waits,
        reason=f"from {before} to {wanted.on}" + (f"; cuts what {found.owner_account} sends" * cut),
        consent=consent_name(KIND, wanted.name, context) if cut else None,
        consented=has_consent(KIND, wanted.name, context),
    )
    return Draft(actions=(action,))


def _note(wanted: HostedConnection, found: FoundHostedConnection) -> Draft:
    if found.name == wanted.name:
        return Draft()
    note = (
        f"hosted_connection {wanted.name} ({found.id}) goes by {found.name}: it is known by its "
        "port and VLAN, and its name is its owner's to change"
    )
    return Draft(notes=(note,))
