# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""NAPALM's driver for FRRouting: the full configuration cycle over SSH.

Optional arguments: port, key_file, ssh_strict (true), alt_host_keys, alt_key_file, passphrase,
allow_agent (netmiko's names); owner (who holds locks and pending commits, in words), link_manager
(auto, ifupdown, systemd-networkd, none).
"""

from __future__ import annotations

import getpass
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

from napalm.base.exceptions import (
    CommandErrorException,
    MergeConfigException,
    ReplaceConfigException,
)

from ...masking import mask
from ..show import told
from . import changes, ssh, text
from .client import Agent, LoadError, NoAgent
from .reader import FRRReader

if TYPE_CHECKING:
    from paramiko.client import SSHClient


class FRRDriver(FRRReader):
    """An FRR router on Linux, links included."""

    def __init__(
        self,
        hostname: str,
        username: str,
        password: str,
        timeout: int = 60,
        optional_args: dict[str, Any] | None = None,
    ) -> None:
        """Keep what open() needs."""
        self.hostname = hostname
        self.username = username
        self.password = password
        self.timeout = timeout
        self.platform = "frr"
        self.optional_args = dict(optional_args or {})
        self.force_no_enable = True
        self.pending: dict[str, Any] | None = None
        self._client: SSHClient | None = None
        self.agent: Agent = NoAgent(hostname)

    # --- the session ---------------------------------------------------------------------------

    def open(self) -> None:
        """Log in and start the agent."""
        self._client = ssh.login(
            host=self.hostname,
            user=self.username,
            password=self.password,
            timeout=self.timeout,
            options=self.optional_args,
        )
        owner = str(self.optional_args.get("owner") or _this_process())
        manager = str(self.optional_args.get("link_manager") or "auto")
        try:
            self.agent = Agent(self._client, owner=owner, manager=manager)
        except Exception:
            self.close()
            raise

    def close(self) -> None:
        """End the session; a pending commit stays in the timer's hands."""
        self.agent.close()
        self.agent = NoAgent(self.hostname)
        if self._client:
            self._client.close()
            self._client = None

    def is_alive(self) -> Any:
        """Whether the session stands."""
        return {"is_alive": self.agent.alive}

    # --- the configuration ---------------------------------------------------------------------

    def load_merge_candidate(self, filename: str | None = None, config: str | None = None) -> None:
        """Add statements to the running configuration; `no` takes away."""
        wanted = text.parse(_content(filename, config))
        try:
            running = self.agent.call("lock")
            merged = text.merge(text.parse(running), wanted)
            self.agent.call("load", text=text.render(merged))
        except LoadError as error:
            raise MergeConfigException(str(error)) from None

    def load_replace_candidate(
        self, filename: str | None = None, config: str | None = None
    ) -> None:
        """Take the text as the whole configuration, links included."""
        content = _content(filename, config)
        try:
            self.agent.call("load", text=text.render(text.parse(content)))
        except LoadError as error:
            raise ReplaceConfigException(str(error)) from None

    def compare_config(self) -> str:
        """Show what the candidate changes; empty when nothing."""
        try:
            return changes.render(self.agent.call("compare"))
        except LoadError:
            return ""

    def commit_config(self, message: str = "", revert_in: int | None = None) -> None:
        """Apply the candidate; with revert_in the router takes it back unless confirmed."""
        if revert_in is not None and revert_in < 1:
            raise CommandErrorException("revert_in is a number of seconds, 1 or more")
        record = self.agent.call("commit", message=message, revert_in=revert_in)
        self.pending = None if revert_in is None else record

    def confirm_commit(self) -> None:
        """Keep the pending commit, and save it."""
        self.agent.call("confirm")
        self.pending = None

    def has_pending_commit(self) -> bool:
        """Whether a commit awaits its confirmation; `pending` tells whose and until when."""
        self.pending = self.agent.call("pending")
        return self.pending is not None

    def rollback(self) -> None:
        """Take the pending commit back, else the last confirmed one."""
        force = bool(self.optional_args.get("force_rollback"))
        self.agent.call("rollback", force=force, identity=self.pending and self.pending["id"])
        self.pending = None

    def discard_config(self) -> None:
        """Forget the candidate and release the lock."""
        self.agent.call("discard")

    def get_config(
        self,
        retrieve: str = "all",
        full: bool = False,  # noqa: FBT001, FBT002 - NAPALM's signature
        sanitized: bool = False,  # noqa: FBT001, FBT002
        format: str = "text",  # noqa: A002
    ) -> Any:
        """Return configurations, links first; FRR has no fuller form with defaults."""
        del full, format
        found = self.agent.call("configurations")
        result = {"running": "", "startup": "", "candidate": ""}
        for name in result:
            if retrieve in {"all", name} and found[name]:
                content = text.render(text.parse(found[name]))
                result[name] = mask(content) if sanitized else content
        return result

    def cli(self, commands: list[str], encoding: str = "text") -> Any:
        """Give show commands to vtysh."""
        if not isinstance(commands, list):
            raise TypeError("commands is a list of show commands")
        if encoding != "text":
            raise NotImplementedError(f"encoding {encoding}: ask for `... json` in the command")
        return told(dict(zip(commands, self.agent.vtysh(*commands), strict=True)))


def _this_process() -> str:
    return f"{getpass.getuser()}@{socket.gethostname()} (process {os.getpid()})"


def _content(filename: str | None, config: str | None) -> str:
    if filename:
        return Path(filename).read_text(encoding="utf-8")
    return config or ""
