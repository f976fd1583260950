# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""LAGs and their ports: the one place that reads and writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from ..core.planner.encryption import UP
from ..core.planner.identity import NAME_TAG
from ..core.planner.lag_members import given_order
from ..core.snapshot import GONE, FoundLag, FoundPort
from .handler import Handler
from .macsec_answers import keys_of
from .made import Child, Made
from .paging import all_pages
from .tagging import as_dict, as_list, tags_given

if TYPE_CHECKING:
    from ..core.model import Lag
    from ..core.plan import Action
    from .made import Ids
    from .session import Aws

# What UpdateLag changes, in the estate's words and in AWS's.
CHANGEABLE = {
    "name": "lagName",
    "minimum_links": "minimumLinks",
    "encryption_mode": "encryptionMode",
}
# What CreateLag takes beside what it must have.
OPTIONAL = {
    "provider": "providerName",
    "request_macsec": "requestMACSec",
    "billing_mode": "billingMode",
}


def read_lags(aws: Aws) -> tuple[FoundLag, ...]:
    """Return all LAGs of the account in the Region: one call per hundred."""
    return tuple(_found(answer) for answer in all_pages(aws.reader().describe_lags, "lags"))


def _found(answer: dict[str, Any]) -> FoundLag:
    return FoundLag(
        id=answer["lagId"],
        name=answer.get("lagName", ""),
        state=answer.get("lagState", "unknown"),
        location=answer.get("location", ""),
        bandwidth=answer.get("connectionsBandwidth", ""),
        minimum_links=answer.get("minimumLinks", 0),
        provider=answer.get("providerName"),
        ports=tuple(_port(port) for port in answer.get("connections", [])),
        jumbo_frame_capable=answer.get("jumboFrameCapable"),
        macsec_capable=answer.get("macSecCapable"),
        has_logical_redundancy=answer.get("hasLogicalRedundancy"),
        aws_device=answer.get("awsDeviceV2"),
        aws_logical_device=answer.get("awsLogicalDeviceId"),
        encryption_mode=answer.get("encryptionMode"),
        encryption_status=_encryption_status(answer.get("connections", [])),
        macsec_keys=keys_of(answer),
        owner_account=answer.get("ownerAccount"),
        tags=as_dict(answer.get("tags")),
    )


def _port(answer: dict[str, Any]) -> FoundPort:
    return FoundPort(
        id=answer["connectionId"],
        name=answer.get("connectionName", ""),
        state=answer.get("connectionState", "unknown"),
    )


def _encryption_status(ports: list[dict[str, Any]]) -> str | None:
    """Return the worst of the ports' words: AWS has none for the LAG as a whole."""
    said = {str(port["portEncryptionStatus"]) for port in ports if "portEncryptionStatus" in port}
    worst = said - {UP} or said
    return min(worst, default=None)


def create_lag(aws: Aws, action: Action, ids: Ids) -> Made:
    """Order the LAG with all of its ports, or make it of one. The caller sends it once."""
    wanted = cast("Lag", action.wanted)
    told = {change.attribute: change.after for change in action.changes}
    first = [ids.find(parent) for parent in action.parents]
    children = {key: value for key, value in action.tags.items() if key != NAME_TAG}
    answer = aws.writer().create_lag(
        lagName=wanted.name,
        location=wanted.location,
        connectionsBandwidth=wanted.bandwidth,
        numberOfConnections=len(told["connections"]),
        **{OPTIONAL[name]: value for name, value in told.items() if name in OPTIONAL},
        **({"connectionId": first[0]} if first else {}),
        **tags_given(action.tags),
        **({"childConnectionTags": as_list(children)} if children and not first else {}),
    )
    return _made(action, _found(answer))


def _made(action: Action, found: FoundLag) -> Made:
    """Name the ports that the order has made as the estate does, in AWS's order."""
    names: tuple[str, ...] = next(
        (change.after for change in action.changes if change.attribute == "connections"), ()
    )
    known = {parent.name for parent in action.parents}
    ports = sorted((port for port in found.ports if port.state not in GONE), key=given_order)
    pairs = () if known else zip(names, ports, strict=False)
    return Made(
        id=found.id,
        state=found.state,
        children=tuple(
            Child(kind="connection", name=name, id=port.id, state=port.state)
            for name, port in pairs
        ),
    )


def update_lag(aws: Aws, action: Action, _ids: Ids) -> None:
    """Change name, minimum of links and encryption mode, by one call."""
    aws.writer().update_lag(
        lagId=action.id,
        **{CHANGEABLE[change.attribute]: change.after for change in action.changes},
    )


def delete_lag(aws: Aws, action: Action, _ids: Ids) -> None:
    """Delete the LAG; its ports are not deleted with it."""
    aws.writer().delete_lag(lagId=action.id)


def join_lag(aws: Aws, action: Action, ids: Ids) -> None:
    """Make a connection a port of its LAG."""
    aws.writer().associate_connection_with_lag(
        connectionId=action.id, lagId=ids.parent(action, "lag")
    )


def leave_lag(aws: Aws, action: Action, ids: Ids) -> None:
    """Make a port a connection of its own."""
    aws.writer().disassociate_connection_from_lag(
        connectionId=action.id, lagId=ids.parent(action, "lag")
    )


HANDLER = Handler(
    writes={"create": create_lag, "update": update_lag, "delete": delete_lag},
    read=read_lags,
    kept=lambda snapshot: snapshot.lags,
    made=_made,
    twins="cost",
)
