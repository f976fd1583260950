# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Customer gateways of EC2: the customer's end of VPN connections; nothing of them changes.

The records are moto's, so that its own calls see them too, with what moto leaves out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.ec2.exceptions import EC2ClientError, InvalidCustomerGatewayIdError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .world import World

_DEFAULT_ASN = 65000


def create(world: World, backend: Any, wanted: Mapping[str, Any], tags: dict[str, str]) -> Any:
    """Make one; a request that looks like an earlier one is answered with what that has made.

    Raises:
        EC2ClientError: There is neither an address nor a certificate.
    """
    address = wanted.get("IpAddress") or wanted.get("PublicIp")
    if not address and not wanted.get("CertificateArn"):
        raise EC2ClientError("MissingParameter", "The request must contain IpAddress")
    asn = int(wanted.get("BgpAsnExtended") or wanted.get("BgpAsn") or _DEFAULT_ASN)
    identity = (address, asn, wanted.get("DeviceName"))
    for each in backend.customer_gateways.values():
        if state(world, each) in {"pending", "available"} and each.identity == identity:
            return each
    made = backend.create_customer_gateway("ipsec.1", address or "", str(asn), tags=tags)
    made.identity, made.certificate_arn = identity, wanted.get("CertificateArn")
    made.created_at, made.deleted_at = world.now, None
    return made


def state(world: World, gateway: Any) -> str:
    """Return the state, which follows from ages."""
    if gateway.deleted_at is not None:
        return "deleting" if world.now - gateway.deleted_at < world.delays.gateway else "deleted"
    return "pending" if world.now - gateway.created_at < world.delays.gateway else "available"


def living(world: World, backend: Any, gateway_id: str) -> Any:
    """Return the one of that id.

    Raises:
        InvalidCustomerGatewayIdError: There is none, or no more.
    """
    found = backend.customer_gateways.get(gateway_id)
    if found is None or state(world, found) in {"deleting", "deleted"}:
        raise InvalidCustomerGatewayIdError(gateway_id)
    return found


def row(world: World, gateway: Any) -> dict[str, Any]:
    """Return one in EC2's words."""
    address, asn, device = gateway.identity
    number = "BgpAsn" if asn <= 2147483647 else "BgpAsnExtended"  # noqa: PLR2004 - EC2's own
    answer = {
        "CustomerGatewayId": gateway.id,
        "Type": gateway.type,
        "State": state(world, gateway),
        "IpAddress": address,
        number: str(asn),
        "DeviceName": device,
        "CertificateArn": gateway.certificate_arn,
        "Tags": [{"Key": tag["key"], "Value": tag["value"]} for tag in gateway.get_tags()],
    }
    return {key: value for key, value in answer.items() if value is not None}
