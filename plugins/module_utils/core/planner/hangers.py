# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What hangs on connections and gateways, and keeps them from being deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..plan import Reference, Wait
from ..snapshot import GONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from ..snapshot import FoundHostedConnection, FoundVirtualInterface
    from .doomed import Doomed, Identified
    from .lookup import Lookup


# The last states of all: nothing in them keeps what it hung on from going.
PAST = frozenset({"deleted", "rejected", "disassociated"})


def without(interfaces: Iterable[FoundVirtualInterface]) -> tuple[Wait, ...]:
    """Wait for the interfaces to be gone: this plan's, and those that are already on their way."""
    return tuple(
        Wait(on=Reference(kind="virtual_interface", name=thing.name, id=thing.id), now=thing.state)
        for thing in interfaces
        if thing.state not in PAST
    )


def unhosted(things: Iterable[FoundHostedConnection]) -> tuple[Wait, ...]:
    """Wait for hosted connections to be gone from a partner's port."""
    return tuple(
        Wait(on=Reference(kind="hosted_connection", name=thing.name, id=thing.id), now=thing.state)
        for thing in things
        if thing.state not in PAST
    )


def staying(
    interfaces: Iterable[FoundVirtualInterface], going: AbstractSet[str]
) -> list[FoundVirtualInterface]:
    """Return the living interfaces whose ids are not among those that are to go."""
    return [thing for thing in interfaces if thing.state not in GONE and thing.id not in going]


def obstacles(lookup: Lookup, doomed: Doomed) -> tuple[str, ...]:
    """Return one sentence per thing that stays on a parent that is to go: AWS would refuse."""
    return (
        *_on_connections(lookup, doomed),
        *_on_lags(lookup, doomed),
        *_on_last_ports(lookup, doomed),
        *_hosted(lookup, doomed),
        *_on_gateways(lookup, doomed),
        *_on_virtual_gateways(lookup, doomed),
    )


def _on_connections(lookup: Lookup, doomed: Doomed) -> Iterator[str]:
    going = doomed.ids
    for name, found in doomed.connections.items():
        for thing in staying(lookup.interfaces_of(found.id), going):
            yield (
                f"connection {name} still carries virtual_interface {thing.name} ({thing.id}), "
                "which is not part of this plan: delete it first"
            )


def _on_lags(lookup: Lookup, doomed: Doomed) -> Iterator[str]:
    going = doomed.ids
    for name, found in doomed.lags.items():
        for thing in staying(lookup.interfaces_of(found.id), going):
            yield (
                f"lag {name} still carries virtual_interface {thing.name} ({thing.id}), "
                "which is not part of this plan: delete it first"
            )


def _hosted(lookup: Lookup, doomed: Doomed) -> Iterator[str]:
    going = doomed.ids
    kinds: dict[str, Mapping[str, Identified]] = {
        "connection": doomed.connections,
        "lag": doomed.lags,
    }
    for kind, things in kinds.items():
        for name, found in things.items():
            for thing in lookup.hosted_on(found.id):
                if thing.state not in GONE and thing.id not in going:
                    yield (
                        f"{kind} {name} still hosts {thing.name} ({thing.id}) of account "
                        f"{thing.owner_account}, which is not part of this plan: delete it first"
                    )


def _on_last_ports(lookup: Lookup, doomed: Doomed) -> Iterator[str]:
    """Yield what is left on LAGs that stay and lose the last of their ports."""
    going = doomed.ids
    bundles = {found.lag_id: name for name, found in doomed.connections.items() if found.lag_id}
    for lag_id, name in bundles.items():
        ports = (port for port in lookup.members_of(lag_id) if port.state not in GONE)
        if lag_id in going or any(port.id not in going for port in ports):
            continue
        for thing in staying(lookup.interfaces_of(lag_id), going):
            yield (
                f"connection {name} is the last port of {lookup.words.get(lag_id, lag_id)}, which "
                f"still carries virtual_interface {thing.name} ({thing.id}), which is not part of "
                "this plan: delete it first"
            )


def _on_gateways(lookup: Lookup, doomed: Doomed) -> Iterator[str]:
    going = doomed.ids
    for name, found in doomed.gateways.items():
        for thing in staying(lookup.interfaces_of(found.id), going):
            yield (
                f"gateway {name} still serves virtual_interface {thing.name} ({thing.id}), "
                "which is not part of this plan: delete it first"
            )
        for tie in lookup.associations_of(found.id):
            if tie.state not in GONE and tie.id not in going:
                yield (
                    f"gateway {name} is still tied to {tie.target_id}, "
                    "which is not part of this plan: delete that association first"
                )


def _on_virtual_gateways(lookup: Lookup, doomed: Doomed) -> Iterator[str]:
    """Tell of what stays on virtual private gateways; another account's tie is its owner's."""
    going = doomed.ids
    for name, found in doomed.virtual_gateways.items():
        for thing in staying(lookup.interfaces_of(found.id), going):
            yield (
                f"virtual_gateway {name} still serves virtual_interface {thing.name} ({thing.id}), "
                "which is not part of this plan: delete it first"
            )
        for tie in lookup.ties_of(found.id):
            near = tie.gateway_owner == tie.target_owner
            if near and tie.state not in GONE and tie.id not in going:
                yield (
                    f"virtual_gateway {name} is still tied to gateway {tie.gateway_id}, "
                    "which is not part of this plan: delete that association first"
                )
