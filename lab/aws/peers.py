# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""BGP peers: addresses and keys as AWS assigns them, making and deleting sessions."""

from __future__ import annotations

import re
import secrets
from ipaddress import IPv4Interface
from typing import TYPE_CHECKING, Any, cast

from . import carriers, lifecycle, public_network, shares, virtual_interfaces
from .asn import both_fields, read_customer_asn
from .errors import ClientError
from .ids import new_id, new_key
from .request import Answer, Request, operation
from .state import Family, Peer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .carriers import Carrier
    from .state import InterfaceType, VirtualInterface

KEY = re.compile(r"[!-~]{6,80}")
_SMALLEST_LINK = 31


def new_peer(request: Request, wanted: Mapping[str, Any], kind: InterfaceType) -> Peer:
    """Return the session that the request describes, with what AWS assigns filled in."""
    family = cast("Family", wanted.get("addressFamily", "ipv4"))
    key = wanted.get("authKey") or new_key()
    if not KEY.fullmatch(key):
        raise ClientError(
            "The BGP authentication key is not valid. It must have 6 to 80 characters, no spaces."
        )
    amazon, customer = _addresses(request, family, wanted, kind)
    return Peer(
        id=new_id("dxpeer"),
        family=family,
        asn=read_customer_asn(wanted),
        key=key,
        amazon_address=amazon,
        customer_address=customer,
        created_at=request.world.now,
    )


def _addresses(
    request: Request, family: Family, wanted: Mapping[str, Any], kind: InterfaceType
) -> tuple[str, str]:
    amazon, customer = wanted.get("amazonAddress"), wanted.get("customerAddress")
    if family == "ipv6":
        if amazon or customer:
            raise ClientError("You cannot specify addresses for IPv6. AWS assigns them.")
        return _assigned_ipv6(request)
    if kind == "public":
        return _public(amazon, customer)
    if not amazon and not customer:
        return _assigned_ipv4(request)
    if not amazon or not customer:
        raise ClientError("Specify both the Amazon address and the customer address, or neither.")
    return _checked(amazon, customer)


def _public(amazon: str | None, customer: str | None) -> tuple[str, str]:
    if not amazon or not customer:
        raise ClientError(
            "The Amazon address and the customer address are required for an IPv4 session of a "
            "public Virtual Interface."
        )
    ends = _checked(amazon, customer)
    for end in ends:
        if not public_network.is_public(end.partition("/")[0]):
            raise ClientError(f"{end} is not a public address.")
    return ends


def _checked(amazon: str, customer: str) -> tuple[str, str]:
    try:
        ends = IPv4Interface(amazon), IPv4Interface(customer)
    except ValueError:
        raise ClientError(f"Address {amazon} or {customer} is not valid.") from None
    if ends[0].network != ends[1].network or ends[0].network.prefixlen > _SMALLEST_LINK:
        raise ClientError(f"{amazon} and {customer} must be in the same subnet.")
    if ends[0].ip == ends[1].ip:
        raise ClientError("The Amazon address and the customer address must be different.")
    return str(ends[0]), str(ends[1])


def _used(request: Request) -> set[str]:
    return {
        peer.amazon_address
        for virtual_interface in request.world.virtual_interfaces()
        for peer in virtual_interface.peers
    }


def _assigned_ipv4(request: Request) -> tuple[str, str]:
    """Return both ends of a /30 of 169.254.0.0/16 that no virtual interface uses."""
    used = _used(request)
    while True:
        base = f"169.254.{128 + secrets.randbelow(127)}"
        octet = 4 * secrets.randbelow(64)
        if f"{base}.{octet + 1}/30" not in used:
            return f"{base}.{octet + 1}/30", f"{base}.{octet + 2}/30"


def _assigned_ipv6(request: Request) -> tuple[str, str]:
    """Return both ends of a /125 that no virtual interface uses."""
    used = _used(request)
    while True:
        base = f"2001:db8:7224:{secrets.randbelow(0xFFFE) + 1:x}:"
        if f"{base}:1/125" not in used:
            return f"{base}:1/125", f"{base}:2/125"


@operation("CreateBGPPeer")
def create_bgp_peer(request: Request) -> Answer:
    """Add the session of the other address family."""
    virtual_interface = virtual_interfaces.find(
        request, request.parameters.get("virtualInterfaceId", "")
    )
    peer = new_peer(request, request.parameters.get("newBGPPeer", {}), virtual_interface.type)
    _check_room(request, virtual_interface, peer)
    virtual_interface.peers.append(peer)
    request.world.nudge()
    return {"virtualInterface": virtual_interfaces.describe(request, virtual_interface)}


def _check_room(request: Request, virtual_interface: VirtualInterface, peer: Peer) -> None:
    """Refuse a second session of a family where the device has no partner that could hold it."""
    same = [other for other in virtual_interface.live_peers if other.family == peer.family]
    if any(other.customer_address == peer.customer_address for other in same):
        raise ClientError(f"IP address {peer.customer_address} is already in use.")
    carrier = request.world.find_carrier(virtual_interface.connection_id)
    redundant = carrier is not None and shares.has_logical_redundancy(carrier)
    if len(same) >= (2 if redundant else 1):
        raise ClientError(
            f"Virtual Interface {virtual_interface.id} already has a BGP peer "
            f"of address family {peer.family}."
        )


@operation("DeleteBGPPeer")
def delete_bgp_peer(request: Request) -> Answer:
    """Delete a session, named by its id or by ASN and customer address; never the last one."""
    virtual_interface = virtual_interfaces.find(
        request, request.parameters.get("virtualInterfaceId", "")
    )
    peer = _named(request, virtual_interface)
    if len(virtual_interface.live_peers) == 1:
        raise ClientError("Cannot delete the last BGP peer of a Virtual Interface.")
    peer.deleted_at = request.world.now
    request.world.nudge()
    return {"virtualInterface": virtual_interfaces.describe(request, virtual_interface)}


def _named(request: Request, virtual_interface: VirtualInterface) -> Peer:
    wanted = request.parameters
    asn = wanted.get("asnLong") or wanted.get("asn")
    for peer in virtual_interface.live_peers:
        by_ends = (peer.asn, peer.customer_address) == (asn, wanted.get("customerAddress"))
        if peer.id == wanted.get("bgpPeerId") or by_ends:
            return peer
    raise ClientError(f"BGP peer of Virtual Interface {virtual_interface.id} does not exist.")


def status(request: Request, virtual_interface: VirtualInterface, peer: Peer) -> str:
    """Return up or down as AWS's router sees the session."""
    if peer.deleted_at is not None or virtual_interface.deleted_at is not None:
        return "down"
    return "up" if _established(request, virtual_interface, peer) else "down"


def _established(request: Request, virtual_interface: VirtualInterface, peer: Peer) -> bool:
    carrier = request.world.find_carrier(virtual_interface.connection_id)
    port = carriers.port(request, carrier) if carrier is not None else None
    if not port:
        return False
    router = port.partition(":")[0]
    return request.sight.is_established(router, peer.customer_address.partition("/")[0])


def describe(request: Request, virtual_interface: VirtualInterface, peer: Peer) -> Answer:
    """Return a session as the service words it, its key included."""
    world = request.world
    return {
        "bgpPeerId": peer.id,
        **both_fields(peer.asn),
        "authKey": peer.key,
        "addressFamily": peer.family,
        "amazonAddress": peer.amazon_address,
        "customerAddress": peer.customer_address,
        "bgpPeerState": lifecycle.peer_state(
            peer, world.now, world.delays, public=virtual_interface.type == "public"
        ),
        "bgpStatus": status(request, virtual_interface, peer),
        **device(world.find_carrier(virtual_interface.connection_id)),
    }


def device(carrier: Carrier | None) -> dict[str, str]:
    """Return the two fields that name AWS's device."""
    if carrier is None:
        return {}
    return {
        "awsDeviceV2": carrier.device,
        "awsLogicalDeviceId": carriers.logical_device(carrier),
    }
