# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What makes one configuration of Junos another one, in lines of set, delete and insert."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from .junos_bundles import riders
from .junos_macsec import ports_secured
from .junos_objects import MEMBERSHIP, Ownership, containers, group_of, object_of, shortest
from .set_lines import under, write

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from .set_lines import Statements, Words

KEY = "authentication-key"
CAK = "cak"
# Statements that hold one value each: a new one takes the old one's place.
SINGLE = frozenset(
    (
        *("description", "vlan-id", "mtu", "l3-interface", "family", "local-preference"),
        *("as-path-prepend", "type", "local-address", "hold-time", KEY, "peer-as", "maximum"),
        *("teardown", "idle-timeout", "minimum-interval", "multiplier", "autonomous-system"),
        *("connectivity-association", "cipher-suite", "security-mode", "key-server-priority"),
        *("ckn", CAK, MEMBERSHIP, "minimum-links", "lacp"),
    )
)
_UNIT = len(("interfaces", "ae0", "unit", "0"))


class Change:
    """What differs between two configurations, as far as it is the owners'."""

    def __init__(
        self,
        have: Statements,
        want: list[Words],
        owners: Collection[str],
        inactive: Collection[Words] = (),
    ) -> None:
        """Find what of both is whose, and what goes."""
        self._have, self._want, self._inactive = have, dict.fromkeys(want), inactive
        self._there = dict.fromkeys(have.there)
        self._mine = Ownership(have.there, owners)
        self._wanted = Ownership(want, owners)
        self._objects = {object_of(path) for path in want}
        self._keys = {path[:-1] for path in want if path[-2] in SINGLE}
        self._gone = dict.fromkeys(self._what_goes())

    def deletes(self) -> Iterator[str]:
        """Return what takes away, the whole of it where nothing of a part stays."""
        groups = self._empty_groups()
        for path in self._gone:
            above = (path[:depth] for depth in range(1, len(path)))
            if group_of(path) not in groups and not any(each in self._gone for each in above):
                yield write("delete", path)
        for group in groups:
            yield write("delete", group)

    def sets(self) -> Iterator[str]:
        """Return what comes, and what somebody has deactivated of ours."""
        for path in self._have.inactive:
            wanted = path in self._inactive
            if self._mine.owns(path) and not wanted and not self._is_deleted(path):
                yield write("activate", path)
        for path in self._want:
            if self._comes(path):
                yield write("set", path)
        for path in self._inactive:
            if path not in self._have.inactive or self._is_deleted(path):
                yield write("deactivate", path)

    def inserts(self) -> Iterator[str]:
        """Return what puts the terms of our policies in order."""
        for policy in dict.fromkeys(path[:3] for path in self._want if "term" in path[3:4]):
            wanted = _terms(policy, self._want)
            stay = [term for term in _terms(policy, self._there) if not self._lost(policy, term)]
            order = [*stay, *(term for term in wanted if term not in stay)]
            for one, two in reversed(list(pairwise(wanted))):
                if order.index(one) + 1 != order.index(two):
                    order.remove(one)
                    order.insert(order.index(two), one)
                    yield write("insert", (*policy, "term", one, "before", "term", two))

    def touched(self) -> frozenset[str]:
        """Return the neighbors and interfaces that the change speaks of."""
        changed = (
            *self._gone,
            *(path for path in self._want if self._comes(path)),
            # What is opened or shut, whatever else of it changes.
            *(
                path
                for path in set(self._have.inactive) ^ set(self._inactive)
                if self._mine.owns(path) or self._wanted.owns(path)
            ),
        )
        secured = ports_secured(changed, (*self._there, *self._want))
        return frozenset((*(name for path in changed for name in _named(path)), *secured))

    def _what_goes(self) -> Iterator[Words]:
        for path in self._have.there:
            if path in self._want or not self._mine.owns(path):
                continue
            whole = object_of(path) or path
            if whole not in self._objects:
                yield self._emptied(whole) or whole
            elif not any(under(each, path) for each in self._want) and not self._is_replaced(path):
                yield shortest(path, self._want, SINGLE)

    def riders(self) -> Iterator[str]:
        """Return what speaks against ending a bundle."""
        return riders(self._have.there, self._gone, self._mine)

    def _emptied(self, whole: Words) -> Words | None:
        """Return all that a port has of a kind, where that is no more than what goes."""
        for part in containers(whole):
            inside = (path for path in (*self._there, *self._want) if under(path, part))
            if all(path == whole for path in inside):
                return part
        return None

    def _is_replaced(self, path: Words) -> bool:
        return path[-2] in SINGLE and path[:-1] in self._keys

    def _is_deleted(self, path: Words) -> bool:
        return any(under(path, gone) for gone in self._gone)

    def _lost(self, policy: Words, term: str) -> bool:
        return self._is_deleted((*policy, "term", term))

    def _comes(self, path: Words) -> bool:
        """Whether a wanted statement is not there; a stranger's other value stays what it is."""
        if path in self._there:
            return self._is_deleted(path)
        strange = not self._wanted.owns(path) and path[-2] in SINGLE
        return not (strange and any(each[:-1] == path[:-1] for each in self._there))

    def _empty_groups(self) -> list[Words]:
        """Return our groups that lose their last neighbor and hold nothing of anybody else."""
        groups = dict.fromkeys(group for path in self._gone if (group := group_of(path)))
        wanted = {group_of(path) for path in self._want}
        return [
            group
            for group in groups
            if group not in wanted and not any(self._stays_in(group, path) for path in self._there)
        ]

    def _stays_in(self, group: Words, path: Words) -> bool:
        ours = ((*group, "type", "external"), (*group, "multipath", "multiple-as"))
        return under(path, group) and path not in ours and not self._is_deleted(path)


def _terms(policy: Words, paths: Iterable[Words]) -> list[str]:
    start = (*policy, "term")
    return list(dict.fromkeys(path[4] for path in paths if under(path, start)))


def _named(path: Words) -> Iterator[str]:
    """Return the interface or the neighbor that a statement is about."""
    whole = object_of(path) or ()
    if whole[:1] == ("interfaces",) and len(whole) == _UNIT:
        yield f"{whole[1]}.{whole[3]}"
    elif whole[:1] == ("interfaces",):
        # A bundle, or a port and the bundle that it is in.
        yield from {whole[1], *(whole[-1:] if MEMBERSHIP in whole else ())}
    elif whole[-2:-1] == ("neighbor",):
        yield whole[-1]
