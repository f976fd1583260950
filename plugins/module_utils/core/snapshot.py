# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The snapshot: what one AWS account says exists, in the estate's words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .model import Family
    from .snapshot_alarms import FoundAlarm
    from .snapshot_vpn import FoundCustomerGateway, FoundVpnConnection

# States in which an object no longer counts as existing.
GONE = frozenset({"deleting", "deleted", "rejected", "disassociating", "disassociated"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMacsecKey:
    """One MACsec key of a connection or a LAG; AWS never shows the CAK."""

    ckn: str
    state: str
    secret: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundConnection:
    """A connection as DescribeConnections shows it."""

    id: str
    name: str
    state: str
    location: str
    bandwidth: str
    provider: str | None = None
    jumbo_frame_capable: bool | None = None
    macsec_capable: bool | None = None
    has_logical_redundancy: str | None = None
    aws_device: str | None = None
    aws_logical_device: str | None = None
    loa_issue_time: str | None = None
    owner_account: str | None = None
    partner: str | None = None
    vlan: int | None = None
    lag_id: str | None = None
    billing_mode: str | None = None
    encryption_mode: str | None = None
    encryption_status: str | None = None
    macsec_keys: tuple[FoundMacsecKey, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPort:
    """A port of a LAG as the LAG's answer shows it; DescribeConnections tells more."""

    id: str
    name: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLag:
    """A LAG as DescribeLags shows it; its members are the connections that bear its id."""

    id: str
    name: str
    state: str
    location: str
    bandwidth: str
    minimum_links: int
    provider: str | None = None
    ports: tuple[FoundPort, ...] = ()
    jumbo_frame_capable: bool | None = None
    macsec_capable: bool | None = None
    has_logical_redundancy: str | None = None
    aws_device: str | None = None
    aws_logical_device: str | None = None
    encryption_mode: str | None = None
    encryption_status: str | None = None
    macsec_keys: tuple[FoundMacsecKey, ...] = ()
    owner_account: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundHostedConnection:
    """A hosted connection as the partner sees it (DescribeHostedConnections)."""

    id: str
    name: str
    state: str
    parent_id: str
    owner_account: str
    bandwidth: str
    vlan: int
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundResiliencyGroup:
    """A resiliency group with its members (ListResiliencyGroups and its associations)."""

    id: str
    name: str
    state: str
    model: str
    connection_ids: tuple[str, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundGateway:
    """A gateway as DescribeDirectConnectGateways shows it."""

    id: str
    name: str
    state: str
    amazon_asn: int
    owner_account: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAssociation:
    """An association as DescribeDirectConnectGatewayAssociations shows it.

    Attributes:
        attachment_id: Network Manager's id of it, where the target is a core network.
        read_of: The end of which AWS was asked: the gateway, or the target of an account that does
            not own the gateway.
    """

    id: str
    gateway_id: str
    target_id: str
    target_type: str
    state: str
    allowed_prefixes: tuple[str, ...] = ()
    gateway_owner: str | None = None
    target_owner: str | None = None
    attachment_id: str | None = None
    edge_locations: tuple[str, ...] | None = None
    read_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundProposal:
    """A proposal to associate, as DescribeDirectConnectGatewayAssociationProposals shows it.

    The proposer and the gateway's owner both see it; it vanishes soon after it was accepted.
    """

    id: str
    gateway_id: str
    gateway_owner: str
    target_id: str
    target_type: str
    target_owner: str
    state: str
    requested_prefixes: tuple[str, ...] = ()
    existing_prefixes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPeer:
    """One BGP peer of a virtual interface; the key stays out of every printed form."""

    id: str
    family: Family
    state: str
    status: str
    asn: int
    amazon_address: str | None = None
    customer_address: str | None = None
    key: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundVirtualInterface:
    """A virtual interface as DescribeVirtualInterfaces shows it."""

    id: str
    name: str
    type: str
    state: str
    connection_id: str
    vlan: int
    gateway_id: str | None
    customer_asn: int
    amazon_asn: int | None = None
    mtu: int | None = None
    site_link: bool | None = None
    peers: tuple[FoundPeer, ...] = ()
    route_filter_prefixes: tuple[str, ...] = ()
    rate_limit: str | None = None
    prefix_pool_allocated_count_ipv4: int | None = None
    prefix_pool_allocated_count_ipv6: int | None = None
    owner_account: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)

    @property
    def live(self) -> bool:
        """True while traffic may flow: it is there, and a BGP session is up."""
        return self.state not in GONE and any(peer.status == "up" for peer in self.peers)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTarget:
    """A transit gateway, as EC2 shows it."""

    id: str
    name: str | None
    state: str
    amazon_asn: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTransitAttachment:
    """A gateway's attachment to a transit gateway, and the route tables that it works with."""

    id: str
    transit_gateway_id: str
    gateway_id: str
    state: str
    route_table_id: str | None = None
    route_table_state: str | None = None
    propagates_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundVirtualGateway:
    """A virtual private gateway, as EC2 shows it, with its VPC."""

    id: str
    name: str
    state: str
    amazon_asn: int | None = None
    vpc_id: str | None = None
    attachment_state: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)

    @property
    def attachment_id(self) -> str | None:
        """What its attachment to a VPC goes by here, as AWS gives it no id: its two ends."""
        return f"{self.id}/{self.vpc_id}" if self.vpc_id else None


# What an association of this account's own can lead to.
FoundEnd = FoundTarget | FoundVirtualGateway


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRouteTable:
    """A route table of a VPC or of a transit gateway; the VPC's says whose routes it learns."""

    id: str
    name: str | None
    parent_id: str
    learns_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundVpc:
    """A VPC, by which a virtual private gateway's place is named."""

    id: str
    name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """All that one account has of the kinds that were asked for.

    A kind that was not asked for is empty; the planner is then told by its scope not to judge it.
    """

    connections: tuple[FoundConnection, ...] = ()
    lags: tuple[FoundLag, ...] = ()
    hosted_connections: tuple[FoundHostedConnection, ...] = ()
    resiliency_groups: tuple[FoundResiliencyGroup, ...] = ()
    gateways: tuple[FoundGateway, ...] = ()
    associations: tuple[FoundAssociation, ...] = ()
    proposals: tuple[FoundProposal, ...] = ()
    virtual_interfaces: tuple[FoundVirtualInterface, ...] = ()
    transit_gateways: tuple[FoundTarget, ...] = ()
    transit_attachments: tuple[FoundTransitAttachment, ...] = ()
    transit_route_tables: tuple[FoundRouteTable, ...] = ()
    virtual_gateways: tuple[FoundVirtualGateway, ...] = ()
    customer_gateways: tuple[FoundCustomerGateway, ...] = ()
    vpn_connections: tuple[FoundVpnConnection, ...] = ()
    route_tables: tuple[FoundRouteTable, ...] = ()
    vpcs: tuple[FoundVpc, ...] = ()
    alarms: tuple[FoundAlarm, ...] = ()
