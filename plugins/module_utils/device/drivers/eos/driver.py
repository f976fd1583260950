# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# mypy: disable-error-code="no-untyped-call"
"""NAPALM's driver for Arista EOS over eAPI, with its gaps closed.

An unconfirmed commit outlives the connection, for the router's own timer to take back; a commit is
taken back to the configuration that ran before, not to the one it would start with; nothing is
saved but what is confirmed. Optional arguments are NAPALM's, and `ca_file` and `verify`.
"""

from __future__ import annotations

import logging
import secrets
import ssl
import time
from contextlib import suppress
from typing import Any

from napalm.base.exceptions import (
    CommandErrorException,
    CommitConfirmException,
    CommitError,
    SessionLockedException,
)
from pyeapi.eapilib import CommandError  # type: ignore[import-untyped]

from ...unfinished import UnfinishedError
from ..ios.line import WithoutKeys
from . import sessions
from .reader import EOSReader

MARK = "dx-"
NOBODY_WAITS = "no commit awaits its confirmation: the router's own timer has taken it back"
SSH = (
    "platform eos is reached over eAPI only, for over SSH rejected lines would go unnoticed:"
    " leave `transport` out, or set it to https"
)
CHANGED = (
    "its configuration was changed by somebody else since the candidate was loaded, and a commit"
    " would take that back: run again"
)


class EOSDriver(EOSReader):
    """A router with EOS."""

    def __init__(
        self,
        hostname: str,
        username: str,
        password: str,
        timeout: int = 60,
        optional_args: dict[str, Any] | None = None,
    ) -> None:
        """Choose how the router proves who it is; SSH is refused."""
        given = dict(optional_args or {})
        if given.get("transport", given.get("eos_transport", "https")) == "ssh":
            raise ValueError(SSH)
        ca_file, verify = given.pop("ca_file", None), given.pop("verify", True)
        if verify:
            given.setdefault("context", ssl.create_default_context(cafile=ca_file))
        super().__init__(hostname, username, password, timeout, given)
        self.pending: dict[str, str | None] | None = None
        self._base = ""  # what ran when the candidate was loaded
        self._armed = False  # the timer runs for our session
        self._checkpoint = ""

    # --- the session ---------------------------------------------------------------------------

    def open(self) -> None:
        """Log in."""
        log = logging.getLogger("pyeapi.eapilib")
        if not any(isinstance(each, WithoutKeys) for each in log.filters):
            log.addFilter(WithoutKeys())
        super().open()

    def close(self) -> None:
        """Leave nothing behind but a commit that awaits its confirmation."""
        with suppress(Exception):  # the router may be gone; it keeps sessions for a day at most
            self.discard_config()
            self._forget_checkpoint()
        self.config_session = None
        if hasattr(self.device.connection, "close"):
            self.device.connection.close()

    def preconditions(self, revert_in: int | None) -> list[str]:
        """Return what is in the way, a sentence each, with what to do."""
        del revert_in  # EOS has its timer always
        self._sweep()
        lacks = [
            f"configuration session {name} of {user} is open, whose commit would take ours back:"
            f" wait, or abort it with `configure session {name} abort`"
            for name, user in self._opened().items()
        ]
        if (commit := self._pending()) is not None:
            lacks.append(sessions.waits(commit))
        return [] if self.lock_disable else lacks

    # --- the candidate -------------------------------------------------------------------------

    def _obtain_lock(self, wait_time: int | None = None) -> None:
        """Refuse at once, with names, where somebody else has a session open."""
        del wait_time
        self._sweep()
        if others := self._opened():
            told = ", ".join(f"{name} of {user}" for name, user in others.items())
            raise SessionLockedException(f"configuration session {told} is open: wait, or abort it")

    def _load_config(
        self,
        filename: str | None = None,
        config: Any = None,
        replace: bool = True,  # noqa: FBT001, FBT002 - NAPALM's parameter
    ) -> None:
        """Put a candidate into a session of our own."""
        self._base = self._running()
        if self.config_session is None:
            # NAPALM's own name is one of a million; ours tells whose it is, too.
            self.config_session = f"{MARK}{secrets.token_hex(4)}"
        super()._load_config(filename, config, replace)

    def discard_config(self) -> None:
        """Forget the candidate; a commit that awaits its confirmation is none."""
        if self._armed:
            return
        super().discard_config()

    def commit_config(self, message: str = "", revert_in: int | None = None) -> None:
        """Apply the candidate as a whole; saved only without revert_in."""
        if message:
            raise NotImplementedError("EOS keeps no commit message")
        name = self._ready()
        if revert_in is not None:
            self._armed = True  # before it is: who is cut off meanwhile must not abort it
            timer = time.strftime("%H:%M:%S", time.gmtime(revert_in))
            self._do(f"configure session {name} commit timer {timer}")
            return
        self._checkpoint = name
        self._do(f"copy running-config checkpoint:{name}")
        self._do(f"configure session {name} commit")
        self.config_session = None
        self._do("write memory")

    def _ready(self) -> str:
        """Return the session's name if it is there and would take nobody's changes back."""
        name = self.config_session
        if (commit := self._pending()) is not None:
            raise CommitError(sessions.waits(commit))
        if name is None or self._states().get(name) != sessions.OPEN:
            # Asked for a session that is gone, EOS would begin and commit an empty one.
            raise CommitError("the router has no candidate: it was aborted by somebody else")
        if self._running() != self._base:
            raise CommitError(CHANGED)
        return str(name)

    # --- the commit ----------------------------------------------------------------------------

    def has_pending_commit(self) -> bool:
        """Whether a commit awaits its confirmation; `pending` tells whose and until when."""
        commit = self._pending()
        self.pending = None
        if commit is not None:
            ours = self._armed and commit.session == self.config_session
            owner = self.optional_args.get("owner") if ours else None
            self.pending = {
                "owner": owner or commit.user or commit.session,
                "since": commit.since,
                "deadline": commit.deadline,
            }
        return commit is not None

    def confirm_commit(self) -> None:
        """Keep the pending commit, and save it."""
        self._require_ours(NOBODY_WAITS)
        self._do(f"configure session {self.config_session} commit")
        if self._pending() is not None:
            raise CommitConfirmException("the router did not take the confirmation")
        self._settled()
        try:
            self._do("write memory")
        except (CommandError, CommandErrorException) as error:
            raise UnfinishedError(
                f"the commit is kept, but the router did not save it: {error}"
            ) from None

    def rollback(self) -> None:
        """Take the pending commit back, which was never saved; else this session's last one."""
        if (commit := self._pending()) is not None:
            if not self.optional_args.get("force_rollback"):
                self._require_ours(NOBODY_WAITS)
            self._do(f"configure session {commit.session} abort")
            if self._pending() is not None:
                raise CommitConfirmException("the router did not take its commit back")
            self._settled()
            return
        if not self._checkpoint:
            raise CommandErrorException("there is no commit of this session to take back")
        self._do(f"configure replace checkpoint:{self._checkpoint} skip-checkpoint")
        self._do("write memory")
        self._forget_checkpoint()

    def _require_ours(self, otherwise: str) -> None:
        commit = self._pending()
        if commit is None:
            self._settled()
            raise CommitConfirmException(otherwise)
        if not self._armed or commit.session != self.config_session:
            raise CommitConfirmException(
                f"the pending commit {commit.session} is of {commit.user}, and theirs to settle"
            )

    def _settled(self) -> None:
        """Be done with a commit."""
        self._armed = False
        self.config_session = self.pending = None

    def _forget_checkpoint(self) -> None:
        if self._checkpoint:
            self._do(f"delete checkpoint:{self._checkpoint}")
            self._checkpoint = ""

    # --- configuration sessions ----------------------------------------------------------------

    def _sessions(self) -> dict[str, Any]:
        return self.show("show configuration sessions detail")

    def _states(self) -> dict[str, str]:
        return {name: each["state"] for name, each in self._sessions()["sessions"].items()}

    def _opened(self) -> dict[str, str]:
        """Return the open sessions of others."""
        found = sessions.opened(self._sessions())
        return {name: user for name, user in found.items() if name != self.config_session}

    def _pending(self) -> sessions.Commit | None:
        answer, version = self._run_commands(["show configuration sessions detail", "show version"])
        return sessions.pending(answer, float(version.get("bootupTimestamp", 0.0)))

    def _sweep(self) -> None:
        """Abort candidates that dead runs of ours have left: they hold keys, and are no commits.

        A live one's commit is refused then, see `_ready`.
        """
        for name in self._opened():
            if name.startswith(MARK):
                self._do(f"configure session {name} abort")
