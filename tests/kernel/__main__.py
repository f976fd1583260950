# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m tests.kernel [PYTEST ARGUMENTS]`: the tests of this folder on a kernel for them.

Ends with pytest's code; with 0 and the reason where the guest cannot run.
"""

from __future__ import annotations

import sys
from pathlib import Path

from . import machine

HERE = Path(__file__).parent
CACHE = HERE.parents[1] / ".cache/kernel"
SECONDS = 1500.0


def main() -> int:
    """Run the guest."""
    # The tests' own conftest is enough: those above it start the model of AWS.
    arguments = [str(HERE), f"--confcutdir={HERE}", "--verbose", *sys.argv[1:]]
    try:
        return machine.run(machine.unpacked(CACHE), arguments, seconds=SECONDS)
    except machine.UnableError as reason:
        print(f"test-kernel: skipped: {reason}")  # noqa: T201
        return 0
    except TimeoutError as error:
        print(f"test-kernel: {error}", file=sys.stderr)  # noqa: T201
        return 1


if __name__ == "__main__":
    sys.exit(main())
