# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on connections and LAGs: speed, router and port, how many interfaces one carries."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from .estate_fault import Fault
from .estate_ground import Rule, carriers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .estate_ground import Ground
    from .model import Connection, Lag

# A physical port on any platform: a dot would make it a sub-interface, which the product makes.
_PORT = re.compile(r"[A-Za-z][A-Za-z0-9/:_-]*", re.ASCII)


def bandwidth(ground: Ground) -> Iterator[Fault]:
    """Require one of AWS's port speeds of a port, and of a partner's part of one what AWS sells."""
    dedicated, hosted = ground.limits.dedicated_bandwidths, ground.limits.hosted_bandwidths
    for path, carrier in carriers(ground):
        is_hosted = getattr(carrier, "hosted", False)
        kind, sizes = ("hosted", hosted) if is_hosted else ("dedicated", dedicated)
        if carrier.bandwidth not in sizes:
            yield Fault(
                f"{path}.bandwidth",
                f"{carrier.bandwidth} is no speed of a {kind} connection ({', '.join(sizes)})",
            )


def macsec(ground: Ground) -> Iterator[Fault]:
    """Require a speed that can have MACsec where MACsec is requested."""
    speeds = ground.limits.macsec_bandwidths
    for path, carrier in carriers(ground):
        if carrier.request_macsec and carrier.bandwidth not in speeds:
            yield Fault(
                f"{path}.request_macsec",
                f"is not to be had at {carrier.bandwidth} ({', '.join(speeds)})",
            )


def router_with_port(ground: Ground) -> Iterator[Fault]:
    """Require that a router and its port are told together."""
    for path, carrier in carriers(ground):
        if carrier.router and not carrier.port:
            yield Fault(
                f"{path}.port",
                f"is missing: name {_port_words(path, carrier.router)}",
            )
        if carrier.port and not carrier.router:
            yield Fault(
                f"{path}.router", f"is missing: name the router that has port {carrier.port}"
            )


def _port_words(path: str, router: str) -> str:
    if path.startswith("lags"):
        return f"the interface of {router} that bundles its ports"
    return f"the port of {router} that the cross-connect goes to"


def port_is_physical(ground: Ground) -> Iterator[Fault]:
    """Require that a port is one word that a router knows, and no sub-interface."""
    for path, carrier in carriers(ground):
        if carrier.port and not _PORT.fullmatch(carrier.port):
            yield Fault(
                f"{path}.port",
                f"{carrier.port} names no port: give the physical one, without VLAN, as eth1",
            )


def port_once(ground: Ground) -> Iterator[Fault]:
    """Require that a port takes one cable."""
    first: dict[tuple[str, str], Connection | Lag] = {}
    for path, carrier in carriers(ground):
        if carrier.router and carrier.port:
            taken = first.setdefault((carrier.router, carrier.port), carrier)
            if taken is not carrier:
                yield Fault(
                    f"{path}.port",
                    f"{carrier.port} of {carrier.router} is taken by {taken.name} already",
                )


def interface_counts(ground: Ground) -> Iterator[Fault]:
    """Require that a carrier has a limited number of interfaces, by type and in all."""
    limits = ground.limits
    by_type = Counter((thing.on, thing.type) for thing in ground.estate.virtual_interfaces)
    for path, carrier in carriers(ground):
        transit = by_type[carrier.name, "transit"]
        others = by_type[carrier.name, "private"] + by_type[carrier.name, "public"]
        for count, most, kind in (
            (transit, limits.transit_interfaces_per_connection, "transit interfaces"),
            (others, limits.private_interfaces_per_connection, "private and public interfaces"),
            (transit + others, limits.virtual_interfaces_per_connection, "interfaces in all"),
        ):
            if count > most:
                yield Fault(path, f"{carrier.name} carries {count} {kind}, AWS takes {most}")


RULES: tuple[Rule, ...] = (
    bandwidth,
    macsec,
    router_with_port,
    port_is_physical,
    port_once,
    interface_counts,
)
