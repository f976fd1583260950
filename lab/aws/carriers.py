# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a virtual interface can ride on: a connection, or a LAG of some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import encryption, lifecycle
from .errors import ClientError
from .state import Connection, Lag

if TYPE_CHECKING:
    from .request import Request
    from .sight import Light
    from .state import VirtualInterface
    from .world import World

Carrier = Connection | Lag

READY_FOR_INTERFACES = ("available", "down")


def find(request: Request, carrier_id: str, *, deleted: bool = False) -> Carrier:
    """Return the account's connection (interconnects included) or LAG; `deleted`: also a late one.

    Raises:
        ClientError: There is none.
    """
    word, holder = "Connection", request.ledger.connections
    found: Carrier | None = holder.get(carrier_id)
    if carrier_id.startswith("dxlag-"):
        word, found = "Lag", request.ledger.lags.get(carrier_id)
    if found is None or (
        found.deleted_at is not None and not (deleted and _listed(request, found))
    ):
        raise ClientError(f"Could not find {word} with ID {carrier_id}")
    return found


def find_lag(request: Request, lag_id: str, *, deleted: bool = False) -> Lag:
    """Return the account's LAG; raises the service's text when there is none."""
    found = find(request, lag_id, deleted=deleted) if lag_id.startswith("dxlag-") else None
    if not isinstance(found, Lag):
        raise ClientError(f"Could not find Lag with ID {lag_id}")
    return found


def _listed(request: Request, carrier: Carrier) -> bool:
    return lifecycle.listed(carrier.deleted_at, request.world.now, request.world.delays)


def find_for_interfaces(request: Request, carrier_id: str) -> Carrier:
    """Return the account's carrier, which must be able to take a virtual interface now.

    Raises:
        ClientError: There is none, it is not ready, it is a member of a LAG, or it is a partner's,
            whose virtual interfaces belong on hosted connections.
    """
    found = find(request, carrier_id)
    if found.interconnect:
        raise ClientError(f"Virtual Interfaces cannot be created on interconnect {carrier_id}.")
    if isinstance(found, Connection) and found.lag_id:
        raise ClientError(f"Connection {carrier_id} is a member of {found.lag_id}. Use the LAG.")
    if state(request, found) not in READY_FOR_INTERFACES:
        word = "LAG" if isinstance(found, Lag) else "Connection"
        raise ClientError(f"{word} ID {carrier_id} is not available.")
    return found


def state(request: Request, carrier: Carrier) -> str:
    """Return the state at this moment."""
    return state_in(request.world, carrier, request.light)


def state_in(world: World, carrier: Carrier, light: Light) -> str:
    """Return the state under this light."""
    if isinstance(carrier, Lag):
        lit = len(lit_members(world, carrier, light))
        return lifecycle.lag_state(carrier, world.now, world.delays, lit_members=lit)
    return lifecycle.connection_state(
        carrier,
        world.now,
        world.delays,
        lit=is_up(world, carrier, light),
        was_lit=(parent_of(world, carrier) or carrier).first_light_at is not None,
    )


def is_up(world: World, carrier: Carrier, light: Light) -> bool:
    """Tell whether frames pass: there is light, and encryption where it is a must.

    A LAG also needs as many lit members as its minimum, and one at least.
    """
    if isinstance(carrier, Lag):
        return len(lit_members(world, carrier, light)) >= max(1, carrier.minimum_links)
    parent = parent_of(world, carrier)
    if parent is not None:
        return is_up(world, parent, light)
    return light.shines_on(carrier) and not _held_down(world, carrier)


def _held_down(world: World, connection: Connection) -> bool:
    """Tell whether AWS lets nothing pass: it moves the port, or lacks the encryption it asks."""
    moved_at = connection.interrupted_at
    moving = moved_at is not None and world.now - moved_at < world.delays.interruption
    return moving or encryption.blocks(world, connection)


def members(world: World, lag: Lag) -> list[Connection]:
    """Return the connections of a LAG in the order in which they joined."""
    ledger = world.ledger(lag.account, lag.region)
    return [ledger.connections[member] for member in lag.connection_ids]


def lit_members(world: World, lag: Lag, light: Light) -> list[Connection]:
    """Return the members over which frames pass."""
    return [member for member in members(world, lag) if is_up(world, member, light)]


def parent_of(world: World, carrier: Carrier) -> Carrier | None:
    """Return what carries a hosted connection; None: a port of its own does."""
    if isinstance(carrier, Lag) or carrier.parent_id is None:
        return None
    return world.find_carrier(carrier.parent_id)


def port(request: Request, carrier: Carrier) -> str | None:
    """Return the port of AWS's router that carries the VLANs now ("aws-fra:eth1")."""
    return port_in(request.world, carrier, request.light)


def port_in(world: World, carrier: Carrier, light: Light) -> str | None:
    """Return the port that carries the VLANs under this light; None while there is none.

    A LAG's is that of its first lit member; below its minimum it has none. What was plugged once
    stays configured on its port.
    """
    if isinstance(carrier, Lag):
        lit = lit_members(world, carrier, light)
        if len(lit) < carrier.minimum_links:
            return None
        ports = (port_in(world, member, light) for member in [*lit, *members(world, carrier)])
        return next((found for found in ports if found), None)
    parent = parent_of(world, carrier)
    if parent is not None:
        return port_in(world, parent, light)
    if _held_down(world, carrier):
        return None
    return light.cables.get(carrier.id) or (carrier.aws_port if carrier.first_light_at else None)


def logical_device(carrier: Carrier) -> str:
    """Return the logical device that carries the sessions."""
    return f"{carrier.device}-1"


def hosted_vlan(carrier: Carrier) -> int:
    """Return the only VLAN that a hosted connection has; 0: any."""
    return carrier.hosted_vlan if isinstance(carrier, Connection) else 0


def interfaces_on(request: Request, carrier_id: str) -> list[VirtualInterface]:
    """Return the virtual interfaces on a carrier that are not deleted, of whichever account."""
    if request.reads:
        return request.riding.get(carrier_id, [])
    return [
        each
        for each in request.world.virtual_interfaces()
        if each.connection_id == carrier_id and each.deleted_at is None
    ]


def hosted_on(request: Request, carrier_id: str) -> list[Connection]:
    """Return the hosted connections on a carrier that are not deleted, of whichever account."""
    return [each for each in request.world.connections() if each.parent_id == carrier_id]
