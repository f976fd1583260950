# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run programs on the router: no shell, no terminal, nothing secret among the arguments.

This package runs on the router itself (root, Python 3.8 or newer, standard library only); the
driver ships it over SSH. Whatever could hold a key travels by standard input or by root-only file.
"""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "LC_ALL": "C",
    "HOME": "/root",
}
# With it vtysh starts a pager for each thing that it says, into a pipe as well.
UNWANTED = "VTYSH_PAGER"


class AgentError(Exception):
    """What the operator should read; `kind` lets the driver pick NAPALM's exception."""

    def __init__(self, message: str, kind: str = "error") -> None:
        """Keep the kind: error, load, commit, locked, pending or unfinished."""
        super().__init__(message)
        self.kind = kind


class Result(NamedTuple):
    """What a program answered."""

    rc: int
    out: str
    err: str

    @property
    def words(self) -> str:
        """All that it said, for an error message."""
        return "\n".join(part.strip() for part in (self.out, self.err) if part.strip())


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != UNWANTED}
    return {**kept, **ENVIRONMENT}


def run(argv: Sequence[str], text: str = "") -> Result:
    """Run a program to its end; a missing program is a result with rc 127."""
    try:
        done = subprocess.run(  # noqa: S603 - argument lists, never a shell
            list(argv),
            input=text,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            env=_environment(),
            check=False,
        )
    except FileNotFoundError:
        return Result(127, "", f"{argv[0]}: not found on the router")
    return Result(done.returncode, done.stdout, done.stderr)
