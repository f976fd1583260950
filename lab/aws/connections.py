# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Locations and connections: the order, its states, its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import carriers, lifecycle, locations, macsec, membership, orders, wording
from .errors import ClientError
from .request import Answer, Request, operation

if TYPE_CHECKING:
    from .state import Connection


@operation("DescribeLocations")
def describe_locations(_request: Request) -> Answer:
    """Return every location; AWS lists those of all Regions."""
    return {"locations": [locations.describe(each) for each in locations.LOCATIONS.values()]}


@operation("CreateConnection")
def create_connection(request: Request) -> Answer:
    """Order a port, as a member of a LAG if one is named."""
    wanted = request.parameters
    order = orders.read(request, wanted["bandwidth"])
    made = membership.order_port(request, order, "Connection", wanted["connectionName"])
    return wording.connection(request, made)


@operation("DescribeConnections")
def describe_connections(request: Request) -> Answer:
    """Return the account's connections in the Region, the lately deleted too, by pages."""
    wanted = request.parameters.get("connectionId")
    if wanted is not None:
        found = [find(request, wanted, deleted=True)]
    else:
        found = [c for c in request.ledger.connections.values() if _listed(request, c)]
    return request.page("connections", found, lambda c: wording.connection(request, c))


def _listed(request: Request, connection: Connection) -> bool:
    world = request.world
    return not connection.interconnect and lifecycle.listed(
        connection.deleted_at, world.now, world.delays
    )


@operation("UpdateConnection")
def update_connection(request: Request) -> Answer:
    """Rename, or change the encryption mode of a port with MACsec."""
    connection = _find_port(request, request.parameters["connectionId"])
    mode = request.parameters.get("encryptionMode")
    if mode is not None:
        macsec.check_mode(request, connection, mode)
    if "connectionName" in request.parameters:
        orders.check_name("Connection", request.parameters["connectionName"])
        connection.name = request.parameters["connectionName"]
    if mode is not None:
        connection.encryption_mode = mode
        request.world.nudge()
    return wording.connection(request, connection)


@operation("DeleteConnection")
def delete_connection(request: Request) -> Answer:
    """Give the port back; refused while virtual interfaces or hosted connections are on it."""
    connection = find(request, request.parameters["connectionId"], as_partner=True)
    give_back(request, connection)
    return wording.connection(request, connection)


def give_back(request: Request, connection: Connection) -> None:
    """Delete a port or a hosted connection; an unconfirmed one becomes rejected."""
    if carriers.interfaces_on(request, connection.id):
        raise ClientError(
            f"Connection {connection.id} cannot be deleted until its Virtual Interfaces are deleted"
        )
    if carriers.hosted_on(request, connection.id):
        raise ClientError(
            f"Connection {connection.id} cannot be deleted until its hosted connections are deleted"
        )
    if connection.lag_id:
        membership.leave(request, carriers.find_lag(request, connection.lag_id), connection)
    connection.rejected = connection.awaits_confirmation and connection.account == request.account
    connection.deleted_at = request.world.now
    connection.aws_port = None
    request.world.nudge()


@operation("UpdateConnectionsBillingMode")
def update_billing_mode(request: Request) -> Answer:
    """Bill ports in another way: all of those named, or none."""
    named = request.parameters["connectionIds"]
    mode = request.parameters["billingMode"]
    found = [find(request, connection_id) for connection_id in dict.fromkeys(named)]
    for connection in found:
        if connection.hosted_vlan:
            raise ClientError(f"Connection {connection.id} is a hosted connection.")
        location = locations.LOCATIONS[connection.location]
        if connection.bandwidth not in locations.billing_modes(location).get(mode, ()):
            raise ClientError(
                f"Billing mode {mode} is not available for {connection.bandwidth} "
                f"at {connection.location}."
            )
    for connection in found:
        connection.billing_mode = mode
    return {
        "billingMode": mode,
        "connections": [wording.connection(request, connection) for connection in found],
    }


def find(
    request: Request, connection_id: str, *, deleted: bool = False, as_partner: bool = False
) -> Connection:
    """Return the account's connection; `as_partner`: also one that it hosts for a customer.

    Raises:
        ClientError: There is none, in the text that clients match on.
    """
    if as_partner:
        found = request.world.find_connection(connection_id)
        if found is not None and found.deleted_at is None and _hosts(request, found):
            return found
    found = _find_port(request, connection_id, deleted=deleted)
    if found.interconnect:
        raise ClientError(f"Could not find Connection with ID {connection_id}")
    return found


def _hosts(request: Request, connection: Connection) -> bool:
    parent = carriers.parent_of(request.world, connection)
    return parent is not None and parent.account == request.account


def _find_port(request: Request, connection_id: str, *, deleted: bool = False) -> Connection:
    """Return the account's connection or interconnect."""
    found = request.ledger.connections.get(connection_id)
    late = found is not None and found.deleted_at is not None
    if found is None or (late and not (deleted and _listed(request, found))):
        raise ClientError(f"Could not find Connection with ID {connection_id}")
    return found


def state(request: Request, connection: Connection) -> str:
    """Return the connection's state at this moment."""
    return carriers.state(request, connection)
