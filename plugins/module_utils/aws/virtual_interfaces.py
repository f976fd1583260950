# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Virtual interfaces with their BGP peers and routes: the one place that reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..core.snapshot import FoundPeer, FoundVirtualInterface
from .paging import all_pages
from .tagging import as_dict

if TYPE_CHECKING:
    from .session import Aws


def read_virtual_interfaces(aws: Aws) -> tuple[FoundVirtualInterface, ...]:
    """Return all virtual interfaces of the account in the Region: one call per hundred."""
    answers = all_pages(aws.reader().describe_virtual_interfaces, "virtualInterfaces")
    return tuple(found_interface(answer) for answer in answers)


def found_interface(answer: dict[str, Any]) -> FoundVirtualInterface:
    """Return an interface as AWS describes it; most calls that change one answer so."""
    return FoundVirtualInterface(
        id=answer["virtualInterfaceId"],
        name=answer.get("virtualInterfaceName", ""),
        type=answer.get("virtualInterfaceType", ""),
        state=answer.get("virtualInterfaceState", "unknown"),
        connection_id=answer.get("connectionId", ""),
        vlan=answer.get("vlan", 0),
        gateway_id=answer.get("directConnectGatewayId") or answer.get("virtualGatewayId"),
        customer_asn=_asn(answer),
        amazon_asn=answer.get("amazonSideAsn"),
        mtu=answer.get("mtu"),
        site_link=answer.get("siteLinkEnabled"),
        peers=tuple(_peer(peer) for peer in answer.get("bgpPeers", [])),
        route_filter_prefixes=tuple(each["cidr"] for each in answer.get("routeFilterPrefixes", [])),
        rate_limit=answer.get("rateLimit") or None,
        prefix_pool_allocated_count_ipv4=answer.get("prefixPoolAllocatedCountIpv4"),
        prefix_pool_allocated_count_ipv6=answer.get("prefixPoolAllocatedCountIpv6"),
        owner_account=answer.get("ownerAccount"),
        tags=as_dict(answer.get("tags")),
    )


def _peer(answer: dict[str, Any]) -> FoundPeer:
    return FoundPeer(
        id=answer.get("bgpPeerId", ""),
        family=answer.get("addressFamily", "ipv4"),
        state=answer.get("bgpPeerState", "unknown"),
        status=answer.get("bgpStatus", "unknown"),
        asn=_asn(answer),
        amazon_address=answer.get("amazonAddress") or None,
        customer_address=answer.get("customerAddress") or None,
        key=answer.get("authKey"),
    )


def _asn(answer: dict[str, Any]) -> int:
    """Return the ASN; beside a 4-byte one AWS shows `asn` as 0."""
    return int(answer.get("asnLong") or answer.get("asn") or 0)


def read_routes(aws: Aws, interface_id: str) -> list[dict[str, Any]]:
    """Return what AWS accepted from and advertised to the router over one interface."""
    call = aws.reader().list_virtual_interface_routes
    routes = all_pages(call, "routes", virtualInterfaceId=interface_id)
    return sorted((_route(route) for route in routes), key=_place)


def _route(answer: dict[str, Any]) -> dict[str, Any]:
    return {
        "prefix": answer["cidr"],
        "direction": answer["routeDirection"],
        "family": answer["addressFamily"],
        "as_path": [asn for part in answer.get("asPath", []) for asn in part["path"]],
        "communities": answer.get("communities", []),
    }


def _place(route: dict[str, Any]) -> tuple[str, str, str]:
    return route["direction"], route["family"], route["prefix"]
