# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ports that come to a LAG, by order or by joining, and ports that leave it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..plan import Action, Change, Reference
from ..snapshot import GONE
from .connections import order_port
from .consent import consent_name, has_consent
from .identity import NAME_TAG
from .lag_members import bundled, members
from .lag_settings import minimum

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Lag
    from ..snapshot import FoundConnection, FoundLag
    from .context import Context


def port_faults(wanted: Lag, found: FoundLag | None, context: Context) -> tuple[str, ...]:
    """Return why the ports that are there cannot make up the LAG."""
    return (
        *_on_other_devices(wanted, found, context),
        *_vlans_twice(wanted, found, context),
        *_too_few(wanted, found),
    )


def _on_other_devices(wanted: Lag, found: FoundLag | None, context: Context) -> Iterator[str]:
    """Find ports that are not where the LAG is: AWS bundles ports of one device alone."""
    place = (f"LAG {wanted.name} ({found.id})", found.aws_device) if found else None
    for name in wanted.connections:
        port = context.connections[name].found
        if port is None or port.aws_device is None:
            continue
        place = place if place and place[1] else (f"{name} ({port.id})", port.aws_device)
        if port.aws_device != place[1]:
            yield (
                f"lag {wanted.name}: {name} ({port.id}) is on AWS's device {port.aws_device}, "
                f"{place[0]} on {place[1]}, and a LAG takes ports of one device: let the LAG order "
                f"a port under a new name in place of {name}"
            )


def _vlans_twice(wanted: Lag, found: FoundLag | None, context: Context) -> Iterator[str]:
    """Find ports with an interface whose VLAN is taken on the LAG, to which it would come."""
    riders = context.lookup.interfaces_of(found.id) if found else ()
    taken = {thing.vlan: thing for thing in riders if thing.state not in GONE}
    for name in wanted.connections:
        port = context.connections[name].found
        for thing in context.lookup.interfaces_of(port.id) if port else ():
            other = taken.setdefault(thing.vlan, thing) if thing.state not in GONE else thing
            if other is not thing:
                yield (
                    f"lag {wanted.name}: {name} would bring virtual_interface {thing.name} "
                    f"({thing.id}) with VLAN {thing.vlan}, which {other.name} ({other.id}) has on "
                    "the LAG: delete or move one of them first"
                )


def _too_few(wanted: Lag, found: FoundLag | None) -> Iterator[str]:
    """Find a minimum at AWS that the list of ports no longer reaches."""
    least = minimum(wanted, found)
    if least > len(wanted.connections):
        yield (
            f"lag {wanted.name}: minimum_links is {least} at AWS and the LAG is left with "
            f"{len(wanted.connections)} ports: set minimum_links to what shall be"
        )


def joining(
    wanted: Lag, lag: Reference, context: Context, but: str | None = None
) -> tuple[Action, ...]:
    """Return what brings in the ports that are no members: one order or one move each.

    Args:
        wanted: The LAG.
        lag: What to join; without an id it is made by this plan.
        context: What the planner looks at.
        but: The port that the LAG is made of.
    """
    return tuple(
        _order(name, lag, context) if port is None else _join(name, port, lag, context)
        for name in wanted.connections
        if name != but
        for port in (context.connections[name].found,)
        if port is None or lag.id is None or port.lag_id != lag.id
    )


def _order(name: str, lag: Reference, context: Context) -> Action:
    order = order_port(context.part.connection(name), context)
    changes = (*order.changes, Change(attribute="lag", after=lag.name))
    return replace(order, parents=(lag,), changes=changes)


def _join(name: str, port: FoundConnection, lag: Reference, context: Context) -> Action:
    harm = interruption(port, context)
    return Action(
        verb="join",
        kind="connection",
        name=name,
        id=port.id,
        wanted=context.part.connection(name),
        parents=(lag,),
        changes=_lag_change(port.lag_id, lag.id),
        reason="; ".join((f"becomes a port of LAG {lag.name}", *((harm,) if harm else ()))),
        consent=consent_name("connection", name, context) if harm else None,
        consented=has_consent("connection", name, context),
    )


def _lag_change(before: str | None, after: str | None) -> tuple[Change, ...]:
    """Tell the LAG by its id, by which the outcome of a call can be seen, once there is one."""
    if before == after:
        return ()
    return (Change(attribute="lag_id", before=before, after=after),)


def interruption(port: FoundConnection, context: Context) -> str:
    """Tell whom it hits when a port joins: AWS takes its light for a moment, and its interfaces."""
    carrier = port.lag_id or port.id
    live = sorted(thing.name for thing in context.lookup.interfaces_of(carrier) if thing.live)
    if not live:
        return ""
    return f"interrupts the port, with BGP up on {', '.join(live)}"


def leaving(wanted: Lag, found: FoundLag, context: Context) -> tuple[Action, ...]:
    """Return what takes out the members that the list no longer names: the list is exact.

    A member that is declared for another LAG is not taken out: it goes there by itself.
    """
    names = {match.found.id: name for name, match in context.connections.items() if match.found}
    elsewhere = bundled(context)
    return tuple(
        _leave(names.get(port.id) or port.tags.get(NAME_TAG, port.name), port, wanted, context)
        for port in members(found.id, context.lookup)
        if names.get(port.id) not in elsewhere
    )


def _leave(name: str, port: FoundConnection, wanted: Lag, context: Context) -> Action:
    return Action(
        verb="leave",
        kind="connection",
        name=name,
        id=port.id,
        parents=(Reference(kind="lag", name=wanted.name, id=port.lag_id),),
        changes=_lag_change(port.lag_id, None),
        reason=f"takes a port from LAG {wanted.name}; the port stays, and AWS goes on billing it",
        consent=consent_name("connection", name, context),
        consented=has_consent("connection", name, context),
    )
