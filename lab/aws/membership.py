# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ports are ordered, join a LAG, and leave it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from . import carriers, encryption, orders, tags
from .errors import ClientError

if TYPE_CHECKING:
    from .orders import Order
    from .request import Request
    from .state import Connection, Lag


def order_port(request: Request, order: Order, kind: str, name: str) -> Connection:
    """Order one port, as a member of a LAG if the request names one; `kind` is what it is named."""
    wanted = request.parameters
    orders.check_name(kind, name)
    lag = carriers.find_lag(request, wanted["lagId"]) if "lagId" in wanted else None
    if lag is not None:
        orders.check_fits(request, lag, order)
        order = replace(order, device=lag.device)
    orders.check(request, order)
    made = orders.place(request, order, name, tags.read(wanted.get("tags")))
    if lag is not None:
        lag.interconnect = lag.interconnect or made.interconnect
        join(request, lag, made)
    return made


def join(request: Request, lag: Lag, connection: Connection) -> None:
    """Make a port a member: what rode on it rides on the LAG, the LAG's keys replace its own."""
    for interface in carriers.interfaces_on(request, connection.id):
        interface.connection_id = lag.id
    for hosted in carriers.hosted_on(request, connection.id):
        hosted.parent_id = lag.id
    lag.connection_ids.append(connection.id)
    lag.first_light_at = lag.first_light_at or connection.first_light_at
    connection.lag_id = lag.id
    connection.interconnect = connection.interconnect or lag.interconnect
    connection.macsec_keys.clear()
    _interrupt(request, connection)


def leave(request: Request, lag: Lag, connection: Connection) -> None:
    """Make a member a port of its own again; what rides on the LAG stays there."""
    check_may_leave(request, connection)
    lag.connection_ids.remove(connection.id)
    connection.lag_id = None
    connection.encryption_mode = lag.encryption_mode
    connection.macsec_keys = [replace(key) for key in encryption.keys(request.world, lag)]
    _interrupt(request, connection)


def _interrupt(request: Request, connection: Connection) -> None:
    """Take a port's light for a moment, as AWS does when it moves the port."""
    connection.interrupted_at = request.world.now
    request.world.nudge()


def check_may_leave(request: Request, connection: Connection) -> None:
    """Refuse to take a member from a LAG that would then have too few; the last may go.

    Raises:
        ClientError: The LAG needs this one.
    """
    lag = request.ledger.lags.get(connection.lag_id or "")
    if lag is None:
        return
    others = [member for member in lag.connection_ids if member != connection.id]
    lit = carriers.lit_members(request.world, lag, request.light)
    remaining = [member for member in lit if member.id != connection.id]
    falls = len(lit) >= lag.minimum_links > len(remaining)
    if others and (falls or len(others) < lag.minimum_links):
        raise ClientError(
            f"Connection {connection.id} cannot be disassociated: LAG {lag.id} would fall below "
            f"its minimum number of operational connections ({lag.minimum_links})."
        )
