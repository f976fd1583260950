# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the options of a query to a wish, or to all that is wrong with them."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from .estate_fault import EstateError, Fault
from .location import Wish, megabits, speed
from .metros import METROS, Site, find_metro

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# The most degrees, either way.
DEGREES = {"latitude": 90, "longitude": 180}


def read_wish(options: Mapping[str, Any], home: str) -> Wish:
    """Return the wish that options tell; what is None does not matter.

    Args:
        options: bandwidth, request_macsec, provider, billing_mode, regions, latitude, longitude,
            metro, avoid.
        home: The account's Region.

    Raises:
        EstateError: With every fault at once.
    """
    faults = tuple(_faults(options))
    if faults:
        raise EstateError(faults)
    return Wish(
        bandwidth=speed(options["bandwidth"] or ""),
        request_macsec=bool(options["request_macsec"]),
        provider=options["provider"] or "",
        billing_mode=options["billing_mode"] or "",
        regions=tuple(options["regions"]),
        home=home,
        site=_site(options),
        avoid=frozenset(options["avoid"]),
    )


def _site(options: Mapping[str, Any]) -> Site | None:
    if options["metro"]:
        return find_metro(options["metro"])
    if options["latitude"] is None:
        return None
    return Site(latitude=options["latitude"], longitude=options["longitude"])


def _faults(options: Mapping[str, Any]) -> Iterator[Fault]:
    bandwidth, metro = options["bandwidth"], options["metro"]
    if bandwidth and not megabits(bandwidth):
        yield Fault(path="bandwidth", rule=f"{bandwidth} is not a port speed, as 10Gbps")
    for name, most in DEGREES.items():
        if options[name] is not None and not -most <= options[name] <= most:
            yield Fault(
                path=name, rule=f"{options[name]} is not between -{most} and {most} degrees"
            )
    if metro and find_metro(metro) is None:
        yield Fault(
            path="metro", rule=f"{_unknown(metro)}: give latitude and longitude in its place"
        )


def _unknown(metro: str) -> str:
    """Say that the table has no such city, and which of a similar name it has."""
    names = {name.partition(",")[0].casefold(): name for name in METROS}
    close = get_close_matches(metro.partition(",")[0].strip().casefold(), names)
    similar = f" (it has {', '.join(names[each] for each in close)})" if close else ""
    return f"{metro} is not in the table of cities{similar}"
