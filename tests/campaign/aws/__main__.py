# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m tests.campaign.aws`: the whole campaign against the model of AWS, with its figures."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.fixtures.aws_model import at_the_models_pace, parsing_once, serving

from . import kills, pairs, random_estates, weather

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fixtures.aws_model import AwsModel


def tell(title: str, figures: Any, started: float) -> None:
    """Print one part's figures."""
    print(f"{title:<34}{figures}  [{time.monotonic() - started:.0f} s]", flush=True)  # noqa: T201


def run(model: AwsModel, home: Path, *, scale: float) -> bool:
    """Run all parts and print what each counts; return whether all is as it shall be."""
    clean = True
    for title, verdict in _verdicts(model, home, scale):
        started = time.monotonic()
        found = verdict()
        tell(title, found, started)
        clean = clean and found.clean
    started = time.monotonic()
    twins, untold = pairs.of_ports_on_two_nodes(model, home, _count(10, scale))
    tell("ports ordered twice on two nodes", f"twins {twins}, untold {untold}", started)
    started = time.monotonic()
    bad, junk = (
        part(model, _count(100, scale)) for part in (random_estates.bad, random_estates.junk)
    )
    tell("bad estates", f"refused without a call {bad}, junk refused {junk}", started)
    return clean and not untold


def _verdicts(model: AwsModel, home: Path, scale: float) -> Iterator[tuple[str, Any]]:
    places = list(kills.kills(model))
    step = round(1 / scale)
    yield "killed at every call", lambda: kills.campaign(model, places[::step])
    yield "bad weather", lambda: _weather(model, _count(4, scale), weather.FAILED)
    yield "worse weather: creates 30 % 5xx", lambda: _weather(model, _count(2, scale), 0.3)
    yield "two runs on one node", lambda: pairs.on_one_node(model, home, _count(20, scale))
    yield "two runs on two nodes", lambda: pairs.on_two_nodes(model, home, _count(20, scale))
    yield "good random estates", lambda: random_estates.good(model, _count(50, scale))


def _weather(model: AwsModel, rounds: int, failed: float) -> Any:
    verdict, throttled, broken = weather.campaign(model, rounds, failed=failed)
    tell("", f"throttled {throttled}, failed after the effect {broken}", time.monotonic())
    return verdict


def _count(full: int, scale: float) -> int:
    return max(1, round(full * scale))


def main() -> int:
    """Run the campaign; 1 if anything was made twice, got lost, or stayed unfinished."""
    parser = argparse.ArgumentParser(prog="python -m tests.campaign.aws", description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the cases, 1 for all")
    arguments = parser.parse_args()
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="campaign-")))
        stack.enter_context(at_the_models_pace(home))
        stack.enter_context(parsing_once())
        model = stack.enter_context(serving(home / "model"))
        return 0 if run(model, home, scale=arguments.scale) else 1


if __name__ == "__main__":
    sys.exit(main())
