# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The evidence of a run: what AWS, the routers and the test hosts said, and where to find it."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import ip_interface
from typing import TYPE_CHECKING, Any

from .landings import interface_name
from .model import Lag

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .limits import Limits
    from .model import Connection, Estate, VirtualInterface

UP, DOWN, UNKNOWN = "up", "down", "unknown"
_GLOBAL = "global"  # what NAPALM calls the default VRF


@dataclass(frozen=True, slots=True, kw_only=True)
class RouterSession:
    """A BGP session as the router sees it; prefixes are counts, None when not known."""

    state: str = UNKNOWN
    received: int | None = None
    advertised: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a run has seen.

    Attributes:
        observed: One mapping per account, as the modules `estate` and `estate_info` return it.
        routers: Per router its facts by getter, as `device_facts` returns them; of them
            `bgp_neighbors` is read.
        checks: Check records of any origin: id, target, verdict, measured, expected.
    """

    observed: Sequence[Mapping[str, Any]] = ()
    routers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    checks: Sequence[Mapping[str, Any]] = ()

    def account(self, name: str) -> Mapping[str, Any]:
        """Return what was observed in an account; empty when it was not looked at."""
        return next((seen for seen in self.observed if seen["account"] == name), {})

    def connection(self, account: str, name: str) -> Mapping[str, Any]:
        """Return a connection as AWS has it; empty when it has none."""
        return _named(self.account(account), "connections", name)

    def circuit(self, circuit: Connection | Lag) -> Mapping[str, Any]:
        """Return a circuit as AWS has it; empty when it has none."""
        kind = "lags" if isinstance(circuit, Lag) else "connections"
        return _named(self.account(circuit.account), kind, circuit.name)

    def ports(self, circuit: Connection | Lag) -> tuple[tuple[str, Mapping[str, Any]], ...]:
        """Return the declared ports of a LAG by name, as AWS has them; none of a connection."""
        names = circuit.connections if isinstance(circuit, Lag) else ()
        return tuple((name, self.connection(circuit.account, name)) for name in names)

    def gateway(self, account: str, name: str) -> Mapping[str, Any]:
        """Return a gateway as AWS has it; empty when it has none."""
        return _named(self.account(account), "gateways", name)

    def virtual_interface(self, account: str, name: str) -> Mapping[str, Any]:
        """Return a virtual interface as AWS has it; empty when it has none."""
        return _named(self.account(account), "virtual_interfaces", name)

    def session(
        self, router: str | None, neighbor: str | None, family: str, vrf: str | None = None
    ) -> RouterSession:
        """Return how a router sees its session with an address; unknown when it was not asked."""
        tables = self.routers.get(router or "", {}).get("bgp_neighbors") or {}
        peer = neighbor_in(tables, bare(neighbor), vrf)
        if not peer:
            return RouterSession()
        prefixes = peer.get("address_family", {}).get(family, {})
        return RouterSession(
            state=UP if peer["is_up"] else DOWN,
            received=_count(prefixes.get("received_prefixes")),
            advertised=_count(prefixes.get("sent_prefixes")),
        )


def neighbor_in(
    tables: Mapping[str, Mapping[str, Any]], address: str | None, vrf: str | None = None
) -> Mapping[str, Any]:
    """Return what a router says of a neighbor; empty when it knows none of that address.

    Another VRF may have one of the same address: they are asked only where its own is not told.

    Args:
        tables: What NAPALM's getter bgp_neighbors returns, by VRF.
        address: The neighbor's, without a prefix length.
        vrf: The VRF that it is in; None or empty for the default one.
    """
    own = tables.get(vrf or _GLOBAL)
    for table in tables.values() if own is None else (own,):
        for neighbor, peer in table.get("peers", {}).items():
            if bare(neighbor) == address:
                return dict(peer)
    return {}


def bare(address: str | None) -> str | None:
    """Return an address without its prefix length, in the canonical spelling."""
    return str(ip_interface(address).ip) if address else None


def interface_of(estate: Estate, virtual_interface: VirtualInterface) -> str | None:
    """Return the name of the router's interface that a virtual interface lands on."""
    carrier = estate.carrier(virtual_interface.on)
    return interface_name(estate, carrier, virtual_interface.vlan) if carrier.port else None


def owner_words(account: str | None) -> str:
    """Return who confirms an interface that was made for another account, by its name if told."""
    return f"account {account}" if account else "the owner of the account"


def declared_asn(estate: Estate, interface: VirtualInterface, limits: Limits) -> int | None:
    """Return the ASN of what an interface ends on, as declared; None where AWS alone knows it."""
    if interface.type == "public":
        return limits.public_amazon_asn
    name = interface.gateway or interface.virtual_gateway
    ends = estate.gateways if interface.gateway else estate.virtual_gateways
    return next((thing.amazon_asn for thing in ends if thing.name == name), None)


def _named(account: Mapping[str, Any], kind: str, name: str) -> Mapping[str, Any]:
    return next((thing for thing in account.get(kind, ()) if thing["name"] == name), {})


def _count(prefixes: int | None) -> int | None:
    """NAPALM says -1 for what a router does not tell."""
    return prefixes if prefixes is not None and prefixes >= 0 else None
