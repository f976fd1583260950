# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that only their owner can read: put in place at once, never half of them."""

from __future__ import annotations

import os
import re
from pathlib import Path
from tempfile import mkstemp

from ..core.plan import PlanError

OCTAL = re.compile(r"0?[0-7]{3}")


def check_place(dest: Path, mode: str, *, check_mode: bool) -> None:
    """Refuse a place that nothing can be written to, before anything is asked of AWS.

    Raises:
        PlanError: The mode is not octal, or there is no such directory; in check mode an earlier
            task would have made it.
    """
    if not OCTAL.fullmatch(mode):
        raise PlanError(f"mode {mode} is not octal: write it in quotes, as '0600'")
    if not check_mode and not dest.parent.is_dir():
        raise PlanError(f"there is no directory {dest.parent}: make it first")


def write_private(dest: Path, content: bytes, mode: str) -> None:
    """Put the file in its place at once: never half of it, never readable by others."""
    descriptor, draft = mkstemp(dir=dest.parent, prefix=f".{dest.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(draft).chmod(int(mode, 8))
        Path(draft).replace(dest)
    finally:
        Path(draft).unlink(missing_ok=True)
