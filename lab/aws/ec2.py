# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Direct Connect asks of its neighbour EC2: transit gateways, VGWs and the VPCs behind them.

EC2 is moto's (ec2_service.py). Its import takes a second, so it happens here only when something
asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from .world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A gateway of EC2 that a Direct Connect gateway can be associated with."""

    id: str
    type: Literal["transitGateway", "virtualPrivateGateway"]
    amazon_asn: int
    account: str
    region: str
    vpc_prefixes: tuple[str, ...] = ()
    association_table: str | None = None  # where a transit gateway puts new attachments
    propagation_table: str | None = None


_DEFAULT_ASN = 64512
_SETTLED = {"attaching": "attached", "detaching": "detached"}


def find_target(world: World, account: str, region: str, target_id: str) -> Target | None:
    """Return the transit gateway or VGW with this id, None when the account has none such."""
    from moto.ec2.models import ec2_backends  # noqa: PLC0415 - slow to import

    backend = ec2_backends[account][region]
    settle(world, backend)
    if target_id.startswith("tgw-"):
        return _transit_gateway(backend, backend.transit_gateways.get(target_id))
    return _virtual_private_gateway(backend, backend.vpn_gateways.get(target_id))


def settle(world: World, backend: Any) -> None:
    """Let every VGW come to rest whose time to be attached or detached is over."""
    for gateway in backend.vpn_gateways.values():
        for attachment in gateway.attachments.values():
            moved_at = getattr(attachment, "moved_at", 0.0)
            if world.now - moved_at >= world.delays.gateway:
                attachment.state = _SETTLED.get(attachment.state, attachment.state)


def _transit_gateway(backend: Any, found: Any) -> Target | None:
    if found is None or found.state in {"deleting", "deleted"}:
        return None
    asn = int(found.options.get("AmazonSideAsn") or _DEFAULT_ASN)
    return Target(
        id=found.id,
        type="transitGateway",
        amazon_asn=asn,
        account=backend.account_id,
        region=backend.region_name,
        association_table=_default_table(found.options, "Association"),
        propagation_table=_default_table(found.options, "Propagation"),
    )


def _default_table(options: Any, purpose: str) -> str | None:
    if options.get(f"DefaultRouteTable{purpose}") != "enable":
        return None
    return str(options[f"{purpose}DefaultRouteTableId"])


def _virtual_private_gateway(backend: Any, found: Any) -> Target | None:
    if found is None or found.state == "deleted":
        return None
    prefixes: list[str] = []
    for attachment in found.vpc_attachments:
        vpc = backend.vpcs.get(attachment.vpc_id)
        if vpc is not None and attachment.state == "attached":
            prefixes += _prefixes_of(vpc)
    return Target(
        id=found.id,
        type="virtualPrivateGateway",
        amazon_asn=int(found.amazon_side_asn or _DEFAULT_ASN),
        vpc_prefixes=tuple(prefixes),
        account=backend.account_id,
        region=backend.region_name,
    )


def vpc_prefixes(account: str, region: str) -> tuple[str, ...]:
    """Return the CIDRs of an account's VPCs in a Region, but for the default VPC's."""
    from moto.ec2.models import ec2_backends  # noqa: PLC0415 - slow to import

    vpcs = ec2_backends[account][region].vpcs.values()
    return tuple(p for vpc in vpcs if not vpc.is_default for p in _prefixes_of(vpc))


def _prefixes_of(vpc: Any) -> list[str]:
    return [
        association["cidr_block"]
        for ipv6 in (False, True)
        for association in vpc.get_cidr_block_association_set(ipv6=ipv6)
    ]
