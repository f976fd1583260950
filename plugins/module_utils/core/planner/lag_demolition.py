# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The end of a LAG: nothing rides on it, its ports go or leave one by one, then it is deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..plan import Action, Change, Reference, Wait
from .doomed import foreign
from .hangers import PAST, unhosted, without
from .identity import NAME_TAG
from .lag_members import members

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..snapshot import FoundLag
    from .context import Context
    from .doomed import Doomed


def emptied_lags(context: Context, doomed: Doomed) -> Iterator[Action]:
    """Yield what makes the ports of LAGs that are to go free to go.

    AWS lets no port go that a minimum of links asks for, so that goes first. A port that is not to
    go itself leaves and stays.
    """
    for name, found in doomed.lags.items():
        ports = members(found.id, context.lookup)
        waits = _unladen(found, context)
        if found.minimum_links and len(ports) > 1:
            change = Change(attribute="minimum_links", before=found.minimum_links, after=0)
            yield Action(
                verb="update",
                kind="lag",
                name=name,
                id=found.id,
                changes=(change,),
                waits_for=waits,
            )
        for port in ports:
            if port.id not in doomed.ids:
                yield Action(
                    verb="leave",
                    kind="connection",
                    name=port.tags.get(NAME_TAG, port.name),
                    id=port.id,
                    parents=(Reference(kind="lag", name=name, id=found.id),),
                    changes=(Change(attribute="lag_id", before=found.id),),
                    waits_for=waits,
                )


def deleted_lags(context: Context, doomed: Doomed) -> Iterator[Action]:
    """Yield the deletions of LAGs, each once nothing rides on it and its ports have gone."""
    names = {thing.id: name for name, thing in doomed.connections.items()}
    for name, found in doomed.lags.items():
        yield Action(
            verb="delete",
            kind="lag",
            name=name,
            id=found.id,
            reason=foreign(found, context),
            waits_for=(
                *_unladen(found, context),
                *_without_ports(found, names, context),
            ),
        )


def _unladen(found: FoundLag, context: Context) -> tuple[Wait, ...]:
    """Wait for all that rides on a LAG to be gone."""
    return (
        *without(context.lookup.interfaces_of(found.id)),
        *unhosted(context.lookup.hosted_on(found.id)),
    )


def _without_ports(found: FoundLag, names: dict[str, str], context: Context) -> Iterator[Wait]:
    """Wait for the ports that go; those that leave have done so when their calls were sent."""
    for port in context.lookup.members_of(found.id):
        if port.state not in PAST and (port.id in names or port.state == "deleting"):
            name = names.get(port.id, port.name)
            yield Wait(on=Reference(kind="connection", name=name, id=port.id), now=port.state)
