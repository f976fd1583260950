# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the lab asks of the model beside AWS's own API: everything under /_lab/.

GET  health        {"status": "ok", "seeded": bool}
GET  connections   [{"name", "id", "account", "region", "location", "state", "aws_port"}]
    GET, POST, DELETE faults   list, put one in force (see faults.Fault), heal all
GET  held          the operations whose call a fault keeps waiting at this moment
POST seed          {"account", "region"}, both optional: ids by Name
POST reset         forget everything, then seed
POST clock         {"advance_seconds": n}: let time pass at once
POST hosted        a partner provisions a hosted connection, to be confirmed by its owner
POST macsec        {"connection": id or name, "ckns": [...]}: the keys of the customer's router
POST tunnels       {"vpn_connection": Name tag or id, "up": n}: so many of its tunnels come up
GET, POST quotas   {"connections_per_location": 5000, ...}: AWS raises them on request
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from . import carriers, hosted, macsec
from .accounts import DEFAULT_ACCOUNT
from .seed import REGION
from .sight import Light

if TYPE_CHECKING:
    from collections.abc import Callable

    from .ec2_loader import Ec2Loader
    from .faults import Faults
    from .world import World

PREFIX = "/_lab/"
# They change nothing that is kept, and answer whatever else the model is about.
_WITHOUT_A_LOCK = ("health", "held", "faults")

Plain = dict[str, Any]


class Control:
    """The control routes of one world."""

    def __init__(self, world: World, faults: Faults, ec2: Ec2Loader) -> None:
        """Serve this world."""
        self._world = world
        self._faults = faults
        self._ec2 = ec2
        self._routes: dict[tuple[str, str], Callable[[Plain], Any]] = {
            ("GET", "health"): self._health,
            ("GET", "connections"): self._connections,
            ("GET", "faults"): lambda _: self._faults.listed(),
            ("GET", "held"): lambda _: self._faults.held(),
            ("POST", "faults"): self._break,
            ("DELETE", "faults"): self._heal,
            ("POST", "seed"): self._seed,
            ("POST", "reset"): self._reset,
            ("POST", "clock"): self._advance,
            ("POST", "hosted"): self._hosted,
            ("POST", "macsec"): self._macsec,
            ("POST", "tunnels"): self._tunnels,
            ("GET", "quotas"): self._quotas,
            ("POST", "quotas"): self._quotas,
        }

    def answer(self, method: str, path: str, body: Plain) -> tuple[int, Any]:
        """Return HTTP status and plain data; what the caller got wrong is a 400 with a reason."""
        subject = path.removeprefix(PREFIX).strip("/")
        route = self._routes.get((method, subject))
        if route is None:
            return 404, {"error": f"{method} {path} is not known"}
        try:
            told = route(body)
        except (KeyError, TypeError, ValueError) as error:
            return 400, {"error": f"{type(error).__name__}: {error}"}
        if subject not in _WITHOUT_A_LOCK:
            with self._world.lock:
                self._world.keep()
        return 200, told

    def _health(self, _: Plain) -> Plain:
        return {"status": "ok", "seeded": self._ec2.is_ready}

    def _connections(self, _: Plain) -> list[Plain]:
        """List what has a port of its own: what can be patched."""
        world = self._world
        with world.lock:
            light = Light(cables=world.cables(), dark_ports=world.look().dark_ports)
            return [
                {
                    "name": connection.name,
                    "id": connection.id,
                    "account": connection.account,
                    "region": connection.region,
                    "location": connection.location,
                    "aws_port": world.aws_port(connection),
                    "state": carriers.state_in(world, connection, light),
                }
                for connection in world.connections()
                if connection.parent_id is None
            ]

    def _break(self, body: Plain) -> list[Plain]:
        self._faults.add(body)
        return self._faults.listed()

    def _heal(self, _: Plain) -> list[Plain]:
        self._faults.clear()
        return []

    def _seed(self, body: Plain) -> dict[str, str]:
        account, region = body.get("account", DEFAULT_ACCOUNT), body.get("region", REGION)
        self._ec2.wait()
        with self._world.lock:
            return self._ec2.seed(account, region)

    def _reset(self, _: Plain) -> Plain:
        self._ec2.wait()  # not within the lock, which the loading of EC2 takes
        with self._world.lock:
            self._world.reset()
            self._faults.clear()
            self._ec2.reset()
        self._world.nudge()
        return {"status": "ok"}

    def _advance(self, body: Plain) -> Plain:
        self._world.clock.advance(float(body["advance_seconds"]))
        self._world.nudge()
        return {"now": self._world.now}

    def _hosted(self, body: Plain) -> Plain:
        with self._world.lock:
            return hosted.provision(self._world, body)

    def _quotas(self, body: Plain) -> Plain:
        with self._world.lock:
            self._world.quotas.change(body)
            return asdict(self._world.quotas)

    def _tunnels(self, body: Plain) -> list[str]:
        from .vpn_telemetry import bring_up  # noqa: PLC0415 - moto's EC2 takes a second

        self._ec2.wait()
        with self._world.lock:
            return bring_up(self._world, body["vpn_connection"], int(body["up"]))

    def _macsec(self, body: Plain) -> Plain:
        with self._world.lock:
            told = macsec.load_router(self._world, body)
        self._world.nudge()
        return told
