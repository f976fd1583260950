# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a Direct Connect location lacks of a wish; it passes if that is nothing.

What AWS does not tell of a location does not rule it out. MACsec alone has to be told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .location import all_of, any_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .location import Location, Wish


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """A filter that a location does not pass: the option, the wish, the offer, all in words."""

    option: str
    wanted: Any
    offered: tuple[str, ...]
    sentence: str


def unmet(location: Location, wish: Wish) -> tuple[Unmet, ...]:
    """Return every filter of the wish that a location does not pass."""
    return (
        *_region(location, wish),
        *_bandwidth(location, wish),
        *_provider(location, wish),
        *_macsec(location, wish),
        *_billing(location, wish),
    )


def _region(location: Location, wish: Wish) -> Iterator[Unmet]:
    if wish.regions and location.region not in wish.regions:
        yield Unmet(
            option="regions",
            wanted=wish.regions,
            offered=(location.region,),
            sentence=f"belongs to {location.region}, not to {any_of(wish.regions)}",
        )


def _bandwidth(location: Location, wish: Wish) -> Iterator[Unmet]:
    offered = location.port_speeds
    if wish.bandwidth and offered and wish.bandwidth not in offered:
        yield Unmet(
            option="bandwidth",
            wanted=wish.bandwidth,
            offered=offered,
            sentence=f"has no ports of {wish.bandwidth}, only of {all_of(offered)}",
        )


def _provider(location: Location, wish: Wish) -> Iterator[Unmet]:
    offered = location.providers
    known = {each.casefold() for each in offered}
    if wish.provider and offered and wish.provider.casefold() not in known:
        yield Unmet(
            option="provider",
            wanted=wish.provider,
            offered=offered,
            sentence=f"is reached by {all_of(offered)}, not by {wish.provider}",
        )


def _macsec(location: Location, wish: Wish) -> Iterator[Unmet]:
    offered = location.macsec_port_speeds
    if wish.request_macsec and not has_macsec(location, wish):
        at = f" at {wish.bandwidth}" if wish.bandwidth and offered else ""
        yield Unmet(
            option="request_macsec",
            wanted=True,
            offered=offered,
            sentence=f"has no MACsec{at}" + (f", only at {all_of(offered)}" if offered else ""),
        )


def has_macsec(location: Location, wish: Wish) -> bool:
    """Return whether it can do MACsec at the speed of the wish, or at any if that names none."""
    speeds = location.macsec_port_speeds
    return wish.bandwidth in speeds if wish.bandwidth else bool(speeds)


def _billing(location: Location, wish: Wish) -> Iterator[Unmet]:
    modes = {
        each.mode: each
        for each in location.billing_modes
        if not wish.bandwidth or wish.bandwidth in each.port_speeds
    }
    if not wish.billing_mode or not location.billing_modes:
        return
    at = f" at {wish.bandwidth}" if wish.bandwidth else ""
    mode = modes.get(wish.billing_mode)
    told = {"option": "billing_mode", "wanted": wish.billing_mode}
    if mode is None:
        only = f", only {all_of(tuple(modes))}" if modes else ""
        sentence = f"does not bill by {wish.billing_mode}{at}{only}"
        yield Unmet(**told, offered=tuple(modes), sentence=sentence)
    elif mode.included_regions and wish.home and wish.home not in mode.included_regions:
        included = mode.included_regions
        sentence = f"has {mode.mode} for {all_of(included)}, which does not include {wish.home}"
        yield Unmet(**told, offered=included, sentence=sentence)
