# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Static routes of VPN connections: the list is exact, and a move takes them off and on again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..plan import Action, Change, Reference, Wait
from .consent import with_consent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model_vpn import VpnConnection
    from ..snapshot_vpn import FoundVpnConnection
    from .context import Context


def plan_routes(
    wanted: VpnConnection,
    found: FoundVpnConnection | None,
    context: Context,
    *,
    move: Action | None = None,
) -> tuple[Action, ...]:
    """Return what makes the list of static routes exact, around the move to other ends.

    Args:
        wanted: The VPN connection in the estate.
        found: The one that is there; None for one that this plan makes.
        context: What the planner looks at.
        move: The call that moves it: AWS moves none that has static routes to another gateway.
    """
    there = found.static_routes or () if found else ()
    wish = there if wanted.static_routes is None else wanted.static_routes
    leaves = move is not None and any(
        change.attribute != "customer_gateway" for change in move.changes
    )
    stays = () if leaves else there
    gone = tuple(_removals(wanted, found, [each for each in there if each not in wish], context))
    off = tuple(_removals(wanted, found, [each for each in wish if each in there], context))
    before = (*gone, *(off if leaves else ()))
    moved = (_after(move, before),) if move else ()
    made = (_addition(wanted, found, each, move) for each in wish if each not in stays)
    return (*before, *moved, *made)


def _after(move: Action, removals: tuple[Action, ...]) -> Action:
    """Let a move wait until routes that are taken off are gone."""
    waits = tuple(
        Wait(on=Reference(kind=each.kind, name=each.name, id=each.id), now="available")
        for each in removals
    )
    return replace(move, waits_for=(*move.waits_for, *waits))


def _removals(
    wanted: VpnConnection,
    found: FoundVpnConnection | None,
    routes: list[str],
    context: Context,
) -> Iterator[Action]:
    for route in routes:
        action = Action(
            verb="delete",
            kind="vpn_route",
            name=f"{wanted.name}/{route}",
            id=f"{found.id}/{route}" if found else None,
            parents=(_reference(wanted, found),),
            changes=(Change(attribute="route", before=route, after="none"),),
        )
        reason = f"takes the way to {route} from {wanted.target}"
        yield with_consent(action, reason, context, name=wanted.name)


def _addition(
    wanted: VpnConnection, found: FoundVpnConnection | None, route: str, move: Action | None
) -> Action:
    """Return the creation of a route on a VPN connection that has come to rest."""
    reference = _reference(wanted, found)
    settled = found is not None and found.state == "available" and move is None
    state = found.state if found else None
    wait = Wait(on=reference, until=("available",), now=state)
    return Action(
        verb="create",
        kind="vpn_route",
        name=f"{wanted.name}/{route}",
        wanted=wanted,
        parents=(reference,),
        changes=(Change(attribute="route", after=route),),
        waits_for=() if settled else (wait,),
    )


def _reference(wanted: VpnConnection, found: FoundVpnConnection | None) -> Reference:
    return Reference(kind="vpn_connection", name=wanted.name, id=found.id if found else None)
