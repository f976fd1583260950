# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bundles: LAGs as a router sees them, neutral to the router's platform."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .landings import bundled

if TYPE_CHECKING:
    from .model import Estate, Lag


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A LAG on its router. AWS runs LACP on every LAG, so the router does as well.

    Attributes:
        name: The LAG's name.
        interface: The router's interface that bundles the ports.
        members: The router's ports, in the order of the LAG's connections.
        minimum_links: With fewer ports up, the bundle is down; None leaves that to the router.
        mtu: The largest MTU of what rides on it, in bytes; None where nobody says one.
        owner: What begins every name on the router that belongs to the bundle.
    """

    name: str
    interface: str
    members: tuple[str, ...]
    minimum_links: int | None
    mtu: int | None
    owner: str
    description: str


def bundles(estate: Estate, router: str) -> tuple[Bundle, ...]:
    """Return the bundles of a router: its LAGs of which every port is declared, by interface.

    A switch whose ports take no sub-interfaces has none: the trunk and its VLANs are the
    operator's.
    """
    if estate.router(router).landing != "subinterface":
        return ()
    here = (lag for lag in estate.lags if lag.router == router and lag.port)
    found = (_bundle(estate, lag, lag.port or "") for lag in here if _is_whole(estate, lag))
    return tuple(sorted(found, key=lambda bundle: bundle.interface))


def _is_whole(estate: Estate, lag: Lag) -> bool:
    """Whether the router's port of each connection is known: half a bundle is none."""
    return len(bundled(estate, lag)) == len(lag.connections)


def _bundle(estate: Estate, lag: Lag, port: str) -> Bundle:
    # A name of ours ends at its first hyphen.
    owner = f"DX-PORT{port.replace('-', '')}"
    riding = (thing.mtu for thing in estate.virtual_interfaces if thing.on == lag.name)
    return Bundle(
        name=lag.name,
        interface=port,
        members=bundled(estate, lag),
        minimum_links=lag.minimum_links,
        mtu=max((mtu for mtu in riding if mtu), default=None),
        owner=owner,
        description=f"{owner} {lag.name}",
    )
