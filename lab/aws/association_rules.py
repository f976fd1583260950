# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a gateway may be tied to, and which prefixes the tie may allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import ec2, gateways, prefixes
from .errors import ClientError

if TYPE_CHECKING:
    from .ec2 import Target
    from .request import Request
    from .state import Association, Gateway


def existing_target(request: Request, wanted: str) -> Target:
    """Return the account's EC2 gateway with this id; raises when it cannot be associated."""
    request.world.wait_for_ec2()
    target = ec2.find_target(request.world, request.account, request.region, wanted)
    if target is None:
        raise ClientError(f"Gateway {wanted} does not exist.")
    if target.type == "virtualPrivateGateway" and not target.vpc_prefixes:
        raise ClientError(f"Virtual Private Gateway {wanted} is not attached to a VPC.")
    return target


def existing_virtual_gateway(request: Request, wanted: str) -> Target:
    """Return the account's VGW with this id; raises when there is none, or it has no VPC."""
    target = existing_target(request, wanted)
    if target.type != "virtualPrivateGateway":
        raise ClientError(f"{wanted} is not a Virtual Private Gateway.")
    return target


def check_new(request: Request, gateway: Gateway, target: Target, allowed: tuple[str, ...]) -> None:
    """Refuse a tie that AWS does not make."""
    _check_pair(request, gateway, target)
    _check_attached(request, gateway, target)
    _check_quota(request, gateway, target)
    check_prefixes(request, gateway.id, target.type, target.id, allowed)


def living(request: Request) -> list[Association]:
    """Return the associations of all accounts that nobody has deleted."""
    return [each for each in request.world.associations() if each.deleted_at is None]


def _check_pair(request: Request, gateway: Gateway, target: Target) -> None:
    if target.type == "transitGateway" and target.amazon_asn == gateway.amazon_asn:
        raise ClientError(
            f"The Amazon side ASN {gateway.amazon_asn} of Direct Connect Gateway {gateway.id} "
            f"must be different from the ASN of Transit Gateway {target.id}."
        )
    for other in living(request):
        if (other.gateway_id, other.target_id) == (gateway.id, target.id):
            raise ClientError(f"{target.id} is already associated with {gateway.id}.")
        if other.target_id == target.id and target.type == "virtualPrivateGateway":
            raise ClientError(
                f"Virtual Private Gateway {target.id} is already associated with "
                f"Direct Connect Gateway {other.gateway_id}."
            )
        if other.gateway_id == gateway.id and other.target_type != target.type:
            raise ClientError(_mixed(gateway.id, other))


def _mixed(gateway_id: str, other: Association) -> str:
    if other.target_type == "coreNetwork":
        return (
            f"Direct Connect Gateway {gateway_id} is attached to Core Network {other.target_id} "
            "and cannot be associated with any other gateway."
        )
    return (
        f"Direct Connect Gateway {gateway_id} cannot be associated with both "
        "Transit Gateways and Virtual Private Gateways."
    )


def _check_attached(request: Request, gateway: Gateway, target: Target) -> None:
    """Refuse a transit gateway beside private interfaces, and a VGW beside transit ones."""
    unfit = "private" if target.type == "transitGateway" else "transit"
    if any(each.type == unfit for each in gateways.attached_to(request, gateway.id)):
        raise ClientError(
            f"Direct Connect Gateway {gateway.id} has a {unfit} Virtual Interface attached and "
            f"cannot be associated with {target.id}."
        )


def _check_quota(request: Request, gateway: Gateway, target: Target) -> None:
    quotas = request.world.quotas
    quota = quotas.virtual_gateways_per_gateway
    if target.type == "transitGateway":
        quota = quotas.transit_gateways_per_gateway
    if len([a for a in living(request) if a.gateway_id == gateway.id]) >= quota:
        raise ClientError(
            f"You have reached the maximum number of associations ({quota}) "
            f"for Direct Connect Gateway {gateway.id}."
        )
    ties = [a for a in living(request) if a.target_id == target.id]
    if len(ties) >= quotas.gateways_per_transit_gateway:
        raise ClientError(
            f"You have reached the maximum number of Direct Connect Gateways "
            f"({quotas.gateways_per_transit_gateway}) for {target.id}."
        )


def check_prefixes(
    request: Request, gateway_id: str, target_type: str, target_id: str, allowed: tuple[str, ...]
) -> None:
    """Refuse what a transit gateway may not announce; a VGW's prefixes are only a filter."""
    if target_type != "transitGateway":
        return
    if not allowed:
        raise ClientError("Allowed prefixes are required for a Transit Gateway association.")
    quota = request.world.quotas.prefixes_per_transit_gateway
    if len(allowed) > quota:
        raise ClientError(
            f"You have reached the maximum number of allowed prefixes ({quota}) for {target_id}."
        )
    for other in request.world.associations_of(gateway_id):
        if other.target_id != target_id:
            _check_overlap(allowed, other)


def _check_overlap(allowed: tuple[str, ...], other: Association) -> None:
    for mine in allowed:
        for theirs in other.allowed_prefixes:
            if prefixes.overlap(mine, theirs):
                raise ClientError(
                    f"Allowed prefix {mine} overlaps with {theirs} of {other.target_id}."
                )
