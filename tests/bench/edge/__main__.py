# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m tests.bench.edge`: what a change of routers costs, and what the peer's way costs."""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from . import parts, plays
from .field import Field

if TYPE_CHECKING:
    from collections.abc import Sequence

COMPARED = 8
COUNTS = (2, 8, 32)
ROUNDS = 3
FASTER, FEWER, MOST_OF_PARTS, FLAT = 3.0, 4.0, 1.5, 1.1


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


def one(bench: Bench, home: Path) -> None:
    """Measure one transaction, and what of it nobody can leave out."""
    bench.say("One transaction on one router, against its unavoidable parts (best of the rounds)")
    with Field(home, 1) as field:
        (router,) = field.routers
        least = min(
            (parts.unavoidable(field, router) for _ in range(ROUNDS)), key=lambda each: each.sum
        )
        mine = min((parts.transaction(field, router) for _ in range(ROUNDS)), key=lambda e: e.sum)
    bench.say(f"  unavoidable   {least}")
    bench.say(f"  transaction   {mine}")
    ratio = mine.sum / least.sum
    bench.hold(f"under {MOST_OF_PARTS} times its parts: {ratio:.2f}", met=ratio < MOST_OF_PARTS)


def compare(bench: Bench, home: Path, rounds: int) -> None:
    """Have both do the same job on the same routers, in turns."""
    bench.say(f"\nThe same job on {COMPARED} routers, ansible-playbook from start to end")
    with Field(home, COMPARED) as field:
        mine, peers, floors = [], [], []
        for _ in range(rounds):
            floors.append(parts.floor(field))
            mine.append(plays.ours(field))
            field.clear()
            peers.append(plays.theirs(field))
            field.clear()
    _table(bench, "crossconnect.dx", mine)
    _table(bench, "napalm-ansible", peers)
    least, ours, theirs = (
        statistics.median(floors), _median(mine, "seconds"), _median(peers, "seconds")
    )  # fmt: skip
    fewer = peers[0].logins / mine[0].logins
    lighter = _median(peers, "cpu") / _median(mine, "cpu")
    bench.say(f"  CPU time of the control node: {lighter:.1f} times less")
    bench.say(
        f"  on top of the routers' own {least:.1f} s (the unavoidable parts, on all at once):"
        f" {ours - least:.1f} s, not {theirs - least:.1f} s"
    )
    one_each = mine[0].logins == COMPARED
    bench.hold(f"1 login per router, not {FEWER:.0f}: {fewer:.1f} times fewer", met=one_each)
    faster = theirs / ours
    bench.hold(f"at least {FASTER:.0f} times faster: {faster:.1f}", met=faster >= FASTER)


def _table(bench: Bench, who: str, runs: Sequence[plays.Play]) -> None:
    for run in runs:
        bench.say(f"  {who:<18}{run.seconds:6.1f} s   CPU {run.cpu:5.1f} s   {run.logins:3} logins")


def _median(runs: Sequence[plays.Play], name: str) -> float:
    return statistics.median(getattr(run, name) for run in runs)


def grow(bench: Bench, home: Path, counts: Sequence[int]) -> None:
    """Measure what a router costs as there are more of them."""
    bench.say("\nOur cost per router as there are more of them")
    costs = {}
    for count in counts:
        with Field(home, count) as field:
            parts.floor(field)  # the far end's first session of all takes longer
            run = plays.ours(field)
        costs[count] = run.seconds / count
        bench.say(
            f"  {count:3} routers{run.seconds:7.1f} s   {costs[count]:5.2f} s each   "
            f"CPU {run.cpu / count:5.2f} s each   {run.logins} logins"
        )
    first, last = costs[min(counts)], costs[max(counts)]
    bench.hold(f"flat or falling: {last / first:.2f} of the first", met=last <= first * FLAT)


def main() -> int:
    """Run the benchmark; 1 if a goal was missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.edge", description=__doc__)
    parser.add_argument(
        "--rounds", type=int, default=ROUNDS, help="of the comparison with the peer"
    )
    parser.add_argument("--counts", type=int, nargs="+", default=COUNTS, metavar="ROUTERS")
    parser.add_argument("--no-peer", action="store_true", help="leave the comparison out")
    arguments = parser.parse_args()
    bench = Bench()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        home = Path(folder)
        one(bench, home)
        if not arguments.no_peer:
            compare(bench, home, arguments.rounds)
        grow(bench, home, arguments.counts)
    return 1 if bench.missed else 0


if __name__ == "__main__":
    sys.exit(main())
