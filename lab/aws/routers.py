# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The AWS routers follow the model: one thread compares what they shall carry with what they do."""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from . import router_shell
from .desired import router_states
from .router_remains import remaining_interfaces, remains
from .router_shell import RouterError
from .router_state import RouterState
from .router_text import commands, retired
from .sight import Sight

if TYPE_CHECKING:
    from .world import World

LOG = logging.getLogger(__name__)
TICK_SECONDS = 0.2
# A router that cannot be reached or that refuses is left in peace for so long.
PAUSE_SECONDS = 1.0
# A burst of Describe calls sees one look: short enough that no poll is told stale news for long.
LOOK_SECONDS = 0.2


class Routers:
    """Control and sight of the lab's AWS routers; without a lab there are none."""

    def __init__(self, world: World) -> None:
        """Follow this world."""
        self._world = world
        self._applied: dict[str, RouterState] = {}
        self._paused_until: dict[str, float] = {}
        self._wake = threading.Event()
        self._look_lock = threading.Lock()
        self._bring_lock = threading.Lock()
        self._seen: tuple[float, Sight] = (0.0, Sight())

    def start(self) -> None:
        """Follow the model from now on, in the background."""
        threading.Thread(target=self._follow, name="routers", daemon=True).start()

    def nudge(self) -> None:
        """Something has changed: look at once."""
        self._wake.set()

    def _follow(self) -> None:
        while True:
            self._wake.wait(TICK_SECONDS)
            self._wake.clear()
            try:
                if self._world.virtual_interfaces():
                    # What AWS announces over those of an earlier life is EC2's to tell.
                    self._world.wait_for_ec2()
                self.reconcile()
            except Exception:
                LOG.exception("the routers could not be brought in line")

    def reconcile(self) -> None:
        """Bring every router to what it shall carry; one that fails is tried again next time."""
        if self._world.lags():
            # Which member carries a LAG hangs on the light at this moment.
            self.look()
        with self._world.lock:
            desired = router_states(self._world)
        for router, state in desired.items():
            if time.monotonic() < self._paused_until.get(router, 0.0):
                continue
            try:
                with self._bring_lock:
                    self._bring(router, state)
            except RouterError as error:
                self._applied.pop(router, None)
                self._paused_until[router] = time.monotonic() + PAUSE_SECONDS
                LOG.warning("%s", error)

    def _bring(self, router: str, state: RouterState) -> None:
        if router not in self._applied:
            self._clear(router)
            self._applied[router] = RouterState()
        before = self._applied[router]
        if before == state:
            return
        lab = self._world.state_directory
        for interface in state.interfaces:
            router_shell.add_link(lab, router, interface)
        router_shell.configure(lab, router, commands(before, state))
        self._retire(router, retired(before, state))
        self._applied[router] = state

    def _clear(self, router: str) -> None:
        """Remove what an earlier life of the model left on the router."""
        lab = self._world.state_directory
        running = router_shell.running_configuration(lab, router)
        router_shell.configure(lab, router, remains(running))
        self._retire(router, remaining_interfaces(running))

    def _retire(self, router: str, interfaces: list[str]) -> None:
        lab = self._world.state_directory
        for name in interfaces:
            router_shell.remove_link(lab, router, name)
        router_shell.configure(lab, router, "".join(f"no interface {n}\n" for n in interfaces))

    def look(self) -> Sight:
        """Return what is seen on all routers that carry anything, at most LOOK_SECONDS old."""
        with self._look_lock:
            seen_at, sight = self._seen
            if time.monotonic() - seen_at >= LOOK_SECONDS:
                sight = self._look()
                self._seen = (time.monotonic(), sight)
                self._world.dark_ports = sight.dark_ports
            return sight

    def _look(self) -> Sight:
        ports: dict[str, list[str]] = {}
        for connection in self._world.connections():
            if connection.first_light_at is not None and connection.aws_port:
                router, _, port = connection.aws_port.partition(":")
                ports.setdefault(router, []).append(port)
        if not ports:
            return Sight()
        with ThreadPoolExecutor(max_workers=len(ports)) as pool:
            looks = list(pool.map(lambda item: self._look_at(*item), ports.items()))
        return Sight(
            routers=frozenset().union(*(look.routers for look in looks)),
            dark_ports=frozenset().union(*(look.dark_ports for look in looks)),
            sessions={name: state for look in looks for name, state in look.sessions.items()},
        )

    def _look_at(self, router: str, ports: list[str]) -> Sight:
        applied = self._applied.get(router, RouterState())
        try:
            lit, summary = router_shell.look_at(self._world.state_directory, router, ports)
        except (RouterError, ValueError) as error:
            LOG.warning("%s", error)
            return Sight(dark_ports=frozenset(f"{router}:{port}" for port in ports))
        sessions = {
            f"{router}:{neighbor}": str(peer.get("state"))
            for family in summary.values()
            for neighbor, peer in family.get("peers", {}).items()
        }
        self._forget_if_lost(router, applied, sessions)
        dark = frozenset(f"{router}:{port}" for port, light in lit.items() if not light)
        return Sight(routers=frozenset({router}), dark_ports=dark, sessions=sessions)

    def _forget_if_lost(self, router: str, carried: RouterState, sessions: dict[str, str]) -> None:
        """Have a router configured anew that has lost our sessions, as after a restart.

        Args:
            router: The router that was looked at.
            carried: What had been applied to it before the look.
            sessions: What the look found.
        """
        ours = {f"{router}:{peer.neighbor}" for each in carried.interfaces for peer in each.peers}
        if not ours - set(sessions) or not self._bring_lock.acquire(blocking=False):
            return
        try:
            # A change that was made during the look explains the difference.
            if self._applied.get(router) is carried:
                self._applied.pop(router)
                self.nudge()
        finally:
            self._bring_lock.release()
