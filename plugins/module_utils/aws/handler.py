# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How one kind is read and written: what a module of this package has to say to be part of runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

from ..core.planner.identity import ESTATE_TAG, identify
from .made import Made

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ..core.plan import Action, Verb
    from ..core.snapshot import Snapshot
    from .made import Ids
    from .session import Aws


class Stateful(Protocol):
    """What all found objects have in common."""

    @property
    def id(self) -> str:
        """The id that AWS gave."""

    @property
    def state(self) -> str:
        """The state in AWS's word."""


def find_tagged(action: Action, _ids: Ids, things: Iterable[Any]) -> Stateful | None:
    """Return the object of an action: by its id, else by the tags that a create call sets."""
    if action.id:
        return next((thing for thing in things if thing.id == action.id), None)
    estate = action.tags.get(ESTATE_TAG, "")
    found: Stateful | None = identify(
        action.kind, action.name, estate=estate, candidates=things
    ).found
    return found


def itself(thing: Any) -> Iterable[Stateful]:
    """Return an object as the only one that has a state."""
    return (thing,)


def by_itself(_action: Action, thing: Stateful) -> Made:
    """Return what a create call has made, which is one object."""
    return Made(id=thing.id, state=thing.state)


def nothing(_action: Action, _ids: Ids) -> Iterable[str]:
    """Return no other thing that an action changes."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Under:
    """A kind that AWS lists for one parent at a time.

    Attributes:
        kinds: The parent's kind, or each that it may be of.
        parent_id: Tells an object's parent.
    """

    kinds: tuple[str, ...]
    parent_id: Callable[[Any], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Handler:
    """One kind of the plan at AWS.

    Attributes:
        writes: The call for each verb; adopt and tag need one only where tags are set in a way of
            the kind's own. A call sends one request; a create call returns what it has made.
        read: Returns all objects, called with the account, and with the parents' ids where there is
            an `under`. Kinds that share the function share its calls: a look at interfaces and
            their peers costs one.
        kept: The same objects in a snapshot.
        parts: What of an object `read` returns has states of this kind: itself, or its peers.
        find: The object of an action among those that `read` returns; None when it is not there.
        made: What an action has made, told by its object: more than that where one order makes
            several things.
        shows: For each verb, whether an object shows that the action was carried out, where that is
            more than its attributes having the values of the action's changes.
        under: Where AWS lists the kind for one parent at a time.
        unsettled_by: The verbs after which the object is on its way to a goal again.
        unsettles: The ids of other things whose states an action may have changed: nobody builds on
            what was seen of them before.
        twins: What comes of two runs that both create: AWS has the second one refused, or both
            stand, and are free or cost money.
    """

    writes: Mapping[Verb, Callable[[Aws, Action, Ids], Made | None]]
    read: Callable[..., Iterable[Any]]
    kept: Callable[[Snapshot], Iterable[Any]]
    parts: Callable[[Any], Iterable[Stateful]] = itself
    find: Callable[[Action, Ids, Iterable[Any]], Stateful | None] = find_tagged
    made: Callable[[Action, Any], Made] = by_itself
    shows: Mapping[Verb, Callable[[Action, Ids, Any], bool]] = field(default_factory=dict)
    under: Under | None = None
    unsettled_by: frozenset[Verb] = frozenset({"create"})
    unsettles: Callable[[Action, Ids], Iterable[str]] = nothing
    twins: Literal["refused", "free", "cost"] = "refused"

    def states(self, things: Iterable[Any]) -> dict[str, str]:
        """Return the state by id of what is in these objects."""
        return {part.id: part.state for thing in things for part in self.parts(thing)}
