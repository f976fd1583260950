# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The snapshot by what the planner asks of it: sorted once, so that no question is a search."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from ..snapshot import GONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ..snapshot import (
        FoundAssociation,
        FoundConnection,
        FoundHostedConnection,
        FoundVirtualInterface,
        Snapshot,
    )
    from ..snapshot_vpn import FoundVpnConnection
    from .identity import Tagged

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """What hangs on what, and what bears which name.

    Attributes:
        interfaces: By the id of a connection, a LAG or a gateway, in whatever state.
        associations: By the gateway's id, in whatever state.
        ties: The associations by the target's id, in whatever state.
        hosted: The hosted connections by the id of the partner's port, in whatever state.
        ports: The living connections by the name that AWS shows, whatever their tags say.
        members: The connections by the id of the LAG that they are in, in whatever state.
        vpns: The VPN connections by the id of either end, in whatever state.
        words: Name and id of connections, LAGs and gateways, for a sentence, by id.
    """

    interfaces: Mapping[str, tuple[FoundVirtualInterface, ...]]
    associations: Mapping[str, tuple[FoundAssociation, ...]]
    ties: Mapping[str, tuple[FoundAssociation, ...]]
    hosted: Mapping[str, tuple[FoundHostedConnection, ...]]
    ports: Mapping[str, tuple[FoundConnection, ...]]
    members: Mapping[str, tuple[FoundConnection, ...]]
    vpns: Mapping[str, tuple[FoundVpnConnection, ...]]
    words: Mapping[str, str]

    def interfaces_of(self, parent_id: str | None) -> tuple[FoundVirtualInterface, ...]:
        """Return the interfaces on a connection or a gateway, in whatever state."""
        return self.interfaces.get(parent_id or "", ())

    def associations_of(self, gateway_id: str | None) -> tuple[FoundAssociation, ...]:
        """Return the associations of a gateway, in whatever state."""
        return self.associations.get(gateway_id or "", ())

    def ties_of(self, target_id: str) -> tuple[FoundAssociation, ...]:
        """Return the associations of a target, in whatever state."""
        return self.ties.get(target_id, ())

    def hosted_on(self, parent_id: str) -> tuple[FoundHostedConnection, ...]:
        """Return what a partner's port hosts, in whatever state."""
        return self.hosted.get(parent_id, ())

    def namesakes(self, name: str) -> tuple[FoundConnection, ...]:
        """Return the living connections that AWS shows under a name."""
        return self.ports.get(name, ())

    def members_of(self, lag_id: str) -> tuple[FoundConnection, ...]:
        """Return the connections that are in a LAG, in whatever state."""
        return self.members.get(lag_id, ())

    def vpns_of(self, end_id: str) -> tuple[FoundVpnConnection, ...]:
        """Return the VPN connections that end on a gateway, in whatever state."""
        return self.vpns.get(end_id, ())


def lookup_of(snapshot: Snapshot) -> Lookup:
    """Sort a snapshot."""
    named: tuple[Tagged, ...] = (*snapshot.connections, *snapshot.lags, *snapshot.gateways)
    return Lookup(
        interfaces=_sorted(snapshot.virtual_interfaces, _parents),
        associations=_sorted(snapshot.associations, lambda thing: {thing.gateway_id}),
        ties=_sorted(snapshot.associations, lambda thing: {thing.target_id}),
        hosted=_sorted(snapshot.hosted_connections, lambda thing: {thing.parent_id}),
        ports=_sorted(
            (thing for thing in snapshot.connections if thing.state not in GONE),
            lambda thing: {thing.name},
        ),
        members=_sorted(
            (thing for thing in snapshot.connections if thing.lag_id),
            lambda thing: {thing.lag_id or ""},
        ),
        vpns=_sorted(
            snapshot.vpn_connections,
            lambda thing: {thing.customer_gateway_id, thing.target_id or ""},
        ),
        words={thing.id: f"{thing.name} ({thing.id})" for thing in named},
    )


def _parents(thing: FoundVirtualInterface) -> set[str]:
    return {thing.connection_id, thing.gateway_id or thing.connection_id}


def _sorted(
    things: Iterable[Thing], keys: Callable[[Thing], Iterable[str]]
) -> dict[str, tuple[Thing, ...]]:
    found: defaultdict[str, list[Thing]] = defaultdict(list)
    for thing in things:
        for key in keys(thing):
            found[key].append(thing)
    return {key: tuple(group) for key, group in found.items()}
