# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The estate's backup path: customer gateways, and VPN connections from them to AWS."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

OutsideType = Literal["public", "private"]
IkeVersion = Literal["ikev1", "ikev2"]
StartupAction = Literal["add", "start"]
DpdTimeoutAction = Literal["clear", "none", "restart"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerGateway:
    """Our end of VPN connections, as AWS knows it; AWS changes nothing of it.

    Attributes:
        address: The outside address of our device, an IPv4 address.
        asn: Our ASN.
        certificate_arn: What the device identifies itself by instead of a key.
    """

    name: str
    account: str
    asn: int
    address: str | None = None
    certificate_arn: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class VpnTunnel:
    """One of the two tunnels of a VPN connection.

    Attributes:
        inside_cidr: The /30 within the tunnel; it tells the tunnels apart.
        key: The pre-shared key; without it AWS makes one.
    """

    inside_cidr: str
    key: str | None = field(default=None, repr=False)
    ike_versions: tuple[IkeVersion, ...] | None = None
    startup_action: StartupAction | None = None
    dpd_timeout_action: DpdTimeoutAction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VpnConnection:
    """A VPN connection: two IPsec tunnels between a customer gateway and a gateway of AWS.

    Attributes:
        virtual_gateway: AWS's end, by id or Name tag; else `transit_gateway` is.
        static_routes: Our prefixes, where there is no BGP; none at all means BGP.
        outside_address_type: Private runs over a transit virtual interface, not the internet.
        transport: The gateway whose association carries a private one.
        tunnels: What is wanted of its tunnels, two at most.
        backs_up: The circuits and gateways that it stands in for.
    """

    name: str
    account: str
    customer_gateway: str
    virtual_gateway: str | None = None
    transit_gateway: str | None = None
    static_routes: tuple[str, ...] | None = None
    outside_address_type: OutsideType | None = None
    transport: str | None = None
    tunnels: tuple[VpnTunnel, ...] = ()
    backs_up: tuple[str, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)

    @property
    def target(self) -> str:
        """The one that is set: AWS's end."""
        return self.transit_gateway or self.virtual_gateway or ""

    @property
    def private(self) -> bool:
        """True where its packets stay on Direct Connect."""
        return self.outside_address_type == "private"
