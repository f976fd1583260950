# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One transaction against the parts of it that nobody can leave out.

The parts are measured on the same routers with the tools that come with the system: a login by
OpenSSH, FRR's own frr-reload.py with the finished configuration (iproute2 for the link, and the
end of bgpd's wait for more route maps), and the time from there until both sessions and their BFD
are up.
"""

from __future__ import annotations

import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ansible_collections.crossconnect.dx.plugins.module_utils.device.session import Session
from tests.fixtures.polling import until

from .field import KEY, KEY_NAME, UP_SECONDS
from .plays import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Callable

    from .field import Field

RELOAD = "/usr/lib/frr/frr-reload.py --reload /tmp/bench.conf >/dev/null 2>&1"
AT_ONCE = (
    "vtysh -c conf -c 'bgp route-map delay-timer 0' -c 'no bgp route-map delay-timer' >/dev/null"
)
LINK = "ip link add link eth1 name eth1.101 type vlan id 101 && ip link set eth1.101 mtu 8500 up"
OWNERS = ["DX-VIF101"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seconds:
    """Seconds by the names of the parts, in their order."""

    parts: dict[str, float]

    @property
    def sum(self) -> float:
        """All of them together."""
        return sum(self.parts.values())

    def __str__(self) -> str:
        """Give the parts and their sum in one line."""
        words = [f"{name} {seconds:.2f}" for name, seconds in self.parts.items()]
        return f"{self.sum:.2f} s ({', '.join(words)})"


def unavoidable(field: Field, router: str) -> Seconds:
    """Measure the parts, and leave the router as it was."""
    timed = _unavoidable(field, router)
    field.clear()
    return Seconds(parts=timed)


def floor(field: Field) -> float:
    """Return the seconds of the parts on all routers at once, and leave them as they were."""
    began = time.monotonic()
    with ThreadPoolExecutor(len(field.routers)) as pool:
        list(pool.map(lambda router: _unavoidable(field, router), field.routers))
    seconds = time.monotonic() - began
    field.clear()
    return seconds


def _unavoidable(field: Field, router: str) -> dict[str, float]:
    wanted = field.candidate(router).replace(PLACEHOLDER, KEY).replace("link eth1.101", "! link")
    field.feed(router, "/tmp/bench.conf", field.base(router) + wanted)  # noqa: S108 - the router's
    timed: dict[str, float] = {}
    _time(timed, "login", lambda: _login(field, router))
    _time(timed, "commit", lambda: field.shell(router, f"{LINK}; {RELOAD}; {AT_ONCE}"))
    _time(timed, "convergence", lambda: converge(field, router))
    return timed


def _login(field: Field, router: str) -> None:
    options = field.options()
    known = f"UserKnownHostsFile={options['alt_key_file']}"
    where = ["-p", str(options["port"]), "-i", options["key_file"], "-o", known]
    command = [
        "ssh",
        *where,
        "-o",
        "StrictHostKeyChecking=yes",
        f"automation@{field.address(router)}",
    ]
    subprocess.run([*command, "true"], check=True, capture_output=True)


def converge(field: Field, router: str) -> None:
    """Wait until both sessions of the router and their BFD are up."""
    words = "vtysh -c 'show bgp summary json' -c 'show bfd peers json'"

    def up() -> bool:
        answer = field.shell(router, words)
        return answer.count('"Established"') == 2 and answer.count('"status":"up"') == 2

    until(up, f"{router}: the sessions", UP_SECONDS, 0.02)


def transaction(field: Field, router: str) -> Seconds:
    """Take a session through what the role does, and leave the router as it was."""
    session = Session(
        platform_name="frr", host=field.address(router), user="automation",
        optional_args=field.options(),
    )  # fmt: skip
    text, keys = field.candidate(router), {KEY_NAME: KEY}
    wanted = [
        {"neighbor": end, "interface": "eth1.101", "name": KEY_NAME, "family": family}
        for end, family in zip(field.neighbors(router), ("ipv4", "ipv6"), strict=True)
    ]
    timed: dict[str, float] = {}
    _time(timed, "login", session.open)
    before: dict[str, object] = {}
    _time(timed, "facts", lambda: before.update(session.facts(["bgp_neighbors", "interfaces"])))
    _time(timed, "load", lambda: session.load(text, keys=keys, mode="owned", owners=OWNERS))
    _time(timed, "commit", lambda: session.commit(revert_in=300))
    _time(timed, "gates", lambda: _gates(session, wanted, before))
    _time(timed, "confirm", session.confirm)
    _time(timed, "compare", lambda: session.load(text, keys=keys, mode="owned", owners=OWNERS))
    session.close()
    field.clear()
    return Seconds(parts=timed)


def _gates(session: Session, wanted: list[dict[str, str]], before: dict[str, object]) -> None:
    outcome = session.check(bgp=wanted, bfd=True, baseline=before, timeout=UP_SECONDS)
    if outcome.problems:
        raise RuntimeError("; ".join(outcome.problems))


def _time(timed: dict[str, float], name: str, work: Callable[[], object]) -> None:
    began = time.monotonic()
    work()
    timed[name] = time.monotonic() - began
