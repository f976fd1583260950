# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# mypy: disable-error-code="no-untyped-call"
"""NAPALM's driver for NX-OS over SSH, with its gaps closed.

The first line that the router refuses ends a merge and takes it back; an unconfirmed commit is
taken back by the router's own scheduler, and never saved; the sessions of both families are seen.
Optional arguments are NAPALM's.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from napalm.base.exceptions import (
    CommandErrorException,
    CommitConfirmException,
    ConnectionException,
    MergeConfigException,
)

from ...masking import mask
from ...unfinished import UnfinishedError
from ..ios.answers import reason
from ..ios.files import content
from ..ios.line import Line, keep_keys_out_of_the_log
from . import answers, preconditions
from .changes import difference
from .reader import NXOSReader
from .way_back import RejectedError, WayBack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from napalm.base.models import AliveDict

NOBODY_WAITS = "no commit awaits its confirmation: the router's own timer has taken it back"
NO_WHOLE = "NX-OS takes a whole configuration only in a form that it wrote itself, a checkpoint"


class NXOSDriver(NXOSReader):
    """A router or switch with NX-OS."""

    def __init__(
        self,
        hostname: str,
        username: str,
        password: str,
        timeout: int = 60,
        optional_args: dict[str, Any] | None = None,
    ) -> None:
        """Take NAPALM's parameters; `owner` among the optional arguments names the run."""
        self.optional_args: dict[str, Any] = dict(optional_args or {})
        super().__init__(hostname, username, password, timeout, dict(self.optional_args))
        self.pending: dict[str, str | None] | None = None
        self._candidate = ""
        self._back = WayBack(self)
        self._waiting = ""  # of the checkpoint and the job of the pending commit

    # --- the session ---------------------------------------------------------------------------

    def open(self) -> None:
        """Log in."""
        keep_keys_out_of_the_log()
        try:
            super().open()
        except ConnectionException as error:  # NAPALM keeps the reason to itself
            raise ConnectionException(f"{error}: {reason(error)}") from None
        self.device.channel = Line(self.device.remote_conn, self.device.encoding)
        self._prompt = re.escape(self.device.base_prompt) + r"\S*#\s*$"
        self.show("terminal dont-ask")

    def close(self) -> None:
        """Take away the checkpoint of a commit that stays, and log out."""
        with suppress(Exception):  # the session may be dead; the next one takes it away
            self._back.leave()
        super().close()

    def is_alive(self) -> AliveDict:
        """Whether the router still answers."""
        try:
            alive: AliveDict = super().is_alive()
        except Exception:  # noqa: BLE001 - netmiko raises what it likes on a dead line
            return {"is_alive": False}
        return alive

    def preconditions(self, revert_in: int | None) -> list[str]:
        """Return what is missing, a sentence each, with what to do."""
        return preconditions.missing(self, revert_in)

    # --- the candidate -------------------------------------------------------------------------

    def load_merge_candidate(self, filename: str | None = None, config: str | None = None) -> None:
        """Take changes, in the place of those that were taken before."""
        self._candidate = content(filename, config)

    def load_replace_candidate(
        self, filename: str | None = None, config: str | None = None
    ) -> None:
        """Refuse a whole configuration."""
        raise NotImplementedError(NO_WHOLE)

    def compare_config(self) -> str:
        """Return what the candidate would change."""
        return difference(self.get_config(retrieve="running")["running"], self._candidate)

    def discard_config(self) -> None:
        """Forget the candidate."""
        self._candidate = ""

    def commit_config(self, message: str = "", revert_in: int | None = None) -> None:
        """Apply the candidate, all of it or nothing; saved only without revert_in."""
        if message:
            raise NotImplementedError("NX-OS keeps no message with a commit")
        if not self._candidate:
            raise MergeConfigException("there is no candidate to commit")
        if self.has_pending_commit() and self.pending:
            raise CommitConfirmException(preconditions.waits(self.pending))
        self._back.sweep()
        self._back.prepare(revert_in)
        try:
            self.configure(self._candidate.splitlines())
        except RejectedError as error:
            raise MergeConfigException(self._refusal(error)) from None
        except Exception:
            with suppress(Exception):  # the line may be dead; then the timer does it
                self._back.go(self._back.name)
            raise
        self._candidate = ""
        if revert_in is None:
            self._save("the commit is kept")

    def _refusal(self, error: RejectedError) -> str:
        """Go back, and say what was refused."""
        refused = f"the router refused the candidate ({mask(str(error))})"
        try:
            self._back.go(self._back.name)
        except CommandErrorException as again:
            return f"{refused}, and {again}"
        return f"{refused} and has its old configuration again"

    @property
    def owner(self) -> str:
        """Who a commit of this session is of: the run if it has a name, else the user."""
        return str(self.optional_args.get("owner") or self.username)

    def configure(self, lines: Sequence[str]) -> None:
        """Give lines of configuration one by one, up to the first that the router refuses."""
        self.device.config_mode()
        try:
            for line in lines:
                answer = self.device.send_config_set(
                    [line.strip()], enter_config_mode=False, exit_config_mode=False
                )
                if found := answers.complaints(answer):
                    raise RejectedError(f"`{line.strip()}`: {'; '.join(found)}")
        finally:
            self.device.exit_config_mode()

    # --- the pending commit --------------------------------------------------------------------

    def has_pending_commit(self) -> bool:
        """Whether a commit awaits its confirmation; `pending` tells whose and until when."""
        found = self._back.waiting()
        self._waiting, self.pending = found or ("", None)
        return found is not None

    def confirm_commit(self) -> None:
        """Keep the pending commit, and save it."""
        if not self.has_pending_commit() or self._back.is_too_late(self._waiting):
            raise CommitConfirmException(NOBODY_WAITS)
        self._refuse_a_stranger_s()
        self._back.forget(self._waiting)
        self._save("the commit is kept")

    def _save(self, so_far: str) -> None:
        """Make the running configuration the startup configuration."""
        answer = str(self.device.save_config())
        if "complete" not in answer.lower():
            told = [line.strip() for line in answer.splitlines()[1:-1] if line.strip()]
            raise UnfinishedError(
                f"{so_far}, but the router did not save it: {' '.join(told[-1:])}"
            )

    def rollback(self) -> None:
        """Take the pending commit back, which was never saved; else this session's last one."""
        if self.has_pending_commit():
            self._refuse_a_stranger_s()
            self._back.go(self._waiting)
            return
        if not self._back.name:
            raise CommandErrorException("there is no commit of this session to take back")
        self._back.go(self._back.name)
        self._save("the old configuration is back")

    def _refuse_a_stranger_s(self) -> None:
        owner = (self.pending or {}).get("owner")
        if owner != self.owner and not self.optional_args.get("force_rollback"):
            raise CommitConfirmException(f"the pending commit is of {owner}, and theirs to settle")
