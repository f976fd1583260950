# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m tests.bench.aws`: what runs cost in calls and time, and what the peer's cost."""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.estates import Size, sized
from tests.fixtures.aws_model import at_the_models_pace, parsing_once, serving

from . import peer, planner, stand

if TYPE_CHECKING:
    from tests.fixtures.aws_model import AwsModel

PLANNED = 10_000
COUNTS = (10, 100, 400, 2000)
HEADLINE = Size(connections=200, interfaces=200, gateways=7)
MOST_CALLS, FEWER, FASTER, MOST_CPU = 12, 100, 50, 2.0


class Bench:
    """Prints figures, and remembers the goals that were missed."""

    def __init__(self) -> None:
        """Start with none."""
        self.missed: list[str] = []

    def say(self, line: str = "") -> None:
        """Print a line at once."""
        print(line, flush=True)  # noqa: T201

    def hold(self, goal: str, *, met: bool) -> None:
        """Print whether a goal was met."""
        self.say(f"  {'met   ' if met else 'MISSED'}  {goal}")
        self.missed += [] if met else [goal]


def plan(bench: Bench) -> None:
    """Measure the planner alone."""
    bench.say(f"Planner, {PLANNED} objects, CPU seconds")
    figures = planner.planner(PLANNED)
    for name, seconds in figures.items():
        bench.say(f"  {name:<34}{seconds:6.2f}")
    slowest = max(seconds for name, seconds in figures.items() if name.startswith("plan"))
    bench.hold(f"every plan in under {MOST_CPU} s: {slowest:.2f} s", met=slowest < MOST_CPU)


def grow(bench: Bench, model: AwsModel) -> None:
    """Count the calls of runs over estates of growing size."""
    bench.say("\nCalls by objects (ports, interfaces, gateways), module in this process")
    bench.say("           ports and gateways           interfaces                  no-op")
    bench.say("  objects  changes  reads (in polls)    changes  reads (in polls)   reads  seconds")
    for objects in COUNTS:
        size = sized(objects)
        orders, interfaces, _ = stand.build(model, size)
        nothing, _ = stand.reconcile(model, size)
        bench.say(
            f"  {objects:7}  {_step(orders)}    {_step(interfaces)}   "
            f"{nothing.reads:5}  {nothing.seconds:7.1f}"
        )
        changes = (orders.run.changes, interfaces.run.changes, nothing.changes)
        wanted = (size.connections + size.gateways, size.interfaces, 0)
        bench.hold("as many changing calls as objects", met=changes == wanted)


def _step(step: stand.Step) -> str:
    return f"{step.run.changes:7}  {step.run.reads:5} ({step.polls:3})     "


def compare(bench: Bench, model: AwsModel, where: Path, sample: int) -> None:
    """Let both find 200 connections and 200 interfaces, each by a playbook of its own."""
    *_, result = stand.build(model, HEADLINE)
    observed = result["observed"]
    bench.say("\nNo-op over 200 connections + 200 interfaces, ansible-playbook from start to end")
    mine = peer.ours(model, HEADLINE, where)
    bench.say(f"  crossconnect.dx.estate: {mine.calls} calls, {mine.seconds:.1f} s")
    half = peer.theirs(model, observed, sample // 2, where)
    full = peer.theirs(model, observed, sample, where)
    calls = (full.calls - half.calls) / (sample - sample // 2)
    seconds = (full.seconds - half.seconds) / (sample - sample // 2)
    rest = HEADLINE.connections - sample
    peer_calls, peer_seconds = full.calls + calls * rest, full.seconds + seconds * rest
    for count, run in ((sample // 2, half), (sample, full)):
        bench.say(
            f"  community.aws: {count} + {count} objects: {run.calls} calls, {run.seconds:.1f} s"
        )
    bench.say(f"  community.aws: each pair more: {calls:.2f} calls, {seconds:.2f} s")
    how = "extrapolated to" if rest else "measured over"
    bench.say(f"  community.aws: {how} 200 + 200: {peer_calls:.0f} calls, {peer_seconds:.0f} s")
    fewer, faster = peer_calls / mine.calls, peer_seconds / mine.seconds
    bench.hold(f"at most {MOST_CALLS} calls: {mine.calls}", met=mine.calls <= MOST_CALLS)
    bench.hold(f"at least {FEWER} times fewer calls: {fewer:.0f}", met=fewer >= FEWER)
    bench.hold(f"at least {FASTER} times faster: {faster:.0f}", met=faster >= FASTER)


def main() -> int:
    """Run the benchmark; 1 if a goal was missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.aws", description=__doc__)
    parser.add_argument(
        "--sample", type=int, default=20, help="pairs of objects that the peer finds; 200 for all"
    )
    parser.add_argument("--no-peer", action="store_true", help="leave the comparison out")
    arguments = parser.parse_args()
    bench = Bench()
    plan(bench)
    with ExitStack() as stack:
        where = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        stack.enter_context(at_the_models_pace(where))
        stack.enter_context(parsing_once())
        model = stack.enter_context(serving(where / "model"))
        if not arguments.no_peer:
            compare(bench, model, where, arguments.sample)
        grow(bench, model)
    return 1 if bench.missed else 0


if __name__ == "__main__":
    sys.exit(main())
