# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which operations of AWS a function of the edge can come to call, read from its source.

The edge has one way to reach AWS: a method of `aws.reader(service)` or `aws.writer(service)`. So
the source tells every call, and what it does not tell is found by the test that runs all jobs.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .clients import Clients

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

# A function by its module and name; a module itself has no name.
Place = tuple[str, str]


@dataclass(slots=True, kw_only=True)
class Function:
    """What one function does: the operations it calls, and the other functions it names."""

    operations: set[str] = field(default_factory=set)
    uses: set[Place] = field(default_factory=set)


class Source:
    """The functions of a package's modules, by module and name."""

    def __init__(self, package: Path) -> None:
        """Read every module of the package."""
        self._functions: dict[Place, Function] = {}
        for path in sorted(package.glob("*.py")):
            self._read(path.stem, ast.parse(path.read_text(encoding="utf-8")))

    def operations(self, module: str, name: str) -> set[str]:
        """Return the operations, as IAM names them, that a function can come to call."""
        seen: set[Place] = set()
        waiting = [(module, name)]
        while waiting:
            place = waiting.pop()
            if place in self._functions and place not in seen:
                seen.add(place)
                waiting.extend(self._functions[place].uses)
        return {call for place in seen for call in self._functions[place].operations}

    def _read(self, module: str, tree: ast.Module) -> None:
        known = dict(_imported(tree)) | {name: (module, name) for name, _ in _defined(tree)}
        words = dict(_words(tree))
        for name, definition in _defined(tree):
            self._functions[module, name] = _function(definition, known, words)


def _defined(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """Yield functions, classes (as one function each), and the values that a module names."""
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.name, node
        elif isinstance(node, ast.Assign):
            yield from ((each.id, node) for each in node.targets if isinstance(each, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id, node


def _imported(tree: ast.Module) -> Iterator[tuple[str, Place]]:
    """Yield what comes from the modules beside."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            for alias in node.names:
                place = (node.module, alias.name) if node.module else (alias.name, "")
                yield alias.asname or alias.name, place


def _words(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield the texts that a module names."""
    for name, node in _defined(tree):
        value = getattr(node, "value", None)
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield name, value.value


def _function(
    definition: ast.AST, known: Mapping[str, Place], words: Mapping[str, str]
) -> Function:
    clients = Clients(definition, words)
    found = Function()
    for node in ast.walk(definition):
        found.operations |= set(clients.operations(node))
        if isinstance(node, ast.Name) and node.id in known:
            found.uses.add(known[node.id])
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module, name = known.get(node.value.id, ("", "no module"))
            if not name:
                found.uses.add((module, node.attr))
    return found
