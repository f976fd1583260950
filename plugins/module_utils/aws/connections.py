# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connections: the one place that reads and writes them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from ..core.snapshot import FoundConnection
from .handler import Handler
from .made import Made
from .paging import all_pages
from .tagging import as_dict, tags_given

if TYPE_CHECKING:
    from ..core.model import Connection
    from ..core.plan import Action
    from .made import Ids
    from .session import Aws


def read_connections(aws: Aws) -> tuple[FoundConnection, ...]:
    """Return all connections of the account in the Region: one call per hundred."""
    answers = all_pages(aws.reader().describe_connections, "connections")
    return tuple(_found(answer) for answer in answers)


def _found(answer: dict[str, Any]) -> FoundConnection:
    return FoundConnection(
        id=answer["connectionId"],
        name=answer.get("connectionName", ""),
        state=answer.get("connectionState", "unknown"),
        location=answer.get("location", ""),
        bandwidth=answer.get("bandwidth", ""),
        provider=answer.get("providerName"),
        jumbo_frame_capable=answer.get("jumboFrameCapable"),
        macsec_capable=answer.get("macSecCapable"),
        has_logical_redundancy=answer.get("hasLogicalRedundancy"),
        aws_device=answer.get("awsDeviceV2"),
        aws_logical_device=answer.get("awsLogicalDeviceId"),
        loa_issue_time=_time(answer.get("loaIssueTime")),
        owner_account=answer.get("ownerAccount"),
        tags=as_dict(answer.get("tags")),
    )


def _time(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def create_connection(aws: Aws, action: Action, _ids: Ids) -> Made:
    """Order the port. This costs money: the caller sends it once."""
    wanted = cast("Connection", action.wanted)
    optional = {"providerName": wanted.provider, "requestMACSec": wanted.request_macsec}
    answer = aws.writer().create_connection(
        connectionName=wanted.name,
        location=wanted.location,
        bandwidth=wanted.bandwidth,
        **tags_given(action.tags),
        **{key: value for key, value in optional.items() if value is not None},
    )
    return Made(id=answer["connectionId"], state=answer["connectionState"])


def rename_connection(aws: Aws, action: Action, _ids: Ids) -> None:
    """Give the connection the estate's name."""
    aws.writer().update_connection(connectionId=action.id, connectionName=action.name)


def delete_connection(aws: Aws, action: Action, _ids: Ids) -> None:
    """Give up the port."""
    aws.writer().delete_connection(connectionId=action.id)


def read_loa(aws: Aws, connection_id: str, provider: str | None) -> bytes:
    """Return the LOA-CFA as PDF. AWS notes the time of the call, so ask only for a file."""
    optional = {"providerName": provider} if provider else {}
    answer = aws.reader().describe_loa(
        connectionId=connection_id, loaContentType="application/pdf", **optional
    )
    return bytes(answer["loaContent"])


HANDLER = Handler(
    writes={
        "create": create_connection,
        "update": rename_connection,
        "delete": delete_connection,
    },
    read=read_connections,
    kept=lambda snapshot: snapshot.connections,
    twins="cost",
)
