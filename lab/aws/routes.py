# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Routes of a virtual interface, as AWS's router holds them: accepted and advertised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import carriers, peers, virtual_interfaces
from .clock import as_datetime
from .errors import ClientError, ServerError
from .request import Answer, Request, operation
from .router_routes import Route, read_routes
from .router_shell import RouterError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .state import VirtualInterface

CIDRS_AT_MOST = 10


@operation("ListVirtualInterfaceRoutes")
def list_routes(request: Request) -> Answer:
    """Return the routes of all sessions of a virtual interface, filtered, by pages."""
    identifier = request.parameters.get("virtualInterfaceId")
    if not identifier:
        raise ClientError("You must specify a virtual interface ID.")
    found = virtual_interfaces.find(request, identifier)
    if len(request.parameters.get("filters", {}).get("cidrs", [])) > CIDRS_AT_MOST:
        raise ClientError(f"At most {CIDRS_AT_MOST} CIDRs can be given as a filter.")
    return tell(request, found, _routes(request, found))


def tell(request: Request, virtual_interface: VirtualInterface, routes: list[Route]) -> Answer:
    """Return the page of the routes that the request asks for, of those that it wants to see."""
    filters = request.parameters.get("filters", {})
    wanted = [route for route in routes if _passes(route, filters)]
    answer = request.page(
        "routes", wanted, lambda route: _describe(request, virtual_interface, route)
    )
    return {"virtualInterfaceId": virtual_interface.id, **answer}


def _routes(request: Request, virtual_interface: VirtualInterface) -> list[Route]:
    carrier = request.world.find_carrier(virtual_interface.connection_id)
    port = carriers.port(request, carrier) if carrier is not None else None
    if port is None:
        return []
    up = [
        peer.customer_address.partition("/")[0]
        for peer in virtual_interface.live_peers
        if peers.status(request, virtual_interface, peer) == "up"
    ]
    if not up:
        return []
    router = port.partition(":")[0]
    amazon_asn = virtual_interfaces.amazon_asn_of(request, virtual_interface)
    try:
        return read_routes(request.world.state_directory, router, up, amazon_asn)
    except RouterError as error:
        raise ServerError("The routes cannot be read at present.") from error


def _passes(route: Route, filters: Mapping[str, Any]) -> bool:
    communities = filters.get("communities", [])
    return (
        filters.get("routeDirection") in (None, route.direction)
        and filters.get("addressFamily") in (None, route.family)
        and (not filters.get("cidrs") or route.cidr in filters["cidrs"])
        and (not filters.get("asPath") or tuple(filters["asPath"]) == route.as_path)
        and set(communities) <= set(route.communities)
    )


def _describe(request: Request, virtual_interface: VirtualInterface, route: Route) -> Answer:
    carrier = request.world.find_carrier(virtual_interface.connection_id)
    answer: Answer = {
        "cidr": route.cidr,
        "routeDirection": route.direction,
        "addressFamily": route.family,
        "asPath": [{"pathType": "seq", "path": list(route.as_path)}] if route.as_path else [],
        "communities": list(route.communities),
        "awsLogicalDeviceId": peers.device(carrier).get("awsLogicalDeviceId", ""),
    }
    if route.installed_at is not None:
        answer["routeInstalledAt"] = as_datetime(route.installed_at)
    return answer
