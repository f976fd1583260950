# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hosted connections from their partner's side: the one place that reads and writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from ..core.planner.identity import NAME_TAG
from ..core.snapshot import GONE, FoundHostedConnection
from .errors import AWS_ERRORS, is_refused
from .handler import Handler, Under
from .made import Made
from .paging import all_pages
from .tagging import as_dict, tags_given

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..core.model import Estate, HostedConnection
    from ..core.plan import Action
    from ..core.snapshot import FoundConnection, FoundLag
    from .made import Ids
    from .session import Aws

PARENTS = ("connection", "lag")
# How the ids begin of what can host; a port that no call lists is named by its own.
IDS = ("dxcon-", "dxlag-")


def read_hosted_connections(
    aws: Aws, parent_ids: Iterable[str]
) -> tuple[FoundHostedConnection, ...]:
    """Return what the ports named host: AWS answers for one port at a time."""
    call = aws.reader().describe_hosted_connections
    return tuple(
        FoundHostedConnection(
            id=answer["connectionId"],
            name=answer.get("connectionName", ""),
            state=answer.get("connectionState", "unknown"),
            parent_id=parent_id,
            owner_account=answer.get("ownerAccount", ""),
            bandwidth=answer.get("bandwidth", ""),
            vlan=answer.get("vlan", 0),
            tags=as_dict(answer.get("tags")),
        )
        for parent_id in parent_ids
        for answer in all_pages(call, "connections", connectionId=parent_id)
    )


def read_all_hosted(
    aws: Aws, part: Estate, ports: Iterable[FoundConnection | FoundLag]
) -> tuple[FoundHostedConnection, ...]:
    """Return what all ports of the account host that can: a call for each.

    Not only those that the estate names are asked: what it wants moved is where it was, and to take
    that for missing would allocate it twice. An ordinary port hosts nothing, and AWS may say so by
    a refusal.
    """
    named, others = _hosting(aws, part, ports)
    found = (_read_willing(aws, port_id) for port_id in others)
    return (*read_hosted_connections(aws, named), *(thing for things in found for thing in things))


def _hosting(
    aws: Aws, part: Estate, ports: Iterable[FoundConnection | FoundLag]
) -> tuple[list[str], list[str]]:
    """Return the ids of the ports that the estate names, and those of all others."""
    wanted = {hosted.on for hosted in part.hosted_connections}
    own = [port for port in ports if port.state not in GONE and not _is_part(port)]
    named = [port.id for port in own if wanted & signs(port)]
    named += sorted(name for name in wanted if name.startswith(IDS) and name not in named)
    others = [*(port.id for port in own), *_interconnects(aws)]
    return named, [port_id for port_id in dict.fromkeys(others) if port_id not in named]


def signs(port: FoundConnection | FoundLag) -> set[str]:
    """Return all that an estate may call a port."""
    return {port.name, port.id, port.tags.get(NAME_TAG, port.name)}


def _is_part(port: FoundConnection | FoundLag) -> bool:
    """Return whether it is hosted itself, or in a LAG, which hosts in its place."""
    return bool(getattr(port, "vlan", None) or getattr(port, "lag_id", None))


def _interconnects(aws: Aws) -> Iterator[str]:
    for answer in all_pages(aws.reader().describe_interconnects, "interconnects"):
        if answer.get("interconnectState") not in GONE and not answer.get("lagId"):
            yield answer["interconnectId"]


def _read_willing(aws: Aws, port_id: str) -> tuple[FoundHostedConnection, ...]:
    try:
        return read_hosted_connections(aws, [port_id])
    except AWS_ERRORS as error:
        if is_refused(error):
            return ()
        raise


def allocate_hosted_connection(aws: Aws, action: Action, ids: Ids) -> Made:
    """Give a customer a part of a port."""
    wanted = cast("HostedConnection", action.wanted)
    answer = aws.writer().allocate_hosted_connection(
        connectionId=ids.parent(action, *PARENTS),
        ownerAccount=wanted.owner,
        bandwidth=wanted.bandwidth,
        connectionName=wanted.name,
        vlan=wanted.vlan,
        **tags_given(action.tags),
    )
    return Made(id=answer["connectionId"], state=answer["connectionState"])


def move_hosted_connection(aws: Aws, action: Action, ids: Ids) -> None:
    """Put it on another port."""
    aws.writer().associate_hosted_connection(
        connectionId=action.id, parentConnectionId=ids.parent(action, *PARENTS)
    )


def delete_hosted_connection(aws: Aws, action: Action, _ids: Ids) -> None:
    """Take it back from its customer."""
    aws.writer().delete_connection(connectionId=action.id)


def _find(
    action: Action, ids: Ids, things: Iterable[FoundHostedConnection]
) -> FoundHostedConnection | None:
    """Return the one of an action: by its id, else the living one on its port and VLAN."""
    if action.id:
        return next((thing for thing in things if thing.id == action.id), None)
    wanted, parent_id = cast("HostedConnection", action.wanted), ids.parent(action, *PARENTS)
    living = (thing for thing in things if thing.state not in GONE and thing.vlan == wanted.vlan)
    return next((thing for thing in living if thing.parent_id == parent_id), None)


HANDLER = Handler(
    writes={
        "create": allocate_hosted_connection,
        "move": move_hosted_connection,
        "delete": delete_hosted_connection,
    },
    read=read_hosted_connections,
    kept=lambda snapshot: snapshot.hosted_connections,
    find=_find,
    under=Under(kinds=PARENTS, parent_id=lambda thing: thing.parent_id),
    unsettled_by=frozenset(),
)
