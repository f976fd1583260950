# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The call log of the model of AWS: what a run asked of AWS, counted."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from .errors import LabError
from .result import Result
from .state import read_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .state import LabState

MARKS = "marks.json"


def mark(state: LabState, name: str) -> Result:
    """Remember this moment of the call log by a name, for `calls --since NAME`."""
    state.running()
    marks = state.read(MARKS)
    marks[name] = len(read_lines(state.calls))
    state.write(marks, MARKS)
    text = f"{name} stands for now, after {marks[name]} calls"
    return Result(changed=True, text=text, data={"mark": name, "calls_before": marks[name]})


def calls(state: LabState, since: str | None) -> Result:
    """Count the calls, all of them or those since a mark or a moment."""
    state.running()
    found = _since(state, read_lines(state.calls), since)
    totals = Counter(str(call["operation"]) for call in found)
    mutating = sum(bool(call["mutating"]) for call in found)
    failed = sum(call["error"] is not None for call in found)
    data = {
        "total": len(found),
        "mutating": mutating,
        "failed": failed,
        "operations": dict(sorted(totals.items())),
        "calls": found,
    }
    return Result(changed=False, text=_table(found, data), data=data)


def _since(
    state: LabState, found: Sequence[dict[str, Any]], since: str | None
) -> list[dict[str, Any]]:
    if since is None:
        return list(found)
    marks = state.read(MARKS)
    if since in marks:
        return list(found[marks[since] :])
    moment = _moment(since, marks)
    return [call for call in found if _moment(str(call["time"]), marks) >= moment]


def _moment(text: str, marks: dict[str, Any]) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        known = ", ".join(marks) or "none"
        raise LabError(f"{text} is neither an ISO 8601 time nor a mark; marks: {known}") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _table(found: Sequence[dict[str, Any]], data: dict[str, Any]) -> str:
    kinds = {str(call["operation"]): bool(call["mutating"]) for call in found}
    wide = max((len(operation) for operation in kinds), default=0)
    lines = [
        f"{count:6}  {operation:{wide}}{'  changes' if kinds[operation] else ''}".rstrip()
        for operation, count in data["operations"].items()
    ]
    total = f"{data['total']} calls, {data['mutating']} that change, {data['failed']} failed"
    return "\n".join([*lines, total])
