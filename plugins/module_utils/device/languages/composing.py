# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The changes from what the owners have on a router to what they shall have, as one candidate.

First goes what speaks to nobody any more, then comes what is new, policy before the sessions that
use it, and last goes what nothing refers to any longer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..candidate import Candidate
from .ownership import BGP, INTERFACE, NEIGHBOR, OWNER, Ownership, described
from .secured import ports_secured
from .tree import parse, write

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from .language import Language
    from .tree import Path

    # Whether a statement of the router holds the secret of a wanted one, where it cannot be read.
    Recall = Callable[[Path, str], bool]


def remembers_nothing(path: Path, secret: str) -> bool:
    """Say that a secret which cannot be read is another one."""
    del path, secret
    return False


def compose(
    language: Language,
    running: str,
    rendered: str,
    owners: Collection[str],
    recall: Recall = remembers_nothing,
) -> Candidate:
    """Return what makes the owners' part of the running configuration what was rendered.

    A statement outside that part, as the address family that a neighbor stands in, is added where
    it is missing, and never changed or taken away.

    Raises:
        ValueError: An interface would change its VRF, which wipes its addresses; a bundle is
            somebody else's, or would take somebody else's interfaces with it.
    """
    have = parse(running, language.pieces)
    want = kept_secrets(language, have, parse(rendered, language.pieces), recall)
    change = _Change(language, have, want, owners)
    change.refuse_what_wipes()
    change.refuse_what_is_of_others()
    change.refuse_to_end_what_others_ride_on()
    steps = (list(change.farewells()), change.changes(), list(change.leftovers()))
    lines = [line for step in steps for line in write(step, language.closings)]
    changed = [path for step in steps for path in step]
    touched = frozenset(
        (
            *(name for path in changed for name in _spoken_of(path)),
            *ports_secured(language, changed, (*have, *want)),
        )
    )
    return Candidate(mode="merge", text="".join(f"{line}\n" for line in lines), touched=touched)


def _spoken_of(path: Path) -> Iterator[str]:
    """Return the interface or the neighbor that a statement is about."""
    for line in path:
        if found := INTERFACE.match(line.removeprefix("no ")) or NEIGHBOR.match(line):
            yield found[1]


def kept_secrets(
    language: Language, have: Collection[Path], want: Iterable[Path], recall: Recall
) -> list[Path]:
    """Put the router's own words for a secret in place of ours, where the secret is the same.

    Routers print a secret in a form of their own, some with a salt: compared as text it would
    differ at every run.
    """
    there = {place: path for path in have if (place := _holder(language, path))}
    return [_kept(language, there, path, recall) for path in want]


def _holder(language: Language, path: Path) -> tuple[Path, str, str] | None:
    """Return what holds a secret: its block, and what stands before the secret and behind it."""
    found = language.secret.match(path[-1])
    return (path[:-1], found[1], path[-1][found.end("word") :]) if found else None


def _kept(
    language: Language,
    there: dict[tuple[Path, str, str], Path],
    path: Path,
    recall: Recall,
) -> Path:
    place = _holder(language, path)
    old = there.get(place) if place else None
    wanted = language.decode(path) if old else None
    if old is None or wanted is None:
        return path  # nothing to compare it with but the text
    held = language.decode(old)
    same = recall(old, wanted) if held is None else held == wanted
    return old if same else path


def _description(path: Path) -> str:
    """Return the text that describes an interface or a neighbor; empty for other statements."""
    found = NEIGHBOR.match(path[-1])
    return described((found[2] or "") if found else path[-1])


class _Change:
    """What differs between two configurations, as far as it is the owners'."""

    def __init__(
        self,
        language: Language,
        have: Collection[Path],
        want: Collection[Path],
        owners: Collection[str],
    ) -> None:
        self._language = language
        self._mine = Ownership(language, have, owners)
        self._wanted = Ownership(language, want, owners)
        self._have, self._want = dict.fromkeys(have), dict.fromkeys(want)
        self._taken = {(path[:-1], language.key(path[-1])) for path in want}
        self._there = {(path[:-1], language.key(path[-1])) for path in have}
        self._objects = {self._object(path) for path in want}
        self._gone = [path for path in have if self._goes(path)]

    def refuse_what_wipes(self) -> None:
        """Refuse to move an interface that is there into another VRF, or out of one."""
        fixed = self._language.fixed
        moved = {
            path[0]
            for path in (*self._have, *self._want)
            if INTERFACE.match(path[0])
            and fixed.match(path[-1])
            and (path in self._have) != (path in self._want)
            and self._mine.owns(path[:1])
            and path[:1] in self._want
        }
        if moved:
            raise ValueError(
                f"{', '.join(sorted(moved))} would change its VRF, which takes its addresses away:"
                " take it off the router first, with the playbook teardown.yml or by hand"
            )

    def refuse_what_is_of_others(self) -> None:
        """Refuse an interface, a bundle or a neighbor that is there without our name.

        What else it has would stay in one run, and go in the next one.
        """
        strange = {thing for path in self._have if not self._mine.owns(thing := self._thing(path))}
        for path in self._want:
            words, thing = _description(path), self._thing(path)
            if OWNER.match(words) and thing in strange:
                raise ValueError(
                    f"{', '.join(thing)} is there and not ours: to hand it over, give it the"
                    f" description `{words}`; what else stands in it, but not on its ports, will go"
                )

    def _thing(self, path: Path) -> Path:
        """Return the interface or the neighbor that a statement is about."""
        if BGP.match(path[0]) and (address := self._mine.neighbor(path)):
            return (*self._mine.scope(path), f"neighbor {address}")
        return path[:1]

    def refuse_to_end_what_others_ride_on(self) -> None:
        """Refuse to end a bundle that carries something of somebody else."""
        for gone in self._gone:
            if len(gone) == 1 and INTERFACE.match(gone[0]) and (riders := self._riders(gone[0])):
                raise ValueError(
                    f"{gone[0]} would go, and {', '.join(riders)} on it is not ours: take that off"
                    " the router first, or leave the bundle"
                )

    def _riders(self, bundle: str) -> list[str]:
        """Return the sub-interfaces of an interface that stay."""
        return [
            path[0]
            for path in self._have
            if len(path) == 1 and path[0].startswith(f"{bundle}.") and path not in self._gone
        ]

    def farewells(self) -> Iterator[Path]:
        """Return what ends sessions that shall be no more."""
        for path in self._gone:
            if BGP.match(path[0]) and self._object(path) not in self._objects:
                scope, address = self._object(path)
                yield (*scope, f"no neighbor {address}")

    def changes(self) -> list[Path]:
        """Return what goes from things that stay, and all that comes."""
        goes = [
            (*path[:-1], self._language.negate(path[-1]))
            for path in self._gone
            if self._object(path) in self._objects and not self._goes_with_its_block(path)
        ]
        comes = [path for path in self._want if self._comes(path)]
        return sorted([*goes, *comes], key=self._turn)

    def _turn(self, path: Path) -> int:
        """Return when a statement's turn is, for not every platform takes a candidate as a whole.

        Policy comes before the sessions that use it, and the end of a list before the rest of it.
        """
        if self._language.first.match(path[0]):
            return 0
        return 2 if BGP.match(path[0]) else 1

    def leftovers(self) -> Iterator[Path]:
        """Return what takes away whole objects and interfaces, the last one first."""
        gone = (path for path in self._gone if not BGP.match(path[0]))
        whole = dict.fromkeys(
            (*self._object(path)[0], self._object(path)[1])
            for path in gone
            if self._object(path) not in self._objects
        )
        last_first = list(reversed(whole))
        # Ports leave a bundle before it goes.
        for *above, statement in sorted(last_first, key=lambda path: len(path) == 1):
            yield (*above, self._language.negate(statement))

    def _object(self, path: Path) -> tuple[Path, str]:
        """Return what a statement is a part of: a neighbor, an interface, a policy object.

        A statement of ours on a port that is not is an object of its own.
        """
        if BGP.match(path[0]):
            return self._mine.scope(path), self._mine.neighbor(path) or ""
        if named := self._language.named.match(path[0]):
            return (), named["whole"]
        if INTERFACE.match(path[0]) and len(path) > 1 and not self._mine.owns(path[:1]):
            return path[:1], path[1]
        return (), path[0]

    def _goes(self, path: Path) -> bool:
        if path in self._want or not self._mine.owns(path):
            return False
        key = self._language.key(path[-1])
        overwritten = key is not None and (path[:-1], key) in self._taken
        return not overwritten and not self._language.added.match(path[-1])

    def _goes_with_its_block(self, path: Path) -> bool:
        return any(path[:depth] in self._gone for depth in range(1, len(path)))

    def _comes(self, path: Path) -> bool:
        """Whether a wanted statement is not there; a stranger's other value stays what it is."""
        if path in self._have:
            return False
        key = self._language.key(path[-1])
        strange = not self._wanted.owns(path) and not self._mine.owns(path)
        return not (strange and key is not None and (path[:-1], key) in self._there)
