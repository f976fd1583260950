# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Landings: what a router must have free for its virtual interfaces, long before AWS made them.

The preflight looks at landings while a cross-connect is still awaited; once AWS has assigned all
details, a landing becomes an attachment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .model import Lag

if TYPE_CHECKING:
    from .model import Connection, Estate, Family, VirtualInterface
    from .model_routers import Landing as Landings


_ODD = re.compile(r"[^A-Za-z0-9_.~/-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """What one virtual interface asks of its router.

    Attributes:
        circuit: The connection or LAG that it rides on.
        port: The router's port; of a LAG, the interface that bundles its ports.
        ports: The ports that a LAG bundles, as far as they are declared; none of a connection.
        mtu: In bytes; None where the estate does not care.
        owner: The beginning of every name on the router that belongs to the virtual interface.
        addresses: The router's own addresses, as far as they are declared, with prefix length.
        neighbors: Amazon's addresses, as far as they are declared, with prefix length.
        landing: What the interface is: a sub-interface of the port, or the VLAN's own.
        vrf: The routing instance that it is in; None for the default one.
    """

    name: str
    circuit: str
    bandwidth: str
    port: str
    ports: tuple[str, ...] = ()
    interface: str
    vlan: int
    mtu: int | None
    owner: str
    local_asn: int
    families: tuple[Family, ...]
    addresses: tuple[str, ...]
    neighbors: tuple[str, ...]
    landing: Landings = "subinterface"
    vrf: str | None = None


def owner(vlan: int) -> str:
    """Return the beginning of every name that belongs to a virtual interface on a router."""
    return f"DX-VIF{vlan}"


def key_name(name: str) -> str:
    """Return what to call a thing's key in a candidate: one word, though AWS takes spaces."""
    return _ODD.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), name)


def interface_name(estate: Estate, carrier: Connection | Lag, vlan: int) -> str:
    """Return the router's interface that a VLAN of a circuit lands on."""
    names = {"svi": f"Vlan{vlan}", "irb": f"irb.{vlan}"}
    return names.get(estate.router(carrier.router or "").landing, f"{carrier.port}.{vlan}")


def landing_on(
    estate: Estate, router: str
) -> tuple[tuple[Connection | Lag, VirtualInterface], ...]:
    """Return the virtual interfaces that end on a router with what carries them, by VLAN."""
    carriers = {thing.name: thing for thing in estate.circuits if thing.router == router}
    landing = (thing for thing in estate.virtual_interfaces if thing.on in carriers)
    return tuple(
        (carriers[thing.on], thing) for thing in sorted(landing, key=lambda thing: thing.vlan)
    )


def landings(estate: Estate, router: str) -> tuple[Landing, ...]:
    """Return what a router must have free, by VLAN."""
    return tuple(_landing(estate, *pair) for pair in landing_on(estate, router))


def bundled(estate: Estate, carrier: Connection | Lag) -> tuple[str, ...]:
    """Return the router's ports that a LAG bundles, as far as they are declared."""
    names = carrier.connections if isinstance(carrier, Lag) else ()
    return tuple(port for name in names if (port := estate.connection(name).port))


def _landing(estate: Estate, carrier: Connection | Lag, interface: VirtualInterface) -> Landing:
    peers = interface.peers
    return Landing(
        name=interface.name,
        circuit=carrier.name,
        bandwidth=carrier.bandwidth,
        port=carrier.port or "",
        ports=bundled(estate, carrier),
        interface=interface_name(estate, carrier, interface.vlan),
        vlan=interface.vlan,
        mtu=interface.mtu,
        owner=owner(interface.vlan),
        local_asn=interface.customer_asn,
        families=tuple(peer.family for peer in peers),
        addresses=tuple(peer.customer_address for peer in peers if peer.customer_address),
        neighbors=tuple(peer.amazon_address for peer in peers if peer.amazon_address),
        landing=estate.router(carrier.router or "").landing,
        vrf=interface.routing.vrf,
    )
