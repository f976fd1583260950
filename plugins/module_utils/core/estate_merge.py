# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From several files, one per site or circuit, to one document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .estate_fault import EstateError, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

Files = Mapping[str, object]


def merge_documents(files: Files) -> dict[str, Any]:
    """Return the document that several files make up together.

    Lists follow one another in the order of the files, mappings add up, and what can be told only
    once must be the same wherever it is told. What a single value means is not judged here.

    Args:
        files: The content of each file by the file's name, in the order in which they count; an
            empty file is None.

    Raises:
        EstateError: A file is no mapping, or two files contradict each other; all faults at once.
    """
    faults = [*_no_mappings(files)]
    merged: dict[str, Any] = {}
    told_by: dict[str, str] = {}
    for name, content in files.items():
        if isinstance(content, Mapping):
            faults += _add(merged, told_by, name, content)
    faults += _named_twice(files)
    if faults:
        raise EstateError(faults)
    return merged


def _no_mappings(files: Files) -> Iterator[Fault]:
    for name, content in files.items():
        if content is not None and not isinstance(content, Mapping):
            yield Fault(name, "must be a mapping of the estate's sections, as connections")


def _add(
    merged: dict[str, Any], told_by: dict[str, str], name: str, content: Mapping[Any, Any]
) -> Iterator[Fault]:
    """Add one file's sections to what the files before it have told."""
    for section, value in content.items():
        before = merged.get(section)
        if section not in merged:
            merged[section] = _copied(value)
        elif isinstance(before, list) and _is_list(value):
            before.extend(value)
        elif isinstance(before, dict) and isinstance(value, Mapping):
            yield from _add_entries(before, told_by, name, str(section), value)
        elif before != value:
            yield _contradiction(name, str(section), told_by[section])
        _note(told_by, name, str(section), value)


def _note(told_by: dict[str, str], name: str, section: str, value: object) -> None:
    """Remember which file told a section, and each entry of a mapping, first."""
    told_by.setdefault(section, name)
    for entry in value if isinstance(value, Mapping) else ():
        told_by.setdefault(f"{section}.{entry}", name)


def _add_entries(
    before: dict[Any, Any],
    told_by: dict[str, str],
    name: str,
    section: str,
    value: Mapping[Any, Any],
) -> Iterator[Fault]:
    for entry, new in value.items():
        if before.setdefault(entry, new) != new:
            place = f"{section}.{entry}"
            yield _contradiction(name, place, told_by[place])


def _contradiction(name: str, place: str, other: str) -> Fault:
    return Fault(f"{name}: {place}", f"is told differently by {other}: tell it once")


def _named_twice(files: Files) -> Iterator[Fault]:
    """Yield a fault for each name that two files declare; twice in one file is a rule's matter."""
    first: dict[tuple[str, object], str] = {}
    for name, section, thing in _things(files):
        other = first.setdefault((section, thing), name)
        if other != name:
            yield Fault(
                f"{name}: {section}", f"{thing} is declared by {other} already: declare it once"
            )


def _things(files: Files) -> Iterator[tuple[str, str, str]]:
    """Yield file, section and name of everything that bears a name."""
    for name, content in files.items():
        for section, value in content.items() if isinstance(content, Mapping) else ():
            for thing in value if _is_list(value) else ():
                if isinstance(thing, Mapping) and isinstance(thing.get("name"), str):
                    yield name, str(section), str(thing["name"])


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes))


def _copied(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if _is_list(value) else value
