# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The states of pending objects: one list call per kind, however many objects wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from .associations import read_associations
from .connections import read_connections
from .gateways import read_gateways
from .virtual_interfaces import read_virtual_interfaces

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Set as AbstractSet

    from ..core.snapshot import Snapshot
    from .session import Aws


class Stateful(Protocol):
    """What all found objects have in common."""

    @property
    def id(self) -> str:
        """The id that AWS gave."""

    @property
    def state(self) -> str:
        """The state in AWS's word."""


def states_of(snapshot: Snapshot) -> dict[str, str]:
    """Return the state of every object of a snapshot by id, that of every peer too."""
    things: tuple[Stateful, ...] = (
        *snapshot.connections,
        *snapshot.gateways,
        *snapshot.associations,
        *snapshot.virtual_interfaces,
        *(peer for thing in snapshot.virtual_interfaces for peer in thing.peers),
    )
    return {thing.id: thing.state for thing in things}


def read_states(aws: Aws, kinds: AbstractSet[str], gateway_ids: Collection[str]) -> dict[str, str]:
    """Return the states by id of all objects of the kinds named.

    Args:
        aws: The account.
        kinds: Kinds in the plan's words.
        gateway_ids: The gateways whose associations are asked for.
    """
    states: dict[str, str] = {}
    if "connection" in kinds:
        states |= {thing.id: thing.state for thing in read_connections(aws)}
    if "gateway" in kinds:
        states |= {thing.id: thing.state for thing in read_gateways(aws)}
    if "association" in kinds:
        states |= {thing.id: thing.state for thing in read_associations(aws, gateway_ids)}
    if kinds & {"virtual_interface", "peer"}:
        interfaces = read_virtual_interfaces(aws)
        states |= {thing.id: thing.state for thing in interfaces}
        states |= {peer.id: peer.state for thing in interfaces for peer in thing.peers}
    return states
