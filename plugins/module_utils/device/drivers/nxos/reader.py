# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# mypy: disable-error-code="no-untyped-call"
"""What a router or switch with NX-OS is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from napalm.base.exceptions import CommandErrorException
from napalm.nxos_ssh import NXOSSSHDriver

from ..ios.answers import clock
from ..ios.uptimes import Uptimes
from ..show import forbidden, told
from . import answers, sessions

if TYPE_CHECKING:
    from datetime import datetime

READ_SECONDS = 60.0  # a large configuration takes its time to print
ROLLBACK_SECONDS = 300.0  # a rollback takes its time on a large configuration


class NXOSReader(NXOSSSHDriver):
    """NAPALM's driver, as far as it reads."""

    device: Any  # netmiko's connection

    def __init__(
        self,
        hostname: str,
        username: str,
        password: str,
        timeout: int = 60,
        optional_args: dict[str, Any] | None = None,
    ) -> None:
        """Take NAPALM's parameters."""
        super().__init__(hostname, username, password, timeout, dict(optional_args or {}))
        self._prompt = ""
        self._uptimes = Uptimes()

    def _send_command(self, command: str, raw_text: bool = False, cmd_verify: bool = True) -> str:  # type: ignore[override]  # noqa: FBT001, FBT002 - NAPALM's signature
        """Give a command; what the user may not ask is no empty answer.

        netmiko need not ask for the prompt first, which does not change.
        """
        del raw_text
        seconds = ROLLBACK_SECONDS if command.startswith("rollback ") else READ_SECONDS
        answer = str(
            self.device.send_command(
                command, cmd_verify=cmd_verify, expect_string=self._prompt, read_timeout=seconds
            )
        )
        if words := forbidden(answer):
            raise CommandErrorException(f"{command}: {words}")
        return answer

    def show(self, command: str) -> str:
        """Give one command that changes nothing of the configuration."""
        return self._send_command(command)

    def cli(self, commands: list[str], encoding: str = "text") -> Any:
        """Give show commands; one that the router does not take is an error."""
        return told(super().cli(commands, encoding))

    def clock(self) -> tuple[datetime, str] | None:
        """Return the router's time and the name of its zone; None where it does not tell."""
        return clock(self.show("show clock"))

    def checkpoints(self) -> dict[str, answers.Checkpoint]:
        """Return the router's checkpoints by their names."""
        return answers.checkpoints(self.show("show checkpoint summary"))

    def get_bgp_neighbors(self) -> Any:
        """Return all BGP sessions of both families, their uptimes to the second."""
        tables = sessions.read(self.show("show bgp all summary vrf all"))
        for vrf, table in tables.items():
            for address, peer in table["peers"].items():
                peer["uptime"] = self._uptimes.steady((vrf, address), peer["uptime"])
        return tables
