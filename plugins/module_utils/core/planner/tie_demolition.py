# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How proposals and virtual private gateways go: withdrawn, detached, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..plan import Action, Reference, Wait
from .doomed import foreign
from .hangers import PAST, without
from .vpn_demolition import unconnected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..snapshot import FoundAssociation, FoundVirtualGateway
    from .context import Context
    from .doomed import Doomed


def attachment_of(name: str, found: FoundAssociation) -> tuple[Reference, ...]:
    """Return by what Network Manager knows an association with a core network."""
    if found.attachment_id is None:
        return ()
    return (Reference(kind="attachment", name=name, id=found.attachment_id),)


def withdrawn_proposals(doomed: Doomed) -> Iterator[Action]:
    """Yield the withdrawal of what the account has proposed and nobody has accepted."""
    for name, found in doomed.proposals.items():
        yield Action(verb="delete", kind="proposal", name=name, id=found.id)


def removed_virtual_gateways(context: Context, doomed: Doomed) -> Iterator[Action]:
    """Yield what takes virtual private gateways from their VPCs and deletes them.

    Both wait for what is tied to them to be gone: this account's, or another's.
    """
    for name, found in doomed.virtual_gateways.items():
        waits = (
            *without(context.lookup.interfaces_of(found.id)),
            *unconnected(context.lookup.vpns_of(found.id)),
            *_untied(found, context, doomed),
        )
        attached = found.attachment_id is not None and found.attachment_state != "detaching"
        if attached:
            yield Action(
                verb="delete",
                kind="vpc_attachment",
                name=name,
                id=found.attachment_id,
                reason=f"cuts VPC {found.vpc_id} off from {found.id}",
                waits_for=waits,
            )
        yield Action(
            verb="delete",
            kind="virtual_gateway",
            name=name,
            id=found.id,
            reason=foreign(found, context),
            waits_for=(*waits, *_detached(name, found)),
        )


def _detached(name: str, found: FoundVirtualGateway) -> tuple[Wait, ...]:
    if found.attachment_id is None:
        return ()
    reference = Reference(kind="vpc_attachment", name=name, id=found.attachment_id)
    return (Wait(on=reference, now=found.attachment_state),)


def _untied(found: FoundVirtualGateway, context: Context, doomed: Doomed) -> tuple[Wait, ...]:
    """Wait for associations; one of another account's gateway goes when its owner ends it."""
    names = {thing.id: name for name, thing in doomed.associations.items()}
    return tuple(
        Wait(
            on=Reference(
                kind="association", name=names.get(thing.id, thing.gateway_id), id=thing.id
            ),
            now=thing.state,
            people=thing.id not in names,
            owner=None if thing.id in names else thing.gateway_owner,
        )
        for thing in context.lookup.ties_of(found.id)
        if thing.state not in PAST
    )
