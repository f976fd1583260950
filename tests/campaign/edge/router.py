# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The router, seen from within: never through the product."""

from __future__ import annotations

import fcntl
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.frr.driver import (
    FRRDriver,
)
from lab.nodes import process_of, run_in
from lab.state import read_json

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ADDRESS, PORT = 11, 2222
LINKS = "ip -br link | grep '@eth1' | grep -v '^eth1@' | cut -d' ' -f1"
UNDECIDED = ("arming", "armed", "reverting", "confirmed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A router's configurations to the byte: what runs, links first, and what is saved."""

    running: str
    saved: str


class Router:
    """The edge router that is changed."""

    def __init__(self, name: str, state: Path, loopback: str) -> None:
        """Know where it is."""
        self.name = name
        self.address = f"{loopback}.{ADDRESS}"
        self._lab = state
        first = process_of(read_json(state / "lab.json"), name).pid
        self._state = state.__class__(f"/proc/{first}/root/var/lib/crossconnect")

    def shell(self, script: str) -> str:
        """Run a script on it, behind the product's back."""
        return run_in(self._lab, self.name, ["sh", "-c", script]).stdout

    def picture(self) -> Picture:
        """Return its configurations, in FRR's and iproute2's own words."""
        running = self.shell(f"{LINKS}; vtysh -c 'show running-config no-header'")
        return Picture(running=running, saved=self.shell("cat /etc/frr/frr.conf"))

    def sessions(self) -> dict[str, int]:
        """Return since when each session is up, in seconds since 1970; FRR errs by one."""
        answer: dict[str, Any] = json.loads(self.shell("vtysh -c 'show bgp neighbors json'"))
        return {
            neighbor: found["bgpTimerUpEstablishedEpoch"]
            for neighbor, found in answer.items()
            if isinstance(found, dict) and found.get("bgpState") == "Established"
        }

    def driver(self, **options: Any) -> FRRDriver:
        """Return a driver that logs in under another name than any run."""
        files = {"key_file": self._lab / "id_ed25519", "alt_key_file": self._lab / "known_hosts"}
        known = {name: str(path) for name, path in files.items()}
        options = {"port": PORT, "alt_host_keys": True, "owner": "the campaign", **known, **options}
        return FRRDriver(self.address, "automation", "", optional_args=options)

    # --- where a transaction is, by the files that the router keeps of it ------------------------

    def logged_in(self) -> bool:
        """Whether a session has begun."""
        return any(self._state.glob("session-*"))

    def locked(self) -> bool:
        """Whether a session holds the lock of the configuration."""
        return _size(self._state / "lock") > 0

    def armed(self) -> bool:
        """Whether the revert timer is in charge of a commit."""
        return (self._state / "armed").exists()

    def applying(self) -> bool:
        """Whether the configuration is being changed at this moment."""
        with (self._state / "applying").open("a", encoding="ascii") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    def at_rest(self) -> bool:
        """Whether the configuration is not being changed at this moment."""
        return not self.applying()

    def confirming(self) -> bool:
        """Whether a commit was confirmed and is being saved."""
        return (self._state / "confirmed").exists()

    def confirmed(self) -> bool:
        """Whether nothing is left of a commit but its effect."""
        return not any((self._state / name).exists() for name in UNDECIDED)

    def remains(self) -> Iterator[str]:
        """Yield what a transaction has left behind that has not come to its end."""
        yield from (name for name in UNDECIDED if (self._state / name).exists())
        if self.applying():
            yield "applying"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
