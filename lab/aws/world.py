# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole world of the model: all ledgers, the clock, the cables, the sight of the routers."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from . import fabric, lifecycle
from .clock import Clock, Delays
from .quotas import Quotas
from .sight import NOTHING_SEEN
from .state import GLOBAL_REGION, Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from .persistence import Archive
    from .sight import Sight
    from .state import (
        Association,
        Connection,
        FailoverTest,
        Gateway,
        Lag,
        Proposal,
        VirtualInterface,
    )


@dataclass(kw_only=True)
class World:
    """Shared by all requests; whoever reads or writes ledgers holds `lock`."""

    state_directory: Path
    delays: Delays = field(default_factory=Delays)
    clock: Clock = field(default_factory=Clock)
    quotas: Quotas = field(default_factory=Quotas)
    lock: threading.RLock = field(default_factory=threading.RLock)
    archive: Archive | None = None
    look: Callable[[], Sight] = field(default=lambda: NOTHING_SEEN)
    nudge: Callable[[], None] = field(default=lambda: None)
    wait_for_ec2: Callable[[], None] = field(default=lambda: None)
    # Something has happened that no call has asked for, and that is not kept yet.
    is_changed: bool = False
    # Ports that saw no light at the last look.
    dark_ports: frozenset[str] = frozenset()
    _fabric: fabric.Fabric = field(default_factory=fabric.Fabric)
    _fabric_changed_at: float = 0.0
    _dark: set[str] = field(default_factory=set)  # plugged, and without first light yet
    _ledgers: dict[tuple[str, str], Ledger] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Watch the cables of the lab."""
        self._cables = fabric.Cables(self.state_directory)

    @property
    def now(self) -> float:
        """The clock's seconds."""
        return self.clock.now()

    @property
    def fabric(self) -> fabric.Fabric:
        """AWS's side of the lab, read until there is one."""
        changed_at = fabric.changed_at(self.state_directory)
        if not self._fabric.routers and changed_at != self._fabric_changed_at:
            self._fabric = fabric.read_fabric(self.state_directory)
            self._fabric_changed_at = changed_at
        return self._fabric

    def keep(self) -> None:
        """Write all that is held to disk, if this world outlives its process; hold `lock`."""
        if self.archive is not None:
            self.archive.write(self)
        self.is_changed = False

    def put(self, account: str, region: str, ledger: Ledger) -> None:
        """Let an account hold this in a Region."""
        self._ledgers[account, region] = ledger

    def ledger(self, account: str, region: str) -> Ledger:
        """Return what an account holds in a Region."""
        return self._ledgers.setdefault((account, region), Ledger())

    def reset(self) -> None:
        """Forget all that anybody holds."""
        self._ledgers.clear()
        self._dark = set(self._cables.plugged)
        self.quotas = Quotas()

    def ledgers(self) -> Iterator[tuple[str, str, Ledger]]:
        """Go through all accounts and Regions."""
        for (account, region), ledger in list(self._ledgers.items()):
            yield account, region, ledger

    def find_gateway(self, virtual_interface: VirtualInterface) -> Gateway | None:
        """Return the gateway that a virtual interface hangs on."""
        gateways = self.ledger(virtual_interface.account, GLOBAL_REGION).gateways
        return gateways.get(virtual_interface.gateway_id or "")

    def connections(self) -> list[Connection]:
        """Return every connection that nobody has deleted."""
        return [
            connection
            for _, _, ledger in self.ledgers()
            for connection in list(ledger.connections.values())
            if connection.deleted_at is None
        ]

    def find_connection(self, connection_id: str) -> Connection | None:
        """Return the connection with this id in whichever account."""
        for _, _, ledger in self.ledgers():
            if connection_id in ledger.connections:
                return ledger.connections[connection_id]
        return None

    def find_carrier(self, carrier_id: str) -> Connection | Lag | None:
        """Return the connection or the LAG with this id in whichever account."""
        for _, _, ledger in self.ledgers():
            if carrier_id in ledger.lags:
                return ledger.lags[carrier_id]
        return self.find_connection(carrier_id)

    def lags(self) -> list[Lag]:
        """Return every LAG that nobody has deleted."""
        return [
            lag
            for _, _, ledger in self.ledgers()
            for lag in list(ledger.lags.values())
            if lag.deleted_at is None
        ]

    def virtual_interfaces(self) -> list[VirtualInterface]:
        """Return every virtual interface of all accounts, the deleted ones too."""
        return [
            v for _, _, ledger in self.ledgers() for v in list(ledger.virtual_interfaces.values())
        ]

    def associations(self) -> list[Association]:
        """Return every association of all accounts, the deleted ones too."""
        return [a for _, _, ledger in self.ledgers() for a in list(ledger.associations.values())]

    def associations_of(self, gateway_id: str) -> list[Association]:
        """Return the associations of a gateway that nobody has deleted."""
        return [
            association
            for association in self.associations()
            if association.gateway_id == gateway_id and association.deleted_at is None
        ]

    def proposals(self) -> list[Proposal]:
        """Return every association proposal of all accounts, the settled ones too."""
        return [p for _, _, ledger in self.ledgers() for p in list(ledger.proposals.values())]

    def running_test(self, virtual_interface: VirtualInterface) -> FailoverTest | None:
        """Return the failover test that holds the virtual interface down right now."""
        for _, _, ledger in self.ledgers():
            for test in ledger.tests:
                mine = test.virtual_interface_id == virtual_interface.id
                if mine and test.ended_at(self.now) is None:
                    return test
        return None

    def cables(self) -> dict[str, str]:
        """Return the plugged cables: connection id to AWS's port; remembers the first light."""
        if self._cables.read():
            self._dark = set(self._cables.plugged)
        self._dark -= {each for each in self._dark if self._is_lit_up(each)}
        return self._cables.plugged

    def _is_lit_up(self, connection_id: str) -> bool:
        """Give a plugged port its first light once it is ready; tell whether it has it."""
        connection = self.find_connection(connection_id)
        if connection is None:
            return False
        ready = lifecycle.connection_state(
            connection, self.now, self.delays, lit=True, was_lit=False
        )
        if ready != "available":
            return False
        connection.first_light_at = connection.first_light_at or self.now
        connection.aws_port = self._cables.plugged[connection_id] or self.aws_port(connection)
        self.is_changed = True
        lag = self.find_carrier(connection.lag_id or "")
        if lag is not None:
            lag.first_light_at = lag.first_light_at or self.now
        return True

    def aws_port(self, connection: Connection) -> str | None:
        """Return a connection's port ("aws-fra:eth1"): the first free one at its location."""
        if connection.aws_port is None:
            ports = self.fabric.ports.get(connection.location, ())
            taken = {other.aws_port for other in self.connections()} if ports else set()
            connection.aws_port = next((port for port in ports if port not in taken), None)
            self.is_changed |= connection.aws_port is not None
        return connection.aws_port
