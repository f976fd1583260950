# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What one AWS router shall carry, as a value."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import ip_interface
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class RouterPeer:
    """One session: its ends, what is announced to it, what and how much it may announce.

    `accept` is None for a private or transit session, which may announce anything; a public one
    may announce what its route filters hold.
    """

    family: Literal["ipv4", "ipv6"]
    amazon_address: str
    customer_address: str
    customer_asn: int
    amazon_asn: int
    key: str = field(repr=False)
    announce: tuple[str, ...]
    accept: tuple[str, ...] | None = None
    maximum_prefixes: int = 100
    held_down: bool = False

    @property
    def neighbor(self) -> str:
        """The customer's address without its prefix length, as a router names the session."""
        return str(ip_interface(self.customer_address).ip)


@dataclass(frozen=True, slots=True, kw_only=True)
class RouterInterface:
    """A VLAN sub-interface of a port with the sessions of one virtual interface."""

    virtual_interface: str
    port: str
    vlan: int
    mtu: int
    peers: tuple[RouterPeer, ...]

    @property
    def name(self) -> str:
        """The sub-interface's name, as `ip link` shows it."""
        return f"{self.port}.{self.vlan}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RouterState:
    """All that the model puts on one router. The empty one is the lab's base configuration."""

    interfaces: tuple[RouterInterface, ...] = ()
    originate: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether the model has anything on the router."""
        return not self.interfaces and not self.originate
