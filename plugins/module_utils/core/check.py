# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The check record: one thing that was looked at, in the five words of the report."""

from __future__ import annotations

from typing import Any, Literal, TypedDict

Verdict = Literal["pass", "warn", "fail", "na"]


class Check(TypedDict):
    """What was checked on what, the verdict, what was measured and what was expected."""

    id: str
    target: str
    verdict: Verdict
    measured: Any
    expected: Any


def check(name: str, target: str, verdict: Verdict, measured: object, expected: object) -> Check:
    """Return a check record."""
    return Check(id=name, target=target, verdict=verdict, measured=measured, expected=expected)


def passes(name: str, target: str, good: bool, measured: object, expected: object) -> Check:  # noqa: FBT001
    """Return a check record that either passes or fails."""
    return check(name, target, "pass" if good else "fail", measured, expected)
