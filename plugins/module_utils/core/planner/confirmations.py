# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hosted connections as their customer sees them: awaited from the provider, confirmed, tagged.

A provider chooses the name. So a hosted connection is known by its tags or by that name, and by
nothing else: whoever confirms one pays for it, and no guess may do that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..plan import Action, Draft, Reference, Wait
from .drift import differing, fixed_faults, given, tag_draft
from .identity import ESTATE_TAG, NAME_TAG
from .tags import wanted_tags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Connection, VirtualInterface
    from ..plan import Change
    from ..snapshot import FoundConnection, FoundLag
    from .context import Context
    from .identity import Match

# The provider has allocated it, and its customer has not answered.
OFFERED = "ordering"
MONEY = "ACCEPTS A HOSTED CONNECTION, AWS bills its hours"
WAY_OUT = "have the provider provision another under a new name and retire this one"


def plan_hosted(wanted: Connection, match: Match[FoundConnection], context: Context) -> Draft:
    """Return what is to be done about one hosted connection; it is never ordered.

    Args:
        wanted: The connection, which a provider gives.
        match: What was found of it.
        context: What the planner looks at.
    """
    found = match.found
    if found is None:
        return Draft(actions=(_awaited(wanted, context),), notes=tuple(_offers(wanted, context)))
    tags = wanted_tags(context.estate, wanted)
    return (
        Draft(faults=_faults(wanted, found))
        + _confirm(wanted, found)
        + tag_draft("connection", wanted, found, tags, adopted=match.adopted)
    )


def vlan_fault(wanted: VirtualInterface, found: FoundConnection | FoundLag | None) -> str | None:
    """Return a sentence if an interface has another VLAN than the hosted connection below it."""
    vlan = getattr(found, "vlan", None)
    if found is None or not vlan or vlan == wanted.vlan:
        return None
    return (
        f"virtual_interface {wanted.name}: vlan is {wanted.vlan}, and hosted connection "
        f"{wanted.on} ({found.id}) passes VLAN {vlan} only: put {vlan} into the estate"
    )


def _awaited(wanted: Connection, context: Context) -> Action:
    """Tell that the provider has to act first; the confirmation is left for a later run."""
    there = Reference(kind="connection", name=wanted.name)
    # The partner may be an account of the same estate, whose run comes before or after this one.
    partners = (each for each in context.estate.hosted_connections if each.name == wanted.name)
    partner = next(partners, None)
    return Action(
        verb="confirm",
        kind="connection",
        name=wanted.name,
        wanted=wanted,
        changes=_terms(wanted),
        waits_for=(
            Wait(
                on=there, until=(OFFERED,), people=True, owner=partner.account if partner else None
            ),
        ),
        reason=MONEY,
    )


def _confirm(wanted: Connection, found: FoundConnection) -> Draft:
    if found.state != OFFERED:
        return Draft()
    action = Action(
        verb="confirm",
        kind="connection",
        name=wanted.name,
        id=found.id,
        wanted=wanted,
        changes=_terms(wanted),
        reason=MONEY,
    )
    return Draft(actions=(action,))


def _terms(wanted: Connection) -> tuple[Change, ...]:
    return given(
        bandwidth=wanted.bandwidth,
        location=wanted.location,
        provider=wanted.provider,
        vlan=wanted.vlan,
    )


def _faults(wanted: Connection, found: FoundConnection) -> tuple[str, ...]:
    # A provider goes by two names at AWS; either will do, and silence is no contradiction.
    providers = {found.partner, found.provider} - {None}
    agreed = not providers or wanted.provider in providers
    pairs = {
        "hosted": (bool(found.vlan), True),
        "location": (found.location, wanted.location),
        "bandwidth": (found.bandwidth, wanted.bandwidth),
        "vlan": (found.vlan, wanted.vlan),
        "provider": (wanted.provider if agreed else found.partner, wanted.provider),
    }
    return fixed_faults("connection", wanted.name, differing(pairs), WAY_OUT)


def _offers(wanted: Connection, context: Context) -> Iterator[str]:
    """Say which offers there are that no declared connection claims."""
    claimed = {match.found.id for match in context.connections.values() if match.found}
    for found in context.snapshot.connections:
        if found.state == OFFERED and found.id not in claimed:
            yield (
                f"{found.id}, offered by {found.partner or 'a provider'} as {found.name} "
                f"({found.bandwidth} at {found.location}, VLAN {found.vlan}), is not declared: if "
                f"it is {wanted.name}, give that connection the name {found.name} in the estate, "
                f"or set the tags {ESTATE_TAG}={context.estate.name} and {NAME_TAG}={wanted.name} "
                "on it"
            )
