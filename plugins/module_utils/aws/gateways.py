# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Direct Connect gateways: the one place that reads and writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from ..core.snapshot import FoundGateway
from .handler import Handler
from .made import Made
from .paging import all_pages
from .tagging import as_dict, tags_given

if TYPE_CHECKING:
    from ..core.model import Gateway
    from ..core.plan import Action
    from .made import Ids
    from .session import Aws


def read_gateways(aws: Aws) -> tuple[FoundGateway, ...]:
    """Return all gateways of the account: one call per hundred."""
    answers = all_pages(aws.reader().describe_direct_connect_gateways, "directConnectGateways")
    return tuple(_found(answer) for answer in answers)


def _found(answer: dict[str, Any]) -> FoundGateway:
    return FoundGateway(
        id=answer["directConnectGatewayId"],
        name=answer.get("directConnectGatewayName", ""),
        state=answer.get("directConnectGatewayState", "unknown"),
        amazon_asn=answer["amazonSideAsn"],
        owner_account=answer.get("ownerAccount"),
        tags=as_dict(answer.get("tags")),
    )


def create_gateway(aws: Aws, action: Action, _ids: Ids) -> Made:
    """Make the gateway; its ASN is fixed from now on."""
    wanted = cast("Gateway", action.wanted)
    optional = {} if wanted.amazon_asn is None else {"amazonSideAsn": wanted.amazon_asn}
    answer = aws.writer().create_direct_connect_gateway(
        directConnectGatewayName=wanted.name, **tags_given(action.tags), **optional
    )["directConnectGateway"]
    return Made(id=answer["directConnectGatewayId"], state=answer["directConnectGatewayState"])


def rename_gateway(aws: Aws, action: Action, _ids: Ids) -> None:
    """Give the gateway the estate's name."""
    aws.writer().update_direct_connect_gateway(
        directConnectGatewayId=action.id, newDirectConnectGatewayName=action.name
    )


def delete_gateway(aws: Aws, action: Action, _ids: Ids) -> None:
    """Delete the gateway, which nothing hangs on any more."""
    aws.writer().delete_direct_connect_gateway(directConnectGatewayId=action.id)


HANDLER = Handler(
    writes={"create": create_gateway, "update": rename_gateway, "delete": delete_gateway},
    read=read_gateways,
    kept=lambda snapshot: snapshot.gateways,
    twins="free",
)
