# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Estates of any size, and what AWS shows once all of such an estate is there."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

from ansible_collections.crossconnect.dx.plugins.module_utils.core.snapshot import (
    FoundConnection,
    FoundGateway,
    FoundPeer,
    FoundVirtualInterface,
    Snapshot,
)

if TYPE_CHECKING:
    from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import (
        Estate,
        VirtualInterface,
    )

ACCOUNT = "network"
KEY = "bench-key-that-opens-nothing"
CONNECTIONS_PER_ROUTER = 10
# What AWS takes without being asked for more.
INTERFACES_PER_GATEWAY = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How many objects of each kind; interfaces go round over connections and gateways."""

    connections: int
    interfaces: int
    gateways: int

    @property
    def objects(self) -> int:
        """All of them."""
        return self.connections + self.interfaces + self.gateways


def sized(objects: int) -> Size:
    """Return a size of so many objects: for each 30 interfaces a gateway, the rest ports."""
    interfaces = objects // 2
    gateways = ceil(interfaces / INTERFACES_PER_GATEWAY)
    return Size(
        connections=objects - interfaces - gateways, interfaces=interfaces, gateways=gateways
    )


def document(size: Size, *, location: str = "EqFA5") -> dict[str, Any]:
    """Return an estate's document: ports on routers, private interfaces behind gateways."""
    return {
        "name": "bench",
        "tags": {"owner": "network"},
        "connections": [_connection(number, location) for number in range(size.connections)],
        "gateways": [
            {"name": f"core-{number}", "account": ACCOUNT, "amazon_asn": 64512}
            for number in range(size.gateways)
        ],
        "virtual_interfaces": [_interface(number, size) for number in range(size.interfaces)],
    }


def _connection(number: int, location: str) -> dict[str, Any]:
    return {
        "name": f"port-{number}",
        "account": ACCOUNT,
        "location": location,
        "bandwidth": "10Gbps",
        "router": f"edge-{number // CONNECTIONS_PER_ROUTER}",
        "port": f"eth{number % CONNECTIONS_PER_ROUTER}",
    }


def _interface(number: int, size: Size) -> dict[str, Any]:
    link = 4 * number
    network = f"169.254.{link // 256 % 256}"
    return {
        "name": f"vif-{number}",
        "on": f"port-{number % size.connections}",
        "type": "private",
        "gateway": f"core-{number % size.gateways}",
        "vlan": 1 + number % 4000,
        "customer_asn": 65001,
        "mtu": 1500,
        "peers": [
            {
                "family": "ipv4",
                "amazon_address": f"{network}.{link % 256 + 1}/30",
                "customer_address": f"{network}.{link % 256 + 2}/30",
                "key": KEY,
            }
        ],
    }


def complete(estate: Estate) -> Snapshot:
    """Return what AWS shows once all of the estate is there, every session up."""
    return Snapshot(
        connections=tuple(
            FoundConnection(
                id=f"dxcon-{thing.name}",
                name=thing.name,
                state="available",
                location=thing.location,
                bandwidth=thing.bandwidth,
                tags=_tags(estate, thing.name),
            )
            for thing in estate.connections
        ),
        gateways=tuple(
            FoundGateway(
                id=f"gateway-{thing.name}",
                name=thing.name,
                state="available",
                amazon_asn=thing.amazon_asn or 64512,
                tags=_tags(estate, thing.name),
            )
            for thing in estate.gateways
        ),
        virtual_interfaces=tuple(_found(thing, estate) for thing in estate.virtual_interfaces),
    )


def _found(thing: VirtualInterface, estate: Estate) -> FoundVirtualInterface:
    (peer,) = thing.peers
    return FoundVirtualInterface(
        id=f"dxvif-{thing.name}",
        name=thing.name,
        type=thing.type,
        state="available",
        connection_id=f"dxcon-{thing.on}",
        vlan=thing.vlan,
        gateway_id=f"gateway-{thing.gateway}",
        customer_asn=thing.customer_asn,
        mtu=thing.mtu,
        peers=(
            FoundPeer(
                id=f"dxpeer-{thing.name}",
                family=peer.family,
                state="available",
                status="up",
                asn=thing.customer_asn,
                amazon_address=peer.amazon_address,
                customer_address=peer.customer_address,
                key=peer.key,
            ),
        ),
        tags=_tags(estate, thing.name),
    )


def _tags(estate: Estate, name: str) -> dict[str, str]:
    marks = {"crossconnect:estate": estate.name, "crossconnect:name": name}
    return {**estate.tags, **marks}
