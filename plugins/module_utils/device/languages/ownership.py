# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose a statement is, in a configuration of indented blocks.

An owner is `DX-VIF<vlan>`, or `DX-PORT<port>` for what a port has. It owns the policy objects whose
names start with `<owner>-`, and the interfaces and neighbors whose description starts with
`<owner> `. On a port that is not ours, what names such an object or bundle is ours.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from .language import Language
    from .tree import Path

OWNER = re.compile(r"DX-(?:VIF|PORT)[^\s-]+(?=[ -])")
INTERFACE = re.compile(r"interface (\S+)$")
BGP = re.compile(r"router bgp \S+$")
NEIGHBOR = re.compile(r"(?:no )?neighbor (\S+)(?: (.+))?$")
DESCRIPTION = re.compile(r"description \"?(.+)$")
_SHUT = re.compile(r"(?:neighbor \S+ )?shutdown$")
_AT_PORT = 2  # a statement of an interface: the interface, and what stands in it


def described(statement: str) -> str:
    """Return the text of a description; empty for any other statement."""
    found = DESCRIPTION.match(statement)
    return found[1] if found else ""


def owners(language: Language, paths: Iterable[Path]) -> list[str]:
    """Return all owners that have something in a configuration."""
    words = (word for path in paths for word in _words(language, path))
    return sorted({found[0] for word in words if (found := OWNER.match(word))})


def shut(language: Language, paths: Collection[Path]) -> list[str]:
    """Return the owners all of whose neighbors are shut in a configuration."""
    mine = Ownership(language, paths, ())
    inside = [(mine.scope(path), mine.neighbor(path), path) for path in paths if BGP.match(path[0])]
    down = {(scope, name) for scope, name, path in inside if _SHUT.match(path[-1])}
    of = [
        (found[0], (scope, name))
        for scope, name, path in inside
        if (found := OWNER.match(described(_said(path[-1]))))
    ]
    open_ = {owner for owner, session in of if session not in down}
    return sorted({owner for owner, _ in of} - open_)


def _said(statement: str) -> str:
    """Return what is said of a neighbor, whether its address stands in the line or above it."""
    found = NEIGHBOR.match(statement)
    return (found[2] or "") if found else statement


def _words(language: Language, path: Path) -> tuple[str, ...]:
    named = language.named.match(path[-1]) if len(path) == 1 else None
    neighbor = NEIGHBOR.match(path[-1])
    return (
        named["name"] if named else "",
        described(path[-1]),
        described(neighbor[2] or "") if neighbor else "",
    )


class Ownership:
    """What certain owners have in a configuration."""

    def __init__(
        self, language: Language, paths: Collection[Path], owners: Collection[str]
    ) -> None:
        """Find the interfaces and neighbors that are theirs; the rest is told by its name."""
        self._language = language
        self._owners = tuple(owners)
        self._interfaces = {
            found[1]
            for path in paths
            if self._describes(path[-1]) and (found := INTERFACE.match(path[0]))
        }
        self._neighbors = {
            (self.scope(path), address)
            for path in paths
            if BGP.match(path[0]) and (address := self._introduced(path))
        }
        self._ports = {path[0] for path in paths if self._is_at_port(path) and self._says(path)}

    def owns(self, path: Path) -> bool:
        """Whether a statement is theirs."""
        if BGP.match(path[0]):
            return (self.scope(path), self.neighbor(path)) in self._neighbors
        if found := INTERFACE.match(path[0]):
            return found[1] in self._interfaces or self._owns_at_port(path)
        return self._is_named(path[0])

    def scope(self, path: Path) -> Path:
        """Return the part of the BGP process in which a statement's neighbor is the only one."""
        depths = [at for at, line in enumerate(path) if self._language.scope.match(line)]
        return path[: depths[-1] + 1] if depths else path[:1]

    @staticmethod
    def neighbor(path: Path) -> str | None:
        """Return the neighbor that a statement of the BGP process is about."""
        return next((found[1] for line in path[1:] if (found := NEIGHBOR.match(line))), None)

    def _introduced(self, path: Path) -> str | None:
        """Return the neighbor that a description says to be theirs."""
        return self.neighbor(path) if self._describes(_said(path[-1])) else None

    def _describes(self, statement: str) -> bool:
        return described(statement).startswith(tuple(f"{owner} " for owner in self._owners))

    def _is_named(self, statement: str) -> bool:
        found = self._language.named.match(statement)
        names = tuple(f"{owner}-" for owner in self._owners)
        return found is not None and found["name"].startswith(names)

    @staticmethod
    def _is_at_port(path: Path) -> bool:
        return len(path) == _AT_PORT and INTERFACE.match(path[0]) is not None

    def _names(self, path: Path) -> bool:
        """Whether a port's statement names something of theirs."""
        found = self._language.bundle.match(path[-1])
        bundle = self._language.bundle_name.format(found["bundle"]) if found else ""
        return bundle in self._interfaces or self._says(path)

    def _says(self, path: Path) -> bool:
        """Whether a statement holds a name of theirs."""
        names = tuple(f"{owner}-" for owner in self._owners)
        return any(word.startswith(names) for word in path[-1].split())

    def _owns_at_port(self, path: Path) -> bool:
        """Whether a port's statement is theirs; what else it has is the operator's."""
        if not self._is_at_port(path):
            return False
        beside = path[0] in self._ports and self._language.beside.match(path[-1]) is not None
        return beside or self._names(path)
