# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Running other programs, with one way to fail."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from .errors import LabError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# What runs inside a node must find Debian's programs, not the caller's virtual environment.
ENVIRONMENT: Mapping[str, str] = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/root",
    "LANG": "C.UTF-8",
}


def run(argv: Sequence[str], *, text: str | None = None) -> str:
    """Run a program to its end and return what it wrote.

    Raises:
        LabError: It ended with another code than 0; the message holds its own words.
    """
    done = subprocess.run(
        argv, input=text, capture_output=True, text=True, check=False, env=dict(ENVIRONMENT)
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip()
        raise LabError(f"`{' '.join(argv)}` failed with code {done.returncode}: {said}")
    return done.stdout


def ip_batch(lines: Sequence[str], *, namespace: str | None = None) -> None:
    """Carry out many sentences of iproute2 with one process; stop at the first that fails."""
    if lines:
        where = ["-n", namespace] if namespace else []
        run(["ip", *where, "-batch", "-"], text="".join(f"{line}\n" for line in lines))
