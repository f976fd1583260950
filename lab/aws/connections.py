# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Locations and connections: the order, its states, its end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import carriers, lifecycle, locations, tags
from .clock import as_datetime
from .errors import ClientError
from .ids import new_id
from .request import Answer, Request, operation
from .state import Connection

if TYPE_CHECKING:
    from .locations import Location

NAME = re.compile(r"^[\w \-_,/]{1,200}$")
ACTIVE_PER_LOCATION = 10
RATE_LIMITERS = 10
# Inbound prefixes that the virtual interfaces of a connection share, per family (2026-08).
PREFIX_POOLS = {"1Gbps": 5000, "10Gbps": 5000, "100Gbps": 30000, "400Gbps": 50000}
ENCRYPTION_MODES = ("no_encrypt", "should_encrypt", "must_encrypt")


@operation("DescribeLocations")
def describe_locations(_request: Request) -> Answer:
    """Return every location; AWS lists those of all Regions."""
    return {"locations": [locations.describe(each) for each in locations.LOCATIONS.values()]}


@operation("CreateConnection")
def create_connection(request: Request) -> Answer:
    """Order a port."""
    wanted = request.parameters
    location = _location(wanted["location"])
    _check_order(request, location)
    macsec = bool(wanted.get("requestMACSec"))
    connection = Connection(
        id=new_id("dxcon"),
        name=wanted["connectionName"],
        account=request.account,
        region=request.region,
        location=location.code,
        bandwidth=wanted["bandwidth"],
        device=_device(request, location),
        created_at=request.world.now,
        provider=wanted.get("providerName"),
        billing_mode=wanted.get("billingMode", "PayAsYouGo"),
        macsec=macsec,
        encryption_mode="should_encrypt" if macsec else "no_encrypt",
        tags=tags.read(wanted.get("tags")),
    )
    request.ledger.connections[connection.id] = connection
    return describe(request, connection)


def _location(code: str) -> Location:
    found = locations.LOCATIONS.get(code)
    if found is None:
        raise ClientError(f"Location {code} is not valid.")
    return found


def _check_order(request: Request, location: Location) -> None:
    wanted = request.parameters
    _check_name(wanted["connectionName"])
    if "lagId" in wanted:
        raise ClientError(f"Could not find Lag with ID {wanted['lagId']}")
    if wanted["bandwidth"] not in location.port_speeds:
        raise ClientError(f"Bandwidth {wanted['bandwidth']} is not available at {location.code}.")
    if wanted.get("requestMACSec") and wanted["bandwidth"] not in location.macsec_port_speeds:
        raise ClientError(f"MACsec is not available for {wanted['bandwidth']} at {location.code}.")
    provider = wanted.get("providerName")
    if provider is not None and provider not in location.providers:
        raise ClientError(f"Provider {provider} is not available at {location.code}.")
    if len(_at(request, location.code)) >= ACTIVE_PER_LOCATION:
        raise ClientError(
            f"You have reached the maximum number of connections ({ACTIVE_PER_LOCATION}) "
            f"at location {location.code}."
        )


def _check_name(name: str) -> None:
    if not NAME.match(name):
        raise ClientError(f"Connection name {name!r} is not valid.")


def _at(request: Request, location: str) -> list[Connection]:
    return [
        connection
        for connection in request.ledger.connections.values()
        if connection.location == location and connection.deleted_at is None
    ]


def _device(request: Request, location: Location) -> str:
    return location.devices[len(_at(request, location.code)) % len(location.devices)]


@operation("DescribeConnections")
def describe_connections(request: Request) -> Answer:
    """Return the account's connections in the Region, the lately deleted too, by pages."""
    wanted = request.parameters.get("connectionId")
    if wanted is not None:
        found = [find(request, wanted, deleted=True)]
    else:
        found = [c for c in request.ledger.connections.values() if _listed(request, c)]
    return request.page("connections", found, lambda connection: describe(request, connection))


def _listed(request: Request, connection: Connection) -> bool:
    return lifecycle.listed(connection.deleted_at, request.world.now, request.world.delays)


@operation("UpdateConnection")
def update_connection(request: Request) -> Answer:
    """Rename, or change the encryption mode of a port with MACsec."""
    connection = find(request, request.parameters["connectionId"])
    mode = request.parameters.get("encryptionMode")
    if mode is not None:
        _check_encryption(request, connection, mode)
        connection.encryption_mode = mode
    if "connectionName" in request.parameters:
        _check_name(request.parameters["connectionName"])
        connection.name = request.parameters["connectionName"]
    return describe(request, connection)


def _check_encryption(request: Request, connection: Connection, mode: str) -> None:
    if mode not in ENCRYPTION_MODES:
        raise ClientError(f"Encryption mode {mode} is not valid.")
    if not connection.macsec:
        raise ClientError(f"Connection {connection.id} is not MACsec capable.")
    if state(request, connection) != "available":
        raise ClientError(f"Connection ID {connection.id} is not available.")


@operation("DeleteConnection")
def delete_connection(request: Request) -> Answer:
    """Give the port back; refused while virtual interfaces are on it."""
    connection = find(request, request.parameters["connectionId"])
    if carriers.interfaces_on(request, connection.id):
        raise ClientError(
            f"Connection {connection.id} cannot be deleted until its Virtual Interfaces are deleted"
        )
    connection.deleted_at = request.world.now
    connection.aws_port = None
    request.world.nudge()
    return describe(request, connection)


@operation("ConfirmConnection")
def confirm_connection(request: Request) -> Answer:
    """Accept a hosted connection that a partner has provisioned."""
    connection = find(request, request.parameters["connectionId"])
    if not connection.awaits_confirmation:
        raise ClientError(f"Connection {connection.id} is not in the ordering state.")
    connection.awaits_confirmation = False
    connection.created_at = request.world.now - request.world.delays.order
    return {"connectionState": state(request, connection)}


def find(request: Request, connection_id: str, *, deleted: bool = False) -> Connection:
    """Return the account's connection; raises the service's text when there is none."""
    found = request.ledger.connections.get(connection_id)
    if found is None or (
        found.deleted_at is not None and not (deleted and _listed(request, found))
    ):
        raise ClientError(f"Could not find Connection with ID {connection_id}")
    return found


def state(request: Request, connection: Connection) -> str:
    """Return the connection's state at this moment."""
    return carriers.state(request, connection)


def logical_device(connection: Connection) -> str:
    """Return the logical device that carries the connection's sessions."""
    return f"{connection.device}-1"


def describe(request: Request, connection: Connection) -> Answer:
    """Return a connection as the service words it."""
    answer: Answer = {
        "ownerAccount": connection.account,
        "connectionId": connection.id,
        "connectionName": connection.name,
        "connectionState": state(request, connection),
        "region": connection.region,
        "location": connection.location,
        "bandwidth": connection.bandwidth,
        "vlan": connection.hosted_vlan,
        "partnerName": connection.partner,
        "providerName": connection.provider,
        "jumboFrameCapable": True,
        "awsDevice": connection.device,
        "awsDeviceV2": connection.device,
        "awsLogicalDeviceId": logical_device(connection),
        "hasLogicalRedundancy": "no",
        "tags": tags.write(connection.tags),
        "billingMode": connection.billing_mode,
        **_macsec(connection),
        **_pools(request, connection),
    }
    if connection.loa_issued_at is not None:
        answer["loaIssueTime"] = as_datetime(connection.loa_issued_at)
    return {key: value for key, value in answer.items() if value is not None}


def _macsec(connection: Connection) -> Answer:
    capable = connection.macsec
    return {
        "macSecCapable": capable,
        "portEncryptionStatus": "Encryption Down" if capable else None,
        "encryptionMode": connection.encryption_mode if capable else None,
        "macSecKeys": [],
    }


def _pools(request: Request, connection: Connection) -> Answer:
    size = PREFIX_POOLS.get(connection.bandwidth)
    if size is None:
        return {}
    interfaces = carriers.interfaces_on(request, connection.id)
    limited = sum(1 for interface in interfaces if interface.rate_limit)
    return {
        "prefixPoolSizeIpv4": size,
        "prefixPoolSizeIpv6": size,
        "prefixPoolUnallocatedCountIpv4": size - sum(i.prefixes_ipv4 for i in interfaces),
        "prefixPoolUnallocatedCountIpv6": size - sum(i.prefixes_ipv6 for i in interfaces),
        "rateLimiterStatus": {
            "maxAllowed": RATE_LIMITERS,
            "inUse": limited,
            "remaining": RATE_LIMITERS - limited,
        },
    }
