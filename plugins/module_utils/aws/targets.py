# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Transit gateways and virtual private gateways: read only, they belong to somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..core.snapshot import FoundTarget

if TYPE_CHECKING:
    from .session import Aws


def read_transit_gateways(aws: Aws) -> tuple[FoundTarget, ...]:
    """Return the transit gateways that the account sees in the Region."""
    pages = aws.reader("ec2").get_paginator("describe_transit_gateways").paginate()
    return tuple(
        FoundTarget(
            id=answer["TransitGatewayId"],
            name=_name(answer),
            state=answer.get("State", "unknown"),
            amazon_asn=answer.get("Options", {}).get("AmazonSideAsn"),
        )
        for page in pages
        for answer in page["TransitGateways"]
    )


def read_virtual_gateways(aws: Aws) -> tuple[FoundTarget, ...]:
    """Return the virtual private gateways of the account in the Region; the call has no pages."""
    answer = aws.reader("ec2").describe_vpn_gateways()
    return tuple(
        FoundTarget(
            id=gateway["VpnGatewayId"],
            name=_name(gateway),
            state=gateway.get("State", "unknown"),
            amazon_asn=gateway.get("AmazonSideAsn"),
        )
        for gateway in answer["VpnGateways"]
    )


def _name(answer: dict[str, Any]) -> str | None:
    tags = {tag["Key"]: tag["Value"] for tag in answer.get("Tags", [])}
    return tags.get("Name")
