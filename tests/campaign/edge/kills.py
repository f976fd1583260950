# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SIGKILL at each step of a transaction: of the run alone, and of its whole control node.

The step is told by the router's own files, so that no knowledge of the role is needed. A run whose
control node lives on is taken back by the process that holds the login; with the whole node gone
nobody is left but the router's own timer.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .ground import Case

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .ground import End
    from .router import Router
    from .run import Run
    from .site import Site

# Of a router's state, in the order in which a run passes them.
LOADING: tuple[str, ...] = ("logged_in", "locked")
COMMITTING = (*LOADING, "armed", "applying")
COMMITTED = (*COMMITTING, "at_rest")
CONFIRMING = (*COMMITTED, "confirming")
CONFIRMED = (*CONFIRMING, "confirmed")
REACHED_SECONDS = 90
# Long enough for a run that goes through, short enough to wait for where nobody confirms.
REVERT_SECONDS = 25

LOOK_SECONDS = 0.002


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A moment of a run: the states that it has passed then, and the seconds since."""

    name: str
    passed: tuple[str, ...]
    seconds: float = 0.0
    end: End = "old"


STEPS = (
    Step(name="before the load", passed=("logged_in",)),
    Step(name="during the load", passed=LOADING),
    Step(name="after the load", passed=LOADING, seconds=0.3),
    Step(name="as the timer starts", passed=(*LOADING, "armed")),
    Step(name="during the commit", passed=COMMITTING),
    Step(name="during the commit, 0.15 s later", passed=COMMITTING, seconds=0.15),
    Step(name="during the commit, 0.4 s later", passed=COMMITTING, seconds=0.4),
    Step(name="after the commit", passed=COMMITTED),
    Step(name="at the gates", passed=COMMITTED, seconds=1.0),
    Step(name="during the confirmation", passed=CONFIRMING, end="either"),
    Step(name="after the confirmation", passed=CONFIRMED, end="new"),
    Step(name="during the second comparison", passed=(*CONFIRMED, "locked"), end="new"),
)
SWEEP = (0.2, 0.5, 0.8, 1.1, 1.4, 1.7, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0)


def cases() -> Iterator[Case]:
    """Yield them all: each step with either loss, then moments over the whole run."""
    for step in STEPS:
        yield case(step, whole_node=False)
        yield case(step, whole_node=True)
    for seconds in SWEEP:
        name = f"{seconds} s after the login"
        step = Step(name=name, passed=("logged_in",), seconds=seconds, end="either")
        yield case(step, whole_node=True)


def brief(seconds: int) -> dict[str, int]:
    """Return variables for a revert after some seconds, and gates that end before it."""
    return {
        "edge_router_revert_seconds": seconds,
        "edge_router_gate_seconds": seconds // 2,
        "edge_router_aws_gate_seconds": seconds // 5,
    }


def case(step: Step, *, whole_node: bool, revert_seconds: int = REVERT_SECONDS) -> Case:
    """Return the case of one step; what may be confirmed has twice the time before a revert."""
    seconds = revert_seconds if step.end == "old" else 2 * revert_seconds
    who = "control node" if whole_node else "run"
    live = _killed(step, seconds, whole_node=whole_node)
    return Case(title=f"{who} killed {step.name}", end=step.end, live=live)


def _killed(step: Step, seconds: int, *, whole_node: bool) -> Callable[[Site], str]:
    def live(site: Site) -> str:
        run = site.start(**brief(seconds))
        reach(site.router, run, step)
        run.kill(whole_node=whole_node)
        return ""

    return live


def reach(router: Router, run: Run, step: Step) -> None:
    """Wait until the run has got to the step.

    Raises:
        RuntimeError: It ends before, or does not get there.
    """
    deadline = time.monotonic() + REACHED_SECONDS
    for name in step.passed:
        while not getattr(router, name)():
            if run.over or time.monotonic() > deadline:
                raise RuntimeError(f"{step.name}: the run never was {name}\n{run.output}")
            time.sleep(LOOK_SECONDS)
    time.sleep(step.seconds)  # where in the step, not how long we wait for anything
