# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Associations: a gateway's ties, with the allowed prefixes changed in place by one call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..plan import Action, Change, Draft, PlanError, Reference, Wait
from ..snapshot import GONE
from .drift import given
from .targets import DEFAULT_ASN, find_target, target_type, target_words

if TYPE_CHECKING:
    from ..model import Association, Gateway
    from ..snapshot import FoundAssociation, FoundEnd
    from .context import Context


def association_name(gateway: str, target: str) -> str:
    """Return the name of an association in plans, waits and consents: gateway/target."""
    return f"{gateway}/{target}"


def plan_associations(context: Context) -> Draft:
    """Return what is to be done about the associations of the account's gateways."""
    draft = Draft()
    for gateway in context.part.gateways:
        for wanted in gateway.associations:
            draft += _plan(wanted, gateway, context)
    return draft


def _plan(wanted: Association, gateway: Gateway, context: Context) -> Draft:
    name = association_name(gateway.name, wanted.target)
    try:
        target = find_target(wanted, context.snapshot)
    except PlanError as error:
        return Draft(faults=(f"association {name}: {error}",))
    faults = _faults(wanted, gateway, target, context)
    found = _find(gateway, target, context)
    if faults:
        return Draft(faults=tuple(f"association {name}: {fault}" for fault in faults))
    if found is None:
        return Draft(actions=(_create(name, wanted, gateway, target, context),))
    return _update(name, wanted, found)


def living_associations(context: Context, gateway_id: str) -> list[FoundAssociation]:
    """Return the associations of a gateway that are not on their way out."""
    return [
        thing for thing in context.lookup.associations_of(gateway_id) if thing.state not in GONE
    ]


def _find(gateway: Gateway, target: FoundEnd, context: Context) -> FoundAssociation | None:
    match = context.gateways[gateway.name].found
    living = living_associations(context, match.id) if match else []
    return next((thing for thing in living if thing.target_id == target.id), None)


def _faults(wanted: Association, gateway: Gateway, target: FoundEnd, context: Context) -> list[str]:
    found = context.gateways[gateway.name].found
    faults = []
    asn = found.amazon_asn if found else gateway.amazon_asn or DEFAULT_ASN
    if wanted.transit_gateway and target.amazon_asn == asn:
        faults.append(
            f"transit gateway and gateway share ASN {asn}, and routes between them would be "
            "dropped as loops: give the gateway another amazon_asn"
        )
    living = living_associations(context, found.id) if found else []
    others = sorted(
        {thing.target_id for thing in living if thing.target_type != target_type(wanted)}
    )
    if others:
        faults.append(
            f"gateway {gateway.name} is already tied to {', '.join(others)}, and one gateway never "
            f"takes both kinds: tie the {target_words(wanted)} to a gateway of its own"
        )
    return faults


def gateway_reference(name: str, context: Context) -> tuple[Reference, tuple[Wait, ...]]:
    """Return a gateway to build on, and what must be waited for before one can.

    A gateway that neither exists nor is made by this plan is awaited from people: another run, with
    another scope, makes it.
    """
    found = context.gateways[name].found
    reference = Reference(kind="gateway", name=name, id=found.id if found else None)
    if found and found.state == "available":
        return reference, ()
    people = found is None and "gateways" not in context.terms.scope
    wait = Wait(
        on=reference, until=("available",), now=found.state if found else None, people=people
    )
    return reference, (wait,)


def _create(
    name: str, wanted: Association, gateway: Gateway, target: FoundEnd, context: Context
) -> Action:
    reference, waits = gateway_reference(gateway.name, context)
    return Action(
        verb="create",
        kind="association",
        name=name,
        wanted=wanted,
        parents=(reference, Reference(kind="target", name=wanted.target, id=target.id)),
        changes=given(target=target.id, allowed_prefixes=wanted.allowed_prefixes),
        waits_for=waits + _vacancy(name, reference, target, context),
    )


def _vacancy(name: str, gateway: Reference, target: FoundEnd, context: Context) -> tuple[Wait, ...]:
    """Wait for the same tie to be gone where it is just being cut: AWS takes minutes for that."""
    return tuple(
        Wait(on=Reference(kind="association", name=name, id=thing.id), now=thing.state)
        for thing in context.lookup.associations_of(gateway.id)
        if thing.state == "disassociating" and thing.target_id == target.id
    )


def _update(name: str, wanted: Association, found: FoundAssociation) -> Draft:
    prefixes = wanted.allowed_prefixes
    if prefixes is None or set(prefixes) == set(found.allowed_prefixes):
        return Draft()
    reference = Reference(kind="association", name=name, id=found.id)
    settled = found.state == "associated"
    wait = Wait(on=reference, until=("associated",), now=found.state)
    change = Change(attribute="allowed_prefixes", before=found.allowed_prefixes, after=prefixes)
    action = Action(
        verb="update",
        kind="association",
        name=name,
        id=found.id,
        wanted=wanted,
        parents=(Reference(kind="gateway", name=name.partition("/")[0], id=found.gateway_id),),
        changes=(change,),
        waits_for=() if settled else (wait,),
    )
    return Draft(actions=(action,))
