# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Transit gateways: their attachments of Direct Connect gateways, and the route tables of these."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..core.snapshot import GONE, FoundRouteTable, FoundTransitAttachment
from .errors import AWS_ERRORS, AwsError, outcome_is_unknown
from .handler import Handler
from .made import Made
from .tagging import tags_of_ec2
from .virtual_gateways import Part
from .waits import Patience, Watch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..core.plan import Action
    from .handler import Stateful
    from .made import Ids
    from .session import Aws

# How long a route table is left within, and how soon a call whose answer was lost shows.
SECONDS_TO_LEAVE = 60
SECONDS_TO_SHOW = 5
_TYPE = [{"Name": "resource-type", "Values": ["direct-connect-gateway"]}]


def read_transit_attachments(aws: Aws) -> tuple[FoundTransitAttachment, ...]:
    """Return the attachments of Direct Connect gateways, each with the table that it uses."""
    pages = aws.reader("ec2").get_paginator("describe_transit_gateway_attachments")
    return tuple(
        _found(answer)
        for page in pages.paginate(Filters=_TYPE)
        for answer in page["TransitGatewayAttachments"]
    )


def _found(answer: dict[str, Any]) -> FoundTransitAttachment:
    table = answer.get("Association") or {}
    return FoundTransitAttachment(
        id=answer["TransitGatewayAttachmentId"],
        transit_gateway_id=answer["TransitGatewayId"],
        gateway_id=answer["ResourceId"],
        state=answer.get("State", "unknown"),
        route_table_id=table.get("TransitGatewayRouteTableId"),
        route_table_state=table.get("State"),
    )


def with_propagations(aws: Aws, found: FoundTransitAttachment) -> FoundTransitAttachment:
    """Return an attachment with the route tables that learn from it: one call for each."""
    return replace(found, propagates_to=_propagations(aws, found.id))


def _propagations(aws: Aws, attachment_id: str) -> tuple[str, ...]:
    pages = aws.reader("ec2").get_paginator("get_transit_gateway_attachment_propagations")
    return tuple(
        answer["TransitGatewayRouteTableId"]
        for page in pages.paginate(TransitGatewayAttachmentId=attachment_id)
        for answer in page["TransitGatewayAttachmentPropagations"]
        if answer.get("State") not in ("disabling", "disabled")
    )


def read_transit_route_tables(aws: Aws) -> tuple[FoundRouteTable, ...]:
    """Return the route tables of the account's transit gateways."""
    pages = aws.reader("ec2").get_paginator("describe_transit_gateway_route_tables").paginate()
    return tuple(
        FoundRouteTable(
            id=answer["TransitGatewayRouteTableId"],
            name=tags_of_ec2(answer).get("Name"),
            parent_id=answer["TransitGatewayId"],
        )
        for page in pages
        for answer in page["TransitGatewayRouteTables"]
        if answer.get("State") not in ("deleting", "deleted")
    )


def use_table(aws: Aws, action: Action, ids: Ids) -> Made:
    """Have the attachment look up what comes from the gateway in a route table.

    AWS puts an attachment that has just come about on the default table: it leaves that first.
    """
    (change,) = action.changes
    attachment, writer = attachment_of(aws, action, ids), aws.writer("ec2")
    ends = {"TransitGatewayAttachmentId": attachment.id}
    if attachment.route_table_id != change.after:
        _leave_default(aws, attachment)
        writer.associate_transit_gateway_route_table(
            **ends, TransitGatewayRouteTableId=change.after
        )
    return Made(id=f"{attachment.id}/{change.after}", state="associating")


def _leave_default(aws: Aws, attachment: FoundTransitAttachment) -> None:
    """Leave the route table that AWS chose, and wait until that is so."""
    if attachment.route_table_id is None:
        return
    lost: Exception | None = None
    if attachment.route_table_state != "disassociating":
        try:
            leave_table(aws, attachment.id, attachment.route_table_id)
        except AWS_ERRORS as error:
            if not outcome_is_unknown(error):
                raise
            lost = error
    watch = Watch(Patience(settle_seconds=SECONDS_TO_SHOW if lost else SECONDS_TO_LEAVE))
    while watch.has_time(people=False):
        present = {each.id: each.route_table_id for each in read_transit_attachments(aws)}
        if present.get(attachment.id) is None:
            return
        watch.pause()
    if lost:
        raise lost


def leave_table(aws: Aws, attachment_id: str, table_id: str) -> None:
    """Take an attachment from the route table that it uses."""
    aws.writer("ec2").disassociate_transit_gateway_route_table(
        TransitGatewayAttachmentId=attachment_id, TransitGatewayRouteTableId=table_id
    )


def stop_using_table(aws: Aws, action: Action, _ids: Ids) -> None:
    """Take the attachment of an action from the route table that it uses."""
    attachment, _, table = str(action.id).partition("/")
    leave_table(aws, attachment, table)


def enable_propagation(aws: Aws, action: Action, ids: Ids) -> Made:
    """Let route tables learn what the gateway announces.

    For an attachment that has just come about the list is made exact, as AWS puts it on the default
    table; nobody has relied on that yet.
    """
    (change,) = action.changes
    attachment, writer = attachment_of(aws, action, ids), aws.writer("ec2")
    wanted = change.after if isinstance(change.after, tuple) else (change.after,)
    present = _propagations(aws, attachment.id)
    for table in (each for each in wanted if each not in present):
        writer.enable_transit_gateway_route_table_propagation(
            TransitGatewayAttachmentId=attachment.id, TransitGatewayRouteTableId=table
        )
    if isinstance(change.after, tuple):
        for table in (each for each in present if each not in wanted):
            writer.disable_transit_gateway_route_table_propagation(
                TransitGatewayAttachmentId=attachment.id, TransitGatewayRouteTableId=table
            )
    return Made(id=f"{attachment.id}/{' '.join(wanted)}", state="enabled")


def disable_propagation(aws: Aws, action: Action, _ids: Ids) -> None:
    """Have a route table forget what the gateway announces."""
    attachment, _, table = str(action.id).partition("/")
    aws.writer("ec2").disable_transit_gateway_route_table_propagation(
        TransitGatewayAttachmentId=attachment, TransitGatewayRouteTableId=table
    )


def attachment_of(aws: Aws, action: Action, ids: Ids) -> FoundTransitAttachment:
    """Return the attachment of an action, by its id or by its ends.

    EC2 may show it a moment after Direct Connect has made it.

    Raises:
        AwsError: It does not show.
    """
    watch = Watch(Patience(settle_seconds=SECONDS_TO_SHOW))
    while True:
        found = _of(action, ids, read_transit_attachments(aws))
        if found is not None:
            return found
        if not watch.has_time(people=False):
            raise AwsError(
                "EC2 does not show the transit gateway's attachment of this gateway: run again"
            )
        watch.pause()


def _of(
    action: Action, ids: Ids, things: Iterable[FoundTransitAttachment]
) -> FoundTransitAttachment | None:
    living = [thing for thing in things if thing.state not in GONE]
    known = {parent.kind: parent for parent in action.parents}
    if "transit_attachment" in known:
        wanted = ids.find(known["transit_attachment"])
        return next((thing for thing in living if thing.id == wanted), None)
    ends = (ids.parent(action, "gateway"), ids.parent(action, "target"))
    fitting = (each for each in living if (each.gateway_id, each.transit_gateway_id) == ends)
    return next(fitting, None)


def _tables(thing: FoundTransitAttachment) -> Iterable[Stateful]:
    if thing.route_table_id is None:
        return ()
    return (Part(id=f"{thing.id}/{thing.route_table_id}", state=thing.route_table_state or ""),)


def _find_table(action: Action, ids: Ids, things: Iterable[Any]) -> Stateful | None:
    """Return the tie to the route table of an action, if it is there."""
    found = _of(action, ids, things)
    (change,) = action.changes
    wanted = change.before if action.verb == "delete" else change.after
    parts = _tables(found) if found else ()
    return next((part for part in parts if part.id.endswith(f"/{wanted}")), None)


def _read_propagating(aws: Aws) -> tuple[FoundTransitAttachment, ...]:
    """Return the attachments, each with the tables that it feeds: one call more for each."""
    living = (each for each in read_transit_attachments(aws) if each.state not in GONE)
    return tuple(with_propagations(aws, each) for each in living)


def _find_propagation(action: Action, ids: Ids, things: Iterable[Any]) -> Stateful | None:
    """Return the tie to the tables of an action, if all of them learn from the attachment."""
    found = _of(action, ids, things)
    (change,) = action.changes
    told = change.before if action.verb == "delete" else change.after
    tables = told if isinstance(told, tuple) else (told,)
    if found is None or not set(tables) <= set(found.propagates_to):
        return None
    return Part(id=f"{found.id}/{' '.join(tables)}", state="enabled")


HANDLER = Handler(
    writes={"create": use_table, "delete": stop_using_table},
    read=read_transit_attachments,
    kept=lambda snapshot: snapshot.transit_attachments,
    parts=_tables,
    find=_find_table,
)
ATTACHMENT_HANDLER = Handler(
    # It comes and goes with the association.
    writes={},
    read=read_transit_attachments,
    kept=lambda snapshot: snapshot.transit_attachments,
)
PROPAGATION_HANDLER = Handler(
    writes={"create": enable_propagation, "delete": disable_propagation},
    read=_read_propagating,
    kept=lambda snapshot: snapshot.transit_attachments,
    parts=lambda _thing: (),
    find=_find_propagation,
    unsettled_by=frozenset(),
)
