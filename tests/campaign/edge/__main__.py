# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m tests.campaign.edge`: the role on a router of the lab, with all that can go wrong."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from . import cuts, gates, kills, pairs
from .ground import Verdict, live, prepare
from .site import Site

PARTS = {
    "gates": ("the run, its candidate and its gates", gates.cases),
    "cuts": ("the way to the router", cuts.cases),
    "pairs": ("two runs at once", pairs.cases),
    "kills": ("SIGKILL", kills.cases),
}


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201


def run(site: Site, parts: list[str]) -> Verdict:
    """Live all cases of some parts; print a line for each."""
    verdict = Verdict()
    base = prepare(site)
    for name in parts:
        title, cases = PARTS[name]
        say(f"{title}")
        for case in cases():
            say(f"  {case.title:<50}{live(site, base, case, verdict)}")
    return verdict


def main() -> int:
    """Run the campaign; 1 if a case ended as it must not."""
    parser = argparse.ArgumentParser(prog="python -m tests.campaign.edge", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; or all")
    arguments = parser.parse_args()
    if unknown := set(arguments.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="campaign-") as home, Site(Path(home)) as site:
        verdict = run(site, arguments.parts or list(PARTS))
    say(f"{verdict}  [{time.monotonic() - began:.0f} s]")
    return 0 if verdict.clean else 1


if __name__ == "__main__":
    sys.exit(main())
