# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Resiliency groups: connections that together shall meet a model of resiliency.

AWS documents no answer that tells the model again, nor whether a group with members can be
deleted: here it can, and its associations go with it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from . import connections, ids, lifecycle, tags
from .errors import ClientError, LimitExceededError
from .request import Answer, Request, operation
from .state import ResiliencyGroup

if TYPE_CHECKING:
    from collections.abc import Iterable


@operation("CreateResiliencyGroup")
def create(request: Request) -> Answer:
    """Make a group; asked again under the same client token, the same group."""
    wanted = request.parameters
    groups = request.ledger.resiliency_groups
    for group in groups.values():
        if _is_repeated(request, group):
            return {"resiliencyGroup": describe(request, group)}
    quota = request.world.quotas.resiliency_groups_per_account
    if len([group for group in groups.values() if group.deleted_at is None]) >= quota:
        raise LimitExceededError(f"You have reached the maximum number of groups ({quota}).")
    group = ResiliencyGroup(
        id=ids.new_long_id("dxrg"),
        name=wanted["resiliencyGroupName"],
        account=request.account,
        intended_model=wanted["intendedResiliencyModel"],
        created_at=request.world.now,
        tags=tags.read(wanted.get("tags")),
    )
    groups[group.id] = group
    _note(request, group)
    return {"resiliencyGroup": describe(request, group)}


def _is_repeated(request: Request, group: ResiliencyGroup) -> bool:
    """Tell whether the same was asked for under the same token before.

    Raises:
        ClientError: Something else was.
    """
    asked = group.tokens.get(request.parameters.get("clientToken", ""))
    if asked is not None and asked != _asked(request):
        raise ClientError("The client token was used before with other parameters.")
    return asked is not None


def _asked(request: Request) -> str:
    return json.dumps([request.operation, request.parameters], sort_keys=True)


def _note(request: Request, group: ResiliencyGroup) -> None:
    token = request.parameters.get("clientToken")
    if token is not None:
        group.tokens[token] = _asked(request)


@operation("GetResiliencyGroup")
def get(request: Request) -> Answer:
    """Return a group, also one that is being deleted."""
    return {"resiliencyGroup": describe(request, _find(request, deleted=True))}


@operation("ListResiliencyGroups")
def list_groups(request: Request) -> Answer:
    """Return the groups of the account in the Region, by pages."""
    world = request.world
    found = [
        group
        for group in request.ledger.resiliency_groups.values()
        if lifecycle.listed(group.deleted_at, world.now, world.delays)
    ]
    return request.page("items", found, lambda group: _summary(request, group))


@operation("UpdateResiliencyGroup")
def update(request: Request) -> Answer:
    """Rename."""
    group = _find(request)
    if not _is_repeated(request, group):
        group.name = request.parameters["resiliencyGroupName"]
        _note(request, group)
    return {"resiliencyGroup": describe(request, group)}


@operation("DeleteResiliencyGroup")
def delete(request: Request) -> Answer:
    """Delete, with the associations."""
    group = _find(request)
    group.deleted_at = request.world.now
    group.leaving.update(dict.fromkeys(_present(request, group), group.deleted_at))
    return {"resiliencyGroup": describe(request, group)}


@operation("AssociateConnectionsToResiliencyGroup")
def associate(request: Request) -> Answer:
    """Put connections into a group: all of them, or none."""
    group = _find(request)
    named = _named(request)
    if not _is_repeated(request, group):
        present = _present(request, group)
        for connection in named:
            if connection in present:
                raise ClientError(f"Connection {connection} is already associated with {group.id}.")
        for connection in named:
            group.leaving.pop(connection, None)
            group.members[connection] = request.world.now
        _note(request, group)
    return _told(request, group, named)


@operation("DisassociateConnectionsFromResiliencyGroup")
def disassociate(request: Request) -> Answer:
    """Take connections out of a group: all of them, or none."""
    group = _find(request)
    named = _named(request)
    if not _is_repeated(request, group):
        present = _present(request, group)
        for connection in named:
            if connection not in present:
                raise ClientError(f"Connection {connection} is not associated with {group.id}.")
        group.leaving.update(dict.fromkeys(named, request.world.now))
        _note(request, group)
    return _told(request, group, named)


def _named(request: Request) -> list[str]:
    """Return the ids of the connections that the request names by id or ARN; each must exist."""
    wanted = request.parameters["connectionIdentifiers"]
    named = dict.fromkeys(identifier.rpartition("/")[2] for identifier in wanted)
    return [connections.find(request, connection).id for connection in named]


def _present(request: Request, group: ResiliencyGroup) -> list[str]:
    """Return the connections in a group that nobody has taken out or deleted."""
    held = request.ledger.connections
    return [
        each
        for each in group.members
        if each not in group.leaving and held[each].deleted_at is None
    ]


def _told(request: Request, group: ResiliencyGroup, named: Iterable[str]) -> Answer:
    return {"resiliencyGroupAssociations": [_association(request, group, each) for each in named]}


@operation("ListResiliencyGroupAssociations")
def list_associations(request: Request) -> Answer:
    """Return the connections of a group, those that are just leaving too, by pages."""
    group = _find(request, deleted=True)
    held = request.ledger.connections
    told = [
        _association(request, group, each)
        for each in group.members
        if held[each].deleted_at is None
    ]
    found = [each for each in told if each["state"] != "disassociated"]
    return request.page("items", found, lambda each: each)


def _association(request: Request, group: ResiliencyGroup, connection: str) -> Answer:
    world = request.world
    return {
        "resiliencyGroupId": group.id,
        "connectionArn": ids.connection_arn(request.region, request.account, connection),
        "state": lifecycle.membership_state(group, connection, world.now, world.delays),
    }


def _find(request: Request, *, deleted: bool = False) -> ResiliencyGroup:
    wanted = request.parameters["resiliencyGroupId"]
    found = request.ledger.resiliency_groups.get(wanted)
    world = request.world
    if found is None or (
        found.deleted_at is not None
        and not (deleted and lifecycle.listed(found.deleted_at, world.now, world.delays))
    ):
        raise ClientError(f"Resiliency group {wanted} does not exist.")
    return found


def describe(request: Request, group: ResiliencyGroup) -> Answer:
    """Return a group as the service words it."""
    return {**_summary(request, group), "tags": tags.write(group.tags)}


def _summary(request: Request, group: ResiliencyGroup) -> Answer:
    world = request.world
    return {
        "resiliencyGroupId": group.id,
        "resiliencyGroupArn": ids.resiliency_group_arn(group.account, group.id),
        "resiliencyGroupName": group.name,
        "resiliencyGroupType": "Managed",
        "ownerAccount": group.account,
        "state": lifecycle.resiliency_group_state(group, world.now, world.delays),
    }
