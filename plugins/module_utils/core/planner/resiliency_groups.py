# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Resiliency groups: made, named, filled with the connections that AWS shall judge together.

AWS tells the intended model to nobody once a group is made, so a tag remembers it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ..plan import Action, Change, Draft, Reference, Wait
from .drift import differing, fixed_faults, given, tag_draft
from .tags import wanted_tags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import ResiliencyGroup
    from ..snapshot import FoundResiliencyGroup
    from .context import Context

KIND: Literal["resiliency_group"] = "resiliency_group"
MODEL_TAG = "crossconnect:resiliency-model"
WAY_OUT = "make another group under a new name and delete this one (state absent)"


def plan_resiliency_groups(context: Context) -> Draft:
    """Return what is to be done about the declared groups of the account."""
    draft = Draft()
    for wanted in context.part.resiliency_groups:
        draft += _plan(wanted, context)
    return draft


def _plan(wanted: ResiliencyGroup, context: Context) -> Draft:
    match = context.resiliency_groups[wanted.name]
    if match.fault is not None:
        return Draft(faults=(match.fault,))
    tags = {**wanted_tags(context.estate, wanted), MODEL_TAG: wanted.model}
    found = match.found
    if found is None:
        create = Action(
            verb="create",
            kind=KIND,
            name=wanted.name,
            wanted=wanted,
            tags=tags,
            changes=given(model=wanted.model),
        )
        return Draft(actions=(create, *_joining(wanted, None, context)))
    fixed = differing({"model": (found.model or wanted.model, wanted.model)})
    if fixed:
        return Draft(faults=fixed_faults(KIND, wanted.name, fixed, WAY_OUT))
    return tag_draft(KIND, wanted, found, tags, adopted=match.adopted) + Draft(
        actions=(
            *_renaming(wanted, found),
            *_joining(wanted, found, context),
            *_leaving(wanted, found, context),
        )
    )


def _renaming(wanted: ResiliencyGroup, found: FoundResiliencyGroup) -> Iterator[Action]:
    changes = differing({"name": (found.name, wanted.name)})
    if changes:
        yield Action(
            verb="update", kind=KIND, name=wanted.name, id=found.id, wanted=wanted, changes=changes
        )


def _joining(
    wanted: ResiliencyGroup, found: FoundResiliencyGroup | None, context: Context
) -> Iterator[Action]:
    """Yield one call that takes in all connections that are missing.

    A hosted connection that its partner has not made yet must not keep the others waiting.
    """
    present = found.connection_ids if found else ()
    new = [
        reference
        for reference in _references(wanted, context)
        if reference.id not in present and (reference.id or _is_ordered(reference.name, context))
    ]
    if not new:
        return
    group = Reference(kind=KIND, name=wanted.name, id=found.id if found else None)
    settled = found is not None and found.state == "available"
    now = found.state if found else None
    yield Action(
        verb="join",
        kind=KIND,
        name=wanted.name,
        id=group.id,
        wanted=wanted,
        parents=(group, *new),
        changes=(
            Change(attribute="connections", after=tuple(reference.name for reference in new)),
        ),
        waits_for=() if settled else (Wait(on=group, until=("available",), now=now),),
    )


def _references(wanted: ResiliencyGroup, context: Context) -> Iterator[Reference]:
    for name in wanted.connections:
        found = context.connections[name].found
        yield Reference(kind="connection", name=name, id=found.id if found else None)


def _is_ordered(name: str, context: Context) -> bool:
    """Tell whether a plan of this scope orders the connection; a hosted one is never ordered."""
    return "connections" in context.terms.scope and not context.estate.connection(name).hosted


def _leaving(
    wanted: ResiliencyGroup, found: FoundResiliencyGroup, context: Context
) -> Iterator[Action]:
    kept = {reference.id for reference in _references(wanted, context)}
    names = {thing.id: thing.name for thing in context.snapshot.connections}
    old = [
        Reference(kind="connection", name=names.get(id_, id_), id=id_)
        for id_ in found.connection_ids
        if id_ not in kept
    ]
    if old:
        group = Reference(kind=KIND, name=wanted.name, id=found.id)
        yield Action(
            verb="leave",
            kind=KIND,
            name=wanted.name,
            id=found.id,
            wanted=wanted,
            parents=(group, *old),
            changes=(Change(attribute="connections", before=tuple(each.name for each in old)),),
        )
