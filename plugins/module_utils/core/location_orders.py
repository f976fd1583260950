# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the locations of what a plan orders have it: the facts that nobody can check offline.

Only what is ordered is judged: a port that is there stays, whatever is on sale today.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from .estate_fault import Fault
from .location import Wish, speed
from .location_filters import unmet
from .locations import rank
from .metros import metro_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .location import Location
    from .location_filters import Unmet
    from .locations import Choice
    from .model import Connection, Estate, Lag
    from .plan import Action, Plan

# So many alternatives are told.
NEAREST = 3
# How much of a code has to be right for another to be meant.
SIMILAR = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A port, or all ports of a LAG, that a plan orders.

    Attributes:
        path: Where it is declared: `connections[2]`.
        location: The code of the location.
        wish: What it shall have there.
        whole: The order of the LAG that a port is ordered with.
    """

    path: str
    location: str
    wish: Wish
    whole: Order | None = None

    def lacks(self, chosen: Location) -> tuple[Unmet, ...]:
        """Return what is not to be had there, but for what the LAG's order lacks already."""
        told = self.whole.lacks(chosen) if self.whole else ()
        return tuple(lack for lack in unmet(chosen, self.wish) if lack not in told)


def orders(estate: Estate, plan: Plan) -> tuple[Order, ...]:
    """Return what a plan orders, in the document's order; each LAG before its ports."""
    ordered = {(action.kind, action.name) for action in plan.actions if _is_order(action)}
    wholes = {
        thing.name: _order(f"lags[{place}]", thing, estate)
        for place, thing in enumerate(estate.lags)
        if ("lag", thing.name) in ordered
    }
    of_port = {
        name: wholes[lag.name]
        for lag in estate.lags
        if lag.name in wholes
        for name in lag.connections
    }
    ports = (
        replace(_order(f"connections[{place}]", thing, estate), whole=of_port.get(thing.name))
        for place, thing in enumerate(estate.connections)
        if ("connection", thing.name) in ordered or thing.name in of_port
    )
    return (*wholes.values(), *ports)


def _is_order(action: Action) -> bool:
    """Return whether an action orders ports: a LAG may be made of a port that is there."""
    around = any(parent.kind == "connection" for parent in action.parents)
    return action.verb == "create" and action.kind in ("connection", "lag") and not around


def _order(path: str, thing: Connection | Lag, estate: Estate) -> Order:
    wish = Wish(
        bandwidth=speed(thing.bandwidth),
        request_macsec=bool(thing.request_macsec),
        provider=thing.provider or "",
        billing_mode=getattr(thing, "billing_mode", None) or "",
        avoid=frozenset(each.location for each in estate.circuits if each.name != thing.name),
    )
    return Order(path=path, location=thing.location, wish=wish)


def misplaced(
    ordered: Sequence[Order], locations: Sequence[Location], region: str
) -> tuple[Fault, ...]:
    """Return every fault of what is ordered, each with the nearest locations that have it all.

    Args:
        ordered: What a plan orders.
        locations: What AWS answers in this Region.
        region: The account's Region.
    """
    by_code = {each.code: each for each in locations}
    return tuple(fault for order in ordered for fault in _faults(order, by_code, region))


def _faults(order: Order, by_code: Mapping[str, Location], region: str) -> Iterator[Fault]:
    chosen, locations = by_code.get(order.location), tuple(by_code.values())
    if chosen is None:
        if order.whole is None:
            yield Fault(path=f"{order.path}.location", rule=_unknown(order, locations, region))
        return
    for lack in order.lacks(chosen):
        instead = _instead(order, chosen, locations, region)
        rule = f"{chosen} {lack.sentence}; {instead}"
        yield Fault(path=f"{order.path}.{lack.option}", rule=rule)


def _unknown(order: Order, locations: Sequence[Location], region: str) -> str:
    """Say that there is no such location, and which of a similar code there are."""
    folded = {each.code.casefold(): each for each in locations}
    close = get_close_matches(order.location.casefold(), folded, n=NEAREST, cutoff=SIMILAR)
    similar = [str(folded[code]) for code in close]
    says = f"AWS has no location {order.location} for {region}"
    if similar:
        return f"{says}: if you mean {' or '.join(similar)}, write that code"
    return f"{says}; {_instead(order, None, locations, region)}"


def _instead(
    order: Order, chosen: Location | None, locations: Sequence[Location], region: str
) -> str:
    """Say where all of it can be had, the nearest to the location that was chosen first."""
    site = metro_of(chosen.name) if chosen else None
    choices = rank(locations, replace(order.wish, home=region, site=site))[:NEAREST]
    if not choices:
        return f"none of the locations for {region} has all that is asked for: ask for less"
    return f"all of it can be had at {' or '.join(map(_choice, choices))}"


def _choice(choice: Choice) -> str:
    if choice.distance_km is None:
        return str(choice.location)
    return f"{choice.location.code} ({choice.location.name}; {choice.distance_km} km away)"
