# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A commit that the router takes back by itself unless it is confirmed in time.

The state is a folder of root-only files. What happens to an unconfirmed change is decided by one
rename of the folder `armed`: to `confirmed` or to `reverting`. Exactly one of the two can succeed,
so the timer and a confirmation never both win. The timer holds a lock on `armed/timer` as long as
it lives, and whoever changes the configuration holds `applying`.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
import time
import uuid
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import configuration, frr, links, persistence
from .shell import AgentError, run

if TYPE_CHECKING:
    from collections.abc import Iterator

STATE = Path("/var/lib/crossconnect")
GUARD_SECONDS = 120  # a commit without revert is still guarded while it is being applied
TIMER_START_SECONDS = 5.0


def prepare(state: Path = STATE) -> Path:
    """Make the state folder, for root only."""
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    state.chmod(0o700)
    return state


def boot() -> str:
    """Which boot this is: an unconfirmed change does not outlive a reboot, it was never saved."""
    return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()


def clock(seconds: float) -> str:
    """Tell a time as people read it."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


@contextmanager
def applying(state: Path) -> Iterator[None]:
    """Be the only one who changes the configuration."""
    with (state / "applying").open("a", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def held(path: Path) -> bool:
    """Whether a living process holds the lock on the file."""
    try:
        with path.open("a", encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False


def write(path: Path, text: str) -> None:
    """Write a file that only root may read."""
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")


def pending(state: Path = STATE) -> dict[str, Any] | None:
    """Return the change that awaits its confirmation, with its owner and its deadline."""
    try:
        record: dict[str, Any] = json.loads((state / "armed" / "record.json").read_text("utf-8"))
    except FileNotFoundError:
        return None
    if record["boot"] != boot():
        shutil.rmtree(state / "armed")
        return None
    return {**record, "timer": held(state / "armed" / "timer")}


def remember_revert(state: Path, record: dict[str, Any]) -> None:
    """Keep for a late confirmation that the router has taken the change back."""
    write(state / "reverted.json", json.dumps({**record, "reverted": clock(time.time())}))


def last_revert(state: Path = STATE) -> dict[str, Any] | None:
    """Tell what was taken back last without its owner, if anything."""
    try:
        record: dict[str, Any] = json.loads((state / "reverted.json").read_text("utf-8"))
    except FileNotFoundError:
        return None
    return record


def arm(state: Path, owner: str, message: str, seconds: int, present: str) -> dict[str, Any]:
    """Keep what runs and start the timer: from here on the change undoes itself."""
    if pending(state):
        raise AgentError("a commit is pending already: confirm it or roll it back", "pending")
    now = time.time()
    record = {"id": str(uuid.uuid4()), "owner": owner, "message": message, "boot": boot()}
    record |= {"since": clock(now), "deadline": clock(now + seconds), "seconds": str(seconds)}
    fresh = state / "arming"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    write(fresh / "snapshot.conf", present)
    write(fresh / "record.json", json.dumps(record))
    fresh.rename(state / "armed")
    try:
        _start_timer(state, seconds)
    except AgentError:
        shutil.rmtree(state / "armed", ignore_errors=True)
        raise
    return record


def _start_timer(state: Path, seconds: int) -> None:
    program = [sys.executable, sys.argv[0], "timer", str(state), str(seconds)]
    if _init() == "systemd":
        # A session's processes may be killed at logout (KillUserProcesses); a unit's are not.
        run(["systemd-run", "--quiet", "--collect", "--", *program])
    else:
        subprocess.Popen(  # noqa: S603 - our own program, to outlive this session
            program,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            cwd="/",
        )
    end = time.monotonic() + TIMER_START_SECONDS
    while not held(state / "armed" / "timer"):
        if time.monotonic() > end:
            raise AgentError("the revert timer does not start on the router", "commit")
        time.sleep(0.01)


def _init() -> str:
    """Name process 1: in a container /run may be the host's, its processes are not."""
    return Path("/proc/1/comm").read_text(encoding="utf-8").strip()


def restore(folder: Path, state: Path) -> list[links.Change]:
    """Bring the snapshot of the folder back, unless somebody else has done so meanwhile."""
    with applying(state):
        if not folder.exists():
            return []
        text = (folder / "snapshot.conf").read_text(encoding="utf-8")
        return configuration.converge(text, configuration.running(), folder)


def take(state: Path, verdict: str) -> Path | None:
    """Decide what becomes of the armed change; None when somebody else has decided before."""
    try:
        return (state / "armed").rename(state / verdict)
    except FileNotFoundError:
        return None


def finish(folder: Path, state: Path, manager: str) -> str:
    """Make a confirmed change permanent: FRR's startup configuration and the links."""
    frr.save()
    before, _ = links.split((folder / "snapshot.conf").read_text(encoding="utf-8"))
    used = persistence.persist(links.compare(links.running(), before), manager)
    os.replace(folder / "snapshot.conf", state / "previous.conf")  # noqa: PTH105 - atomic
    shutil.rmtree(folder)
    return used


def recover(state: Path, manager: str) -> None:
    """Finish what a killed process had decided but not carried out."""
    shutil.rmtree(state / "arming", ignore_errors=True)
    for workspace in state.glob("session-*-*"):
        if not Path("/proc", workspace.name.split("-")[1]).exists():
            shutil.rmtree(workspace, ignore_errors=True)
    confirmed, reverting = state / "confirmed", state / "reverting"
    if confirmed.exists():
        finish(confirmed, state, manager)
    while held(reverting / "timer"):  # the timer is at work: it ends, or dies
        time.sleep(0.05)
    if reverting.exists():
        restore(reverting, state)
        shutil.rmtree(reverting, ignore_errors=True)
