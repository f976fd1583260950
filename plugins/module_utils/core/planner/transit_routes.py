# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A transit gateway's route tables: the one that a gateway's attachment uses, and those it feeds.

They are the transit gateway's own account's. A change of allowed prefixes never touches them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..plan import Action, Change, Draft, PlanError, Reference, Wait
from ..snapshot import GONE
from .consent import with_consent
from .drift import given
from .names import find_named
from .targets import find_target
from .ties import found_offer, found_tie, offered_ties, own_ties

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..plan import Kind
    from ..snapshot import FoundRouteTable, FoundTransitAttachment
    from .context import Context
    from .ties import Tie


def plan_transit_routes(context: Context) -> Draft:
    """Return what is to be done about the route tables of the account's own transit gateways."""
    draft = Draft()
    for tie in ties_with_tables(context):
        try:
            draft += Draft(actions=tuple(_plan(tie, context)))
        except PlanError as error:
            draft += Draft(faults=(f"association {tie.name}: {error}",))
    return draft


def ties_with_tables(context: Context) -> list[Tie]:
    """Return the ties that say something of the account's transit gateways' route tables."""
    near = [tie for tie in own_ties(context) if not tie.crosses]
    return [
        tie
        for tie in (*near, *offered_ties(context))
        if tie.wanted.route_table is not None or tie.wanted.propagate_to is not None
    ]


def _plan(tie: Tie, context: Context) -> Iterator[Action]:
    target = find_target(tie.wanted, context.snapshot)
    tables = [
        table for table in context.snapshot.transit_route_tables if table.parent_id == target.id
    ]
    base = base_of(tie, target.id, context)
    wish = tie.wanted
    if wish.route_table is not None:
        right = find_named("transit gateway route table", wish.route_table, tables)
        yield from _association(base, right, context)
    if wish.propagate_to is not None:
        words = "transit gateway route table"
        wanted = [find_named(words, name, tables) for name in wish.propagate_to]
        yield from _propagations(base, wanted, tables, context)


def base_of(tie: Tie, target_id: str, context: Context) -> Base:
    """Return what is known of an association's attachment to a transit gateway."""
    match = context.gateways.get(tie.gateway.name)
    known = None if tie.crosses else found_tie(tie, context)
    return Base(
        tie=tie,
        association_id=known.id if known else None,
        gateway_id=match.found.id if match and match.found else None,
        target_id=target_id,
        attachment=_attachment(tie, target_id, context),
    )


def _attachment(tie: Tie, target_id: str, context: Context) -> FoundTransitAttachment | None:
    found = found_offer(tie, context) if tie.crosses else found_tie(tie, context)
    ends = (found.gateway_id if found else None, target_id)
    there = context.snapshot.transit_attachments
    fitting = (each for each in there if (each.gateway_id, each.transit_gateway_id) == ends)
    return next((each for each in fitting if each.state not in GONE), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What the actions on one attachment's route tables build on."""

    tie: Tie
    association_id: str | None
    gateway_id: str | None
    target_id: str
    attachment: FoundTransitAttachment | None

    @property
    def parents(self) -> tuple[Reference, ...]:
        """The attachment; one that is not there yet will be found by its ends."""
        tie, known = self.tie, self.attachment
        if known or tie.crosses:
            found = known.id if known else None
            return (Reference(kind="transit_attachment", name=tie.name, id=found),)
        return (
            Reference(kind="association", name=tie.name, id=self.association_id),
            Reference(kind="gateway", name=tie.gateway.name, id=self.gateway_id),
            Reference(kind="target", name=tie.wanted.target, id=self.target_id),
        )

    @property
    def waits_for(self) -> tuple[Wait, ...]:
        """The attachment comes with the association, which another account may have to accept."""
        tie, known = self.tie, self.attachment
        if known and known.state == "available":
            return ()
        if known:
            reference = Reference(kind="transit_attachment", name=tie.name, id=known.id)
            return (Wait(on=reference, until=("available",), now=known.state),)
        return (
            Wait(
                on=Reference(kind="association", name=tie.name, id=self.association_id),
                until=("associated",),
                people=tie.crosses,
                owner=tie.gateway.account if tie.crosses else None,
            ),
        )

    def add(self, kind: Kind, name: str, **attributes: object) -> Action:
        """Return the action that makes something be there."""
        return Action(
            verb="create",
            kind=kind,
            name=name,
            wanted=self.tie.wanted,
            parents=self.parents,
            changes=given(**attributes),
            waits_for=self.waits_for,
        )

    def remove(self, kind: Kind, table_id: str, called: str) -> Action:
        """Return the action that takes a route table from the attachment that is there."""
        known = self.attachment.id if self.attachment else ""
        return Action(
            verb="delete",
            kind=kind,
            name=f"{self.tie.name}/{called}",
            id=f"{known}/{table_id}",
            parents=self.parents,
            changes=(Change(attribute="route_table", before=table_id, after="none"),),
            waits_for=self.waits_for,
        )


def _association(base: Base, right: FoundRouteTable, context: Context) -> Iterator[Action]:
    """Yield what puts the attachment on its route table: an attachment has one at a time."""
    known, name = base.attachment, base.tie.name
    add = base.add("transit_route_table", f"{name}/{called(right)}", route_table=right.id)
    if known is None or known.route_table_id is None:
        yield add
        return
    going = known.route_table_state == "disassociating"
    if going or known.route_table_id != right.id:
        left = base.remove("transit_route_table", known.route_table_id, known.route_table_id)
        if not going:
            yield with_consent(left, _harm(base, "interrupts", context), context, name=name)
        reference = Reference(kind="transit_route_table", name=left.name, id=left.id)
        gone = Wait(on=reference, now=known.route_table_state)
        yield replace(add, waits_for=(*add.waits_for, gone))


def _propagations(
    base: Base,
    wanted: list[FoundRouteTable],
    tables: list[FoundRouteTable],
    context: Context,
) -> Iterator[Action]:
    """Yield what makes the list of route tables that learn from the attachment exact."""
    known, name = base.attachment, base.tie.name
    if known is None:
        ids = tuple(table.id for table in wanted)
        yield base.add("transit_propagation", name, propagate_to=ids)
        return
    for table in wanted:
        if table.id not in known.propagates_to:
            yield base.add("transit_propagation", f"{name}/{called(table)}", propagate_to=table.id)
    names = {table.id: called(table) for table in tables}
    for table_id in known.propagates_to:
        if table_id not in {table.id for table in wanted}:
            left = base.remove("transit_propagation", table_id, names.get(table_id, table_id))
            harm = _harm(base, "takes routes from", context)
            yield with_consent(left, harm, context, name=name)


def called(table: FoundRouteTable) -> str:
    """Return what a route table is called: its Name tag, else its id."""
    return table.name or table.id


def _harm(base: Base, doing: str, context: Context) -> str:
    """Tell who is harmed; of another account's gateway it cannot be seen what rides on it."""
    if base.tie.crosses:
        return f"{doing} whatever rides on gateway {base.tie.gateway.name}"
    gateway_id = base.attachment.gateway_id if base.attachment else None
    riders = context.lookup.interfaces_of(gateway_id)
    live = ", ".join(sorted(thing.name for thing in riders if thing.live))
    return f"{doing} {live}" if live else ""
