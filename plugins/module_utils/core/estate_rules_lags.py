# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on LAGs: their ports, each of which is declared as a connection, and what they share."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from .estate_fault import Fault
from .estate_ground import Rule, lags, numbered, virtual_interfaces
from .limits import connections_per_lag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .estate_ground import Ground
    from .model import Connection, Lag

# What a port must have in common with its LAG; AWS wants the first three, the cables the last.
_SHARED = ("account", "location", "bandwidth", "provider", "router")


def ports_known(ground: Ground) -> Iterator[Fault]:
    """Require that each port of a LAG is declared, so that the plan can name what it orders."""
    names = ground.connections
    for path, lag in lags(ground):
        for place, name in numbered(f"{path}.connections", lag.connections):
            # A connection whose name could not be read may be the one that is meant.
            if name not in names and "" not in names:
                there = ", ".join(sorted(names)) or "none"
                yield Fault(place, f"no connection named {name} is declared (there: {there})")


def ports_once(ground: Ground) -> Iterator[Fault]:
    """Require that a port is in one LAG, and once."""
    taken: dict[str, str] = {}
    for path, lag in lags(ground):
        for place, name in numbered(f"{path}.connections", lag.connections):
            if name in taken:
                yield Fault(place, f"{name} is a port of LAG {taken[name]} already")
            taken.setdefault(name, lag.name)


def port_count(ground: Ground) -> Iterator[Fault]:
    """Require as many ports as AWS takes, and at least one."""
    for path, lag in lags(ground):
        most, count = connections_per_lag(ground.limits, lag.bandwidth), len(lag.connections)
        if not 1 <= count <= most:
            yield Fault(
                f"{path}.connections",
                f"has {count} ports, AWS takes 1 to {most} at {lag.bandwidth}",
            )


def minimum_links(ground: Ground) -> Iterator[Fault]:
    """Require a minimum that the LAG can reach; with AWS's 0 it would never be down."""
    for path, lag in lags(ground):
        least, most = lag.minimum_links, len(lag.connections)
        if least is not None and least < 1:
            yield Fault(
                f"{path}.minimum_links",
                f"is {least}: a LAG that may lose all of its ports unnoticed swallows what is sent"
                " over it, give 1 or more",
            )
        if least is not None and least > most:
            yield Fault(f"{path}.minimum_links", f"is {least}, and the LAG has {most} ports")


def ports_agree(ground: Ground) -> Iterator[Fault]:
    """Require that ports have what the LAG has where both are told, and are no partner's."""
    for place, lag, port in _ports(ground):
        if port.hosted:
            yield Fault(place, f"{port.name} is a partner's: a LAG takes dedicated connections")
        for attribute in _SHARED:
            ours, theirs = getattr(lag, attribute), getattr(port, attribute)
            if ours and theirs and ours != theirs:
                yield Fault(
                    place,
                    f"{port.name} has {attribute} {theirs}, LAG {lag.name} has {ours}: the ports"
                    " of a LAG are all alike",
                )


def macsec_together(ground: Ground) -> Iterator[Fault]:
    """Require that MACsec is requested for a LAG and its ports together, as AWS does."""
    for place, lag, port in _ports(ground):
        if bool(lag.request_macsec) != bool(port.request_macsec):
            asks, lacks = (lag, port) if lag.request_macsec else (port, lag)
            yield Fault(
                place,
                f"{asks.name} requests MACsec and {lacks.name} does not: a LAG and its ports"
                " should be requested MacSec at the same time; set request_macsec alike on all",
            )


def macsec_on_the_lag(ground: Ground) -> Iterator[Fault]:
    """Require that keys and encryption mode are the LAG's: it replaces those of its ports."""
    for place, lag, port in _ports(ground):
        for attribute in ("macsec_keys", "encryption_mode"):
            if getattr(port, attribute) is not None:
                yield Fault(
                    place,
                    f"{port.name} has {attribute} of its own, and a port takes its LAG's: move"
                    f" them to LAG {lag.name}",
                )


def carries_itself(ground: Ground) -> Iterator[Fault]:
    """Require that what rides on a port of a LAG is declared to ride on the LAG."""
    bundles = {name: lag.name for lag in ground.estate.lags for name in lag.connections}
    for path, interface in virtual_interfaces(ground):
        if interface.on in bundles:
            lag = bundles[interface.on]
            yield Fault(f"{path}.on", f"{interface.on} is a port of LAG {lag}: put {lag} here")


def lags_per_account(ground: Ground) -> Iterator[Fault]:
    """Require that an account has as many LAGs as AWS allows in a Region."""
    most = ground.limits.lags_per_region
    counts = Counter(lag.account for lag in ground.estate.lags)
    for account, count in counts.items():
        if account and count > most:
            yield Fault("lags", f"account {account} has {count} LAGs, AWS takes {most} in a Region")


def _ports(ground: Ground) -> Iterator[tuple[str, Lag, Connection]]:
    """Yield each declared port of each LAG after its place in the LAG's list."""
    for path, lag in lags(ground):
        for place, name in numbered(f"{path}.connections", lag.connections):
            if port := ground.connections.get(name):
                yield place, lag, port


RULES: tuple[Rule, ...] = (
    ports_known,
    ports_once,
    port_count,
    minimum_links,
    ports_agree,
    macsec_together,
    macsec_on_the_lag,
    carries_itself,
    lags_per_account,
)
