# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which found object is the one that the estate means: tag first, then name among the untagged."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from ..snapshot import GONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# What all tags of the product's own begin with.
OWN_TAGS = "crossconnect:"
ESTATE_TAG = "crossconnect:estate"
NAME_TAG = "crossconnect:name"
# Set at creation by the edge, which has a clock; never compared.
ORDERED_TAG = "crossconnect:ordered-at"


class Tagged(Protocol):
    """What connections, gateways and virtual interfaces have in common."""

    @property
    def id(self) -> str:
        """The id that AWS gave."""

    @property
    def name(self) -> str:
        """The name as AWS shows it."""

    @property
    def state(self) -> str:
        """The state in AWS's word."""

    @property
    def tags(self) -> Mapping[str, str]:
        """All tags."""


Found = TypeVar("Found", bound=Tagged)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match(Generic[Found]):
    """The outcome of a search: one object, none, or a fault."""

    found: Found | None = None
    adopted: bool = False
    fault: str | None = None


def identify(kind: str, name: str, *, estate: str, candidates: Iterable[Found]) -> Match[Found]:
    """Find the object that carries the estate's tags, else the one of that name that bears none.

    Tags are edited by hand. One that has lost its crossconnect:name only is still the estate's, and
    known by its name: taking it for a stranger would order a second port.

    Args:
        kind: The kind in the estate's word, for the message.
        name: The name in the estate.
        estate: The estate's name; empty for a single object that belongs to no estate, which is
            then found by its name or its id.
        candidates: All objects of the kind; those on their way out do not count.
    """
    return Candidates(candidates).identify(kind, name, estate=estate)


class Candidates(Generic[Found]):
    """All objects of a kind, sorted for any number of searches."""

    def __init__(self, things: Iterable[Found]) -> None:
        """Sort the living by tags, name and id."""
        self._tagged: defaultdict[tuple[str | None, str | None], list[Found]] = defaultdict(list)
        self._named: defaultdict[str, list[Found]] = defaultdict(list)
        for thing in things:
            if thing.state not in GONE:
                marks = thing.tags.get(ESTATE_TAG), thing.tags.get(NAME_TAG)
                self._tagged[marks].append(thing)
                for sign in {thing.name, thing.id}:
                    self._named[sign].append(thing)

    def identify(self, kind: str, name: str, *, estate: str) -> Match[Found]:
        """Find one object, as the function of this name does."""
        meant = self._named.get(name, []) if name else []
        if not estate:
            return _only(kind, name, meant, "name")
        if tagged := self._tagged.get((estate, name)):
            return _only(kind, name, tagged, "tag")
        named = [thing for thing in meant if thing.name == name and not _is_taken(thing, estate)]
        match = _only(kind, name, named, "name")
        return Match(found=match.found, adopted=match.found is not None, fault=match.fault)


def namesake_words(name: str, found: Tagged) -> str:
    """Say whose the thing of the same name is: an estate's new name must not double its ports."""
    tags = ", ".join(
        f"{key}={found.tags[key]}" for key in (ESTATE_TAG, NAME_TAG) if key in found.tags
    )
    return (
        f"{found.id} is named {name} already and belongs to another by its tags ({tags}): "
        "set these two tags on it to take it over instead"
    )


def _is_taken(thing: Tagged, estate: str) -> bool:
    """Return whether the tags say that the object is another estate's, or goes by another name."""
    return thing.tags.get(ESTATE_TAG, estate) != estate or (
        ESTATE_TAG in thing.tags and NAME_TAG in thing.tags
    )


def _only(kind: str, name: str, things: list[Found], sign: str) -> Match[Found]:
    if len(things) > 1:
        ids = ", ".join(sorted(thing.id for thing in things))
        return Match(
            fault=f"{kind} {name}: {len(things)} objects carry its {sign} ({ids}); {_out(sign)}"
        )
    return Match(found=things[0] if things else None)


def _out(sign: str) -> str:
    if sign == "tag":
        return f"remove the tags {ESTATE_TAG} and {NAME_TAG} from those that are not meant"
    return (
        f"set the tags {ESTATE_TAG} and {NAME_TAG} on the one that is meant, or rename the others"
    )
