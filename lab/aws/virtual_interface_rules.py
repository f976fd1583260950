# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What AWS refuses of a virtual interface."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from . import association_rules, carriers, gateways, prefixes, shares
from .errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .carriers import Carrier
    from .request import Request
    from .state import InterfaceType, VirtualInterface

NAME = re.compile(r"[\w \-_,/]{1,100}", re.ASCII)
# The guide and Terraform say 9001 for private, the API's own texts 8500: both are taken.
MTUS = {"private": (1500, 8500, 9001), "public": (1500,), "transit": (1500, 8500)}
PLAIN_MTU = 1500
ON_A_HOSTED_CONNECTION = 1
LARGEST_VLAN = 4094
_SHORTEST_IPV6_FILTER = 64
_PROSE = {
    "virtualPrivateGateway": "Virtual Private Gateway",
    "transitGateway": "Transit Gateway",
    "coreNetwork": "Core Network",
}
_FIT = {"private": ("virtualPrivateGateway",), "transit": ("transitGateway", "coreNetwork")}


def check_new(
    request: Request, carrier: Carrier, kind: InterfaceType, wanted: Mapping[str, Any]
) -> None:
    """Refuse what cannot be made; botocore asks for nothing in the transit type, AWS does."""
    for key in ("virtualInterfaceName", "vlan"):
        if key not in wanted:
            raise ClientError(f"You must specify {key}.")
    check_name(wanted["virtualInterfaceName"])
    check_mtu(request, carrier, kind, wanted.get("mtu", PLAIN_MTU))
    check_vlan(request, carrier, wanted["vlan"])
    check_room(request, carrier, kind)


def check_name(name: str) -> None:
    """Refuse a name of other letters than AWS's."""
    if not NAME.fullmatch(name):
        raise ClientError(f"Virtual Interface name {name!r} is not valid.")


def check_mtu(request: Request, carrier: Carrier | None, kind: str, mtu: int) -> None:
    """Refuse an MTU that the type does not have, and jumbo frames on a port without them."""
    if mtu not in MTUS[kind]:
        allowed = " or ".join(str(each) for each in MTUS[kind])
        raise ClientError(
            f"MTU {mtu} is not valid for a {kind} Virtual Interface. It must be {allowed}."
        )
    if mtu == PLAIN_MTU or carrier is None:
        return
    if not shares.is_jumbo_frame_capable(request, carrier):
        raise ClientError(f"{carrier.id} does not support jumbo frames.")


def check_vlan(request: Request, carrier: Carrier, vlan: int) -> None:
    """Refuse a VLAN that is none, that is taken, or that a hosted connection does not have."""
    if not 1 <= vlan <= LARGEST_VLAN:
        raise ClientError(f"VLAN {vlan} is not valid. The valid range is 1 to {LARGEST_VLAN}.")
    only = carriers.hosted_vlan(carrier)
    if only and vlan != only:
        raise ClientError(f"VLAN of hosted connection {carrier.id} is {only}.")
    taken = [each.vlan for each in carriers.interfaces_on(request, carrier.id)]
    taken += [hosted.hosted_vlan for hosted in carriers.hosted_on(request, carrier.id)]
    if vlan in taken:
        raise ClientError(f"VLAN {vlan} is already in use on connection {carrier.id}.")


def check_room(request: Request, carrier: Carrier, kind: str) -> None:
    """Refuse one interface more than the quota."""
    present = carriers.interfaces_on(request, carrier.id)
    same = [each for each in present if (each.type == "transit") == (kind == "transit")]
    quotas = request.world.quotas
    quota = quotas.private_and_public_per_connection
    if kind == "transit":
        quota = quotas.transit_per_connection
    if carriers.hosted_vlan(carrier):
        same, quota = present, ON_A_HOSTED_CONNECTION
    if len(same) >= quota:
        raise ClientError(
            f"You have reached the maximum number of {kind} Virtual Interfaces ({quota}) "
            f"on connection {carrier.id}."
        )


def check_addresses_free(
    request: Request, carrier: Carrier, virtual_interface: VirtualInterface
) -> None:
    """Refuse to move an interface to where another has an address of its sessions."""
    mine = {peer.customer_address for peer in virtual_interface.live_peers}
    for other in carriers.interfaces_on(request, carrier.id):
        for peer in other.live_peers:
            if peer.customer_address in mine:
                raise ClientError(
                    f"IP address {peer.customer_address} is already in use on {carrier.id}."
                )


def check_owner(request: Request, kind: str, wanted: Mapping[str, Any]) -> None:
    """Refuse a private or transit interface that hangs on nothing, or on the wrong thing."""
    if kind == "public":
        return
    gateway, virtual = wanted.get("directConnectGatewayId"), wanted.get("virtualGatewayId")
    if kind == "transit" and not gateway:
        raise ClientError("A Direct Connect gateway is required for a transit Virtual Interface.")
    if bool(gateway) == bool(virtual):
        raise ClientError(
            "Specify either a virtual private gateway or a Direct Connect gateway, and not both."
        )
    if wanted.get("enableSiteLink"):
        check_site_link(kind, gateway)
    if gateway:
        _check_gateway(request, kind, gateway)
    else:
        association_rules.existing_virtual_gateway(request, str(virtual))


def check_site_link(kind: str, gateway_id: str | None) -> None:
    """Refuse SiteLink where there is no gateway to link through."""
    if kind == "public" or not gateway_id:
        raise ClientError("SiteLink needs a Virtual Interface on a Direct Connect gateway.")


def _check_gateway(request: Request, kind: str, gateway_id: str) -> None:
    gateways.find_available(request, gateway_id)
    quota = request.world.quotas.interfaces_per_gateway
    if len(gateways.attached_to(request, gateway_id)) >= quota:
        raise ClientError(
            f"You have reached the maximum number of Virtual Interfaces ({quota}) "
            f"on Direct Connect Gateway {gateway_id}."
        )
    for tie in request.world.associations_of(gateway_id):
        if tie.target_type not in _FIT[kind]:
            raise ClientError(
                f"A {kind} Virtual Interface cannot be attached to Direct Connect Gateway "
                f"{gateway_id}, which is associated with a {_PROSE[tie.target_type]}."
            )


def read_route_filters(wanted: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what the customer of a public interface may announce; IPv4 needs something.

    Raises:
        ClientError: There is nothing, or an IPv6 prefix is longer than /64.
    """
    filters = prefixes.read(wanted.get("routeFilterPrefixes"))
    if not filters and wanted.get("addressFamily", "ipv4") == "ipv4":
        raise ClientError("Route filter prefixes are required for a public Virtual Interface.")
    for each in filters:
        if ":" in each and int(each.partition("/")[2]) > _SHORTEST_IPV6_FILTER:
            raise ClientError(f"IPv6 prefix {each} must be /{_SHORTEST_IPV6_FILTER} or shorter.")
    return filters
