# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which expressions of a function are clients of AWS, and what they call."""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import TYPE_CHECKING, TypeGuard

import botocore.session
from botocore import xform_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DEFAULT_SERVICE = "directconnect"
_DOORS = ("reader", "writer")


class Clients:
    """The clients of one function: `aws.reader(service)`, and the names that stand for one."""

    def __init__(self, definition: ast.AST, words: Mapping[str, str]) -> None:
        """Look through a function; `words` are the texts that its module names."""
        self._words = words
        self._names: dict[str, str] = {}
        self._names = dict(self._named(definition))

    def operations(self, node: ast.AST) -> Iterator[str]:
        """Yield what an expression can call, as IAM names it."""
        if isinstance(node, ast.Attribute) and node.attr != "get_paginator":
            if service := self._service(node.value):
                yield operation(service, node.attr)
        elif isinstance(node, ast.Call) and _is_paginator(node.func):
            if service := self._service(node.func.value):  # type: ignore[attr-defined]
                yield operation(service, self._word(node.args[0]))
        elif _is_getattr(node) and (service := self._service(node.args[0])):
            yield from _matching(service, node.args[1])

    def _named(self, definition: ast.AST) -> Iterator[tuple[str, str]]:
        for node in ast.walk(definition):
            for target, value in _assigned(node):
                service = self._service(value)
                if service and isinstance(target, ast.Name):
                    yield target.id, service

    def _service(self, node: ast.AST) -> str | None:
        """Return the service of an expression that is a client; None for any other."""
        if isinstance(node, ast.Name):
            return self._names.get(node.id)
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            return None
        if node.func.attr not in _DOORS:
            return None
        return self._word(node.args[0]) if node.args else DEFAULT_SERVICE

    def _word(self, node: ast.AST) -> str:
        """Return a text that is written there, or named.

        Raises:
            KeyError: It is neither, so nobody can tell what is called.
        """
        if isinstance(node, ast.Constant):
            return str(node.value)
        return self._words[node.id if isinstance(node, ast.Name) else ast.dump(node)]


def _is_paginator(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "get_paginator"


def _is_getattr(node: ast.AST) -> TypeGuard[ast.Call]:
    is_named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    return is_named and node.func.id == "getattr"  # type: ignore[attr-defined]


def _matching(service: str, name: ast.AST) -> Iterator[str]:
    """Yield every method that a name put together at run time can mean."""
    parts = name.values if isinstance(name, ast.JoinedStr) else [name]
    pattern = "".join(
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z]+" for part in parts
    )
    for method in _methods(service):
        if re.fullmatch(pattern, method):
            yield operation(service, method)


def _assigned(node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Yield what an assignment gives to what, one by one where it gives several at once."""
    if not isinstance(node, ast.Assign):
        return
    for target in node.targets:
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            yield from zip(target.elts, node.value.elts, strict=True)
        else:
            yield target, node.value


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
