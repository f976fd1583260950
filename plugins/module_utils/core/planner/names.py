# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What EC2 has and others name: by its id, else by its Name tag."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from ..plan import PlanError

if TYPE_CHECKING:
    from collections.abc import Collection


class _Called(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str | None: ...


Called = TypeVar("Called", bound=_Called)


def find_named(words: str, name: str, things: Collection[Called]) -> Called:
    """Return the thing of that id, else of that name.

    Raises:
        PlanError: There is none, or more than one of that name.
    """
    found = [thing for thing in things if thing.id == name]
    found = found or [thing for thing in things if thing.name == name]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(sorted(thing.id for thing in found))
        raise PlanError(
            f"{len(found)} {words}s are named {name} ({ids}): name the one that is meant by its id"
        )
    there = ", ".join(sorted(thing.name or thing.id for thing in things)) or "none"
    raise PlanError(f"there is no {words} {name} (there: {there})")
