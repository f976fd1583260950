# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the variable `dx_limits` to the limits in force, or all its faults at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from difflib import get_close_matches
from typing import Any

from .estate_fault import EstateError, Fault
from .limits import Limits


def read_limits(overrides: Mapping[Any, Any] | None = None) -> Limits:
    """Return the limits with some of them overridden by name.

    Raises:
        EstateError: A name is unknown or a value is of another type; all such faults at once.
    """
    known = {limit.name: limit.default for limit in fields(Limits)}
    faults: list[Fault] = []
    values: dict[str, Any] = {}
    for name, value in (overrides or {}).items():
        if name not in known:
            faults.append(Fault(f"limits.{name}", _unknown(str(name), tuple(known))))
        elif rule := _type_fault(value, known[name]):
            faults.append(Fault(f"limits.{name}", rule))
        else:
            values[str(name)] = value if isinstance(value, int) else tuple(value)
    if faults:
        raise EstateError(faults)
    return Limits(**values)


def _unknown(name: str, known: tuple[str, ...]) -> str:
    close = get_close_matches(name, known, n=1)
    return "is no limit" + (f": did you mean {close[0]}?" if close else "")


def _type_fault(value: Any, default: Any) -> str | None:
    if isinstance(default, int):
        return None if _is_number(value) else "must be a whole number"
    fits, kind = (_is_text, "texts") if _is_text(default[0]) else (_is_number, "whole numbers")
    if not _is_list(value) or not all(map(fits, value)):
        return f"must be a list of {kind}"
    return None


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes))


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_text(value: object) -> bool:
    return isinstance(value, str)
