# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which association or proposal at AWS is the one that the estate means.

Within an account both ends are known by their ids. Across accounts each owner knows the name of its
own end only. The other end is told by its id, where the document or the other account of the play
gives it, else by its owner's number, where there is one candidate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from ..neighbours import account_number, gateway_id, neighbour
from ..plan import PlanError
from ..snapshot import GONE
from .targets import end_of, is_id, target_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..model import Association, Estate, Gateway
    from ..snapshot import FoundAssociation, FoundProposal
    from .context import Context


# A proposal in these states leads to an association, or has led to one.
PENDING = ("requested", "accepted")


class _Between(Protocol):
    """What associations and proposals have in common."""

    @property
    def gateway_id(self) -> str: ...
    @property
    def gateway_owner(self) -> str | None: ...
    @property
    def target_id(self) -> str: ...
    @property
    def target_type(self) -> str: ...
    @property
    def target_owner(self) -> str | None: ...


Between = TypeVar("Between", bound=_Between)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A declared association with its gateway."""

    gateway: Gateway
    wanted: Association

    @property
    def name(self) -> str:
        """Its name in plans, waits and consents: gateway/target."""
        return association_name(self.gateway.name, self.wanted.target)

    @property
    def owner(self) -> str:
        """The account that owns the target."""
        return self.wanted.account or self.gateway.account

    @property
    def crosses(self) -> bool:
        """True where gateway and target belong to two accounts."""
        return self.owner != self.gateway.account


@dataclass(frozen=True, slots=True, kw_only=True)
class Far:
    """The end of a tie that is another account's, as far as it is known here.

    Attributes:
        id: Its id.
        owner: Its owner's number.
        alone: No other declared tie could be meant by what its owner has.
    """

    id: str | None
    owner: str | None
    alone: bool

    @property
    def known(self) -> bool:
        """True where what is found can be told from what strangers have."""
        return self.id is not None or (self.owner is not None and self.alone)


def association_name(gateway: str, target: str) -> str:
    """Return the name of an association in plans, waits and consents: gateway/target."""
    return f"{gateway}/{target}"


def own_ties(context: Context) -> Iterator[Tie]:
    """Yield the declared associations of the account's gateways."""
    for gateway in context.part.gateways:
        for wanted in gateway.associations:
            yield Tie(gateway=gateway, wanted=wanted)


def offered_ties(context: Context) -> Iterator[Tie]:
    """Yield the declared associations of other accounts' gateways with this account's targets."""
    return _offered(context.estate, context.terms.account)


def offered(estate: Estate, account: str) -> tuple[Association, ...]:
    """Return the declared associations of other accounts' gateways with an account's targets."""
    return tuple(tie.wanted for tie in _offered(estate, account))


def _offered(estate: Estate, account: str) -> Iterator[Tie]:
    for gateway in estate.gateways:
        for wanted in gateway.associations:
            tie = Tie(gateway=gateway, wanted=wanted)
            if tie.crosses and tie.owner == account:
                yield tie


def far_target(tie: Tie, context: Context) -> Far:
    """Return what is known of a target in another account."""
    known = neighbour(context.terms, tie.owner)
    named = known.targets.get(tie.wanted.target) if known else None
    rivals = [
        other
        for other in own_ties(context)
        if other.gateway.name == tie.gateway.name
        and other.owner == tie.owner
        and target_type(other.wanted) == target_type(tie.wanted)
        and not is_id(other.wanted.target)
    ]
    return Far(
        id=tie.wanted.target if is_id(tie.wanted.target) else named,
        owner=account_number(context.estate, context.terms, tie.owner),
        alone=len(rivals) == 1,
    )


def far_gateway(tie: Tie, context: Context) -> Far:
    """Return what is known of a gateway in another account."""
    rivals = [
        other
        for other in offered_ties(context)
        if other.owner == tie.owner
        and other.wanted.target == tie.wanted.target
        and other.gateway.account == tie.gateway.account
    ]
    return Far(
        id=gateway_id(context.terms, tie.gateway),
        owner=account_number(context.estate, context.terms, tie.gateway.account),
        alone=len(rivals) == 1,
    )


def at_target(things: Iterable[Between], tie: Tie, far: Far) -> list[Between]:
    """Return what may be the tie, of all that ends on its gateway, in other accounts' hands."""
    found = [
        thing
        for thing in things
        if thing.target_type == target_type(tie.wanted)
        and thing.target_owner != thing.gateway_owner
    ]
    if far.id is not None:
        return [thing for thing in found if thing.target_id == far.id]
    return [thing for thing in found if far.owner in (None, thing.target_owner)]


def at_gateway(things: Iterable[Between], target_id: str | None, far: Far) -> list[Between]:
    """Return what may be the tie, of all that ends on this account's target."""
    found = [
        thing
        for thing in things
        if thing.target_id == target_id and thing.gateway_owner != thing.target_owner
    ]
    if far.id is not None:
        return [thing for thing in found if thing.gateway_id == far.id]
    return [thing for thing in found if far.owner in (None, thing.gateway_owner)]


def living_associations(context: Context, gateway_id: str) -> list[FoundAssociation]:
    """Return the associations of a gateway that are not on their way out."""
    return [
        thing for thing in context.lookup.associations_of(gateway_id) if thing.state not in GONE
    ]


def found_tie(tie: Tie, context: Context) -> FoundAssociation | None:
    """Return the living association of one of the account's gateways; a target may be unknown."""
    match = context.gateways[tie.gateway.name].found
    living = living_associations(context, match.id) if match else []
    if tie.crosses:
        return _only(at_target(living, tie, far := far_target(tie, context)), far)
    try:
        target_id = end_of(tie.wanted, context).reference.id
    except PlanError:
        return None
    return next((thing for thing in living if thing.target_id == target_id), None)


def unresolved(gateway: str, context: Context) -> bool:
    """Return whether a tie of the gateway to another account may be any of those that are there."""
    return any(
        tie.crosses and tie.gateway.name == gateway and found_tie(tie, context) is None
        for tie in own_ties(context)
    )


def found_offer(tie: Tie, context: Context) -> FoundAssociation | FoundProposal | None:
    """Return the association, else the proposal, of one of the account's targets.

    A proposal that was accepted counts until it vanishes: making another one cuts the association.
    """
    try:
        target_id = end_of(tie.wanted, context).reference.id
    except PlanError:
        return None
    far = far_gateway(tie, context)
    living = [thing for thing in context.snapshot.associations if thing.state not in GONE]
    open_ = [
        thing for thing in context.snapshot.proposals if thing.state in ("requested", "accepted")
    ]
    return _only(at_gateway(living, target_id, far), far) or _only(
        at_gateway(open_, target_id, far), far
    )


def _only(things: list[Between], far: Far) -> Between | None:
    """Return the one that is meant; of several none is, and where rivals are declared neither."""
    return things[0] if len(things) == 1 and (far.id is not None or far.alone) else None
