# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every part of the campaign stands on: runs, and the verdict."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ansible_collections.crossconnect.dx.plugins.modules import estate
from tests.fixtures.aws_model import run_module

from .sight import KEYS, make_tables, neighbours, there
from .stories import Phase, phases

if TYPE_CHECKING:
    from tests.fixtures.aws_model import AwsModel

PHASES = tuple(phases())
# More runs of an account than this in a row, none of them the last, are a fault of their own.
MOST_RUNS = 12


@dataclass(slots=True)
class Verdict:
    """What the campaign counts: cases, things that exist twice, things that do not exist."""

    cases: int = 0
    duplicates: int = 0
    lost: int = 0
    unfinished: list[str] = field(default_factory=list)

    def judge(self, case: str, model: AwsModel, phase: Phase, last: list[dict[str, Any]]) -> None:
        """Count one case: what exists against the goal, and whether the last runs found it so."""
        self.cases += 1
        for account in phase.accounts:
            goal, found = phase.goal(account), there(model, account)
            self.duplicates += (found - goal).total()
            self.lost += (goal - found).total()
            if found != goal:
                told = f"{dict(found - goal)} too many, {dict(goal - found)} too few"
                self.unfinished.append(f"{case}, {account}: {told}")
        self.unfinished += [f"{case}: {_trouble(run)}" for run in last if not is_over(run)]

    @property
    def clean(self) -> bool:
        """True when nothing was made twice, nothing got lost, and every case came to its end."""
        return not (self.duplicates or self.lost or self.unfinished)

    def __str__(self) -> str:
        """Give the figures in one line, and a line for each case without its end."""
        figures = f"cases {self.cases}, duplicates {self.duplicates}, lost {self.lost}"
        return "\n".join([figures, *(f"  unfinished: {each}" for each in self.unfinished)])


def is_over(run: dict[str, Any]) -> bool:
    """Tell whether a run had nothing to do."""
    return not (run.get("failed") or run["changed"] or run["plan"])


def _trouble(run: dict[str, Any]) -> str:
    return str(run.get("msg") or run.get("plan_text"))


def reconcile(model: AwsModel, phase: Phase, account: str, **options: Any) -> dict[str, Any]:
    """Run the module once in this process."""
    known = neighbours(model, account) if len(phase.accounts) > 1 else None
    return run_module(
        estate.main,
        estate=phase.wanted,
        account=account,
        neighbours=known,
        **model.options(KEYS[account]),
        **phase.options,
        **options,
    )


def finish(model: AwsModel, phase: Phase) -> list[dict[str, Any]]:
    """Run again, with the cables plugged, until nothing is left to do; return the last results."""
    results: list[dict[str, Any]] = []
    for _ in range(MOST_RUNS):
        results = [reconcile(model, phase, account) for account in phase.accounts]
        if all(map(is_over, results)):
            break
        plug(model)
    return results


def plug(model: AwsModel) -> None:
    """Plug the cables of all that is ordered."""
    model.patch(*(thing["name"] for thing in model.ask("connections")))


def prepare(model: AwsModel, phase: Phase) -> None:
    """Start from two empty accounts, and build what is there before the phase."""
    model.reset()
    if phase.tables:
        make_tables(model)
    if phase.before is not None:
        before = replace(phase, wanted=phase.before, options={})
        last = finish(model, before)
        assert all(map(is_over, last)), [*map(_trouble, last)]
