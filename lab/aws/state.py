# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What one account holds: plain records, whose states follow from the clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Family = Literal["ipv4", "ipv6"]


@dataclass(slots=True, kw_only=True)
class Connection:
    """A port at a location. Times are the model's clock; None: it has not happened."""

    id: str
    name: str
    account: str
    region: str
    location: str
    bandwidth: str
    device: str
    created_at: float
    provider: str | None = None
    billing_mode: str = "PayAsYouGo"
    macsec: bool = False
    encryption_mode: str = "no_encrypt"
    tags: dict[str, str] = field(default_factory=dict)
    loa_issued_at: float | None = None
    first_light_at: float | None = None
    deleted_at: float | None = None
    aws_port: str | None = None
    partner: str | None = None
    hosted_vlan: int = 0
    awaits_confirmation: bool = False


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
class Association:
    """A gateway's tie to a transit gateway or a virtual private gateway of one Region."""

    id: str
    gateway_id: str
    account: str
    target_id: str
    target_type: Literal["transitGateway", "virtualPrivateGateway"]
    region: str
    allowed_prefixes: tuple[str, ...]
    created_at: float
    updated_at: float | None = None
    # What was advertised before the update, which holds until the update has settled.
    previous_prefixes: tuple[str, ...] = ()
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
    """A VLAN on a connection with its BGP sessions, tied to a gateway or to a VGW."""

    id: str
    name: str
    type: Literal["private", "transit"]
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
    virtual_interfaces: dict[str, VirtualInterface] = field(default_factory=dict)
    gateways: dict[str, Gateway] = field(default_factory=dict)
    associations: dict[str, Association] = field(default_factory=dict)
    tests: list[FailoverTest] = field(default_factory=list)


# moto keeps one backend per account and Region; what is global lives in this one.
GLOBAL_REGION = "us-east-1"
