# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Resiliency groups: the one place that reads and writes them.

These operations alone take a client token. It is of no use here: what became of a call is found out
by looking, as for all kinds, and that works after a crash too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from ..core.planner.resiliency_groups import MODEL_TAG
from ..core.snapshot import GONE, FoundResiliencyGroup
from .handler import Handler
from .made import Made
from .paging import all_pages
from .tagging import as_dict, tags_given

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..core.model import ResiliencyGroup
    from ..core.plan import Action
    from .made import Ids
    from .session import Aws


def read_resiliency_groups(aws: Aws) -> tuple[FoundResiliencyGroup, ...]:
    """Return all groups of the account: one call per hundred, and two for each group."""
    groups = all_pages(aws.reader().list_resiliency_groups, "items")
    return tuple(_found(aws, group) for group in groups)


def _found(aws: Aws, listed: dict[str, Any]) -> FoundResiliencyGroup:
    """Ask for the tags and the members of a group that is not on its way out."""
    group_id, state = listed["resiliencyGroupId"], listed.get("state", "unknown")
    there = state not in GONE
    tags = _tags(aws, group_id) if there else {}
    return FoundResiliencyGroup(
        id=group_id,
        name=listed.get("resiliencyGroupName", ""),
        state=state,
        model=tags.get(MODEL_TAG, ""),
        connection_ids=tuple(_members(aws, group_id)) if there else (),
        tags=tags,
    )


def _tags(aws: Aws, group_id: str) -> dict[str, str]:
    answer = aws.reader().get_resiliency_group(resiliencyGroupId=group_id)
    return as_dict(answer["resiliencyGroup"].get("tags"))


def _members(aws: Aws, group_id: str) -> Iterator[str]:
    call = aws.reader().list_resiliency_group_associations
    for member in all_pages(call, "items", resiliencyGroupId=group_id):
        if member.get("state") not in GONE:
            yield member["connectionArn"].rpartition("/")[2]


def create_group(aws: Aws, action: Action, _ids: Ids) -> Made:
    """Make the group, empty."""
    wanted = cast("ResiliencyGroup", action.wanted)
    answer = aws.writer().create_resiliency_group(
        resiliencyGroupName=wanted.name,
        intendedResiliencyModel=wanted.model,
        **tags_given(action.tags),
    )["resiliencyGroup"]
    return Made(id=answer["resiliencyGroupId"], state=answer["state"])


def rename_group(aws: Aws, action: Action, _ids: Ids) -> None:
    """Give the group the estate's name."""
    aws.writer().update_resiliency_group(
        resiliencyGroupId=action.id, resiliencyGroupName=action.name
    )


def add_connections(aws: Aws, action: Action, ids: Ids) -> None:
    """Take connections into the group: all, or none."""
    aws.writer().associate_connections_to_resiliency_group(**_membership(action, ids))


def remove_connections(aws: Aws, action: Action, ids: Ids) -> None:
    """Take connections out of the group: all, or none."""
    aws.writer().disassociate_connections_from_resiliency_group(**_membership(action, ids))


def _membership(action: Action, ids: Ids) -> dict[str, Any]:
    members = (reference for reference in action.parents if reference.kind == "connection")
    return {
        "resiliencyGroupId": ids.parent(action, "resiliency_group"),
        "connectionIdentifiers": [ids.find(reference) for reference in members],
    }


def delete_group(aws: Aws, action: Action, _ids: Ids) -> None:
    """Delete the group; its connections stay."""
    aws.writer().delete_resiliency_group(resiliencyGroupId=action.id)


def _has_joined(action: Action, ids: Ids, found: FoundResiliencyGroup) -> bool:
    return set(_membership(action, ids)["connectionIdentifiers"]) <= set(found.connection_ids)


def _has_left(action: Action, ids: Ids, found: FoundResiliencyGroup) -> bool:
    return not set(_membership(action, ids)["connectionIdentifiers"]) & set(found.connection_ids)


HANDLER = Handler(
    writes={
        "create": create_group,
        "update": rename_group,
        "join": add_connections,
        "leave": remove_connections,
        "delete": delete_group,
    },
    read=read_resiliency_groups,
    kept=lambda snapshot: snapshot.resiliency_groups,
    shows={"join": _has_joined, "leave": _has_left},
    twins="free",
)
