# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hosted connections: a partner allocates a part of its port, the customer confirms it.

AWS lets registered partners do so. Here any account is one, on any port or LAG of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from . import carriers, connections, orders, tags, wording
from .accounts import DEFAULT_ACCOUNT
from .errors import ClientError
from .ids import new_id
from .locations import LOCATIONS
from .request import Answer, Request, operation
from .seed import REGION
from .state import Connection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .carriers import Carrier
    from .world import World

# In Mbit/s, by the names that AWS gives them.
SPEEDS = {
    **{f"{speed}Mbps": speed for speed in (50, 100, 200, 300, 400, 500)},
    **{f"{speed}Gbps": speed * 1000 for speed in (1, 2, 5, 10, 25)},
}
ACCOUNT = re.compile(r"\d{12}", re.ASCII)
LARGEST_VLAN = 4094


@operation("AllocateHostedConnection")
def allocate(request: Request) -> Answer:
    """Give a customer a part of a port: a VLAN with a bandwidth, which waits to be confirmed."""
    wanted = request.parameters
    parent = _parent(request, wanted["connectionId"])
    orders.check_name("Connection", wanted["connectionName"])
    _check_bandwidth(parent, wanted["bandwidth"])
    _check_vlan(request, parent, wanted["vlan"])
    owner = wanted["ownerAccount"]
    if not ACCOUNT.fullmatch(owner):
        raise ClientError(f"Account {owner} is not valid.")
    made = Connection(
        id=new_id("dxcon"),
        name=wanted["connectionName"],
        account=owner,
        region=request.region,
        location=parent.location,
        bandwidth=wanted["bandwidth"],
        device=parent.device,
        created_at=request.world.now,
        partner=parent.provider or request.account,
        hosted_vlan=wanted["vlan"],
        awaits_confirmation=True,
        tags=tags.read(wanted.get("tags")),
        parent_id=parent.id,
    )
    request.world.ledger(owner, request.region).connections[made.id] = made
    return wording.connection(request, made)


def _parent(request: Request, carrier_id: str) -> Carrier:
    """Return the port or LAG that can carry hosted connections."""
    parent = carriers.find(request, carrier_id)
    if isinstance(parent, Connection) and parent.lag_id:
        raise ClientError(f"Connection {carrier_id} is a member of {parent.lag_id}. Use the LAG.")
    if carriers.hosted_vlan(parent):
        raise ClientError(f"Connection {carrier_id} is a hosted connection and cannot host others.")
    return parent


def _check_bandwidth(parent: Carrier, bandwidth: str) -> None:
    size = int(parent.bandwidth.removesuffix("Gbps")) * 1000
    if bandwidth not in SPEEDS or SPEEDS[bandwidth] > size:
        raise ClientError(
            f"Bandwidth {bandwidth} is not valid for a hosted connection on {parent.id} "
            f"of {parent.bandwidth}."
        )


def _check_vlan(request: Request, parent: Carrier, vlan: int) -> None:
    if not 1 <= vlan <= LARGEST_VLAN:
        raise ClientError(f"VLAN {vlan} is not valid. The valid range is 1 to {LARGEST_VLAN}.")
    taken = {hosted.hosted_vlan for hosted in carriers.hosted_on(request, parent.id)}
    taken |= {interface.vlan for interface in carriers.interfaces_on(request, parent.id)}
    if vlan in taken:
        raise ClientError(f"VLAN {vlan} is already in use on connection {parent.id}.")


@operation("DescribeHostedConnections")
def describe_hosted(request: Request) -> Answer:
    """Return the hosted connections on a port or LAG of the account, by pages."""
    wanted = request.parameters["connectionId"]
    holders: dict[str, Carrier] = {**request.ledger.connections, **request.ledger.lags}
    parent = holders.get(wanted)
    if parent is None or parent.deleted_at is not None or carriers.hosted_vlan(parent):
        raise ClientError(
            f"{request.account} DescribeHostedConnections failed for connection {wanted} "
            "doesn't exist."
        )
    found = carriers.hosted_on(request, wanted)
    return request.page("connections", found, lambda each: wording.connection(request, each))


@operation("AssociateHostedConnection")
def associate(request: Request) -> Answer:
    """Move a hosted connection, and what rides on it, to another port or LAG of the partner."""
    hosted = connections.find(request, request.parameters["connectionId"], as_partner=True)
    parent = _parent(request, request.parameters["parentConnectionId"])
    if hosted.parent_id is None:
        raise ClientError(f"Connection {hosted.id} is not on an interconnect of this account.")
    if hosted.parent_id != parent.id:
        _check_bandwidth(parent, hosted.bandwidth)
        _check_vlan(request, parent, hosted.hosted_vlan)
        hosted.parent_id = parent.id
        hosted.location, hosted.device = parent.location, parent.device
        request.world.nudge()
    return wording.connection(request, hosted)


@operation("ConfirmConnection")
def confirm(request: Request) -> Answer:
    """Accept a hosted connection; one that is confirmed already is refused with its state."""
    connection = connections.find(request, request.parameters["connectionId"])
    if not connection.awaits_confirmation:
        told = carriers.state(request, connection)
        raise ClientError(f"ConfirmConnection failed. {connection.id} is in state {told}")
    connection.awaits_confirmation = False
    connection.created_at = request.world.now - request.world.delays.order
    request.world.nudge()
    return {"connectionState": carriers.state(request, connection)}


def provision(world: World, wanted: Mapping[str, Any]) -> dict[str, str]:
    """Make a hosted connection of a partner whose ports are not in the model, in state ordering.

    Args:
        world: The model's world.
        wanted: name, location, bandwidth and vlan; partner, account and region may be missing, and
            what is rare: jumbo_frame_capable (True), logical_redundancy (False).
    """
    account, region = wanted.get("account", DEFAULT_ACCOUNT), wanted.get("region", REGION)
    connection = Connection(
        id=new_id("dxcon"),
        name=wanted["name"],
        account=account,
        region=region,
        location=wanted["location"],
        bandwidth=wanted["bandwidth"],
        device=LOCATIONS[wanted["location"]].devices[0],
        created_at=world.now,
        partner=wanted.get("partner", "Equinix"),
        hosted_vlan=int(wanted["vlan"]),
        awaits_confirmation=True,
        jumbo_frame_capable=bool(wanted.get("jumbo_frame_capable", True)),
        logical_redundancy=bool(wanted.get("logical_redundancy", False)),
    )
    world.ledger(account, region).connections[connection.id] = connection
    return {"id": connection.id}
