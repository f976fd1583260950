# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# mypy: disable-error-code="no-untyped-call"
"""What a router with IOS or IOS-XE is asked."""

from __future__ import annotations

from typing import Any

from napalm.base.exceptions import CommandErrorException
from napalm.ios import IOSDriver as NapalmIOSDriver

from ..show import forbidden, told
from .uptimes import Uptimes


class IOSReader(NapalmIOSDriver):
    """NAPALM's driver, as far as it reads."""

    def __init__(
        self,
        hostname: str,
        username: str,
        password: str,
        timeout: int = 60,
        optional_args: dict[str, Any] | None = None,
    ) -> None:
        """Take NAPALM's parameters."""
        super().__init__(hostname, username, password, timeout, optional_args)
        self._uptimes = Uptimes()

    def show(self, command: str) -> str:
        """Give one show command."""
        return str(self._send_command(command))

    def cli(self, commands: list[str], encoding: str = "text") -> Any:
        """Give show commands; one that the router does not take is an error."""
        return told(super().cli(commands, encoding))

    def _send_command(self, command: str | list[str]) -> str:
        """Give a command; what the user may not ask is no empty answer."""
        answer: str = super()._send_command(command)
        if words := forbidden(answer):
            raise CommandErrorException(f"{command}: {words}")
        return answer

    def get_bgp_neighbors(self) -> Any:
        """Return all BGP sessions, their uptimes to the second; none where there is no neighbor."""
        if "Neighbor" not in self.show("show bgp all summary"):
            return {}
        tables = super().get_bgp_neighbors()
        for vrf, table in tables.items():
            for address, peer in table["peers"].items():
                peer["uptime"] = self._uptimes.steady((vrf, address), peer["uptime"])
        return tables
