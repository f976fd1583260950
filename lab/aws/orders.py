# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An order of ports: what is checked, and on which AWS device they end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import carriers, locations
from .errors import ClientError
from .ids import new_id
from .state import Connection

if TYPE_CHECKING:
    from .locations import Location
    from .request import Request
    from .state import Lag

NAME = re.compile(r"[\w \-_,/]{1,200}", re.ASCII)
MEMBERS_AT_MOST = {"1Gbps": 4, "10Gbps": 4, "100Gbps": 2, "400Gbps": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Ports of one kind at one location; `device`: where they must end, None: anywhere there."""

    location: str
    bandwidth: str
    provider: str | None
    macsec: bool
    billing_mode: str = "PayAsYouGo"
    interconnect: bool = False
    ports: int = 1
    device: str | None = None


def read(request: Request, bandwidth: str) -> Order:
    """Return the order that the request's parameters tell."""
    wanted = request.parameters
    return Order(
        location=wanted["location"],
        bandwidth=bandwidth,
        provider=wanted.get("providerName"),
        macsec=bool(wanted.get("requestMACSec")),
        billing_mode=wanted.get("billingMode", "PayAsYouGo"),
    )


def check_name(kind: str, name: str) -> None:
    """Refuse a name that AWS does not take; `kind` is what it names."""
    if not NAME.fullmatch(name):
        raise ClientError(f"{kind} name {name!r} is not valid.")


def check(request: Request, order: Order) -> None:
    """Refuse what the location does not offer, and what is beyond the quota."""
    location = find_location(order.location)
    if order.bandwidth not in location.port_speeds:
        raise ClientError(f"Bandwidth {order.bandwidth} is not available at {location.code}.")
    if order.macsec and order.bandwidth not in location.macsec_port_speeds:
        raise ClientError(f"MACsec is not available for {order.bandwidth} at {location.code}.")
    if order.provider is not None and order.provider not in location.providers:
        raise ClientError(f"Provider {order.provider} is not available at {location.code}.")
    quotas = request.world.quotas
    allowed = (
        quotas.interconnects_per_location if order.interconnect else quotas.connections_per_location
    )
    present = [c for c in _ports_at(request, location) if c.interconnect == order.interconnect]
    if len(present) + order.ports > allowed:
        kind = "interconnects" if order.interconnect else "connections"
        raise ClientError(
            f"You have reached the maximum number of {kind} ({allowed}) "
            f"at location {location.code}."
        )


def find_location(code: str) -> Location:
    """Return the location; raises when there is none."""
    found = locations.LOCATIONS.get(code)
    if found is None:
        raise ClientError(f"Location {code} is not valid.")
    return found


def _ports_at(request: Request, location: Location) -> list[Connection]:
    """Return the account's ports at a location; hosted connections have none of their own."""
    return [
        connection
        for connection in request.ledger.connections.values()
        if connection.location == location.code
        and connection.deleted_at is None
        and not connection.hosted_vlan
    ]


def pick_device(request: Request, order: Order) -> str:
    """Return the AWS device that the ports end on: in turn, so that two ports are on two."""
    if order.device:
        return order.device
    location = find_location(order.location)
    return location.devices[len(_ports_at(request, location)) % len(location.devices)]


def place(request: Request, order: Order, name: str, tags: dict[str, str]) -> Connection:
    """Add one port of a checked order to the ledger."""
    connection = Connection(
        id=new_id("dxcon"),
        name=name,
        account=request.account,
        region=request.region,
        location=order.location,
        bandwidth=order.bandwidth,
        device=pick_device(request, order),
        created_at=request.world.now,
        provider=order.provider,
        billing_mode=order.billing_mode,
        macsec=order.macsec,
        encryption_mode="should_encrypt" if order.macsec else "no_encrypt",
        tags=tags,
        interconnect=order.interconnect,
    )
    request.ledger.connections[connection.id] = connection
    return connection


def check_fits(request: Request, lag: Lag, port: Connection | Order) -> None:
    """Refuse a port that cannot be a member of a LAG; `port`: present, or about to be ordered."""
    name = port.id if isinstance(port, Connection) else "the new connection"
    if port.location != lag.location or (port.device or lag.device) != lag.device:
        raise ClientError(
            f"Connection {name} and LAG {lag.id} are not on the same Direct Connect endpoint."
        )
    if port.bandwidth != lag.bandwidth:
        raise ClientError(
            f"The bandwidth {port.bandwidth} of connection {name} does not match "
            f"the bandwidth {lag.bandwidth} of LAG {lag.id}."
        )
    if port.macsec != lag.macsec:
        raise ClientError(f"Connection {name} and lag should be requested MacSec at the same time")
    if len(carriers.members(request.world, lag)) >= MEMBERS_AT_MOST[lag.bandwidth]:
        raise ClientError(
            f"You have reached the maximum number of connections "
            f"({MEMBERS_AT_MOST[lag.bandwidth]}) in LAG {lag.id}."
        )
