# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The snapshot: what one AWS account says exists, in the estate's words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .model import Family

# States in which an object no longer counts as existing.
GONE = frozenset({"deleting", "deleted", "rejected", "disassociating", "disassociated"})


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
    """An association as DescribeDirectConnectGatewayAssociations shows it."""

    id: str
    gateway_id: str
    target_id: str
    target_type: str
    state: str
    allowed_prefixes: tuple[str, ...] = ()


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
    owner_account: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)

    @property
    def live(self) -> bool:
        """True while traffic may flow: it is there, and a BGP session is up."""
        return self.state not in GONE and any(peer.status == "up" for peer in self.peers)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTarget:
    """A transit gateway or a virtual private gateway, as EC2 shows it."""

    id: str
    name: str | None
    state: str
    amazon_asn: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """All that one account has of the kinds that were asked for.

    A kind that was not asked for is empty; the planner is then told by its scope not to judge it.
    """

    connections: tuple[FoundConnection, ...] = ()
    gateways: tuple[FoundGateway, ...] = ()
    associations: tuple[FoundAssociation, ...] = ()
    virtual_interfaces: tuple[FoundVirtualInterface, ...] = ()
    transit_gateways: tuple[FoundTarget, ...] = ()
    virtual_gateways: tuple[FoundTarget, ...] = ()
