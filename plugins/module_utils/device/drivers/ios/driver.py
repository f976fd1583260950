# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# mypy: disable-error-code="no-untyped-call"
"""NAPALM's driver for IOS and IOS-XE, with its gaps closed.

Every complaint of the router fails a merge; nothing stays on the flash, and nothing but the wanted
is in the configuration meanwhile; an unconfirmed commit is never saved; changed policies are
applied. Optional arguments are NAPALM's.
"""

from __future__ import annotations

import re
import secrets
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
from . import answers, preconditions, soft
from .files import content, private
from .line import Line, ask, keep_keys_out_of_the_log
from .reader import IOSReader

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMIT_SECONDS = 300.0  # `configure revert` takes its time on a large configuration
NOBODY_WAITS = "no commit awaits its confirmation: the router's own timer has taken it back"
LEFT_BEHIND = re.compile(r"\bdx-[0-9a-f]{8}-(?:merge|replace|before)\.cfg\b")


class IOSDriver(IOSReader):
    """A router with IOS or IOS-XE."""

    device: Any  # netmiko's connection

    def __init__(
        self,
        hostname: str,
        username: str,
        password: str,
        timeout: int = 60,
        optional_args: dict[str, Any] | None = None,
    ) -> None:
        """Choose names for the files on its flash that no other session has."""
        mark = f"dx-{secrets.token_hex(4)}"
        self.optional_args: dict[str, Any] = {
            "merge_cfg": f"{mark}-merge.cfg",
            "candidate_cfg": f"{mark}-replace.cfg",
            "rollback_cfg": f"{mark}-before.cfg",
            **(optional_args or {}),
        }
        super().__init__(hostname, username, password, timeout, self.optional_args)
        self.pending: dict[str, str | None] | None = None
        self._merged = ""
        self._timed = self._armed = False  # a timer is wanted; it is started, and ours
        self._files: set[str] = set()

    @property
    def prompt_quiet_configured(self) -> bool:
        """NAPALM need not set `file prompt quiet`, which a revert would keep: we answer."""
        return True

    @prompt_quiet_configured.setter
    def prompt_quiet_configured(self, value: object) -> None:
        del value

    def open(self) -> None:
        """Log in."""
        keep_keys_out_of_the_log()
        try:
            super().open()
        except ConnectionException as error:  # NAPALM keeps the reason to itself
            raise ConnectionException(f"{error}: {answers.reason(error)}") from None
        if self.transport == "ssh":
            self.device.channel = Line(self.device.remote_conn, self.device.encoding)

    def close(self) -> None:
        """Take our files off the flash, and log out."""
        with suppress(Exception):  # the session may be dead; the next one takes them away
            self._remove()
        super().close()

    def preconditions(self, revert_in: int | None) -> list[str]:
        """Return what is missing, a sentence each, with what to do."""
        return preconditions.missing(self, revert_in)

    def has_archive(self) -> bool:
        """Whether it keeps old configurations, which its timer takes them from."""
        return bool(self._check_archive_feature())

    def load_merge_candidate(self, filename: str | None = None, config: str | None = None) -> None:
        """Send changes to the flash; the file here, which holds keys, is nobody else's to read."""
        self._merged = content(filename, config)
        self._sweep()
        self._files.add(self.merge_cfg)
        with private(f"{self._merged.rstrip()}\nend\n") as name:
            super().load_merge_candidate(filename=name)

    def load_replace_candidate(
        self, filename: str | None = None, config: str | None = None
    ) -> None:
        """Send a whole configuration to the flash."""
        self._merged = ""
        self._sweep()
        self._files.add(self.candidate_cfg)
        with private(content(filename, config)) as name:
            super().load_replace_candidate(filename=name)

    def discard_config(self) -> None:
        """Take our files off the flash."""
        self._remove()

    def commit_config(self, message: str = "", revert_in: int | None = None) -> None:
        """Apply the candidate, all of it or nothing; saved only without revert_in."""
        self._timed = revert_in is not None
        try:
            super().commit_config(message=message, revert_in=revert_in)
        except _RejectedError as error:
            self._take_back()
            raise MergeConfigException(
                "the router refused the candidate and has its old configuration again:"
                f" {mask(str(error))}"
            ) from None
        self._remove(self.merge_cfg, self.candidate_cfg)

    def _commit_handler(self, cmd: str) -> str:
        """Give a command that asks back, and say yes; a merge must be without complaint."""
        answer = ask(self.device, cmd, COMMIT_SECONDS)
        if not cmd.startswith(("delete ", "copy running-config ")):
            self.device.set_base_prompt()  # the name of the router may be another one now
        if cmd.endswith(" running-config") and (found := answers.complaints(answer)):
            raise _RejectedError("; ".join(dict.fromkeys(found)))
        return answer

    def _gen_rollback_cfg(self) -> None:
        """Keep the old configuration on the flash, unless the router's archive has it.

        NAPALM calls it when nobody's commit is pending, and starts the timer next.
        """
        self._armed = self._timed
        if not self._timed:
            self._files.add(self.rollback_cfg)
            self._commit_handler(f"copy running-config {self._gen_full_path(self.rollback_cfg)}")

    def has_pending_commit(self) -> bool:
        """Whether a commit awaits its confirmation; `pending` tells whose and until when."""
        self.pending = answers.pending(self._get_pending_commits())
        if self.pending and self._armed and self.pending["owner"] == self.username:
            self.pending["owner"] = self.optional_args.get("owner") or self.username
        return self.pending is not None

    def confirm_commit(self) -> None:
        """Keep the pending commit, and save it."""
        if not self.has_pending_commit():
            raise CommitConfirmException(NOBODY_WAITS)
        self._refuse_a_stranger_s()
        self._send_command("configure confirm")
        if self._get_pending_commits():
            raise CommitConfirmException("the router did not take `configure confirm`")
        self._forget()
        if found := answers.unsaved(self.device.save_config()):
            raise UnfinishedError(f"the commit is kept, but the router did not save it: {found}")

    def rollback(self) -> None:
        """Take the pending commit back, which was never saved; else this session's last one."""
        if self.has_pending_commit():
            self._revert_now()
        else:
            super().rollback()
        self.settle(())
        self._forget()

    def _revert_now(self) -> None:
        self._refuse_a_stranger_s()
        self._commit_handler("configure revert now")
        if self._get_pending_commits():
            raise CommitConfirmException("the router did not take `configure revert now`")

    def _refuse_a_stranger_s(self) -> None:
        user = self._get_pending_commits().get("user", "").strip()
        if user != self.username:
            raise CommitConfirmException(f"the pending commit is of {user}, and theirs to settle")

    def _forget(self) -> None:
        """Be done with a commit."""
        self._timed = self._armed = False
        self.pending = None
        self._remove()

    def _take_back(self) -> None:
        """Undo a merge that the router took a part of; nothing of it is saved."""
        if self._timed:
            self._revert_now()
        else:
            self._commit_handler(
                f"configure replace {self._gen_full_path(self.rollback_cfg)} force"
            )
        self._timed = False

    def settle(self, neighbors: Sequence[str]) -> None:
        """Let the sessions look at their routes again, whose policies have changed."""
        running = self.get_config(retrieve="running")["running"]
        for words in soft.clears(running, self._merged, neighbors):
            if found := answers.complaints(self._send_command(list(words))):
                raise CommandErrorException(f"{words[0]}: {'; '.join(found)}")

    def _sweep(self) -> None:
        """Take away what sessions that have died left on the flash: it holds keys."""
        self._files |= set(LEFT_BEHIND.findall(self.show(f"dir {self.dest_file_system}")))
        self._remove()

    def _remove(self, *names: str) -> None:
        for name in sorted(self._files.intersection(names or self._files)):
            self._commit_handler(f"delete /force {self._gen_full_path(name)}")
            self._files.discard(name)


class _RejectedError(Exception):
    """The router complained about a merge."""
