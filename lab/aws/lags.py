# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""LAGs: ports of one AWS device in a bundle, which carries the virtual interfaces."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from . import carriers, lifecycle, macsec, membership, orders, shares, tags, wording
from .errors import ClientError
from .ids import new_id
from .request import Answer, Request, operation
from .state import Connection, Lag

if TYPE_CHECKING:
    from .orders import Order


@operation("CreateLag")
def create_lag(request: Request) -> Answer:
    """Order ports as a bundle; one that is there already may be the first of them."""
    wanted = request.parameters
    orders.check_name("LAG", wanted["lagName"])
    order = orders.read(request, wanted["connectionsBandwidth"])
    first = _first_member(request, order)
    order = _checked(request, order, first)
    own, childrens = tags.read(wanted.get("tags")), tags.read(wanted.get("childConnectionTags"))
    lag = _new_lag(request, order, own)
    if first is not None:
        orders.check_fits(request, lag, first)
    request.ledger.lags[lag.id] = lag
    if first is not None:
        membership.join(request, lag, first)
    for number in range(1, order.ports + 1):
        name = f"Requested Connection {number} for Lag {lag.id}"
        membership.join(request, lag, orders.place(request, order, name, dict(childrens)))
    return describe(request, lag)


def _first_member(request: Request, order: Order) -> Connection | None:
    connection_id = request.parameters.get("connectionId")
    if connection_id is None:
        return None
    found = carriers.find(request, connection_id)
    if not isinstance(found, Connection) or found.hosted_vlan:
        raise ClientError(f"Connection {connection_id} is not a dedicated connection.")
    if found.location != order.location:
        raise ClientError(f"Connection {connection_id} is not at location {order.location}.")
    membership.check_may_leave(request, found)
    return found


def _checked(request: Request, order: Order, first: Connection | None) -> Order:
    """Return the order of the ports that are missing yet, all on one device."""
    number = request.parameters["numberOfConnections"]
    allowed = orders.MEMBERS_AT_MOST.get(order.bandwidth, 0)
    order = replace(order, ports=number - (first is not None))
    if first is not None:
        order = replace(order, device=first.device, interconnect=first.interconnect)
    orders.check(request, order)
    if not 1 <= number <= allowed:
        raise ClientError(
            f"Number of connections {number} is not valid. A LAG of {order.bandwidth} connections "
            f"can have 1 to {allowed}."
        )
    quota = request.world.quotas.lags_per_region
    if len([lag for lag in request.ledger.lags.values() if lag.deleted_at is None]) >= quota:
        raise ClientError(f"You have reached the maximum number of LAGs ({quota}).")
    return replace(order, device=orders.pick_device(request, order))


def _new_lag(request: Request, order: Order, own_tags: dict[str, str]) -> Lag:
    return Lag(
        id=new_id("dxlag"),
        name=request.parameters["lagName"],
        account=request.account,
        region=request.region,
        location=order.location,
        bandwidth=order.bandwidth,
        device=str(order.device),
        created_at=request.world.now,
        provider=order.provider,
        billing_mode=order.billing_mode,
        macsec=order.macsec,
        encryption_mode="should_encrypt" if order.macsec else "no_encrypt",
        tags=own_tags,
        interconnect=order.interconnect,
    )


@operation("DescribeLags")
def describe_lags(request: Request) -> Answer:
    """Return the account's LAGs in the Region, the lately deleted too, by pages."""
    world = request.world
    wanted = request.parameters.get("lagId")
    if wanted is not None:
        found = [carriers.find_lag(request, wanted, deleted=True)]
    else:
        found = [
            lag
            for lag in request.ledger.lags.values()
            if lifecycle.listed(lag.deleted_at, world.now, world.delays)
        ]
    return request.page("lags", found, lambda lag: describe(request, lag))


@operation("UpdateLag")
def update_lag(request: Request) -> Answer:
    """Rename, or change the minimum of links or the encryption mode of all members."""
    wanted = request.parameters
    lag = carriers.find_lag(request, wanted["lagId"])
    if "lagName" in wanted:
        orders.check_name("LAG", wanted["lagName"])
    least = wanted.get("minimumLinks", lag.minimum_links)
    if least != lag.minimum_links and not 0 <= least <= len(lag.connection_ids):
        raise ClientError(
            f"Minimum links {least} is not valid. LAG {lag.id} has "
            f"{len(lag.connection_ids)} connections."
        )
    if "encryptionMode" in wanted:
        macsec.check_mode(request, lag, wanted["encryptionMode"])
        lag.encryption_mode = wanted["encryptionMode"]
    lag.name = wanted.get("lagName", lag.name)
    lag.minimum_links = least
    request.world.nudge()
    return describe(request, lag)


@operation("DeleteLag")
def delete_lag(request: Request) -> Answer:
    """Delete a bundle that nothing rides on and no port is in."""
    lag = carriers.find_lag(request, request.parameters["lagId"])
    things = {
        "Virtual Interfaces": carriers.interfaces_on(request, lag.id),
        "hosted connections": carriers.hosted_on(request, lag.id),
        "connections": lag.connection_ids,
    }
    for kind, found in things.items():
        if found:
            raise ClientError(f"LAG {lag.id} cannot be deleted until it has no {kind}.")
    lag.deleted_at = request.world.now
    return describe(request, lag)


@operation("AssociateConnectionWithLag")
def associate(request: Request) -> Answer:
    """Put a port into the bundle, from another one too."""
    connection = _port(request)
    lag = carriers.find_lag(request, request.parameters["lagId"])
    if connection.lag_id == lag.id:
        raise ClientError(f"Connection {connection.id} is already associated with LAG {lag.id}.")
    orders.check_fits(request, lag, connection)
    if connection.lag_id:
        membership.leave(request, carriers.find_lag(request, connection.lag_id), connection)
    membership.join(request, lag, connection)
    return wording.connection(request, connection)


@operation("DisassociateConnectionFromLag")
def disassociate(request: Request) -> Answer:
    """Take a port out of the bundle; it goes on alone."""
    connection = _port(request)
    lag = carriers.find_lag(request, request.parameters["lagId"])
    if connection.lag_id != lag.id:
        raise ClientError(f"Connection {connection.id} is not associated with LAG {lag.id}.")
    membership.leave(request, lag, connection)
    return wording.connection(request, connection)


def _port(request: Request) -> Connection:
    connection_id = request.parameters["connectionId"]
    found = carriers.find(request, connection_id)
    if not isinstance(found, Connection) or found.hosted_vlan:
        raise ClientError(f"Connection {connection_id} is not a dedicated connection.")
    return found


def describe(request: Request, lag: Lag) -> Answer:
    """Return a LAG as the service words it, its members in full."""
    members = carriers.members(request.world, lag)
    return wording.without_nothing(
        {
            "ownerAccount": lag.account,
            "lagId": lag.id,
            "lagName": lag.name,
            "lagState": carriers.state(request, lag),
            "connectionsBandwidth": lag.bandwidth,
            "numberOfConnections": len(members),
            "minimumLinks": lag.minimum_links,
            "connections": [wording.connection(request, member) for member in members],
            "allowsHostedConnections": lag.interconnect,
            "billingMode": lag.billing_mode,
            **wording.common(request, lag),
            **shares.describe(request, lag),
        }
    )
