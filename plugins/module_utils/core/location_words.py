# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Locations as the plain data that modules hand on, and as a table for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .location import Location
    from .location_filters import Unmet
    from .locations import Choice, LeftOut, Reason

HEADINGS = ("rank", "location", "name", "Region", "km", "speeds", "MACsec", "providers")
_NUMBERS = frozenset({"rank", "km", "providers"})
_GAP = "  "


def choice_record(rank: int, choice: Choice) -> dict[str, Any]:
    """Return a location that passes as plain data; the best has rank 1."""
    why = ", ".join(reason.sentence for reason in choice.reasons)
    return {
        "rank": rank,
        **_told(choice.location),
        "distance_km": choice.distance_km,
        "reasons": [_reason(reason) for reason in choice.reasons],
        "sentence": f"{choice.location}: {why}",
    }


def left_out_record(left_out: LeftOut) -> dict[str, Any]:
    """Return a location that does not pass as plain data, with every filter that it fails."""
    return {
        **_told(left_out.location),
        "filters": [_filter(lack) for lack in left_out.unmet],
        "sentence": f"{left_out.location} {'; '.join(lack.sentence for lack in left_out.unmet)}",
    }


def _told(location: Location) -> dict[str, Any]:
    return {
        "location": location.code,
        "name": location.name,
        "region": location.region,
        "port_speeds": list(location.port_speeds),
        "macsec_port_speeds": list(location.macsec_port_speeds),
        "providers": list(location.providers),
        "billing_modes": [
            {
                "billing_mode": each.mode,
                "port_speeds": list(each.port_speeds),
                "included_regions": list(each.included_regions),
            }
            for each in location.billing_modes
        ],
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {"about": reason.about, "value": reason.value, "sentence": reason.sentence}


def _filter(lack: Unmet) -> dict[str, Any]:
    wanted = list(lack.wanted) if isinstance(lack.wanted, tuple) else lack.wanted
    return {
        "option": lack.option,
        "wanted": wanted,
        "offered": list(lack.offered),
        "sentence": lack.sentence,
    }


def location_table(choices: Sequence[Choice], left_out: Sequence[LeftOut]) -> list[str]:
    """Return the ranking line by line, then a line for each that is left out."""
    lines = _set([HEADINGS, *(_cells(at, each) for at, each in enumerate(choices, start=1))])
    if not choices:
        lines = ["No location has all that is asked for."]
    if left_out:
        lines += ["", "Left out:"]
    return [*lines, *(f"  {left_out_record(each)['sentence']}" for each in left_out)]


def _cells(rank: int, choice: Choice) -> tuple[str, ...]:
    location = choice.location
    return (
        str(rank),
        location.code,
        location.name,
        location.region,
        "-" if choice.distance_km is None else str(choice.distance_km),
        _short(location.port_speeds),
        _short(location.macsec_port_speeds),
        str(len(location.providers) or "-"),
    )


def _short(speeds: Sequence[str]) -> str:
    return ",".join(speed.removesuffix("bps") for speed in speeds) or "-"


def _set(rows: Sequence[Sequence[str]]) -> list[str]:
    """Set the rows in columns, numbers to the right, under a rule."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [_GAP.join(map(_aligned, HEADINGS, row, widths)).rstrip() for row in rows]
    return [lines[0], _GAP.join("-" * width for width in widths), *lines[1:]]


def _aligned(heading: str, cell: str, width: int) -> str:
    return cell.rjust(width) if heading in _NUMBERS else cell.ljust(width)
