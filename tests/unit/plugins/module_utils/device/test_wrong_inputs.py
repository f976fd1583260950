# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Deliberately wrong candidates are caught on every platform, and the page says truly by whom."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from tests.fixtures import wrong_lines, wrong_macsec

PAGE = Path(__file__).parents[5] / "docs/platforms/wrong-inputs.md"
HEADS = (
    "Faults of an attachment:\n\n",
    "Faults of a port that is to be secured (FRR secures none):\n\n",
)
SUBJECTS = (wrong_lines, wrong_macsec)
CASES = [
    pytest.param(subject, name, fault, id=f"{name}-{fault}")
    for subject in SUBJECTS
    for name in subject.PLATFORMS
    for fault in [row["fault"] for row in subject.ROWS]
]


@cache
def catcher(subject, name, fault):
    (row,) = [row for row in subject.ROWS if row["fault"] == fault]
    return subject.caught(name, subject.wrong(name, row))


def table(subject):
    names = subject.PLATFORMS
    lines = [f"| Fault | {' | '.join(f'`{name}`' for name in names)} |"]
    lines.append("| --- " * (len(names) + 1) + "|")
    for row in subject.ROWS:
        cells = [catcher(subject, name, row["fault"]) for name in names]
        lines.append(f"| {row['fault']} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        pytest.param(subject, name, id=f"{subject.__name__.rpartition('.')[2]}-{name}")
        for subject in SUBJECTS
        for name in subject.PLATFORMS
    ],
)
def test_a_candidate_that_is_right_is_caught_by_nobody(subject, name):
    assert subject.caught(name, subject.right(name)) == ""


@pytest.mark.parametrize(("subject", "name", "fault"), CASES)
def test_a_wrong_candidate_is_caught(subject, name, fault):
    assert catcher(subject, name, fault)


def test_the_page_says_who_catches_what():
    """UPDATE_GOLDEN=1 writes the page's tables anew."""
    text = PAGE.read_text(encoding="utf-8")
    tables = "\n".join(head + table(each) for head, each in zip(HEADS, SUBJECTS, strict=True))
    page = text[: text.index(HEADS[0])] + tables
    if os.environ.get("UPDATE_GOLDEN"):
        PAGE.write_text(page, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page
