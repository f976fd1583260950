# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Deliberately wrong candidates are caught on every platform, and the page says truly by whom."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from tests.fixtures.wrong_lines import PLATFORMS, ROWS, caught, right, wrong

PAGE = Path(__file__).parents[5] / "docs/platforms/wrong-inputs.md"
FIRST = "| Fault | "


@cache
def catcher(name, fault):
    (row,) = [row for row in ROWS if row["fault"] == fault]
    return caught(name, wrong(name, row))


def table():
    lines = [f"{FIRST}{' | '.join(f'`{name}`' for name in PLATFORMS)} |"]
    lines.append("| --- " * (len(PLATFORMS) + 1) + "|")
    for row in ROWS:
        cells = [catcher(name, row["fault"]) for name in PLATFORMS]
        lines.append(f"| {row['fault']} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", PLATFORMS)
def test_a_candidate_that_is_right_is_caught_by_nobody(name):
    assert caught(name, right(name)) == ""


@pytest.mark.parametrize("name", PLATFORMS)
@pytest.mark.parametrize("fault", [row["fault"] for row in ROWS])
def test_a_wrong_candidate_is_caught(fault, name):
    assert catcher(name, fault)


def test_the_page_says_who_catches_what():
    """UPDATE_GOLDEN=1 writes the page's table anew."""
    text = PAGE.read_text(encoding="utf-8")
    head = text[: text.index(FIRST)]
    if os.environ.get("UPDATE_GOLDEN"):
        PAGE.write_text(head + table(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == head + table()
