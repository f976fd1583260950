# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is read from a router, masked."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from . import quiet
from .drained import drained, shut
from .login import Login
from .masking import mask, without_secrets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# What a router is asked for beside NAPALM's getters.
_OURS = {"drained": drained, "shut": shut}


class Reader(Login):
    """A session that changes nothing."""

    def facts(self, getters: Sequence[str]) -> dict[str, Any]:
        """Run getters by their names without `get_`; adds `taken_at`, seconds since 1970.

        Secrets that have fields of their own are hidden.

        `drained` is one of ours: the owners whose way carries no traffic; and so is `shut`, those
        whose sessions are down by the router's own will.
        """
        result: dict[str, Any] = {}
        for name in getters:
            with self._explained():
                if name == "config":
                    found = self.driver.get_config(sanitized=True)
                    result[name] = {key: mask(text, self._keys) for key, text in found.items()}
                elif name in _OURS:
                    known = bool(self.platform.language)
                    result[name] = _OURS[name](self.platform, self._running()) if known else []
                else:
                    result[name] = without_secrets(getattr(self.driver, f"get_{name}")())
        # Read last: who compares uptimes later must not expect more of them than there can be.
        return {**result, "taken_at": time.time()}

    def run(self, commands: list[str]) -> dict[str, str]:
        """Give show commands to the router."""
        with self._explained():
            answers = self.driver.cli(commands)
        return {command: mask(text, self._keys) for command, text in answers.items()}

    def ping(self, destination: str, options: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Ping from the router; options are NAPALM's (source, count, size...)."""
        with self._explained():
            answer: dict[str, Any] = self.driver.ping(destination, **dict(options or {}))
        return answer

    def pending(self) -> dict[str, Any] | None:
        """Return the pending commit, as far as the platform tells: owner, since, deadline."""
        with self._explained():
            try:
                if not self.driver.has_pending_commit():
                    return None
            except NotImplementedError:
                return None
            record = getattr(self.driver, "pending", None) or {}
        return {name: record.get(name) for name in ("owner", "since", "deadline")}

    def _running(self) -> str:
        form = self.platform.running_format
        return str(self.driver.get_config(retrieve="running", format=form)["running"])

    def quiet(
        self,
        interfaces: Sequence[str],
        *,
        packets_per_second: float = 20.0,
        interval: float = 5.0,
        timeout: float = 120.0,
    ) -> list[dict[str, Any]]:
        """Wait until interfaces carry next to nothing; see `quiet`."""
        with self._explained():
            return quiet.wait(
                self.driver,
                interfaces,
                packets_per_second=packets_per_second,
                interval=interval,
                timeout=timeout,
            )
