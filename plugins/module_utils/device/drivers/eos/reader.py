# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# mypy: disable-error-code="no-untyped-call"
"""What a router with EOS is asked, and told in one command, over eAPI."""

from __future__ import annotations

from typing import Any

from napalm.base.exceptions import CommandErrorException
from napalm.eos import EOSDriver as NapalmEOSDriver
from pyeapi.eapilib import CommandError  # type: ignore[import-untyped]


class EOSReader(NapalmEOSDriver):
    """NAPALM's driver, as far as it reads."""

    device: Any  # pyeapi's node

    def is_alive(self) -> Any:
        """Ask the router: eAPI has no connection that would tell."""
        try:
            self._run_commands(["show hostname"])
        except Exception:  # noqa: BLE001 - however it fails, it does not answer
            return {"is_alive": False}
        return {"is_alive": True}

    def get_bgp_neighbors(self) -> Any:
        """Return all BGP sessions; none where no BGP runs."""
        try:
            return super().get_bgp_neighbors()
        except CommandError as error:
            if "inactive" in str(error):
                return {}
            raise

    def cli(self, commands: list[str], encoding: str = "text") -> Any:
        """Give show commands; an error has the router's words, which NAPALM leaves out."""
        if encoding not in {"text", "json"}:
            raise NotImplementedError(f"encoding {encoding}: text or json")
        try:
            answers = [self._run_commands([each], encoding=encoding)[0] for each in commands]
        except CommandError as error:
            raise CommandErrorException(error.error_text) from None
        told = answers if encoding == "json" else [each["output"] for each in answers]
        return dict(zip(commands, told, strict=True))

    def show(self, command: str) -> dict[str, Any]:
        """Return the answer to a show command as data."""
        answer: dict[str, Any] = self._run_commands([command])[0]
        return answer

    def _running(self) -> str:
        text: str = self.get_config(retrieve="running")["running"]
        # A head of comments tells the time of the command in some releases.
        return "\n".join(line for line in text.splitlines() if not line.startswith("!"))

    def _do(self, command: str) -> None:
        """Give a command whose answer is text; a complaint in it is an error."""
        text = str(self._run_commands([command], encoding="text")[0].get("output", ""))
        found = [line.strip() for line in text.splitlines() if line.lstrip().startswith("%")]
        if found:
            raise CommandErrorException(f"{command}: {'; '.join(found)}")
