# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The dead man's switch: waits for the deadline, then brings the snapshot back.

A process of its own, detached from any session. It ends without a trace when the change has been
confirmed or rolled back.
"""

from __future__ import annotations

import fcntl
import json
import shutil
import signal
import time
from pathlib import Path

from . import transaction

STEP_SECONDS = 0.25
RETRY_SECONDS = 5.0


def main(state_name: str, seconds: str) -> None:
    """Wait, decide, restore; tries again as long as FRR does not answer."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    state = Path(state_name)
    armed = state / "armed"
    deadline = time.clock_gettime(time.CLOCK_BOOTTIME) + float(seconds)
    record = json.loads((armed / "record.json").read_text("utf-8"))
    with (armed / "timer").open("a", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        while time.clock_gettime(time.CLOCK_BOOTTIME) < deadline:
            if not _is_mine(armed, record["id"]):
                _stand_by(state, record)
                return
            time.sleep(STEP_SECONDS)
        if _is_mine(armed, record["id"]) and (folder := transaction.take(state, "reverting")):
            _revert(folder, state, record)


def _stand_by(state: Path, record: dict[str, str]) -> None:
    """See a rollback to its end that a session has begun and may be killed in."""
    reverting, patience = state / "reverting", time.monotonic() + RETRY_SECONDS
    while _is_mine(reverting, record["id"]):
        if time.monotonic() > patience and not transaction.held(state / "applying"):
            _revert(reverting, state, record)
        time.sleep(STEP_SECONDS)


def _is_mine(armed: Path, identity: str) -> bool:
    try:
        found = json.loads((armed / "record.json").read_text("utf-8"))
    except FileNotFoundError:
        return False
    return bool(found["id"] == identity)


def _revert(folder: Path, state: Path, record: dict[str, str]) -> None:
    while True:
        try:
            transaction.restore(folder, state)
        except Exception:  # noqa: BLE001 - nobody is left to tell; a stranded router is worse
            time.sleep(RETRY_SECONDS)
        else:
            break
    transaction.remember_revert(state, record)
    shutil.rmtree(folder, ignore_errors=True)
