# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Virtual private gateways: made, tagged, attached to VPCs, and their routes in route tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from ..core.snapshot import FoundRouteTable, FoundVpc
from .handler import Handler
from .made import Made
from .tagging import ec2_tags, set_ec2_tags, tags_of_ec2
from .targets import read_virtual_gateways

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..core.model import VirtualGateway
    from ..core.plan import Action
    from ..core.snapshot import FoundVirtualGateway
    from .handler import Stateful
    from .made import Ids
    from .session import Aws


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What has a state and, at AWS, no id: an attachment, or a propagation."""

    id: str
    state: str


def read_vpcs(aws: Aws) -> tuple[FoundVpc, ...]:
    """Return the VPCs of the account in the Region."""
    pages = aws.reader("ec2").get_paginator("describe_vpcs").paginate()
    return tuple(
        FoundVpc(id=answer["VpcId"], name=tags_of_ec2(answer).get("Name"))
        for page in pages
        for answer in page["Vpcs"]
    )


def read_route_tables(aws: Aws) -> tuple[FoundRouteTable, ...]:
    """Return the route tables of all VPCs, with the virtual private gateways that feed them."""
    pages = aws.reader("ec2").get_paginator("describe_route_tables").paginate()
    return tuple(
        FoundRouteTable(
            id=answer["RouteTableId"],
            name=tags_of_ec2(answer).get("Name"),
            parent_id=answer["VpcId"],
            learns_from=tuple(each["GatewayId"] for each in answer.get("PropagatingVgws", ())),
        )
        for page in pages
        for answer in page["RouteTables"]
    )


def create_virtual_gateway(aws: Aws, action: Action, _ids: Ids) -> Made:
    """Make the gateway; its ASN is fixed from now on."""
    wanted = cast("VirtualGateway", action.wanted)
    optional = {} if wanted.amazon_asn is None else {"AmazonSideAsn": wanted.amazon_asn}
    tags = {"ResourceType": "vpn-gateway", "Tags": ec2_tags(action.tags)}
    answer = aws.writer("ec2").create_vpn_gateway(
        Type="ipsec.1", TagSpecifications=[tags], **optional
    )["VpnGateway"]
    return Made(id=answer["VpnGatewayId"], state=answer["State"])


def delete_virtual_gateway(aws: Aws, action: Action, _ids: Ids) -> None:
    """Delete the gateway, which is attached to nothing any more."""
    aws.writer("ec2").delete_vpn_gateway(VpnGatewayId=action.id)


def attach_vpc(aws: Aws, action: Action, ids: Ids) -> Made:
    """Attach the gateway to its VPC."""
    gateway, vpc = ids.parent(action, "virtual_gateway"), ids.parent(action, "vpc")
    answer = aws.writer("ec2").attach_vpn_gateway(VpnGatewayId=gateway, VpcId=vpc)
    return Made(id=f"{gateway}/{vpc}", state=answer["VpcAttachment"]["State"])


def detach_vpc(aws: Aws, action: Action, _ids: Ids) -> None:
    """Detach the gateway from its VPC, which takes its routes out of all route tables."""
    gateway, _, vpc = str(action.id).partition("/")
    aws.writer("ec2").detach_vpn_gateway(VpnGatewayId=gateway, VpcId=vpc)


def enable_propagation(aws: Aws, action: Action, ids: Ids) -> Made:
    """Let a route table learn the gateway's routes."""
    gateway, table = ids.parent(action, "virtual_gateway"), ids.parent(action, "route_table")
    aws.writer("ec2").enable_vgw_route_propagation(GatewayId=gateway, RouteTableId=table)
    return Made(id=f"{gateway}/{table}", state="enabled")


def disable_propagation(aws: Aws, action: Action, _ids: Ids) -> None:
    """Have a route table forget the gateway's routes."""
    gateway, _, table = str(action.id).partition("/")
    aws.writer("ec2").disable_vgw_route_propagation(GatewayId=gateway, RouteTableId=table)


def _attachments(thing: FoundVirtualGateway) -> Iterable[Stateful]:
    if thing.attachment_id is None:
        return ()
    return (Part(id=thing.attachment_id, state=thing.attachment_state or "unknown"),)


def _propagations(thing: FoundRouteTable) -> Iterable[Stateful]:
    return tuple(Part(id=f"{each}/{thing.id}", state="enabled") for each in thing.learns_from)


def _find_attachment(action: Action, ids: Ids, things: Iterable[Any]) -> Stateful | None:
    ends = action.id or f"{ids.parent(action, 'virtual_gateway')}/{ids.parent(action, 'vpc')}"
    return next((part for thing in things for part in _attachments(thing) if part.id == ends), None)


def _find_propagation(action: Action, ids: Ids, things: Iterable[Any]) -> Stateful | None:
    gateway, table = ids.parent(action, "virtual_gateway"), ids.parent(action, "route_table")
    ends = f"{gateway}/{table}"
    found = (part for thing in things for part in _propagations(thing))
    return next((part for part in found if part.id == ends), None)


HANDLER = Handler(
    writes={
        "create": create_virtual_gateway,
        "adopt": set_ec2_tags,
        "tag": set_ec2_tags,
        "delete": delete_virtual_gateway,
    },
    read=read_virtual_gateways,
    kept=lambda snapshot: snapshot.virtual_gateways,
    twins="free",
)
ATTACHMENT_HANDLER = Handler(
    writes={"create": attach_vpc, "delete": detach_vpc},
    read=read_virtual_gateways,
    kept=lambda snapshot: snapshot.virtual_gateways,
    parts=_attachments,
    find=_find_attachment,
)
PROPAGATION_HANDLER = Handler(
    writes={"create": enable_propagation, "delete": disable_propagation},
    read=read_route_tables,
    kept=lambda snapshot: snapshot.route_tables,
    parts=_propagations,
    find=_find_propagation,
    unsettled_by=frozenset(),
)
