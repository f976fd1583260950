# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What two runs on different control nodes have both made: found at the next look, and settled.

AWS refuses a second interface on a VLAN, a second peer of a family, a second association of a pair.
It refuses no second port and no second gateway. So what a run has made of these is looked at before
anything is built on it. If another bears the same tags, the later of two free objects is withdrawn
by the run that made it; of two ports neither is touched: people are told which to cancel.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..core.plan import Action
from ..core.planner.identity import ESTATE_TAG, NAME_TAG, ORDERED_TAG
from ..core.snapshot import GONE
from .errors import AwsError
from .handlers import HANDLERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..core.snapshot import Snapshot
    from .made import Made

# The state of what was made and not looked at yet: nobody builds on it.
UNSEEN = "unseen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Twinned:
    """An object that is there more than once.

    Attributes:
        action: What this run made it by.
        id: The one that this run has made.
        first: The one that stays.
        later: Those that go, each by the run that made it.
    """

    action: Action
    id: str
    first: Any
    later: tuple[Any, ...]

    @property
    def withdrawal(self) -> Action | None:
        """The deletion that is this run's part; None where its own is the one that stays."""
        if self.id == self.first.id:
            return None
        return Action(verb="delete", kind=self.action.kind, name=self.action.name, id=self.id)


class Twins:
    """What one run has made and could have been made by another at the same time."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._unseen: dict[str, Action] = {}

    def note(self, action: Action, made: Made) -> bool:
        """Remember what a create call has made; return whether it may have a twin."""
        may = HANDLERS[action.kind].twins != "refused" and ESTATE_TAG in action.tags
        if may:
            self._unseen[made.id] = action
        return may

    def state(self, thing_id: str) -> str:
        """Return the state of an object that AWS does not list: gone, or not listed yet."""
        return UNSEEN if thing_id in self._unseen else ""

    def found(self, kind: str, things: Iterable[Any]) -> Iterator[Twinned]:
        """Yield what this run has made and another has made as well; each is told once.

        Args:
            kind: The kind that was looked at.
            things: All objects of the kind.

        Raises:
            AwsError: Some are such that only people may cancel; all of them are named.
        """
        families = [each for each in self._newly_seen(kind, things) if len(each[-1]) > 1]
        if families and HANDLERS[kind].twins == "cost":
            raise AwsError("\n".join(_costly(*each) for each in families))
        for action, thing_id, family in families:
            first, *later = sorted(family, key=_age)
            yield Twinned(action=action, id=thing_id, first=first, later=tuple(later))

    def _newly_seen(
        self, kind: str, things: Iterable[Any]
    ) -> Iterator[tuple[Action, str, list[Any]]]:
        """Yield what AWS lists now, with all that bears the same tags."""
        made = {each: action for each, action in self._unseen.items() if action.kind == kind}
        if not made:
            return
        families: dict[tuple[str | None, str | None], list[Any]] = {}
        there = {thing.id: thing for thing in things if thing.state not in GONE}
        for thing in there.values():
            families.setdefault(_marks(thing), []).append(thing)
        for thing_id, action in made.items():
            if thing_id in there:
                del self._unseen[thing_id]
                yield action, thing_id, families[_marks(there[thing_id])]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubled:
    """A name of the estate that several living objects bear by their tags."""

    kind: str
    name: str
    ids: tuple[str, ...]

    @property
    def stays(self) -> bool:
        """True where no run withdraws its own: only people may cancel what costs money."""
        return HANDLERS[self.kind].twins == "cost"

    def __str__(self) -> str:
        """Tell people what to do."""
        return (
            f"{self.kind} {self.name} exists twice: {', '.join(self.ids)} carry its tag; another "
            "run, on another control node, has made one at the same time; delete the one that is "
            "not wanted and run again"
        )


def doubled(snapshot: Snapshot, estate: str) -> list[Doubled]:
    """Return each name of the estate that two living objects bear by their tags."""
    found: dict[tuple[str, str], list[str]] = {}
    for kind, handler in HANDLERS.items():
        for thing in handler.kept(snapshot) if handler.twins != "refused" else ():
            of, name = _marks(thing)
            # Ports that a LAG's order has made have no name of their own until they are given one.
            if estate and of == estate and name and thing.state not in GONE:
                found.setdefault((kind, name), []).append(thing.id)
    return [
        Doubled(kind=kind, name=name, ids=tuple(sorted(ids)))
        for (kind, name), ids in found.items()
        if len(ids) > 1
    ]


def _marks(thing: Any) -> tuple[str | None, str | None]:
    return thing.tags.get(ESTATE_TAG), thing.tags.get(NAME_TAG)


def _age(thing: Any) -> tuple[str, str]:
    """Order twins the same way wherever they are looked at from."""
    return thing.tags.get(ORDERED_TAG, ""), thing.id


def _costly(action: Action, thing_id: str, family: list[Any]) -> str:
    others = ", ".join(sorted(thing.id for thing in family if thing.id != thing_id))
    return (
        f"{action.kind} {action.name} exists twice: {thing_id} was ordered by this run, {others} "
        "by another at the same time, on another control node; delete the one that is not wanted "
        "before its cross-connect is made, for then AWS bills both, and run again"
    )
