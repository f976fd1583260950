# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The actions that are left, and the first of them that may be sent."""

from __future__ import annotations

from collections import defaultdict
from heapq import heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from ..core.plan import Action, Reference


class Ready:
    """A queue that gives the first action that waits for nothing, in the plan's order.

    An action is looked at once at the start, and again only when something that it builds on or
    waits for is told of: the work grows with the plan, not with its square.
    """

    def __init__(self, actions: Iterable[Action], is_ready: Callable[[Action], bool]) -> None:
        """Take over the actions.

        Args:
            actions: In the plan's order.
            is_ready: Tells whether an action waits for nothing at this moment.
        """
        self._left = dict(enumerate(actions))
        self._is_ready = is_ready
        self._candidates = list(self._left)
        self._dependents: defaultdict[Hashable, list[int]] = defaultdict(list)
        for position, action in self._left.items():
            for reference in (*action.parents, *(wait.on for wait in action.waits_for)):
                self._dependents[_key(reference)].append(position)

    @property
    def left(self) -> tuple[Action, ...]:
        """The actions that were not taken, in the plan's order."""
        return tuple(self._left.values())

    def tell(self, *signs: Hashable) -> None:
        """Say that something happened to an object: its id, or its kind and name as a pair."""
        for sign in signs:
            for position in self._dependents.get(sign, ()):
                if position in self._left:
                    heappush(self._candidates, position)

    def take(self) -> Action | None:
        """Remove and return the first action that is ready; None when none is."""
        while self._candidates:
            position = heappop(self._candidates)
            action = self._left.get(position)
            if action is not None and self._is_ready(action):
                return self._left.pop(position)
        return None


def _key(reference: Reference) -> Hashable:
    return reference.id or (reference.kind, reference.name)
