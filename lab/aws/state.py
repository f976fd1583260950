# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What one account holds: plain records, whose states follow from the clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from .state_ports import Connection, Lag, MacsecKey, ResiliencyGroup

__all__ = [
    "GLOBAL_REGION",
    "Association",
    "Connection",
    "FailoverTest",
    "Family",
    "Gateway",
    "InterfaceType",
    "Lag",
    "Ledger",
    "MacsecKey",
    "Peer",
    "Proposal",
    "ResiliencyGroup",
    "RouteTableTie",
    "TargetType",
    "VirtualInterface",
]

Family = Literal["ipv4", "ipv6"]
InterfaceType = Literal["private", "public", "transit"]
TargetType = Literal["transitGateway", "virtualPrivateGateway", "coreNetwork"]


@dataclass(slots=True, kw_only=True)
class Gateway:
    """A Direct Connect gateway; it belongs to an account and to no Region."""

    id: str
    name: str
    account: str
    amazon_asn: int
    created_at: float
    tags: dict[str, str] = field(default_factory=dict)
    deleted_at: float | None = None


@dataclass(slots=True, kw_only=True)
class RouteTableTie:
    """A transit gateway's route table that a gateway's attachment uses, or tells its routes to."""

    route_table_id: str
    kind: Literal["association", "propagation"]
    since: float
    ended_at: float | None = None


@dataclass(slots=True, kw_only=True)
class Association:
    """A gateway's tie to a transit gateway or a VGW of one Region, or to a core network.

    Attributes:
        account: Who owns the gateway; `target_account` owns what it is tied to.
        previous_prefixes: What was advertised before an update, until the update has settled.
        attachment_id: The transit gateway's or the core network's word for the tie.
        route_tables: The transit gateway's route tables that know the tie.
        edge_locations: The Regions of a core network that the tie reaches.
    """

    id: str
    gateway_id: str
    account: str
    target_id: str
    target_type: TargetType
    target_account: str
    region: str
    allowed_prefixes: tuple[str, ...]
    created_at: float
    updated_at: float | None = None
    previous_prefixes: tuple[str, ...] = ()
    attachment_id: str | None = None
    route_tables: list[RouteTableTie] = field(default_factory=list)
    edge_locations: tuple[str, ...] = ()
    tags: dict[str, str] = field(default_factory=dict)
    deleted_at: float | None = None


@dataclass(slots=True, kw_only=True)
class Proposal:
    """What the owner of a transit gateway or a VGW asks of the owner of a gateway."""

    id: str
    gateway_id: str
    gateway_account: str
    account: str
    region: str
    target_id: str
    target_type: TargetType
    existing_prefixes: tuple[str, ...]
    requested_prefixes: tuple[str, ...]
    created_at: float
    accepted_at: float | None = None
    deleted_at: float | None = None


@dataclass(slots=True, kw_only=True)
class Peer:
    """One BGP session of a virtual interface. Addresses with prefix length, as AWS writes them."""

    id: str
    family: Family
    asn: int
    key: str = field(repr=False)
    amazon_address: str
    customer_address: str
    created_at: float
    deleted_at: float | None = None


@dataclass(slots=True, kw_only=True)
class VirtualInterface:
    """A VLAN on a connection or a LAG with its BGP sessions, tied to a gateway or to a VGW.

    Attributes:
        account: Who owns it; who owns what it rides on is `connection_id`'s to tell.
        awaits_confirmation: It was allocated by the owner of the connection, and not yet accepted.
        rejected: Its owner has deleted it instead of accepting it.
        route_filters: What the customer of a public one may announce.
    """

    id: str
    name: str
    type: InterfaceType
    account: str
    region: str
    connection_id: str
    vlan: int
    mtu: int
    created_at: float
    peers: list[Peer]
    gateway_id: str | None = None
    virtual_gateway_id: str | None = None
    site_link: bool = False
    prefixes_ipv4: int = 100
    prefixes_ipv6: int = 100
    rate_limit: str | None = None
    awaits_confirmation: bool = False
    rejected: bool = False
    route_filters: tuple[str, ...] = ()
    tags: dict[str, str] = field(default_factory=dict)
    deleted_at: float | None = None

    @property
    def live_peers(self) -> list[Peer]:
        """The sessions that nobody has deleted."""
        return [peer for peer in self.peers if peer.deleted_at is None]


@dataclass(slots=True, kw_only=True)
class FailoverTest:
    """A time in which sessions of a virtual interface are held down on purpose."""

    id: str
    virtual_interface_id: str
    peer_ids: tuple[str, ...]
    minutes: int
    started_at: float
    stopped_at: float | None = None

    def ended_at(self, now: float) -> float | None:
        """Return when the test ended, None while it runs."""
        due = self.started_at + self.minutes * 60
        if self.stopped_at is not None:
            return min(self.stopped_at, due)
        return due if due <= now else None


@dataclass(slots=True, kw_only=True)
class Ledger:
    """All that one account holds in one Region; gateways stand in the ledger of GLOBAL_REGION."""

    connections: dict[str, Connection] = field(default_factory=dict)
    lags: dict[str, Lag] = field(default_factory=dict)
    resiliency_groups: dict[str, ResiliencyGroup] = field(default_factory=dict)
    virtual_interfaces: dict[str, VirtualInterface] = field(default_factory=dict)
    gateways: dict[str, Gateway] = field(default_factory=dict)
    associations: dict[str, Association] = field(default_factory=dict)
    agreements: dict[str, float] = field(default_factory=dict)  # when each was signed
    proposals: dict[str, Proposal] = field(default_factory=dict)
    tests: list[FailoverTest] = field(default_factory=list)


# moto keeps one backend per account and Region; what is global lives in this one.
GLOBAL_REGION = "us-east-1"
