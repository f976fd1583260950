# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One run at a time for one estate in one account, as far as this control node can see.

AWS has no lock and its create calls have no idempotency token, so two runs that both find nothing
would both order. The lock is the kernel's, on a file: it goes with the process that holds it, also
when that is killed. Runs on other control nodes do not see it: for them there is `twins`.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import socket
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.plan import PlanError
from .waits import Patience, Watch

if TYPE_CHECKING:
    from collections.abc import Iterator

HOME = "ANSIBLE_HOME"
# A record is written in one go and always this long, so that nobody reads half of one.
RECORD_BYTES = 512
# Who has the lock has not said so yet: it does within milliseconds, unless it was stopped there.
NAMING = Patience(settle_seconds=5)


@contextmanager
def run_lock(account_id: str, estate: str, patience: Patience) -> Iterator[float]:
    """Hold the lock; give the time (seconds since 1970) until which another run had it.

    That is infinity after a run that was killed: nobody knows how long it went on.

    Args:
        account_id: The account at AWS.
        estate: The estate's name.
        patience: How long to wait for another run.

    Raises:
        PlanError: Another run holds it; the text says which.
    """
    path = _path(account_id, estate)
    # Left in place for good: a file that is taken away under a waiting run locks nothing.
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _take(file, path, f"estate {estate or '(none)'} in account {account_id}", patience)
        before = _read(path)
        _write(file, {"pid": os.getpid(), "host": socket.gethostname(), "since": _now()})
        yield float(before.get("released", "inf" if before else 0))
        _write(file, {"released": time.time()})
    finally:
        os.close(file)


def _path(account_id: str, estate: str) -> Path:
    directory = Path(os.environ.get(HOME) or "~/.ansible").expanduser() / "crossconnect" / "locks"
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    # A name of an estate may hold what a file's name may not.
    digest = hashlib.sha256(f"{account_id} {estate}".encode()).hexdigest()[:16]
    return directory / f"{account_id}-{digest}.json"


def _take(file: int, path: Path, what: str, patience: Patience) -> None:
    watch, naming = Watch(patience), Watch(NAMING)
    while not _is_free(file):
        if not (watch.has_time(people=False) or watch.has_time(people=True)):
            holder = _read(path)
            if "since" in holder or not naming.has_time(people=False):
                raise PlanError(_taken(what, holder))
        watch.pause()


def _is_free(file: int) -> bool:
    """Take the lock if nobody has it."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _taken(what: str, holder: dict[str, Any]) -> str:
    who = "which has not said who it is"
    if "since" in holder:
        who = f"process {holder['pid']} on {holder['host']}, since {holder['since']}"
    return f"another run is changing {what} ({who}): nothing was done; run again when it has ended"


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8") or "{}")
    except ValueError:  # its writer was killed in the middle of it
        return {"pid": "unknown"}
    return found if isinstance(found, dict) else {}


def _write(file: int, record: dict[str, Any]) -> None:
    os.pwrite(file, json.dumps(record).encode().ljust(RECORD_BYTES), 0)


def _now() -> str:
    return datetime.now(tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
