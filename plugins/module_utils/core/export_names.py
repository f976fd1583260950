# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which found objects an exported estate can hold, and under which names."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .planner.identity import ESTATE_TAG, NAME_TAG
from .snapshot import GONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .planner.identity import Tagged


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The objects of one kind that can be told by name.

    Attributes:
        names: The name in the document by the AWS id.
        notes: Why others are left out, one sentence each.
    """

    names: Mapping[str, str]
    notes: tuple[str, ...]


def name_all(kind: str, things: Iterable[Tagged], estate: str) -> Named:
    """Give every living object its name, and leave out what a name cannot tell.

    Args:
        kind: The kind in the estate's word, for the notes.
        things: All objects of the kind.
        estate: The name of the estate that the document will be.
    """
    living = [thing for thing in things if thing.state not in GONE]
    others = [thing for thing in living if thing.tags.get(ESTATE_TAG, estate) != estate]
    ours = {thing.id: _name(thing, estate) for thing in living if thing not in others}
    counts = Counter(ours.values())
    return Named(
        names={id_: name for id_, name in ours.items() if name and counts[name] == 1},
        notes=(
            *(
                f"{kind} {thing.name} ({thing.id}) belongs to estate {thing.tags[ESTATE_TAG]} by "
                "its tags: left out"
                for thing in others
            ),
            *(
                f"{kind} {name or 'without a name'} ({id_}) cannot be told by its name: left out; "
                "give it one of its own at AWS, then import again"
                for id_, name in ours.items()
                if not name or counts[name] > 1
            ),
        ),
    )


def _name(thing: Tagged, estate: str) -> str:
    is_marked = thing.tags.get(ESTATE_TAG) == estate and NAME_TAG in thing.tags
    return thing.tags[NAME_TAG] if is_marked else thing.name


def own_tags(tags: Mapping[str, str]) -> dict[str, str]:
    """Return an object's tags without AWS's and the product's own."""
    return {
        key: value
        for key, value in sorted(tags.items())
        if not key.lower().startswith(("aws:", "crossconnect:"))
    }
