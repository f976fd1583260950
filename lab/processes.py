# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lab's own processes, told from all others by a mark that cannot be mistaken.

A process number may be used again, so no number is trusted. Each process that a lab starts carries
the lab's random token in its environment, and a signal goes out through a handle (pidfd) whose
process was seen to carry the token after the handle was taken.
"""

from __future__ import annotations

import errno
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from .errors import LabError

MARK = "CROSSCONNECT_LAB_TOKEN"
START_TIME = 19  # of /proc/PID/stat, counted from behind the command's closing bracket
END_SECONDS = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """A process by number and birth, which together name it for ever."""

    pid: int
    born: int

    @property
    def alive(self) -> bool:
        """Whether this very process still runs."""
        return _born(self.pid) == self.born


def identify(pid: int) -> Process:
    """Return the identity of a process that is running.

    Raises:
        LabError: It has ended.
    """
    born = _born(pid)
    if born is None:
        raise LabError(f"process {pid} ended before it could be recorded")
    return Process(pid=pid, born=born)


def _born(pid: int) -> int | None:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] in "ZX" else int(fields[START_TIME])


def _carries(pid: int, mark: bytes) -> bool:
    try:
        return mark in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return False


def marked(token: str) -> list[int]:
    """Return the numbers of all processes that carry a lab's token."""
    mark = f"{MARK}={token}".encode()
    numbers = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [pid for pid in numbers if pid != os.getpid() and _carries(pid, mark)]


def end_all(token: str) -> int:
    """End every process of a lab and return how many there were.

    Raises:
        LabError: Some would not go.
    """
    ended: set[int] = set()
    deadline = time.monotonic() + END_SECONDS
    while pids := marked(token):
        if time.monotonic() > deadline:
            raise LabError(f"processes {sorted(pids)} do not end")
        ended |= {pid for pid in pids if _kill(pid, token)}
        time.sleep(0.005)
    return len(ended)


def end(process: Process, token: str) -> None:
    """End one process of a lab; one that has ended is no error.

    Raises:
        LabError: It would not go.
    """
    deadline = time.monotonic() + END_SECONDS
    while process.alive:
        if time.monotonic() > deadline:
            raise LabError(f"process {process.pid} does not end")
        _kill(process.pid, token)
        time.sleep(0.005)


def _kill(pid: int, token: str) -> bool:
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return False
    except OSError as error:
        if error.errno == errno.EINVAL:  # kernels before 6.9 say so of a process that is ending
            return False
        raise
    try:
        if not _carries(pid, f"{MARK}={token}".encode()):
            return False
        signal.pidfd_send_signal(handle, signal.SIGKILL)
    except ProcessLookupError:
        return False
    else:
        return True
    finally:
        os.close(handle)
