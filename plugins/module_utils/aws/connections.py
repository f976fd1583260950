# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connections: the one place that reads and writes them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from ..core.planner.confirmations import OFFERED
from ..core.snapshot import GONE, FoundConnection
from .errors import AWS_ERRORS, is_refused
from .handler import Handler
from .lags import join_lag, leave_lag
from .macsec_answers import keys_of
from .made import Made
from .paging import all_pages
from .tagging import as_dict, tags_given

if TYPE_CHECKING:
    from collections.abc import Iterable

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
        partner=answer.get("partnerName"),
        # Zero stands for a port of its own, which passes every VLAN.
        vlan=answer.get("vlan") or None,
        lag_id=answer.get("lagId"),
        billing_mode=answer.get("billingMode"),
        encryption_mode=answer.get("encryptionMode"),
        encryption_status=answer.get("portEncryptionStatus"),
        macsec_keys=keys_of(answer),
        tags=as_dict(answer.get("tags")),
    )


def _time(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def create_connection(aws: Aws, action: Action, ids: Ids) -> Made:
    """Order the port, for a LAG if one is its parent. It costs money: the caller sends it once."""
    wanted = cast("Connection", action.wanted)
    optional = {
        "providerName": wanted.provider,
        "requestMACSec": wanted.request_macsec,
        "billingMode": wanted.billing_mode,
        "lagId": next((ids.find(parent) for parent in action.parents), None),
    }
    answer = aws.writer().create_connection(
        connectionName=wanted.name,
        location=wanted.location,
        bandwidth=wanted.bandwidth,
        **tags_given(action.tags),
        **{key: value for key, value in optional.items() if value is not None},
    )
    return Made(id=answer["connectionId"], state=answer["connectionState"])


# What UpdateConnection changes, in the estate's words and in AWS's.
CHANGEABLE = {"name": "connectionName", "encryption_mode": "encryptionMode"}


def update_connection(aws: Aws, action: Action, ids: Ids) -> None:
    """Give the connection the estate's name and encryption mode, by one call."""
    aws.writer().update_connection(
        connectionId=action.id or ids.parent(action, "connection"),
        **{CHANGEABLE[change.attribute]: change.after for change in action.changes},
    )


def confirm_connection(aws: Aws, action: Action, _ids: Ids) -> None:
    """Accept a hosted connection; that somebody has done so already is as good."""
    try:
        aws.writer().confirm_connection(connectionId=action.id)
    except AWS_ERRORS as error:
        if not is_refused(error):
            raise
        # AWS words the refusal in several ways, all of them text: the state tells.
        answer = aws.reader().describe_connections(connectionId=action.id)
        if any(_found(thing).state in (*GONE, OFFERED) for thing in answer["connections"]):
            raise


def update_billing_mode(aws: Aws, action: Action, ids: Ids) -> None:
    """Bill all the connections of an action in another way, by one call."""
    (change,) = action.changes
    aws.writer().update_connections_billing_mode(
        connectionIds=[ids.find(parent) for parent in action.parents], billingMode=change.after
    )


def _find_unchanged(
    action: Action, ids: Ids, things: Iterable[FoundConnection]
) -> FoundConnection | None:
    """Return the connection by which a change of billing shows: one that lacks it, else any."""
    (change,) = action.changes
    named = {ids.find(parent) for parent in action.parents}
    found = [thing for thing in things if thing.id in named]
    lacking = (thing for thing in found if thing.billing_mode != change.after)
    return next(lacking, found[0] if found else None)


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
        "update": update_connection,
        "confirm": confirm_connection,
        "join": join_lag,
        "leave": leave_lag,
        "delete": delete_connection,
    },
    read=read_connections,
    kept=lambda snapshot: snapshot.connections,
    unsettled_by=frozenset({"create", "confirm"}),
    twins="cost",
)
BILLING_HANDLER = Handler(
    writes={"update": update_billing_mode},
    read=read_connections,
    # Their states are told as those of connections.
    kept=lambda _: (),
    find=_find_unchanged,
)
