# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a call has made, and the ids that later calls of the same run build on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..core.plan import Action, Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """What a create call has made beside its object, under the name that it shall have."""

    kind: str
    name: str
    id: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An object as the answer to its create call shows it, and what was made with it."""

    id: str
    state: str
    children: tuple[Child, ...] = ()


class Ids:
    """The ids of objects by kind and name: those the plan knew, and those that the run made."""

    def __init__(self, actions: Iterable[Action]) -> None:
        """Start with what the plan knows."""
        self._ids: dict[tuple[str, str], str] = {}
        self._names: dict[str, tuple[str, str]] = {}
        for action in actions:
            if action.id:
                self.learn(action.kind, action.name, action.id)

    def learn(self, kind: str, name: str, thing_id: str) -> None:
        """Note the id of an object."""
        self._ids[kind, name] = thing_id
        self._names[thing_id] = kind, name

    def find(self, reference: Reference) -> str | None:
        """Return the id of what a reference means; None while it is yet to be made."""
        return reference.id or self._ids.get((reference.kind, reference.name))

    def name(self, thing_id: str) -> tuple[str, str] | None:
        """Return kind and name of an object that the plan or the run knows by them."""
        return self._names.get(thing_id)

    def parent(self, action: Action, *kinds: str) -> str:
        """Return the id of an action's parent of one of the kinds; KeyError: it is to be made."""
        reference = next(parent for parent in action.parents if parent.kind in kinds)
        found = self.find(reference)
        if found is None:
            raise KeyError(reference)
        return found
