# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Associations between two accounts: the target's owner proposes, the gateway's owner accepts.

What nobody has declared is never accepted, and what is there is never proposed again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..plan import Action, Draft, PlanError, Reference, Wait
from .drift import given
from .targets import asn_faults, end_of, target_words
from .ties import at_target, far_gateway, far_target, found_offer, offered_ties, own_ties

if TYPE_CHECKING:
    from ..snapshot import FoundProposal
    from .context import Context
    from .ties import Far, Tie


def plan_acceptance(tie: Tie, context: Context) -> Draft:
    """Return the acceptance of a proposal to one of the account's gateways, now or later."""
    far = far_target(tie, context)
    found = _proposals(tie, far, context)
    ids = ", ".join(sorted(f"{thing.target_id} of account {thing.target_owner}" for thing in found))
    if found and not far.known:
        sentence = f"association {tie.name}: proposed are {ids}; {_unsure(tie)}"
        return Draft(actions=(_accept(tie, None, context),), notes=(sentence,))
    if len(found) > 1:
        sentence = (
            f"association {tie.name}: {len(found)} {target_words(tie.wanted)}s are proposed "
            f"({ids}): name the one that is meant by its id"
        )
        # Whoever has not asked the other account yet may still learn from it which one is meant.
        if context.terms.neighbours is not None:
            return Draft(faults=(sentence,))
        return Draft(actions=(_accept(tie, None, context),), notes=(sentence,))
    return Draft(actions=(_accept(tie, found[0] if found else None, context),))


def _unsure(tie: Tie) -> str:
    return (
        f"nothing is accepted from account {tie.owner} before its number is known: give it under "
        "accounts, name the target by its id, or run both accounts in one play"
    )


def _proposals(tie: Tie, far: Far, context: Context) -> list[FoundProposal]:
    match = context.gateways[tie.gateway.name].found
    own = [
        thing
        for thing in context.snapshot.proposals
        if match is not None and thing.gateway_id == match.id and thing.state == "requested"
    ]
    return at_target(own, tie, far)


def _accept(tie: Tie, found: FoundProposal | None, context: Context) -> Action:
    gateway = context.gateways[tie.gateway.name].found
    proposal = Reference(kind="proposal", name=tie.name, id=found.id if found else None)
    wait = Wait(on=proposal, until=("requested",), people=True, owner=tie.owner)
    return Action(
        verb="accept",
        kind="association",
        name=tie.name,
        wanted=tie.wanted,
        parents=(
            Reference(kind="gateway", name=tie.gateway.name, id=gateway.id if gateway else None),
            Reference(kind="target", name=tie.wanted.target, id=found.target_id if found else None),
            Reference(kind="owner", name=tie.owner, id=found.target_owner if found else None),
            proposal,
        ),
        changes=given(
            target_id=found.target_id if found else None,
            allowed_prefixes=tie.wanted.allowed_prefixes,
        ),
        waits_for=() if found else (wait,),
    )


def plan_proposals(context: Context) -> Draft:
    """Return what this account proposes to the owners of other accounts' gateways."""
    draft = Draft(notes=tuple(_strangers(context)))
    for tie in offered_ties(context):
        if found_offer(tie, context) is None:
            draft += _propose(tie, context)
    return draft


def _propose(tie: Tie, context: Context) -> Draft:
    try:
        end = end_of(tie.wanted, context)
    except PlanError as error:
        return Draft(faults=(f"association {tie.name}: {error}",))
    if faults := asn_faults(tie.wanted, end.amazon_asn, tie.gateway.amazon_asn):
        return Draft(faults=tuple(f"association {tie.name}: {fault}" for fault in faults))
    far = far_gateway(tie, context)
    gateway = Reference(kind="gateway", name=tie.gateway.name, id=far.id)
    owner = Reference(kind="owner", name=tie.gateway.account, id=far.owner)
    wait = Wait(on=gateway, until=("available",), people=True, owner=tie.gateway.account)
    action = Action(
        verb="create",
        kind="proposal",
        name=tie.name,
        wanted=tie.wanted,
        parents=(gateway, end.reference, owner),
        changes=given(
            target=end.reference.id or tie.wanted.target,
            allowed_prefixes=tie.wanted.allowed_prefixes,
        ),
        waits_for=end.waits_for if far.id and far.owner else (*end.waits_for, wait),
    )
    return Draft(actions=(action,))


def _strangers(context: Context) -> list[str]:
    """Tell of proposals to the account's gateways that no declared association can mean."""
    names = {match.found.id: name for name, match in context.gateways.items() if match.found}
    open_ = [
        thing
        for thing in context.snapshot.proposals
        if thing.state == "requested" and thing.gateway_id in names
    ]
    meant = {
        thing.id
        for tie in own_ties(context)
        if tie.crosses
        for thing in _proposals(tie, far_target(tie, context), context)
    }
    return [
        f"account {thing.target_owner} proposes to tie {thing.target_id} to gateway "
        f"{names[thing.gateway_id]}, which the estate does not declare: left alone"
        for thing in open_
        if thing.id not in meant
    ]
