# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cloud WAN: a gateway's attachment to a core network, which Network Manager makes and changes.

Direct Connect shows it as an association, with the attachment's id and without its edge locations.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from .made import Made

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..core.model import Association
    from ..core.plan import Action
    from ..core.snapshot import FoundAssociation
    from .made import Ids
    from .session import Aws

SERVICE = "networkmanager"
# Network Manager's words for an attachment that is on its way, as Direct Connect has them.
CREATING = "associating"


def with_edges(aws: Aws, found: Iterable[FoundAssociation]) -> tuple[FoundAssociation, ...]:
    """Return the associations, those with core networks with their edge locations."""
    pages = aws.reader(SERVICE).get_paginator("list_attachments")
    edges = {
        answer["AttachmentId"]: tuple(answer.get("EdgeLocations", ()))
        for page in pages.paginate(AttachmentType="DIRECT_CONNECT_GATEWAY")
        for answer in page["Attachments"]
    }
    return tuple(
        replace(thing, edge_locations=edges.get(thing.attachment_id or "")) for thing in found
    )


def attach(aws: Aws, action: Action, ids: Ids) -> Made:
    """Attach the gateway; boto3 adds a client token, so that a lost answer doubles nothing."""
    wanted = cast("Association", action.wanted)
    gateway = ids.parent(action, "gateway")
    owner = f"arn:{aws.partition}:directconnect::{aws.account_id()}"
    answer = aws.writer(SERVICE).create_direct_connect_gateway_attachment(
        CoreNetworkId=wanted.core_network,
        DirectConnectGatewayArn=f"{owner}:dx-gateway/{gateway}",
        EdgeLocations=list(wanted.edge_locations or ()),
    )["DirectConnectGatewayAttachment"]
    return Made(id=answer["Attachment"]["AttachmentId"], state=CREATING)


def move(aws: Aws, action: Action, ids: Ids) -> None:
    """Give the attachment the edge locations of the estate."""
    (change,) = action.changes
    aws.writer(SERVICE).update_direct_connect_gateway_attachment(
        AttachmentId=ids.parent(action, "attachment"), EdgeLocations=list(change.after)
    )


def detach(aws: Aws, action: Action, ids: Ids) -> None:
    """Take the attachment away."""
    aws.writer(SERVICE).delete_attachment(AttachmentId=ids.parent(action, "attachment"))
