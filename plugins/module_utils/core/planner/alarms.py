# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Alarms: one for each object and metric, from the day on which the object is in service.

An alarm on what is ordered and not there yet would be on for weeks, and nobody would look at it any
more on the day on which it matters. So an alarm waits for its connection to be available, or for
its interface to be made; that of an interface whose session is down goes off at once, and shall.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..alarm_metrics import NAMESPACE
from ..alarms import alarms_of, estate_of
from ..plan import Action, Change, Draft, Reference, Wait
from .carriers import carrier_reference
from .drift import differing, given
from .identity import ESTATE_TAG, NAME_TAG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model_alarms import Alarm
    from ..snapshot_alarms import FoundAlarm
    from .context import Context

# A virtual interface without a BGP session is down, and in service for all that AWS does.
IN_SERVICE = ("available", "down")
# In these people act; in any other AWS does.
_SLOW = ("confirming", "verifying")
DIMENSIONS = {
    "connection": "ConnectionId",
    "lag": "ConnectionId",
    "virtual_interface": "VirtualInterfaceId",
}


def plan_alarms(context: Context, *, gone: frozenset[str]) -> Draft:
    """Return what is to be done about the alarms that the account's part asks for.

    Args:
        context: What the planner looks at.
        gone: The ids of what the plan deletes: what it makes in their place has new ones.
    """
    found = {thing.id: thing for thing in context.snapshot.alarms}
    wanted = alarms_of(context.part)
    return Draft(
        actions=tuple(each for alarm in wanted for each in _plan(alarm, found, context, gone))
    )


def declared_alarms(context: Context) -> dict[str, FoundAlarm]:
    """Return by name what there is of the sets that the account's part declares."""
    entries = {thing.name for thing in context.part.alarms}
    return {thing.name: thing for thing in _ours(context) if thing.entry in entries}


def undeclared_alarms(context: Context) -> dict[str, FoundAlarm]:
    """Return by name what bears the estate's name and is asked for no longer.

    What another account declares is left alone: two accounts may be one, in two Regions.
    """
    wanted = {alarm.id for alarm in alarms_of(context.part)}
    mine = {thing.name for thing in context.part.alarms}
    others = {thing.name for thing in context.estate.alarms} - mine
    return {
        thing.name: thing
        for thing in _ours(context)
        if context.estate.name and thing.id not in wanted and thing.entry not in others
    }


def _ours(context: Context) -> Iterator[FoundAlarm]:
    name = estate_of(context.estate.name)
    return (thing for thing in context.snapshot.alarms if thing.estate == name)


def _plan(
    alarm: Alarm, there: dict[str, FoundAlarm], context: Context, gone: frozenset[str]
) -> Iterator[Action]:
    parents, waits = _place(alarm, context, gone)
    found = there.get(alarm.id)
    if found is None:
        tags = {**alarm.tags, **_identity(alarm, context)}
        yield Action(
            verb="create",
            kind="alarm",
            name=alarm.name,
            wanted=alarm,
            parents=parents,
            tags=tags,
            changes=given(**_told(alarm)),
            waits_for=waits,
        )
        return
    moved = tuple(_moved(alarm, found, parents))
    changes = (*differing(_pairs(alarm, found)), *moved)
    if changes:
        yield Action(
            verb="update",
            kind="alarm",
            name=alarm.name,
            id=found.id,
            wanted=_kept(alarm, found),
            parents=parents,
            changes=changes,
            waits_for=waits if moved else (),
        )


def _identity(alarm: Alarm, context: Context) -> dict[str, str]:
    estate = context.estate.name
    return {ESTATE_TAG: estate, NAME_TAG: alarm.name} if estate else {}


def _told(alarm: Alarm) -> dict[str, object]:
    than = "below" if alarm.comparison == "LessThanThreshold" else "above"
    many = f"{alarm.datapoints_to_alarm} of {alarm.evaluation_periods}"
    bad = f"{alarm.statistic} {than} {alarm.threshold}"
    return {
        "metric_name": alarm.metric_name,
        "goes_off": f"{bad}, {many} times {alarm.period_seconds} s",
        "missing_data": alarm.missing_data,
        "notify": alarm.notify,
    }


def _pairs(alarm: Alarm, found: FoundAlarm) -> dict[str, tuple[object, object]]:
    names = (
        *("metric_name", "statistic", "comparison", "threshold", "period_seconds"),
        *("evaluation_periods", "datapoints_to_alarm", "missing_data", "description"),
    )
    pairs = {name: (getattr(found, name), getattr(alarm, name)) for name in names}
    for name, wish in (("alarm_actions", alarm.notify), ("ok_actions", alarm.ok_actions)):
        # AWS keeps no order.
        same = wish is not None and sorted(wish) == sorted(getattr(found, name))
        pairs[name] = (getattr(found, name), None if same else wish)
    return {**pairs, "namespace": (found.namespace, NAMESPACE), "unit": (found.unit, "none")}


def _kept(alarm: Alarm, found: FoundAlarm) -> Alarm:
    """Return the alarm with what the estate says nothing of as it was found.

    A call overwrites the whole alarm: who has muted one for a maintenance must not hear of it.
    """
    return replace(
        alarm,
        notify=found.alarm_actions if alarm.notify is None else alarm.notify,
        ok_actions=found.ok_actions if alarm.ok_actions is None else alarm.ok_actions,
        insufficient_data_actions=found.insufficient_data_actions,
        actions_enabled=found.actions_enabled,
    )


def _moved(alarm: Alarm, found: FoundAlarm, parents: tuple[Reference, ...]) -> Iterator[Change]:
    """Yield a change where the alarm looks at other ids, as those of a port made anew."""
    wanted = {**{DIMENSIONS[each.kind]: each.id for each in parents}, **alarm.dimensions}
    if wanted != dict(found.dimensions):
        before = tuple(f"{name}={value}" for name, value in sorted(found.dimensions.items()))
        after = tuple(f"{name}={value or 'new'}" for name, value in sorted(wanted.items()))
        yield Change(attribute="dimensions", before=before, after=after)


def _place(
    alarm: Alarm, context: Context, gone: frozenset[str]
) -> tuple[tuple[Reference, ...], tuple[Wait, ...]]:
    """Return what an alarm watches, and what must have come about before it makes sense."""
    if alarm.kind == "connection":
        reference, waits = carrier_reference(alarm.thing, context)
        return (reference,), waits
    match = context.virtual_interfaces[alarm.thing].found
    found = None if match and match.id in gone else match
    interface = Reference(kind=alarm.kind, name=alarm.thing, id=found.id if found else None)
    if alarm.on in context.connections or alarm.on in context.lags:
        carrier, waits = carrier_reference(alarm.on, context)
    elif found is None:
        # Another account allocates it on a port of its own.
        return (interface,), (Wait(on=interface, until=IN_SERVICE, people=True),)
    else:
        carrier, waits = _reference_of(found.connection_id), ()
    if found and found.state in IN_SERVICE and found.connection_id == carrier.id:
        return (interface, carrier), ()
    now = found.state if found else None
    due = Wait(on=interface, until=IN_SERVICE, now=now, people=now in _SLOW)
    return (interface, carrier), (*waits, due)


def _reference_of(connection_id: str) -> Reference:
    return Reference(kind="connection", name=connection_id, id=connection_id)
