# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# mypy: disable-error-code="no-untyped-call,import-untyped"
"""NAPALM's driver for Junos, with its gaps closed.

The candidate is everybody's: it is never thrown away, committed or confirmed but under our lock,
which Junos gives to nobody while somebody has changed it.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from jnpr.junos import Device
from jnpr.junos.exception import CommitError as JunosCommitError
from jnpr.junos.exception import ConnectError, RpcError
from napalm.base.exceptions import (
    CommandErrorException,
    CommitConfirmException,
    CommitError,
    ConnectionException,
)
from napalm.base.exceptions import LockError as NapalmLockError
from napalm.junos.junos import JunOSDriver as NapalmJunOSDriver

from ...masking import mask
from ..netconf import end_before_telling, keep_keys_out_of_the_log

if TYPE_CHECKING:
    from lxml.etree import _Element

KNOWN_HOSTS = "~/.ssh/known_hosts"
NOBODY_WAITS = (
    "no commit of ours awaits its confirmation: the router has taken it back, or somebody"
)
SINCE_CHANGED = f"{NOBODY_WAITS} has committed since: look at `show system commit`"
_WAITS = re.compile(r"commit confirmed, rollback in (\d+)\s*min")


class JunosDriver(NapalmJunOSDriver):
    """A router with Junos."""

    device: Any

    def __init__(
        self,
        hostname: str,
        username: str,
        password: str,
        timeout: int = 60,
        optional_args: dict[str, Any] | None = None,
    ) -> None:
        """Choose the router; optional arguments are NAPALM's, `alt_key_file` and `owner`."""
        self.optional_args = dict(optional_args or {})
        self.optional_args.setdefault("port", 830)
        super().__init__(hostname, username, password, timeout, self.optional_args)
        self.pending: dict[str, str | None] | None = None
        self._revision: str | None = None

    # --- the session ---------------------------------------------------------------------------

    def open(self) -> None:
        """Log in, only where the host key is known; NAPALM believes every one."""
        keep_keys_out_of_the_log()
        file = Path(self.optional_args.get("alt_key_file") or KNOWN_HOSTS).expanduser()
        with TemporaryDirectory() as folder:
            own = Path(folder) / "ssh_config"
            own.write_text(f"Host *\n UserKnownHostsFile {file}\n", encoding="utf-8")
            self.device = Device(
                self.hostname,
                user=self.username,
                password=self.password or None,
                port=self.port,
                ssh_private_key_file=self.key_file,
                ssh_config=self.ssh_config_file or str(own),
                huge_tree=self.huge_tree,
                hostkey_verify=True,
                look_for_keys=not self.password,
                allow_agent=not self.password,
                gather_facts=False,
            )
            try:
                super().open()
            except ConnectError as error:
                why = getattr(error, "_orig", None) or error
                raise ConnectionException(
                    f"no NETCONF session with {self.hostname}:{self.port}: {why}"
                ) from None
        end_before_telling(self.device._conn)  # noqa: SLF001 - ncclient's manager

    def close(self) -> None:
        """Log out; the candidate and its lock are let go."""
        with suppress(Exception):  # the session may be dead, and the lock gone with it
            self.discard_config()
        with suppress(Exception):
            self.device.close()
        self.locked = False

    def preconditions(self, revert_in: int | None) -> list[str]:
        """Return what is missing, a sentence each, with what to do."""
        del revert_in
        lacks = []
        if self.has_pending_commit() and not self._is_ours():
            found = self.pending or {}
            lacks.append(
                f"a commit of {found['owner']}, since {found['since']}, awaits its confirmation:"
                f" wait until {found['deadline']}, when the router takes it back"
            )
        try:
            self._lock()
        except NapalmLockError as error:
            lacks.append(
                f"its configuration is locked or changed by somebody else ({error}): `show |"
                " compare` in configuration mode shows what; have it committed or rolled back"
            )
        else:
            self._unlock()
        return lacks

    # --- the commit ----------------------------------------------------------------------------

    def commit_config(self, message: str = "", revert_in: int | None = None) -> None:
        """Commit, all of it or nothing; with revert_in it must be confirmed in time.

        A message would stand in the log where Junos says that a commit waits: it is left away.
        """
        try:
            super().commit_config("" if revert_in is not None else message, revert_in)
        except JunosCommitError as error:
            self.discard_config()
            raise CommitError(
                f"the router refused the commit, and nothing was changed: {mask(str(error))}"
            ) from None
        self._revision = self._latest().findtext("revision")  # a final one, too, for a rollback

    def discard_config(self) -> None:
        """Forget the candidate, if it is ours."""
        if self.locked:
            super().discard_config()

    def has_pending_commit(self) -> bool:
        """Whether a commit awaits its confirmation, whoever made it."""
        self.pending = None
        latest = self._latest()
        waits = _WAITS.search(latest.findtext("comment") or "")
        if not waits:
            return False
        since = int(latest.find("date-time").get("seconds"))
        deadline = since + int(waits[1]) * 60
        if self._now() < deadline:
            ours = self._revision is not None and latest.findtext("revision") == self._revision
            user = latest.findtext("user")
            owner = (self.optional_args.get("owner") or user) if ours else user
            self.pending = {"owner": owner, "since": _told(since), "deadline": _told(deadline)}
        return self.pending is not None

    def confirm_commit(self) -> None:
        """Keep our pending commit: a commit of nothing, so the lock sees that there is nothing."""
        self._require_ours()
        self._lock()
        try:
            super().confirm_commit()
        except JunosCommitError as error:
            raise CommitConfirmException(
                f"the router did not confirm: {mask(str(error))}"
            ) from None
        finally:
            self._unlock()
        self._revision = self.pending = None

    def rollback(self) -> None:
        """Take our pending commit back, or with `force_rollback` whatever came last."""
        if not self.optional_args.get("force_rollback"):
            self._require_ours()
        self._lock()
        super().rollback()
        self._revision = self.pending = None

    def cli(self, commands: list[str], encoding: str = "text") -> Any:
        """Give show commands; one that the router does not take is an error."""
        return {command: self._told(command, encoding) for command in commands}

    def _told(self, command: str, encoding: str) -> Any:
        try:
            return super().cli([command], encoding)[command]
        except RpcError as error:
            raise CommandErrorException(f"{command}: {error.message}") from None

    def _require_ours(self) -> None:
        if not self._is_ours():
            raise CommitConfirmException(SINCE_CHANGED)

    def _is_ours(self) -> bool:
        """Whether nobody has committed since this session did."""
        return self._revision is not None and self._latest().findtext("revision") == self._revision

    def _latest(self) -> _Element:
        """Return the last entry of the log of commits."""
        return self.device.rpc.get_commit_revision_information(detail=True)

    def _now(self) -> int:
        told = self.device.rpc.get_system_uptime_information()
        return int(told.find(".//current-time/date-time").get("seconds"))


def _told(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, tz=UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
