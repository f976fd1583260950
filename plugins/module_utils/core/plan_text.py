# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan as text that a person can approve: one line per action, in the order of execution."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .plan import Action, Change, Plan

SIGNS = {
    "create": "+",
    "adopt": "=",
    "confirm": "=",
    "accept": "=",
    "update": "~",
    "tag": "~",
    "join": "~",
    "leave": "~",
    "move": "~",
    "delete": "-",
}


def plan_text(plan: Plan) -> str:
    """Return the whole plan, ending in a line break; empty when there is nothing to say.

    Keys never stand in a plan, so the text is fit for logs and artifacts.
    """
    lines = [*_header(plan), *_actions(plan), *_remarks("note", plan.notes)]
    lines += _remarks("fault", plan.faults)
    return "".join(f"{line}\n" for line in lines)


def plan_records(plan: Plan) -> list[dict[str, Any]]:
    """Return the plan as plain data, for a module's result."""
    return [_record(action) for action in plan.actions]


def _record(action: Action) -> dict[str, Any]:
    return {
        "verb": action.verb,
        "kind": action.kind,
        "name": action.name,
        "id": action.id,
        "changes": [
            {"attribute": change.attribute, "before": change.before, "after": change.after}
            for change in action.changes
        ],
        "waits_for": [str(wait) for wait in action.waits_for if wait.people],
        "reason": action.reason,
        "consent": action.consent,
    }


def _header(plan: Plan) -> Iterator[str]:
    if not plan.actions:
        return
    count = Counter(action.verb for action in plan.actions)
    counted = ", ".join(f"{number} to {verb}" for verb, number in count.items())
    waiting = sum(action.awaits_people for action in plan.actions)
    yield f"Plan for account {plan.account} of estate {plan.estate}: {counted}" + (
        f" ({waiting} of them later)" if waiting else ""
    )


def _actions(plan: Plan) -> Iterator[str]:
    for action in plan.actions:
        yield f"  {SIGNS[action.verb]} {_line(action)}"


def _line(action: Action) -> str:
    parts = [
        ", ".join(_change(change) for change in action.changes),
        action.reason,
        *_waits(action),
        _consent(action),
    ]
    told = "; ".join(part for part in parts if part)
    return f"{action.verb} {action.kind} {action.name}" + (f": {told}" if told else "")


def _change(change: Change) -> str:
    after = _value(change.after)
    if change.before is None:
        return f"{change.attribute} {after}"
    return f"{change.attribute} {_value(change.before)} -> {after}"


def _value(value: Any) -> str:
    if isinstance(value, tuple):
        return " ".join(str(item) for item in value) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else str(value)


def _waits(action: Action) -> Iterator[str]:
    for wait in action.waits_for:
        if wait.people:
            yield f"waits for {wait}"
        elif wait.until:
            yield f"after {wait.on.kind} {wait.on.name}"
        elif action.verb == "create":
            yield f"after {wait.on.kind} {wait.on.name} ({wait.on.id}) has gone"


def _consent(action: Action) -> str:
    if action.consent is None:
        return ""
    verdict = "given" if action.consented else "MISSING"
    return f"consent {action.consent}: {verdict}"


def _remarks(word: str, sentences: tuple[str, ...]) -> Iterator[str]:
    for sentence in sentences:
        yield f"  {word}: {sentence}"
