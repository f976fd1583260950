# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What hangs on connections and gateways, and keeps them from being deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..snapshot import GONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..snapshot import FoundAssociation, FoundVirtualInterface, Snapshot
    from .doomed import Doomed


def interfaces_of(snapshot: Snapshot, parent_id: str) -> list[FoundVirtualInterface]:
    """Return the interfaces on a connection or a gateway, in whatever state."""
    return [
        thing
        for thing in snapshot.virtual_interfaces
        if parent_id in (thing.connection_id, thing.gateway_id)
    ]


def associations_of(snapshot: Snapshot, gateway_id: str) -> list[FoundAssociation]:
    """Return the associations of a gateway, in whatever state."""
    return [thing for thing in snapshot.associations if thing.gateway_id == gateway_id]


def staying(
    interfaces: Iterable[FoundVirtualInterface], doomed: Doomed
) -> list[FoundVirtualInterface]:
    """Return the living interfaces that are not to go."""
    return [thing for thing in interfaces if thing.state not in GONE and thing.id not in doomed.ids]


def obstacles(snapshot: Snapshot, doomed: Doomed) -> tuple[str, ...]:
    """Return one sentence per thing that stays on a parent that is to go: AWS would refuse."""
    return (*_on_connections(snapshot, doomed), *_on_gateways(snapshot, doomed))


def _on_connections(snapshot: Snapshot, doomed: Doomed) -> Iterator[str]:
    for name, found in doomed.connections.items():
        for thing in staying(interfaces_of(snapshot, found.id), doomed):
            yield (
                f"connection {name} still carries virtual_interface {thing.name} ({thing.id}), "
                "which is not part of this plan: delete it first"
            )


def _on_gateways(snapshot: Snapshot, doomed: Doomed) -> Iterator[str]:
    for name, found in doomed.gateways.items():
        for thing in staying(interfaces_of(snapshot, found.id), doomed):
            yield (
                f"gateway {name} still serves virtual_interface {thing.name} ({thing.id}), "
                "which is not part of this plan: delete it first"
            )
        for tie in associations_of(snapshot, found.id):
            if tie.state not in GONE and tie.id not in doomed.ids:
                yield (
                    f"gateway {name} is still tied to {tie.target_id}, "
                    "which is not part of this plan: delete that association first"
                )
