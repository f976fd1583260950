# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The estate: the whole of what shall exist, as one immutable value.

Nothing in this package knows Ansible, boto3, a clock or a network: values come in, values go out.
An attribute that is None means "don't care", never "reset".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

from .model_routers import Router
from .model_vpn import CustomerGateway, VpnConnection

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .model_alarms import Alarms

Family = Literal["ipv4", "ipv6"]
InterfaceType = Literal["private", "public", "transit"]
Preference = Literal["low", "medium", "high"]
Scope = Literal["region", "continent", "world"]
EncryptionMode = Literal["no_encrypt", "should_encrypt", "must_encrypt"]
ResiliencyModel = Literal["basic-resiliency", "high-resiliency", "maximum-resiliency"]


class Named(Protocol):
    """What all things of the estate have in common."""

    @property
    def name(self) -> str:
        """Its name, once in the estate for its kind."""


Thing = TypeVar("Thing", bound=Named)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An AWS account by its number: one that others name, or that no host of ours logs in to."""

    name: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MacsecKey:
    """A pair of names and secrets for MACsec: CKN and CAK as 64 hex digits, or a secret's ARN."""

    ckn: str | None = None
    cak: str | None = field(default=None, repr=False)
    secret: str | None = None

    @property
    def label(self) -> str:
        """What tells the key from the others, and is no secret."""
        return self.ckn or self.secret or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A connection: one physical port at a Direct Connect location, or a partner's part of one.

    Attributes:
        hosted: A partner provides it (AllocateHostedConnection); we confirm it and never order it.
        vlan: The VLAN id that the partner gave a hosted connection.
        macsec_keys: All keys that it shall have; None for "don't care".
    """

    name: str
    account: str
    location: str
    bandwidth: str
    provider: str | None = None
    router: str | None = None
    port: str | None = None
    hosted: bool = False
    vlan: int | None = None
    billing_mode: str | None = None
    request_macsec: bool | None = None
    encryption_mode: EncryptionMode | None = None
    macsec_keys: tuple[MacsecKey, ...] | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag:
    """A link aggregation group: dedicated connections on one AWS device, used as one.

    Attributes:
        connections: The names of all its ports, each declared among the connections.
        router: The router that the bundle ends on; `port` is the bundle's interface there.
        minimum_links: With fewer ports up, the LAG is down.
    """

    name: str
    account: str
    location: str
    bandwidth: str
    connections: tuple[str, ...]
    provider: str | None = None
    router: str | None = None
    port: str | None = None
    minimum_links: int | None = None
    request_macsec: bool | None = None
    encryption_mode: EncryptionMode | None = None
    macsec_keys: tuple[MacsecKey, ...] | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class HostedConnection:
    """A partner's side of a hosted connection: the part of its port that it gives to a customer.

    Attributes:
        account: The partner's account, in which the port is.
        on: The partner's connection, LAG or interconnect: a declared name, or an AWS id.
        owner: The customer's account, by its name here or its number.
    """

    name: str
    account: str
    on: str
    owner: str
    bandwidth: str
    vlan: int
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResiliencyGroup:
    """Connections that AWS shall judge together against a resiliency model."""

    name: str
    account: str
    model: ResiliencyModel
    connections: tuple[str, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Association:
    """A gateway's tie to a transit gateway, a virtual private gateway or a Cloud WAN core network.

    Attributes:
        transit_gateway: Its id or Name tag; `virtual_gateway` and `core_network` alike.
        transit_gateway_asn: Told only so that a clash with the gateway's ASN shows offline; it is
            compared with what AWS says, never set.
        account: The account that owns the target, if it is not the gateway's: it proposes the
            association, and the gateway's account accepts.
        edge_locations: The Regions of a core network in which the gateway is attached.
        route_table: The transit gateway's route table that looks up what comes from the gateway.
        propagate_to: The transit gateway's route tables that learn what the gateway announces.
    """

    transit_gateway: str | None = None
    virtual_gateway: str | None = None
    core_network: str | None = None
    transit_gateway_asn: int | None = None
    account: str | None = None
    allowed_prefixes: tuple[str, ...] | None = None
    edge_locations: tuple[str, ...] | None = None
    route_table: str | None = None
    propagate_to: tuple[str, ...] | None = None

    @property
    def target(self) -> str:
        """The one that is set: what the association ties the gateway to."""
        return self.transit_gateway or self.virtual_gateway or self.core_network or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    """A Direct Connect gateway and its associations.

    Attributes:
        id: Its AWS id, needed only where another account's gateway is meant that no run of ours
            reads.
    """

    name: str
    account: str
    id: str | None = None
    amazon_asn: int | None = None
    associations: tuple[Association, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class VirtualGateway:
    """A virtual private gateway (VGW): made, attached to its VPC, its routes propagated.

    Attributes:
        vpc: The VPC's id or Name tag.
        propagate_to: The VPC's route tables, by id or Name tag, that learn the gateway's routes;
            None for "don't care".
    """

    name: str
    account: str
    amazon_asn: int | None = None
    vpc: str | None = None
    propagate_to: tuple[str, ...] | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """One BGP session of a virtual interface; addresses in CIDR form."""

    family: Family
    amazon_address: str | None = None
    customer_address: str | None = None
    key: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """What the router says and believes over a virtual interface.

    Attributes:
        scope: How far AWS carries what is announced over a public interface; None leaves it to AWS,
            which carries it everywhere.
        vrf: The routing instance (VRF) that the interface is in; None for the default one.
    """

    advertise: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    preference: Preference | None = None
    prepend: int = 0
    scope: Scope | None = None
    vrf: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VirtualInterface:
    """A virtual interface on a connection or a LAG.

    Attributes:
        gateway: The gateway that a private or transit interface ends on.
        virtual_gateway: The VGW that a private interface ends on without a gateway between.
        account: The account that owns it, if it is not the connection's: the connection's account
            allocates it, and this one confirms it (a hosted virtual interface).
        route_filter_prefixes: What a public interface announces to AWS.
        rate_limit: Its share of the connection, in AWS's words (500Mbps).
        prefix_pool_allocated_count_ipv4: Routes that AWS takes from us, of the connection's pool;
            `prefix_pool_allocated_count_ipv6` alike.
    """

    name: str
    on: str
    type: InterfaceType
    vlan: int
    customer_asn: int
    gateway: str | None = None
    virtual_gateway: str | None = None
    account: str | None = None
    mtu: int | None = None
    site_link: bool | None = None
    route_filter_prefixes: tuple[str, ...] | None = None
    rate_limit: str | None = None
    prefix_pool_allocated_count_ipv4: int | None = None
    prefix_pool_allocated_count_ipv6: int | None = None
    peers: tuple[Peer, ...] = ()
    routing: Routing = Routing()
    tags: Mapping[str, str] = field(default_factory=dict)


# What AWS takes tags on.
Taggable = (
    Connection
    | Lag
    | HostedConnection
    | ResiliencyGroup
    | Gateway
    | VirtualGateway
    | CustomerGateway
    | VpnConnection
    | VirtualInterface
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estate:
    """The whole desired document; names are keys, references are by name.

    Attributes:
        adopt: Whether what is found by its name gets the estate's tags; otherwise it stays.
    """

    name: str
    adopt: bool = True
    accounts: tuple[Account, ...] = ()
    connections: tuple[Connection, ...] = ()
    lags: tuple[Lag, ...] = ()
    hosted_connections: tuple[HostedConnection, ...] = ()
    resiliency_groups: tuple[ResiliencyGroup, ...] = ()
    gateways: tuple[Gateway, ...] = ()
    virtual_gateways: tuple[VirtualGateway, ...] = ()
    customer_gateways: tuple[CustomerGateway, ...] = ()
    vpn_connections: tuple[VpnConnection, ...] = ()
    virtual_interfaces: tuple[VirtualInterface, ...] = ()
    alarms: tuple[Alarms, ...] = ()
    routers: tuple[Router, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)

    @property
    def circuits(self) -> tuple[Connection | Lag, ...]:
        """What is ordered and carries interfaces: each LAG, and each connection that is in none."""
        bundled = {name for lag in self.lags for name in lag.connections}
        single = (thing for thing in self.connections if thing.name not in bundled)
        return (*single, *self.lags)

    def connection(self, name: str) -> Connection:
        """Return the connection of that name; KeyError when none is declared."""
        return _named(name, self.connections)

    def carrier(self, name: str) -> Connection | Lag:
        """Return the connection or LAG of that name; KeyError when none is declared."""
        carriers: tuple[Connection | Lag, ...] = (*self.connections, *self.lags)
        return _named(name, carriers)

    def router(self, name: str) -> Router:
        """Return what is declared of a router; one without a word of its own is as any other."""
        return next((thing for thing in self.routers if thing.name == name), Router(name=name))

    def gateway(self, name: str | None) -> Gateway:
        """Return the gateway of that name; KeyError when none is declared."""
        return _named(name, self.gateways)


def _named(name: str | None, things: Iterable[Thing]) -> Thing:
    for thing in things:
        if thing.name == name:
            return thing
    raise KeyError(name)
