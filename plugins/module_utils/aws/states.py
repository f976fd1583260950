# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""States of many objects at once: one look serves all that is pending."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .handlers import HANDLERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from collections.abc import Set as AbstractSet
    from typing import Any

    from ..core.snapshot import Snapshot
    from .handler import Handler
    from .session import Aws


def states_of(snapshot: Snapshot) -> dict[str, str]:
    """Return the state of every object of a snapshot by id, that of every peer too."""
    states: dict[str, str] = {}
    for handler in HANDLERS.values():
        states |= handler.states(handler.kept(snapshot))
    return states


def parents_of(snapshot: Snapshot) -> dict[str, str]:
    """Return by id the parent of each object of a kind that AWS lists for one parent at a time."""
    return {
        thing.id: handler.under.parent_id(thing)
        for handler in HANDLERS.values()
        if handler.under
        for thing in handler.kept(snapshot)
    }


def read_kinds(
    aws: Aws, kinds: AbstractSet[str], parents: Mapping[str, Iterable[str]]
) -> dict[str, tuple[Any, ...]]:
    """Return all objects of the kinds named, by kind.

    Args:
        aws: The account.
        kinds: Kinds in the plan's words.
        parents: By kind, the ids of the parents for which AWS is asked one at a time.
    """
    answers: dict[Callable[..., Any], tuple[Any, ...]] = {}
    for kind in sorted(kinds):
        handler = HANDLERS[kind]
        if handler.read not in answers:
            answers[handler.read] = read_things(aws, handler, parents.get(kind, ()))
    return {kind: answers[HANDLERS[kind].read] for kind in kinds}


def read_things(aws: Aws, handler: Handler, parents: Iterable[str]) -> tuple[Any, ...]:
    """Return all objects of a kind, or those under the parents where AWS lists no others."""
    return tuple(handler.read(aws, sorted(set(parents))) if handler.under else handler.read(aws))
