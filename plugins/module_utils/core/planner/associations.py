# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Associations: a gateway's ties, with the allowed prefixes changed in place by one call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..plan import Action, Change, Draft, PlanError, Reference, Wait
from .consent import with_consent
from .drift import differing, given
from .proposals import plan_acceptance, plan_proposals
from .targets import WORDS, asn_faults, end_of, target_type, target_words
from .tie_demolition import attachment_of
from .ties import far_target, found_tie, living_associations, own_ties
from .transit_routes import plan_transit_routes

if TYPE_CHECKING:
    from ..snapshot import FoundAssociation
    from .context import Context
    from .targets import End
    from .ties import Tie


def plan_associations(context: Context) -> Draft:
    """Return what is to be done about the associations of the account's gateways and targets."""
    return _plan_own(context) + plan_proposals(context) + plan_transit_routes(context)


def _plan_own(context: Context) -> Draft:
    draft = Draft()
    for tie in own_ties(context):
        found = found_tie(tie, context)
        if faults := _faults(tie, context):
            draft += Draft(faults=tuple(f"association {tie.name}: {fault}" for fault in faults))
        elif found is not None:
            draft += _update(tie, found, context)
        elif tie.crosses:
            draft += plan_acceptance(tie, context)
        else:
            draft += _create(tie, context)
    return draft


def _faults(tie: Tie, context: Context) -> list[str]:
    """Return why the two cannot be tied; what is known of the target is only this account's."""
    asn = None
    if not tie.crosses:
        try:
            asn = end_of(tie.wanted, context).amazon_asn
        except PlanError as error:
            return [str(error)]
    found = context.gateways[tie.gateway.name].found
    own_asn = (
        found.amazon_asn
        if found
        else tie.gateway.amazon_asn or context.terms.limits.default_amazon_asn
    )
    living = living_associations(context, found.id) if found else []
    return [*asn_faults(tie.wanted, asn, own_asn), *_mixture(tie, living)]


def _mixture(tie: Tie, living: list[FoundAssociation]) -> list[str]:
    others = sorted(
        {thing.target_id for thing in living if thing.target_type != target_type(tie.wanted)}
    )
    if not others:
        return []
    sentence = (
        f"gateway {tie.gateway.name} is already tied to {', '.join(others)}, and one gateway never "
        f"takes both kinds: tie the {target_words(tie.wanted)} to a gateway of its own"
    )
    return [sentence]


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


def _create(tie: Tie, context: Context) -> Draft:
    wanted, end = tie.wanted, end_of(tie.wanted, context)
    reference, waits = gateway_reference(tie.gateway.name, context)
    action = Action(
        verb="create",
        kind="association",
        name=tie.name,
        wanted=wanted,
        parents=(reference, end.reference),
        changes=given(
            target=end.reference.id or wanted.target,
            allowed_prefixes=wanted.allowed_prefixes,
            edge_locations=wanted.edge_locations,
        ),
        waits_for=waits + end.waits_for + vacancy(tie, reference, end, context),
    )
    return Draft(actions=(action,))


def vacancy(tie: Tie, gateway: Reference, end: End, context: Context) -> tuple[Wait, ...]:
    """Wait for the same tie to be gone where it is just being cut: AWS takes minutes for that."""
    return tuple(
        Wait(on=Reference(kind="association", name=tie.name, id=thing.id), now=thing.state)
        for thing in context.lookup.associations_of(gateway.id)
        if thing.state == "disassociating" and thing.target_id == end.reference.id
    )


def _update(tie: Tie, found: FoundAssociation, context: Context) -> Draft:
    if tie.wanted.core_network:
        return _update_edges(tie, found, context)
    prefixes = tie.wanted.allowed_prefixes
    if prefixes is None or set(prefixes) == set(found.allowed_prefixes):
        return Draft()
    if tie.crosses and not far_target(tie, context).known:
        return Draft(notes=(_unsure(tie, found),))
    change = Change(attribute="allowed_prefixes", before=found.allowed_prefixes, after=prefixes)
    return Draft(actions=(_change(tie, found, change),))


def _unsure(tie: Tie, found: FoundAssociation) -> str:
    kind = WORDS[found.target_type]
    return (
        f"association {tie.name}: {kind} {found.target_id} of account {found.target_owner} may be "
        f"the one that is meant, or a stranger's: name it by its id, or give the number of account "
        f"{tie.owner} under accounts; its prefixes are left alone"
    )


def _update_edges(tie: Tie, found: FoundAssociation, context: Context) -> Draft:
    """Attach the gateway in other Regions of a core network: fewer take the routes of some."""
    before, after = found.edge_locations, tie.wanted.edge_locations
    if before is None or after is None or set(before) == set(after):
        return Draft()
    left = sorted(set(before) - set(after))
    action = _change(tie, found, *differing({"edge_locations": (before, after)}))
    return Draft(actions=(with_consent(action, _leaves(left), context),))


def _leaves(edges: list[str]) -> str:
    return f"takes the routes from {', '.join(edges)}" if edges else ""


def _change(tie: Tie, found: FoundAssociation, change: Change) -> Action:
    reference = Reference(kind="association", name=tie.name, id=found.id)
    wait = Wait(on=reference, until=("associated",), now=found.state)
    gateway = Reference(kind="gateway", name=tie.gateway.name, id=found.gateway_id)
    return Action(
        verb="update",
        kind="association",
        name=tie.name,
        id=found.id,
        wanted=tie.wanted,
        parents=(gateway, *attachment_of(tie.name, found)),
        changes=(change,),
        waits_for=() if found.state == "associated" else (wait,),
    )
