# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two runs at once on one router: one goes through, the other is told by whose name it is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fixtures.polling import until

from .gates import fault
from .ground import Case
from .kills import COMMITTED, Step, reach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .run import Run
    from .site import Site

GATES = Step(name="at the gates", passed=COMMITTED)
# The first waits at its gates for the second, however slow the machine.
PATIENT = {"edge_router_gate_seconds": 150, "edge_router_revert_seconds": 300}
REFUSED = "the other was refused by the name of the one that went through"
RUN_SECONDS = 120


def cases() -> Iterator[Case]:
    """Yield them all."""
    yield Case(
        title="a second run meets the first at its gates", end="new", live=_later, told=REFUSED
    )
    yield Case(title="two runs at the same moment", end="new", live=_together, told=REFUSED)


def _later(site: Site) -> str:
    with fault(site, "fra-a", "vlan", "--vlan", "101"):  # keeps the first at its gates
        first = site.start(**PATIENT)
        reach(site.router, first, GATES)
        second = site.start(**PATIENT)
        second.result()
    return _told([first, second])


def _together(site: Site) -> str:
    with fault(site, "fra-a", "vlan", "--vlan", "101"):
        runs = [site.start(**PATIENT), site.start(**PATIENT)]
        until(lambda: any(run.over for run in runs), "one of the runs is refused", RUN_SECONDS)
    return _told(runs)


def _told(runs: list[Run]) -> str:
    results = {run.name: run.result() for run in runs}
    through = [name for name, result in results.items() if result["configured"]]
    reasons = [str(result["reason"]) for result in results.values() if not result["configured"]]
    if len(through) == len(reasons) == 1 and through[0] in reasons[0]:
        return REFUSED
    return f"went through: {through}; the others: {reasons}"
