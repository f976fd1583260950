# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a session can ask for; see `serving` for how it asks.

The candidate lives in this process and in root-only files. The lock dies with the process, and
the process with its SSH session.
"""

from __future__ import annotations

import fcntl
import os
import platform
import shutil
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any

from . import configuration, frr, persistence, transaction
from .shell import AgentError, run

PARALLEL_COMMANDS = 8


class Server:
    """The operations that the driver can ask for; each public method is one."""

    def __init__(self, owner: str, manager: str, state: Path = transaction.STATE) -> None:
        """Serve one session, which acts under the owner's name."""
        self._owner = owner
        self._manager = manager
        self._state = transaction.prepare(state)
        self._workspace = Path(tempfile.mkdtemp(prefix=f"session-{os.getpid()}-", dir=self._state))
        self._lock: IO[str] | None = None
        self._candidate: str | None = None
        self._present: configuration.Present | None = None  # for the next candidate
        self._difference: dict[str, object] = {}

    def hello(self) -> dict[str, Any]:
        """Who answers."""
        return {"hostname": platform.node(), "python": platform.python_version()}

    def run(self, commands: list[list[str]]) -> list[tuple[int, str, str]]:
        """Run read-only commands side by side."""
        with ThreadPoolExecutor(PARALLEL_COMMANDS) as pool:
            return [tuple(answer) for answer in pool.map(run, commands)]  # type: ignore[misc]

    def read(self, paths: list[str]) -> list[str]:
        """Read files; a missing one reads as empty."""
        return [Path(path).read_text("utf-8") if Path(path).exists() else "" for path in paths]

    def configurations(self) -> dict[str, str]:
        """Return the running, startup and candidate configurations."""
        return {
            "running": configuration.running(),
            "startup": frr.startup(),
            "candidate": self._candidate or "",
        }

    def lock(self) -> str:
        """Take the candidate lock and return the running configuration."""
        self._hold()
        self._present = configuration.present()
        return self._present.text

    def _hold(self) -> None:
        record = self.pending()
        if record and record["owner"] != self._owner:
            self._take_over(record)
        self._acquire()
        transaction.recover(self._state, self._manager)

    def _take_over(self, record: dict[str, Any]) -> None:
        """Undo at once what nobody will confirm any more: its session is gone, and its lock."""
        try:
            self._acquire()
        except AgentError:
            raise AgentError(_somebody_elses(record), "pending") from None
        if not record["timer"]:
            self._release()
            raise AgentError(_somebody_elses(record), "pending")
        self._revert()
        transaction.remember_revert(self._state, record)

    def _acquire(self) -> None:
        if self._lock:
            return
        file = (self._state / "lock").open("a+", encoding="utf-8")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "somebody"
            file.close()
            raise AgentError(f"the configuration is locked by {holder}", "locked") from None
        file.truncate(0)
        file.write(f"{self._owner} since {transaction.clock(time.time())}\n")
        file.flush()
        self._lock = file

    def load(self, text: str) -> None:
        """Take a whole configuration as the candidate, if FRR understands it."""
        if self._lock is None:
            self._hold()
        present, self._present = self._present or configuration.present(), None
        self._difference = configuration.check(text, present)
        self._candidate = text

    def compare(self) -> dict[str, object]:
        """Tell how the candidate differs from what ran when it was loaded."""
        self._loaded()
        return self._difference

    def _loaded(self) -> str:
        if self._candidate is None:
            raise AgentError("no candidate is loaded", "load")
        return self._candidate

    def commit(self, message: str, revert_in: int | None) -> dict[str, Any]:
        """Apply the candidate under the timer's guard; without revert_in confirm it at once."""
        text = self._loaded()
        seconds = revert_in or transaction.GUARD_SECONDS
        present = configuration.running()
        record = transaction.arm(self._state, self._owner, message, seconds, present)
        try:
            with transaction.applying(self._state):
                configuration.converge(text, present, self._workspace)
        except AgentError:
            self._revert()
            raise
        self._candidate = None
        if revert_in is None:
            self.confirm()
        return record

    def _revert(self) -> None:
        folder = transaction.take(self._state, "reverting")
        if folder:
            transaction.restore(folder, self._state)
            shutil.rmtree(folder, ignore_errors=True)
        else:  # the timer was faster
            transaction.recover(self._state, self._manager)

    def pending(self) -> dict[str, Any] | None:
        """Return the change that awaits its confirmation."""
        return transaction.pending(self._state)

    def confirm(self) -> str:
        """Keep the change for good; returns the link manager that keeps the links."""
        self._refuse_strangers(force=False)
        folder = transaction.take(self._state, "confirmed")
        if folder is None:
            raise AgentError(f"no commit is pending{self._reverted()}", "pending")
        try:
            manager = transaction.finish(folder, self._state, self._manager)
        except (AgentError, OSError) as error:
            words = "the commit is kept, but not saved yet, which the next run tries again"
            raise AgentError(f"{words}: {error}", "unfinished") from None
        self._release()
        return manager

    def _refuse_strangers(self, *, force: bool) -> None:
        record = self.pending()
        if record and record["owner"] != self._owner and not force:
            raise AgentError(_somebody_elses(record), "pending")

    def _reverted(self) -> str:
        record = transaction.last_revert(self._state)
        return f"; the router took the last one back at {record['reverted']}" if record else ""

    def rollback(self, *, force: bool, identity: str | None = None) -> None:
        """Take the pending change back at once, else the last confirmed one.

        With the identity of a pending change it is that change or, taken back already, none.
        """
        self._refuse_strangers(force=force)
        if self.pending() or identity:
            self._revert()
        else:
            self._undo_confirmed()
        self._candidate = None
        self._release()

    def _undo_confirmed(self) -> None:
        previous = self._state / "previous.conf"
        if not previous.exists():
            raise AgentError("there is no earlier configuration to go back to", "commit")
        self._acquire()
        with transaction.applying(self._state):
            text = previous.read_text(encoding="utf-8")
            changes = configuration.converge(text, configuration.running(), self._workspace)
        frr.save()
        persistence.persist(changes, self._manager)
        previous.unlink()

    def discard(self) -> None:
        """Forget the candidate; give the lock back, unless a commit of ours still needs it."""
        self._candidate = None
        self._present = None
        record = self.pending()
        if not record or record["owner"] != self._owner:
            self._release()

    def _release(self) -> None:
        if self._lock:
            self._lock.truncate(0)
            self._lock.close()
            self._lock = None

    def close(self) -> None:
        """Leave nothing behind but what the timer needs."""
        self._release()
        shutil.rmtree(self._workspace, ignore_errors=True)


def _somebody_elses(record: dict[str, Any]) -> str:
    if not record["timer"]:
        return (
            f"an unconfirmed commit of {record['owner']} is in place and its revert timer is gone:"
            " look at the router, then roll it back by force"
        )
    return (
        f"a commit of {record['owner']} is pending and reverts at {record['deadline']}:"
        " wait until then, or roll it back by force"
    )
