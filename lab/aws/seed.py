# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What exists before anybody orders a circuit: VPCs, a transit gateway, a virtual private gateway.

As in life, the network team finds these; the product never makes them.
"""

from __future__ import annotations

from typing import Any

from .accounts import DEFAULT_ACCOUNT

REGION = "eu-central-1"
CORE_VPC, LEGACY_VPC = "10.20.0.0/16", "10.30.0.0/16"
TRANSIT_GATEWAY_ASN, VIRTUAL_GATEWAY_ASN = 64600, 64601


def seed(account: str = DEFAULT_ACCOUNT, region: str = REGION) -> dict[str, str]:
    """Make what is missing, and return the ids by Name: a second call changes nothing."""
    from moto.ec2.models import ec2_backends  # noqa: PLC0415 - slow to import

    backend = ec2_backends[account][region]
    core = _vpc(backend, "core", CORE_VPC)
    legacy = _vpc(backend, "legacy", LEGACY_VPC)
    return {
        "core": core.id,
        "legacy": legacy.id,
        "tgw-core": _transit_gateway(backend, core),
        "vgw-legacy": _virtual_gateway(backend, legacy),
    }


def _named(resources: Any, name: str) -> Any:
    for resource in resources:
        if any((tag["key"], tag["value"]) == ("Name", name) for tag in resource.get_tags()):
            return resource
    return None


def _name_tag(name: str) -> list[dict[str, str]]:
    return [{"Key": "Name", "Value": name}]


def _vpc(backend: Any, name: str, cidr: str) -> Any:
    found = _named(backend.vpcs.values(), name)
    return found or backend.create_vpc(cidr, tags=_name_tag(name))


def _transit_gateway(backend: Any, vpc: Any) -> str:
    found = _named(backend.transit_gateways.values(), "tgw-core")
    if found is None:
        found = backend.create_transit_gateway(
            description="Core",
            options={"AmazonSideAsn": str(TRANSIT_GATEWAY_ASN)},
            tags=_name_tag("tgw-core"),
        )
        subnet = backend.create_subnet(vpc.id, "10.20.0.0/24", availability_zone=f"{REGION}a")
        backend.create_transit_gateway_vpc_attachment(
            transit_gateway_id=found.id, vpc_id=vpc.id, subnet_ids=[subnet.id], tags=None
        )
    return str(found.id)


def _virtual_gateway(backend: Any, vpc: Any) -> str:
    found = _named(backend.vpn_gateways.values(), "vgw-legacy")
    if found is None:
        found = backend.create_vpn_gateway(
            gateway_type="ipsec.1",
            amazon_side_asn=str(VIRTUAL_GATEWAY_ASN),
            tags={"Name": "vgw-legacy"},
        )
        backend.attach_vpn_gateway(found.id, vpc.id)
    return str(found.id)
