# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which operations of AWS a function of the edge can come to call, read from its source.

The edge has one way to reach AWS: a method of `aws.reader(service)` or `aws.writer(service)`, by
itself or through a local name. So the source tells every call, and what it does not tell is found
by the test that runs all jobs.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import botocore.session
from botocore import xform_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DEFAULT_SERVICE = "directconnect"
_DOORS = ("reader", "writer")


@dataclass(slots=True, kw_only=True)
class Function:
    """What one function does: the operations it calls, and the other functions it names."""

    operations: set[str] = field(default_factory=set)
    uses: set[tuple[str, str]] = field(default_factory=set)


class Source:
    """The functions of a package's modules, by module and name."""

    def __init__(self, package: Path) -> None:
        """Read every module of the package."""
        self._functions: dict[tuple[str, str], Function] = {}
        for path in sorted(package.glob("*.py")):
            self._read(path.stem, ast.parse(path.read_text(encoding="utf-8")))

    def operations(self, module: str, name: str) -> set[str]:
        """Return the operations, as IAM names them, that a function can come to call."""
        seen: set[tuple[str, str]] = set()
        waiting = [(module, name)]
        while waiting:
            place = waiting.pop()
            if place in self._functions and place not in seen:
                seen.add(place)
                waiting.extend(self._functions[place].uses)
        return {call for place in seen for call in self._functions[place].operations}

    def _read(self, module: str, tree: ast.Module) -> None:
        names = dict(_imported(tree)) | {name: (module, name) for name, _ in _defined(tree)}
        modules = {local: other for local, (other, name) in names.items() if not name}
        for name, definition in _defined(tree):
            self._functions[module, name] = _function(definition, names, modules)


def _defined(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """Yield functions, classes (as one function each), and module-level tables."""
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.name, node
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from ((each.id, node) for each in targets if isinstance(each, ast.Name))


def _imported(tree: ast.Module) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield what modules beside give: a function of one, or (with no name) one itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            for alias in node.names:
                place = (node.module, alias.name) if node.module else (alias.name, "")
                yield alias.asname or alias.name, place


def _function(
    definition: ast.AST, names: dict[str, tuple[str, str]], modules: dict[str, str]
) -> Function:
    found = Function()
    clients = dict(_clients(definition))
    for node in ast.walk(definition):
        if isinstance(node, ast.Name) and node.id in names and names[node.id][1]:
            found.uses.add(names[node.id])
        elif isinstance(node, ast.Attribute):
            if isinstance(node.value, ast.Name) and node.value.id in modules:
                found.uses.add((modules[node.value.id], node.attr))
            service = _service(node.value, clients)
            if service and node.attr != "get_paginator":
                found.operations.add(operation(service, node.attr))
        elif isinstance(node, ast.Call) and (paged := _paged(node, clients)):
            found.operations.add(paged)
    return found


def _clients(definition: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield the local names of clients with their services."""
    for node in ast.walk(definition):
        if isinstance(node, ast.Assign) and (service := _service(node.value, {})):
            yield from ((each.id, service) for each in node.targets if isinstance(each, ast.Name))


def _service(node: ast.AST, clients: dict[str, str]) -> str | None:
    """Return the service of an expression that is a client; None for any other."""
    if isinstance(node, ast.Name):
        return clients.get(node.id)
    is_door = (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _DOORS
    )
    if not is_door:
        return None
    words = [each.value for each in node.args if isinstance(each, ast.Constant)]  # type: ignore[attr-defined]
    return str(words[0]) if words else DEFAULT_SERVICE


def _paged(node: ast.Call, clients: dict[str, str]) -> str | None:
    """Return the operation of `client.get_paginator("...")`."""
    if not isinstance(node.func, ast.Attribute) or node.func.attr != "get_paginator":
        return None
    service = _service(node.func.value, clients)
    (word,) = node.args
    return operation(service, word.value) if service else None  # type: ignore[attr-defined]


def operation(service: str, method: str) -> str:
    """Return what IAM calls a client's method: directconnect:CreateConnection.

    Raises:
        KeyError: The service has no such method.
    """
    return f"{service}:{_methods(service)[method]}"


@cache
def _methods(service: str) -> dict[str, str]:
    names = botocore.session.get_session().get_service_model(service).operation_names
    return {xform_name(name): name for name in names}
