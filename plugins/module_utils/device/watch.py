# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Notice that another process has ended, also one that had no time to say so."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LOOK_SECONDS = 0.5
# Fields of /proc/<pid>/stat behind the program's name, see proc(5).
STATE, START_TIME = 0, 19
DEAD = "ZX"


class Process:
    """One process, told by its start time from a later one with the same number."""

    def __init__(self, pid: int) -> None:
        """Look at the process now; it is the one that is meant."""
        self.pid = pid
        self._started = _start_time(pid)

    @property
    def identity(self) -> str:
        """What tells it from all others that have had its number."""
        return f"{self.pid} {self._started}"

    @property
    def alive(self) -> bool:
        """Whether it still runs; one that nobody has waited for yet does not."""
        return self._started is not None and _start_time(self.pid) == self._started


def when_ended(process: Process, act: Callable[[], None]) -> None:
    """Call `act` once the process has ended, from a thread of its own."""

    def watch() -> None:
        while process.alive:
            time.sleep(LOOK_SECONDS)
        act()

    threading.Thread(target=watch, name=f"watch {process.pid}", daemon=True).start()


def _start_time(pid: int) -> str | None:
    """Return what tells the process from others of its number; None when it does not run."""
    try:
        words = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        # A system without /proc tells no more than that there is such a process.
        return None if Path("/proc/self").exists() else _exists(pid)
    return None if words[STATE] in DEAD else words[START_TIME]


def _exists(pid: int) -> str | None:
    try:
        os.kill(pid, 0)
    except OSError:
        return None
    return "running"
