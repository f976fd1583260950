# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The check record: one thing that was looked at, in the five words of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypedDict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Verdict = Literal["pass", "warn", "fail", "na"]


class Check(TypedDict):
    """What was checked on what, the verdict, what was measured and what was expected."""

    id: str
    target: str
    verdict: Verdict
    measured: Any
    expected: Any


def shown(value: Any) -> str:
    """Return a measured or expected value as text."""
    if value is None:
        return "\N{EM DASH}"
    if isinstance(value, list | tuple):
        return ", ".join(map(shown, value)) or "none"
    return str(value)


def failed(checks: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the checks that failed."""
    return [record for record in checks if record["verdict"] == "fail"]


def sentence(record: Mapping[str, Any]) -> str:
    """Say in one line what was looked at, on what, what was found, and what should have been."""
    measured, expected = shown(record["measured"]), shown(record["expected"])
    return f"{record['target']}: {record['id']}: {measured}; expected: {expected}"


def check(name: str, target: str, verdict: Verdict, measured: object, expected: object) -> Check:
    """Return a check record."""
    return Check(id=name, target=target, verdict=verdict, measured=measured, expected=expected)


def passes(name: str, target: str, good: bool, measured: object, expected: object) -> Check:  # noqa: FBT001
    """Return a check record that either passes or fails."""
    return check(name, target, "pass" if good else "fail", measured, expected)
