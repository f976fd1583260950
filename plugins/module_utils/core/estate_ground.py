# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the rules stand on: the estate, indexed, with the limits and the inventory's names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from .estate_fault import Fault

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from .limits import Limits
    from .model import (
        Connection,
        Estate,
        Gateway,
        HostedConnection,
        Lag,
        ResiliencyGroup,
        VirtualGateway,
        VirtualInterface,
    )
    from .model_alarms import Alarms
    from .model_vpn import CustomerGateway, VpnConnection

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """All that a rule may look at; `accounts` and `routers` are None where nobody can tell."""

    estate: Estate
    limits: Limits
    accounts: Collection[str] | None
    routers: Collection[str] | None
    connections: Mapping[str, Connection]
    lags: Mapping[str, Lag]
    gateways: Mapping[str, Gateway]

    def carrier(self, interface: VirtualInterface) -> Connection | Lag | None:
        """Return what carries an interface, if that is declared."""
        return self.connections.get(interface.on) or self.lags.get(interface.on)

    def gateway(self, interface: VirtualInterface) -> Gateway | None:
        """Return the gateway on which an interface ends, if that is declared."""
        return self.gateways.get(interface.gateway or "")

    def router(self, interface: VirtualInterface) -> str | None:
        """Return the router on which an interface lands, if it is known."""
        carrier = self.carrier(interface)
        return None if carrier is None else carrier.router

    def amazon_asn(self, gateway: Gateway) -> int:
        """Return the ASN of a gateway; AWS chooses the default where none is declared."""
        return gateway.amazon_asn or self.limits.default_amazon_asn


Rule = Callable[[Ground], Iterator[Fault]]


def ground(
    estate: Estate,
    *,
    limits: Limits,
    accounts: Collection[str] | None,
    routers: Collection[str] | None,
) -> Ground:
    """Index an estate; where a name is used twice the first counts."""
    return Ground(
        estate=estate,
        limits=limits,
        accounts=accounts,
        routers=routers,
        connections={thing.name: thing for thing in reversed(estate.connections)},
        lags={thing.name: thing for thing in reversed(estate.lags)},
        gateways={thing.name: thing for thing in reversed(estate.gateways)},
    )


def numbered(path: str, things: Iterable[Thing]) -> Iterator[tuple[str, Thing]]:
    """Yield each thing after its path in the document."""
    return ((f"{path}[{position}]", thing) for position, thing in enumerate(things))


def connections(ground: Ground) -> Iterator[tuple[str, Connection]]:
    """Yield each connection after its path."""
    return numbered("connections", ground.estate.connections)


def lags(ground: Ground) -> Iterator[tuple[str, Lag]]:
    """Yield each LAG after its path."""
    return numbered("lags", ground.estate.lags)


def carriers(ground: Ground) -> Iterator[tuple[str, Connection | Lag]]:
    """Yield each connection and each LAG after its path."""
    yield from connections(ground)
    yield from lags(ground)


def hosted_connections(ground: Ground) -> Iterator[tuple[str, HostedConnection]]:
    """Yield each hosted connection of a partner's after its path."""
    return numbered("hosted_connections", ground.estate.hosted_connections)


def resiliency_groups(ground: Ground) -> Iterator[tuple[str, ResiliencyGroup]]:
    """Yield each resiliency group after its path."""
    return numbered("resiliency_groups", ground.estate.resiliency_groups)


def gateways(ground: Ground) -> Iterator[tuple[str, Gateway]]:
    """Yield each gateway after its path."""
    return numbered("gateways", ground.estate.gateways)


def virtual_gateways(ground: Ground) -> Iterator[tuple[str, VirtualGateway]]:
    """Yield each virtual private gateway to make after its path."""
    return numbered("virtual_gateways", ground.estate.virtual_gateways)


def customer_gateways(ground: Ground) -> Iterator[tuple[str, CustomerGateway]]:
    """Yield each customer gateway after its path."""
    return numbered("customer_gateways", ground.estate.customer_gateways)


def vpn_connections(ground: Ground) -> Iterator[tuple[str, VpnConnection]]:
    """Yield each VPN connection after its path."""
    return numbered("vpn_connections", ground.estate.vpn_connections)


def alarms(ground: Ground) -> Iterator[tuple[str, Alarms]]:
    """Yield each set of alarms after its path."""
    return numbered("alarms", ground.estate.alarms)


def virtual_interfaces(ground: Ground) -> Iterator[tuple[str, VirtualInterface]]:
    """Yield each virtual interface after its path."""
    return numbered("virtual_interfaces", ground.estate.virtual_interfaces)
