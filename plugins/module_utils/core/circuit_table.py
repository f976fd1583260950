# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journey of all circuits as a table of plain text, for terminals and logs."""

from __future__ import annotations

from itertools import zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from .page import tone

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HEADINGS = ("circuit", "step", "state", "awaited from", "next action")
_GAP = "  "
# The columns that take what the others leave, and the share of the first.
_STATE, _ACTION = 2, 4
_STATE_SHARE = 0.45
_NARROWEST = 12


def circuit_table(report: Mapping[str, Any], *, width: int) -> list[tuple[str, str]]:
    """Return the table line by line, each with its tone: good, wait, bad or none.

    Args:
        report: The report.
        width: How many columns the table may take; long texts wrap within it.
    """
    rows = [(_cells(circuit), tone(circuit)) for circuit in report["circuits"]]
    widths = _widths([HEADINGS, *(cells for cells, _ in rows)], width)
    rule = _GAP.join("-" * size for size in widths)
    lines = [(line, "none") for line in [*_set(HEADINGS, widths), rule]]
    return lines + [(line, tone) for cells, tone in rows for line in _set(cells, widths)]


def _cells(circuit: Mapping[str, Any]) -> tuple[str, ...]:
    awaited = circuit["awaited"]
    return (
        circuit["name"],
        f"{circuit['step']}/8",
        circuit["state"],
        awaited["from"] if awaited else "-",
        circuit["next_action"],
    )


def _widths(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """Give every column what it needs; where that is too much, state and action share the rest."""
    needed = [max(map(len, column)) for column in zip(*rows, strict=True)]
    fixed = sum(needed) - needed[_STATE] - needed[_ACTION] + len(_GAP) * (len(needed) - 1)
    room = max(width - fixed, 2 * _NARROWEST)
    if needed[_STATE] + needed[_ACTION] > room:
        share = max(int(room * _STATE_SHARE), room - needed[_ACTION])
        needed[_STATE] = min(needed[_STATE], share)
        needed[_ACTION] = room - needed[_STATE]
    return needed


def _set(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    """Set one row, over as many lines as its longest cell takes."""
    columns = [
        wrap(cell, size, break_on_hyphens=False) for cell, size in zip(cells, widths, strict=True)
    ]
    return [
        _GAP.join(text.ljust(size) for text, size in zip(line, widths, strict=True)).rstrip()
        for line in zip_longest(*columns, fillvalue="")
    ]
