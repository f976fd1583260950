# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Interconnects: a partner's ports, which carry hosted connections."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from . import carriers, connections, lifecycle, membership, orders, wording
from .clock import as_datetime
from .errors import ClientError
from .request import Answer, Request, operation

if TYPE_CHECKING:
    from .state import Connection


@operation("CreateInterconnect")
def create(request: Request) -> Answer:
    """Order a port that can carry hosted connections, as a member of a LAG if one is named."""
    wanted = request.parameters
    order = replace(orders.read(request, wanted["bandwidth"]), interconnect=True)
    made = membership.order_port(request, order, "Interconnect", wanted["interconnectName"])
    return describe(request, made)


@operation("DescribeInterconnects")
def describe_interconnects(request: Request) -> Answer:
    """Return the account's interconnects in the Region, the lately deleted too, by pages."""
    world = request.world
    wanted = request.parameters.get("interconnectId")
    found = [
        each
        for each in request.ledger.connections.values()
        if each.interconnect
        and wanted in (None, each.id)
        and lifecycle.listed(each.deleted_at, world.now, world.delays)
    ]
    if wanted is not None and not found:
        raise ClientError(f"Could not find Interconnect with ID {wanted}")
    return request.page("interconnects", found, lambda each: describe(request, each))


@operation("DeleteInterconnect")
def delete(request: Request) -> Answer:
    """Give the port back; refused while hosted connections are on it."""
    wanted = request.parameters["interconnectId"]
    found = request.ledger.connections.get(wanted)
    if found is None or not found.interconnect or found.deleted_at is not None:
        raise ClientError(f"Could not find Interconnect with ID {wanted}")
    connections.give_back(request, found)
    return {"interconnectState": carriers.state(request, found)}


def describe(request: Request, found: Connection) -> Answer:
    """Return an interconnect as the service words it."""
    answer: Answer = {
        "interconnectId": found.id,
        "interconnectName": found.name,
        "interconnectState": carriers.state(request, found),
        "bandwidth": found.bandwidth,
        "lagId": found.lag_id,
        "portEncryptionStatus": wording.port_encryption(request, found) if found.macsec else None,
        **wording.common(request, found),
    }
    if found.loa_issued_at is not None:
        answer["loaIssueTime"] = as_datetime(found.loa_issued_at)
    return wording.without_nothing(answer)
