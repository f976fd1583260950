# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an account shows of customer gateways and VPN connections, in the estate's words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCustomerGateway:
    """A customer gateway as DescribeCustomerGateways shows it; its name is its Name tag."""

    id: str
    name: str
    state: str
    asn: int
    address: str | None = None
    certificate_arn: str | None = None
    device_name: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundVpnTunnel:
    """One tunnel; the key stays out of every printed form.

    Attributes:
        outside_address: AWS's end of it, by which AWS tells the tunnels apart.
        status: UP or DOWN; None before AWS has anything to tell.
        since: When the status changed, in UTC.
        accepted_routes: How many routes AWS has learnt over it.
    """

    outside_address: str
    inside_cidr: str | None = None
    key: str | None = field(default=None, repr=False)
    ike_versions: tuple[str, ...] = ()
    startup_action: str | None = None
    dpd_timeout_action: str | None = None
    status: str | None = None
    since: str | None = None
    accepted_routes: int | None = None

    @property
    def up(self) -> bool:
        """True while traffic can use it."""
        return self.status == "UP"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundVpnConnection:
    """A VPN connection as DescribeVpnConnections shows it, but for its configuration's text.

    Attributes:
        target_id: The virtual private gateway or the transit gateway.
        static_routes: The prefixes; None where the routes come by BGP.
        transport_attachment_id: What a private one runs over.
    """

    id: str
    name: str
    state: str
    customer_gateway_id: str
    target_id: str | None = None
    static_routes: tuple[str, ...] | None = None
    outside_address_type: str = "public"
    transport_attachment_id: str | None = None
    tunnels: tuple[FoundVpnTunnel, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)

    @property
    def live(self) -> bool:
        """True while traffic may flow."""
        return any(tunnel.up for tunnel in self.tunnels)
