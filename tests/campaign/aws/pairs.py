# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two runs at once, as processes: on one control node, and on two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fixtures.living import living
from tests.fixtures.processes import both_find_nothing, together

from .ground import PHASES, Verdict, finish

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fixtures.aws_model import AwsModel

(BUILD, *_) = PHASES


def on_one_node(model: AwsModel, home: Path, rounds: int) -> Verdict:
    """Let both build everything; one waits for the other, or finds all done."""
    verdict = Verdict()
    for number in range(rounds):
        model.reset()
        results = together(model, home, home, estate=BUILD.wanted)
        failed = [result["msg"] for result in results if result.get("failed")]
        verdict.unfinished += failed
        verdict.judge(f"round {number}", model, BUILD, finish(model, BUILD))
    return verdict


def on_two_nodes(model: AwsModel, home: Path, rounds: int) -> Verdict:
    """Let both build what is free, each having found nothing; twins are withdrawn."""
    verdict = Verdict()
    for number in range(rounds):
        model.reset()
        results = both_find_nothing(
            model,
            "DescribeDirectConnectGateways",
            home / "one",
            home / "two",
            estate=BUILD.wanted,
            scope=["gateways"],
        )
        verdict.unfinished += [result["msg"] for result in results if result.get("failed")]
        verdict.judge(f"round {number}", model, BUILD, finish(model, BUILD))
    return verdict


def of_ports_on_two_nodes(model: AwsModel, home: Path, rounds: int) -> tuple[int, int]:
    """Let both order ports, each having found none; return twins, and how many nobody was told."""
    twins = untold = 0
    for _ in range(rounds):
        model.reset()
        results = both_find_nothing(
            model,
            "DescribeConnections",
            home / "one",
            home / "two",
            estate=BUILD.wanted,
            scope=["connections"],
        )
        told = " ".join(str(result.get("msg")) for result in results)
        there = living(model)
        twins += sum(count > 1 for count in there.values())
        untold += sum(
            count > 1 and f"{name} exists twice" not in told for name, count in there.items()
        )
    return twins, untold
