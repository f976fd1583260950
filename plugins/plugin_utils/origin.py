# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where in which file a value was written, as Ansible remembers it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

try:
    # Not a promise of ansible-core; without it faults have their path in the document alone.
    from ansible._internal._datatag import _tags
except ImportError:  # pragma: no cover - of another ansible-core
    _tags = None  # type: ignore[assignment]


class Place(NamedTuple):
    """A line of a file."""

    file: str
    line: int


_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


def origin_of(document: object, path: str) -> str | None:
    """Return "file:line" of the value at a path of a document, else of the nearest one around it.

    Args:
        document: As Ansible hands it over.
        path: As a fault has it, `virtual_interfaces[2].vlan`.
    """
    around: Place | None = None
    value: Any = document
    for position, name in _STEP.findall(path):
        value = _inside(value, int(position) if position else name)
        if value is None:
            break
        place = _place(value)
        # What a template gave has the template's place, which may be in quite another file.
        if place and (around is None or _is_container(value) or place.file == around.file):
            around = place
    return f"{around.file}:{around.line}" if around else None


def _inside(value: object, step: int | str) -> Any:
    if isinstance(step, str):
        return value.get(step) if isinstance(value, Mapping) else None
    return value[step] if _is_list(value) and step < len(value) else None  # type: ignore[index, arg-type]


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes))


def _is_container(value: object) -> bool:
    return isinstance(value, Mapping) or _is_list(value)


def _place(value: object) -> Place | None:
    origin = _tags.Origin.get_tag(value) if _tags else None
    if origin is None or not origin.path or not origin.line_num:
        return None
    path = Path(origin.path)
    if path.is_relative_to(Path.cwd()):
        path = path.relative_to(Path.cwd())
    return Place(str(path), origin.line_num)
