# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""After a create call whose outcome is unknown: look for the object before deciding anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.planner.identity import ESTATE_TAG, identify
from ..core.snapshot import GONE
from .associations import read_associations
from .connections import read_connections
from .gateways import read_gateways
from .made import Made
from .virtual_interfaces import read_virtual_interfaces

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..core.plan import Action
    from ..core.planner.identity import Tagged
    from .made import Ids
    from .session import Aws


def read_back(aws: Aws, action: Action, ids: Ids) -> Made | None:
    """Return the object that the call has made after all; None when it is not to be seen (yet)."""
    match action.kind:
        case "connection":
            return _by_name(action, read_connections(aws))
        case "gateway":
            return _by_name(action, read_gateways(aws))
        case "virtual_interface":
            return _by_name(action, read_virtual_interfaces(aws))
        case "association":
            return _association(aws, action, ids)
        case "peer":
            return _peer(aws, action, ids)


def _by_name(action: Action, things: Iterable[Tagged]) -> Made | None:
    estate = action.tags.get(ESTATE_TAG, "")
    found = identify(action.kind, action.name, estate=estate, candidates=things).found
    return Made(id=found.id, state=found.state) if found else None


def _association(aws: Aws, action: Action, ids: Ids) -> Made | None:
    target = ids.parent(action, "target")
    for thing in read_associations(aws, [ids.parent(action, "gateway")]):
        if thing.target_id == target and thing.state not in GONE:
            return Made(id=thing.id, state=thing.state)
    return None


def _peer(aws: Aws, action: Action, ids: Ids) -> Made | None:
    interface_id = ids.parent(action, "virtual_interface")
    family = action.name.rpartition("/")[2]
    for interface in read_virtual_interfaces(aws):
        for peer in interface.peers:
            if interface.id == interface_id and peer.family == family and peer.state not in GONE:
                return Made(id=peer.id, state=peer.state)
    return None
