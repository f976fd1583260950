# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which Direct Connect locations fit a wish: who is left out, who comes first, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .location import all_of, megabits
from .location_filters import has_macsec, unmet
from .metros import distance_km, metro_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .location import Location, Wish
    from .location_filters import Unmet


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What counts for the rank of a location, as data and in words; the less weight, the better."""

    about: str
    value: Any
    sentence: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A location that passes every filter, with the reasons for its rank, what counts most first.

    Attributes:
        distance_km: From the site; None where either end is unknown.
    """

    location: Location
    reasons: tuple[Reason, ...]
    distance_km: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A location that fails filters, all of which are told."""

    location: Location
    unmet: tuple[Unmet, ...]


def rank(locations: Iterable[Location], wish: Wish) -> list[Choice]:
    """Return the locations that pass every filter of the wish, the best first.

    What counts, in this order: no other circuit ends there, its Region, its distance from the site
    (what is unknown comes after all that is known), MACsec, speed, the number of providers, code.
    """
    choices = (
        Choice(
            location=each, reasons=tuple(_reasons(each, wish)), distance_km=_distance(each, wish)
        )
        for each in locations
        if not unmet(each, wish)
    )
    return sorted(choices, key=_weight)


def _weight(choice: Choice) -> tuple[list[float], str, str]:
    weights = [reason.weight for reason in choice.reasons]
    return weights, choice.location.code, choice.location.region


def left_out(locations: Iterable[Location], wish: Wish) -> list[LeftOut]:
    """Return the locations that do not pass, by code, each with every filter that it fails."""
    failing = (LeftOut(location=each, unmet=unmet(each, wish)) for each in locations)
    return sorted((each for each in failing if each.unmet), key=lambda each: each.location.code)


def _reasons(location: Location, wish: Wish) -> Iterator[Reason]:
    """Return what counts, in the order in which it counts; the same abouts for every location."""
    if wish.avoid:
        shared = location.code in wish.avoid
        words = "another circuit ends here" if shared else "no other circuit ends here"
        yield Reason(about="avoid", value=shared, sentence=words, weight=float(shared))
    yield _region_reason(location, wish)
    if wish.site is not None:
        far = _distance(location, wish)
        words = "its distance is not known" if far is None else f"{far} km from the site"
        weight = float("inf") if far is None else float(far)
        yield Reason(about="distance_km", value=far, sentence=words, weight=weight)
    capable = has_macsec(location, wish)
    words = f"MACsec at {all_of(location.macsec_port_speeds)}" if capable else "no MACsec"
    yield Reason(about="macsec", value=capable, sentence=words, weight=float(not capable))
    yield from _size_reasons(location)


def _region_reason(location: Location, wish: Wish) -> Reason:
    order = wish.regions or (wish.home,)
    place = order.index(location.region) if location.region in order else len(order)
    words = f"in {location.region}" if location.region else "its Region is not told"
    words += ", the account's Region" if wish.home and location.region == wish.home else ""
    return Reason(about="region", value=location.region, sentence=words, weight=float(place))


def _size_reasons(location: Location) -> Iterator[Reason]:
    best = max(location.port_speeds, key=megabits, default="")
    words = f"ports of up to {best}" if best else "its speeds are not told"
    yield Reason(about="speed", value=best, sentence=words, weight=-float(megabits(best)))
    count = len(location.providers)
    words = f"{count} {'provider' if count == 1 else 'providers'}" if count else "nobody is named"
    yield Reason(about="providers", value=count, sentence=words, weight=-float(count))


def _distance(location: Location, wish: Wish) -> int | None:
    metro = metro_of(location.name)
    return distance_km(metro, wish.site) if metro and wish.site else None
