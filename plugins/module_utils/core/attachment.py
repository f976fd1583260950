# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The attachment: a virtual interface as a router sees it, neutral to the router's platform."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .model import Family
    from .model_routers import Landing


@dataclass(frozen=True, slots=True, kw_only=True)
class Bfd:
    """How fast a dead path is noticed: interval x multiplier."""

    interval_ms: int
    multiplier: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Timers:
    """How often a session says that it is there, and after what silence it is over."""

    keepalive_seconds: int
    hold_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drain:
    """What makes a way the last resort of both sides while its session stays up.

    Attributes:
        shut: Whether the router keeps its sessions down, once nothing is on it any more.
    """

    local_preference: int
    prepend: int
    communities: tuple[str, ...]
    shut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentPeer:
    """One BGP session from the router's side.

    Attributes:
        local_address: The router's address with its prefix length.
        remote_address: Amazon's address, without one.
        key_name: What to ask `keys` for; None where the estate holds no key.
        accept: Prefixes to take from AWS.
        accept_longest: Longest prefix length to take within `accept`; None for those exactly. A
            virtual private gateway announces the CIDRs of its VPC, which lie within the prefixes
            allowed; a transit gateway announces exactly the prefixes allowed.
        local_preference: None to leave the router's own.
        maximum_prefixes: Over this many routes from AWS the session is cut.
        maximum_prefixes_out: Over this many the router stops to announce.
        expect: Those of `accept` that AWS announces as soon as the session is up.
    """

    family: Family
    local_address: str
    remote_address: str
    remote_asn: int
    key_name: str | None
    advertise: tuple[str, ...]
    accept: tuple[str, ...]
    accept_longest: int | None
    local_preference: int | None
    communities: tuple[str, ...]
    prepend: int
    maximum_prefixes: int
    maximum_prefixes_out: int
    expect: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A virtual interface on its router.

    Attributes:
        landing: What the interface is: a sub-interface of the port, or the VLAN's own.
        vrf: The routing instance that it is in; empty for the default one.
        multipath: Over how many sessions the router shares traffic; None leaves that to it.
        drain: None while the way is in use.
        last_resort: What `drain` is once the way is drained; it does not shut.
        mtu: What AWS has now, because a router that sends more loses packets; None leaves the
            port's own.
        owner: The beginning of every name on the router that belongs to the virtual interface.
    """

    name: str
    id: str
    type: str
    account: str
    router: str
    port: str
    interface: str
    landing: Landing
    vlan: int
    vrf: str
    mtu: int | None
    owner: str
    description: str
    local_asn: int
    bfd: Bfd
    timers: Timers
    multipath: int | None
    drain: Drain | None
    last_resort: Drain
    peers: tuple[AttachmentPeer, ...]
