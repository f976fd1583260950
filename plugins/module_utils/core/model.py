# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The estate: the whole of what shall exist, as one immutable value.

Nothing in this package knows Ansible, boto3, a clock or a network: values come in, values go out.
An attribute that is None means "don't care", never "reset".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Family = Literal["ipv4", "ipv6"]
InterfaceType = Literal["private", "transit"]
Preference = Literal["low", "medium", "high"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A dedicated connection: one physical port at a Direct Connect location."""

    name: str
    account: str
    location: str
    bandwidth: str
    provider: str | None = None
    router: str | None = None
    port: str | None = None
    request_macsec: bool | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Association:
    """A gateway's tie to a transit gateway or a virtual private gateway, by id or Name tag.

    `transit_gateway_asn` is told only so that a clash with the gateway's ASN shows offline; it is
    compared with what AWS says, never set.
    """

    transit_gateway: str | None = None
    virtual_gateway: str | None = None
    transit_gateway_asn: int | None = None
    allowed_prefixes: tuple[str, ...] | None = None

    @property
    def target(self) -> str:
        """The one that is set: what the association ties the gateway to."""
        return self.transit_gateway or self.virtual_gateway or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    """A Direct Connect gateway and its associations."""

    name: str
    account: str
    amazon_asn: int | None = None
    associations: tuple[Association, ...] = ()
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
    """What the router says and believes over a virtual interface."""

    advertise: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    preference: Preference | None = None
    prepend: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class VirtualInterface:
    """A virtual interface on a connection, tied to a gateway."""

    name: str
    on: str
    type: InterfaceType
    gateway: str
    vlan: int
    customer_asn: int
    mtu: int | None = None
    site_link: bool | None = None
    peers: tuple[Peer, ...] = ()
    routing: Routing = Routing()
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estate:
    """The whole desired document; names are keys, references are by name."""

    name: str
    connections: tuple[Connection, ...] = ()
    gateways: tuple[Gateway, ...] = ()
    virtual_interfaces: tuple[VirtualInterface, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)

    def connection(self, name: str) -> Connection:
        """Return the connection of that name; KeyError when none is declared."""
        return {thing.name: thing for thing in self.connections}[name]

    def gateway(self, name: str) -> Gateway:
        """Return the gateway of that name; KeyError when none is declared."""
        return {thing.name: thing for thing in self.gateways}[name]
