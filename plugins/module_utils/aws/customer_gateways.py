# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Customer gateways: the one place that reads and writes them.

AWS answers a request that looks like one before (address, ASN, device name) with what that has
made. So each gets its own name as the device's, and two runs at once cannot make two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from ..core.snapshot_vpn import FoundCustomerGateway
from .handler import Handler
from .made import Made
from .tagging import ec2_tags, set_ec2_tags, tags_of_ec2

if TYPE_CHECKING:
    from ..core.model_vpn import CustomerGateway
    from ..core.plan import Action
    from .made import Ids
    from .session import Aws

# Larger ASNs have a parameter of their own.
_ASN_OF_OLD = 2147483647


def read_customer_gateways(aws: Aws) -> tuple[FoundCustomerGateway, ...]:
    """Return the customer gateways of the account in the Region; the call has no pages."""
    answer = aws.reader("ec2").describe_customer_gateways()
    return tuple(_found(gateway) for gateway in answer["CustomerGateways"])


def _found(answer: dict[str, Any]) -> FoundCustomerGateway:
    tags = tags_of_ec2(answer)
    return FoundCustomerGateway(
        id=answer["CustomerGatewayId"],
        name=tags.get("Name", ""),
        state=answer.get("State", "unknown"),
        asn=int(answer.get("BgpAsnExtended") or answer.get("BgpAsn") or 0),
        address=answer.get("IpAddress") or None,
        certificate_arn=answer.get("CertificateArn") or None,
        device_name=answer.get("DeviceName") or None,
        tags=tags,
    )


def create_customer_gateway(aws: Aws, action: Action, _ids: Ids) -> Made:
    """Make the customer gateway; all of it is fixed from now on."""
    wanted = cast("CustomerGateway", action.wanted)
    answer = aws.writer("ec2").create_customer_gateway(
        Type="ipsec.1",
        DeviceName=wanted.name,
        TagSpecifications=[{"ResourceType": "customer-gateway", "Tags": ec2_tags(action.tags)}],
        **_identity(wanted),
    )["CustomerGateway"]
    return Made(id=answer["CustomerGatewayId"], state=answer["State"])


def _identity(wanted: CustomerGateway) -> dict[str, Any]:
    asn = "BgpAsn" if wanted.asn <= _ASN_OF_OLD else "BgpAsnExtended"
    given = {"IpAddress": wanted.address, "CertificateArn": wanted.certificate_arn}
    return {asn: wanted.asn, **{key: value for key, value in given.items() if value}}


def delete_customer_gateway(aws: Aws, action: Action, _ids: Ids) -> None:
    """Delete the customer gateway, at which nothing begins any more."""
    aws.writer("ec2").delete_customer_gateway(CustomerGatewayId=action.id)


HANDLER = Handler(
    writes={
        "create": create_customer_gateway,
        "adopt": set_ec2_tags,
        "tag": set_ec2_tags,
        "delete": delete_customer_gateway,
    },
    read=read_customer_gateways,
    kept=lambda snapshot: snapshot.customer_gateways,
)
