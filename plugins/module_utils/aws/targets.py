# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Transit gateways and virtual private gateways: read only, they belong to somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..core.snapshot import FoundTarget, FoundVirtualGateway
from .tagging import tags_of_ec2

if TYPE_CHECKING:
    from .session import Aws


def read_transit_gateways(aws: Aws) -> tuple[FoundTarget, ...]:
    """Return the transit gateways that the account sees in the Region."""
    pages = aws.reader("ec2").get_paginator("describe_transit_gateways").paginate()
    return tuple(
        FoundTarget(
            id=answer["TransitGatewayId"],
            name=tags_of_ec2(answer).get("Name"),
            state=answer.get("State", "unknown"),
            amazon_asn=answer.get("Options", {}).get("AmazonSideAsn"),
        )
        for page in pages
        for answer in page["TransitGateways"]
    )


def read_virtual_gateways(aws: Aws) -> tuple[FoundVirtualGateway, ...]:
    """Return the virtual private gateways of the account in the Region; the call has no pages."""
    answer = aws.reader("ec2").describe_vpn_gateways()
    return tuple(_virtual_gateway(gateway) for gateway in answer["VpnGateways"])


def _virtual_gateway(answer: dict[str, Any]) -> FoundVirtualGateway:
    # AWS lists past attachments too; a gateway has one VPC at a time.
    attachments = answer.get("VpcAttachments", [])
    present = [each for each in attachments if each.get("State") != "detached"]
    attachment = present[0] if present else {}
    tags = tags_of_ec2(answer)
    return FoundVirtualGateway(
        id=answer["VpnGatewayId"],
        name=tags.get("Name", ""),
        state=answer.get("State", "unknown"),
        amazon_asn=answer.get("AmazonSideAsn"),
        vpc_id=attachment.get("VpcId"),
        attachment_state=attachment.get("State"),
        tags=tags,
    )
