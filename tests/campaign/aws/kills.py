# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SIGKILL at every call that changes something, before it acts and after: one case each.

The model holds the call; the run's process is killed while it waits for the answer; the next runs
go on undisturbed. The n-th call of an operation is met by letting n - 1 pass first.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.fixtures.polling import until
from tests.fixtures.processes import FORK

from .ground import MOST_RUNS, PHASES, Verdict, finish, plug, prepare, reconcile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.fixtures.aws_model import AwsModel

    from .stories import Phase

# Held before the call acts, which it then never does; held after it has acted.
MOMENTS = {"before": "stuck", "after": "slow"}
HOLD_SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Kill:
    """Where a run is killed: at the `nth` call of an operation in a phase."""

    phase: Phase
    operation: str
    nth: int
    moment: str

    def __str__(self) -> str:
        """Say where."""
        return f"{self.phase.name}: {self.moment} {self.operation} {self.nth}"


def kills(model: AwsModel, phases: Iterable[Phase] = PHASES) -> Iterator[Kill]:
    """Yield every place where a run can be killed: each phase is run once to see its calls."""
    for phase in phases:
        prepare(model, phase)
        model.forget_calls()
        finish(model, phase)
        seen: Counter[str] = Counter()
        for operation in model.changes():
            seen[operation] += 1
            for moment in MOMENTS:
                yield Kill(phase=phase, operation=operation, nth=seen[operation], moment=moment)


def kill_at(model: AwsModel, kill: Kill) -> bool:
    """Take one run after the other up to the place, and kill the one that gets there, if any."""
    if kill.nth > 1:
        model.break_call(kill.operation, "slow", count=kill.nth - 1, seconds=0)
    model.break_call(kill.operation, MOMENTS[kill.moment], seconds=HOLD_SECONDS)
    for _ in range(MOST_RUNS):
        if any(_run_is_killed(model, kill, account) for account in kill.phase.accounts):
            return True
        plug(model)
    return False


def _run_is_killed(model: AwsModel, kill: Kill, account: str) -> bool:
    run = FORK.Process(target=reconcile, args=(model, kill.phase, account), daemon=True)
    run.start()
    until(lambda: model.ask("held") or not run.is_alive(), f"{kill} or an end", 30, 0.005)
    held = bool(model.ask("held"))
    run.kill()
    run.join()
    if held:
        model.heal()
        until(lambda: not model.ask("held"), "the call that was held ends", 30, 0.005)
    return held


def campaign(model: AwsModel, cases: Iterable[Kill]) -> Verdict:
    """Kill at each place, go on, and compare."""
    verdict = Verdict()
    for kill in cases:
        prepare(model, kill.phase)
        if not kill_at(model, kill):
            verdict.unfinished.append(f"{kill}: no run got there")
        verdict.judge(str(kill), model, kill.phase, finish(model, kill.phase))
    return verdict
