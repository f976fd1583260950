# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# mypy: disable-error-code="no-untyped-call"
"""NAPALM's driver for IOS XR over NETCONF, with its gaps closed.

A commit may await its confirmation. XR tells nobody of such a commit: its session remembers it, and
keeps the configuration locked until it is settled, so that the router is as this session left it.
When the session ends before that, the router takes the commit back at once (RFC 6241, 8.4.1).
"""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from napalm.base.exceptions import (
    CommitConfirmException,
    CommitError,
    MergeConfigException,
    ReplaceConfigException,
)
from ncclient.operations.rpc import RPCError  # type: ignore[import-untyped]

from ...masking import mask
from .login import connect
from .reader import IOSXRReader
from .words import content_of, held_by, moment_of

if TYPE_CHECKING:
    from collections.abc import Callable

CONFIRMED_COMMIT = ":confirmed-commit"
NOBODY_WAITS = "no commit awaits its confirmation: the router's own timer has taken it back"
SINCE_CHANGED = (
    "somebody has changed the configuration since, and `rollback configuration last 1` would take"
    " that back: look at `show configuration commit list`, and take ours back by its id"
)


class IOSXRDriver(IOSXRReader):
    """A router with IOS XR."""

    device: Any  # ncclient's manager

    def __init__(
        self,
        hostname: str,
        username: str,
        password: str,
        timeout: int = 60,
        optional_args: dict[str, Any] | None = None,
    ) -> None:
        """Choose the router; optional arguments are NAPALM's, `alt_key_file` and `owner`."""
        super().__init__(hostname, username, password, timeout, dict(optional_args or {}))
        if self.config_encoding != "cli":
            raise ValueError("config_encoding: only cli can be had, for candidates are text")
        self.pending: dict[str, str | None] | None = None
        self.clock: Callable[[], float] = time.monotonic
        self._ends = 0.0
        self._before = self._after = ""

    # --- the session ---------------------------------------------------------------------------

    def open(self) -> None:
        """Log in."""
        self.device = connect(
            host=self.hostname,
            port=self.port,
            user=self.username,
            password=self.password,
            key_file=self.key_file,
            timeout=self.timeout,
            options=self.optional_args,
        )

    def close(self) -> None:
        """Log out; a candidate, a lock and an unconfirmed commit end with the session."""
        if self.device is None:
            return
        with suppress(Exception):  # the session may be dead, and all of it gone with it
            if self.pending_changes:
                self.device.discard_changes()
            self._unlock()
            self.device.close_session()
        self.locked = self.pending_changes = False

    def is_alive(self) -> Any:
        """Whether the session is open."""
        return {"is_alive": self.device is not None and bool(self.device.connected)}

    def preconditions(self, revert_in: int | None) -> list[str]:
        """Return what is missing, a sentence each, with what to do."""
        lacks = []
        if revert_in is not None and CONFIRMED_COMMIT not in self.device.server_capabilities:
            lacks.append(
                "it offers no confirmed commit over NETCONF, so it could not take a commit back by"
                " itself: IOS XR does since 6.0, look at `show netconf-yang capabilities`"
            )
        try:
            self._lock()
        except MergeConfigException as error:
            lacks.append(str(error))
        else:
            self._unlock()
        return lacks

    def _lock(self) -> None:
        """Lock the configuration; tells who else holds it."""
        try:
            super()._lock()
        except RPCError as error:
            if error.tag != "lock-denied":
                raise
            raise MergeConfigException(held_by(error.info or "")) from None

    # --- the candidate -------------------------------------------------------------------------

    def load_merge_candidate(self, filename: str | None = None, config: str | None = None) -> None:
        """Load changes; they go to the router as XML, whatever characters they hold."""
        try:
            super().load_merge_candidate(config=content_of(filename, config))
        except MergeConfigException as error:
            raise MergeConfigException(mask(str(error))) from None

    def load_replace_candidate(
        self, filename: str | None = None, config: str | None = None
    ) -> None:
        """Load a whole configuration."""
        try:
            super().load_replace_candidate(config=content_of(filename, config))
        except ReplaceConfigException as error:
            raise ReplaceConfigException(mask(str(error))) from None

    def compare_config(self) -> str:
        """Return what the candidate would change, in the router's words."""
        try:
            return str(super().compare_config())
        except AttributeError:  # NAPALM strips a text where the router answers with none
            return ""

    def discard_config(self) -> None:
        """Forget the candidate; the lock stays while a commit of ours waits."""
        self.device.discard_changes()
        self.pending_changes = False
        if self.pending is None:
            self._unlock()

    # --- the commit ----------------------------------------------------------------------------

    def commit_config(self, message: str = "", revert_in: int | None = None) -> None:
        """Commit, all of it or nothing; with revert_in it must be confirmed in time."""
        if message:
            raise NotImplementedError("IOS XR takes no message over NETCONF")
        self._before, self._after = self._running(), ""
        if revert_in is not None:
            self._await(revert_in)
        timer = {} if revert_in is None else {"confirmed": True, "timeout": str(revert_in)}
        try:
            self.device.commit(**timer)
        except RPCError as error:
            self.pending = None
            raise CommitError(
                f"the router refused the commit, and nothing was changed: {mask(str(error))}"
            ) from None
        self.pending_changes = False
        self._after = self._running()
        if revert_in is None:
            self._unlock()

    def _await(self, seconds: int) -> None:
        """Remember a commit before it is made: its answer may be lost."""
        since = datetime.now(UTC)
        self._ends = self.clock() + seconds
        self.pending = {
            "owner": self.optional_args.get("owner") or self.username,
            "since": moment_of(since),
            "deadline": moment_of(since + timedelta(seconds=seconds)),
        }

    def has_pending_commit(self) -> bool:
        """Whether a commit of this session awaits its confirmation; XR tells of no other."""
        if self.pending is not None and self.clock() >= self._ends:
            self._settled()
        return self.pending is not None

    def confirm_commit(self) -> None:
        """Keep the pending commit."""
        if not self.has_pending_commit():
            raise CommitConfirmException(NOBODY_WAITS)
        if self._running() != self._after:
            self._settled()
            raise CommitConfirmException(NOBODY_WAITS)
        try:
            self.device.commit()
        except RPCError as error:
            raise CommitConfirmException(
                f"the router did not confirm: {mask(str(error))}"
            ) from None
        found = self._running()
        self._settled()
        if found != self._after:  # the timer was faster than our word
            raise CommitConfirmException(NOBODY_WAITS)

    def rollback(self) -> None:
        """Take the pending commit back; else this session's last one."""
        if self.has_pending_commit():
            self.device.cancel_commit()
        else:
            if not self.optional_args.get("force_rollback") and self._running() != self._after:
                raise CommitConfirmException(SINCE_CHANGED)
            super().rollback()
        found = self._running()
        self._settled()
        if self._before and found != self._before:
            raise CommitConfirmException(
                "the router did not go back to the configuration before the commit: look at"
                " `show configuration commit list`"
            )

    def _settled(self) -> None:
        """Be done with a commit."""
        self.pending = None
        self._unlock()
