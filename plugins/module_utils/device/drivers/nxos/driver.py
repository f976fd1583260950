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
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from napalm.base.exceptions import (
    CommandErrorException,
    CommitConfirmException,
    ConnectionException,
    MergeConfigException,
)
from napalm.nxos_ssh import NXOSSSHDriver

from ...masking import mask
from ..ios.answers import clock, reason
from ..ios.files import content
from ..ios.line import Line, keep_keys_out_of_the_log
from ..ios.uptimes import Uptimes
from . import answers, preconditions, sessions, timer
from .changes import difference

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from napalm.base.models import AliveDict

READ_SECONDS = 60.0  # a large configuration takes its time to print
ROLLBACK_SECONDS = 300.0  # a rollback takes its time on a large configuration
TOO_LATE_SECONDS = 5  # a timer that is as near as this may have begun its work
WORKS_SECONDS = 60  # and may be at it for as long
DESCRIPTION_LONGEST = 80
NOBODY_WAITS = "no commit awaits its confirmation: the router's own timer has taken it back"
NO_WHOLE = "NX-OS takes a whole configuration only in a form that it wrote itself, a checkpoint"


class NXOSDriver(NXOSSSHDriver):
    """A router or switch with NX-OS."""

    device: Any  # netmiko's connection

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
        self._name = ""  # of the checkpoint that this session can go back to
        self._waiting = ""  # of the checkpoint and the job of the pending commit
        self._prompt = ""
        self._uptimes = Uptimes()

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
        if self._name and timer.deadline_of(self._name) is None:
            with suppress(Exception):  # the session may be dead; the next one takes it away
                self._forget(self._name)
        super().close()

    def is_alive(self) -> AliveDict:
        """Whether the router still answers."""
        try:
            alive: AliveDict = super().is_alive()
        except Exception:  # noqa: BLE001 - netmiko raises what it likes on a dead line
            return {"is_alive": False}
        return alive

    def _send_command(self, command: str, raw_text: bool = False, cmd_verify: bool = True) -> str:  # type: ignore[override]  # noqa: FBT001, FBT002 - NAPALM's signature
        """Give a command; netmiko need not ask for the prompt first, which does not change."""
        del raw_text
        seconds = ROLLBACK_SECONDS if command.startswith("rollback ") else READ_SECONDS
        return str(
            self.device.send_command(
                command, cmd_verify=cmd_verify, expect_string=self._prompt, read_timeout=seconds
            )
        )

    def show(self, command: str) -> str:
        """Give one command that changes nothing of the configuration."""
        return self._send_command(command)

    def clock(self) -> tuple[datetime, str] | None:
        """Return the router's time and the name of its zone; None where it does not tell."""
        return clock(self.show("show clock"))

    def checkpoints(self) -> dict[str, answers.Checkpoint]:
        """Return the router's checkpoints by their names."""
        return answers.checkpoints(self.show("show checkpoint summary"))

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
        self._sweep()
        self._prepare(revert_in)
        try:
            self._configure(self._candidate.splitlines())
        except _RejectedError as error:
            self._take_back(self._name)
            raise MergeConfigException(
                "the router refused the candidate and has its old configuration again:"
                f" {mask(str(error))}"
            ) from None
        except Exception:
            with suppress(Exception):  # the line may be dead; then the timer does it
                self._take_back(self._name)
            raise
        self._candidate = ""
        if revert_in is None:
            self._save("the commit is kept")

    def _prepare(self, revert_in: int | None) -> None:
        """Start the timer, then keep the configuration that it goes back to.

        In this order the job is a part of the checkpoint, and no rollback takes it away under way.
        """
        now = self.clock() if revert_in is not None else None
        deadline = timer.minute_after(now[0], revert_in) if now and revert_in is not None else None
        self._name = name = timer.new_name(deadline)
        try:
            if revert_in is not None:
                self._arm(name)
            self._keep(name)
        except _RejectedError as error:
            self._forget(name)
            raise CommandErrorException(
                f"nothing was changed, for there would be no way back: {error}"
            ) from None

    def _arm(self, name: str) -> None:
        if timer.deadline_of(name) is None:
            raise _RejectedError(preconditions.NO_CLOCK)
        self._configure(timer.arming(name))
        if name not in self._schedules():
            raise _RejectedError("the scheduler did not take the job")

    def _keep(self, name: str) -> None:
        said = self.show(f"checkpoint {name} description {self._owner}")
        if name not in self.checkpoints():
            raise _RejectedError(f"the router did not keep a checkpoint: {said.strip()}")

    @property
    def _owner(self) -> str:
        return str(self.optional_args.get("owner") or self.username)[:DESCRIPTION_LONGEST].strip()

    def _configure(self, lines: Sequence[str]) -> None:
        """Give lines of configuration one by one, up to the first that the router refuses."""
        self.device.config_mode()
        try:
            for line in lines:
                answer = self.device.send_config_set(
                    [line.strip()], enter_config_mode=False, exit_config_mode=False
                )
                if found := answers.complaints(answer):
                    raise _RejectedError(f"`{line.strip()}`: {'; '.join(found)}")
        finally:
            self.device.exit_config_mode()

    # --- the pending commit --------------------------------------------------------------------

    def _schedules(self) -> dict[str, str]:
        return answers.schedules(self.show("show scheduler schedule"))

    def has_pending_commit(self) -> bool:
        """Whether a commit awaits its confirmation; `pending` tells whose and until when."""
        self.pending, self._waiting = None, ""
        deadlines = {
            name: deadline
            for name in self._schedules()
            if (deadline := timer.deadline_of(name)) is not None
        }
        if not deadlines or (told := self.clock()) is None:
            return False
        now, zone = told
        over = now - timedelta(seconds=WORKS_SECONDS)
        waiting = [name for name, deadline in deadlines.items() if deadline > over]
        if waiting:
            self._waiting = waiting[0]
            self.pending = self._record(waiting[0], zone)
        return bool(waiting)

    def _record(self, name: str, zone: str) -> dict[str, str | None]:
        kept = self.checkpoints().get(name)
        owner = kept.description or kept.user if kept else self._schedules().get(name, "")
        if owner == self._owner:
            owner = str(self.optional_args.get("owner") or self.username)
        return {
            "owner": owner,
            "since": f"{kept.since} {zone}" if kept else None,
            "deadline": f"{timer.deadline_of(name)} {zone}",
        }

    def confirm_commit(self) -> None:
        """Keep the pending commit, and save it."""
        if not self.has_pending_commit() or self._is_too_late():
            raise CommitConfirmException(NOBODY_WAITS)
        self._refuse_a_stranger_s()
        self._forget(self._waiting)
        self._save("the commit is kept")

    def _save(self, so_far: str) -> None:
        """Make the running configuration the startup configuration."""
        answer = str(self.device.save_config())
        if "complete" not in answer.lower():
            told = [line.strip() for line in answer.splitlines()[1:-1] if line.strip()]
            raise CommandErrorException(
                f"{so_far}, but the router did not save it: {' '.join(told[-1:])}"
            )

    def _is_too_late(self) -> bool:
        told, deadline = self.clock(), timer.deadline_of(self._waiting)
        margin = timedelta(seconds=TOO_LATE_SECONDS)
        return told is None or deadline is None or deadline - told[0] < margin

    def rollback(self) -> None:
        """Take the pending commit back, which was never saved; else this session's last one."""
        if self.has_pending_commit():
            self._refuse_a_stranger_s()
            self._take_back(self._waiting)
            return
        if not self._name:
            raise CommandErrorException("there is no commit of this session to take back")
        self._take_back(self._name)
        self._save("the old configuration is back")

    def _refuse_a_stranger_s(self) -> None:
        owner = (self.pending or {}).get("owner")
        mine = self.optional_args.get("owner") or self.username
        if owner != mine and not self.optional_args.get("force_rollback"):
            raise CommitConfirmException(f"the pending commit is of {owner}, and theirs to settle")

    def _take_back(self, name: str) -> None:
        """Go back to a checkpoint; where that fails, its timer goes on and tries as well."""
        answer = self.show(f"rollback running-config checkpoint {name} atomic")
        if "completed" not in answer.lower():
            told = [line.strip() for line in answer.splitlines() if line.strip()]
            raise CommandErrorException(
                f"the router did not go back to its checkpoint {name}: {mask(' '.join(told[-2:]))}"
            )
        self._forget(name)

    def _forget(self, name: str) -> None:
        """Stop the timer of a checkpoint and delete both."""
        if timer.deadline_of(name) is not None:
            for line in timer.disarming(name):
                with suppress(_RejectedError):  # it may be gone, or have never come
                    self._configure([line])
            if name in self._schedules():
                raise CommitConfirmException(f"the router did not delete the schedule {name}")
        self.show(f"no checkpoint {name}")
        self._name = "" if name == self._name else self._name

    def _sweep(self) -> None:
        """Take away what sessions that have died left; their timers have done their work."""
        commands = ("show checkpoint summary", "show scheduler schedule", "show scheduler job")
        shown = "\n".join(self.show(command) for command in commands)
        for name in sorted({found[0] for found in timer.NAME.finditer(shown)}):
            self._forget(name)

    # --- what it sees --------------------------------------------------------------------------

    def get_bgp_neighbors(self) -> Any:
        """Return all BGP sessions of both families, their uptimes to the second."""
        tables = sessions.read(self.show("show bgp all summary vrf all"))
        for vrf, table in tables.items():
            for address, peer in table["peers"].items():
                peer["uptime"] = self._uptimes.steady((vrf, address), peer["uptime"])
        return tables


class _RejectedError(Exception):
    """The router complained about a line."""
