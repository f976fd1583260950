# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""EC2's filters over answers in EC2's own words."""

from __future__ import annotations

import fnmatch
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Row = dict[str, Any]
# What a filter calls by another name than the answer does.
_MEMBERS = {"option": "Options", "route": "Routes"}


def passing(rows: Iterable[Row], filters: Mapping[str, Sequence[str]]) -> list[Row]:
    """Return the rows that pass every filter.

    A filter is a member's name in EC2's kebab case (`resource-type`, `association.state`),
    `tag-key` or `tag:Key`; its values are alternatives with wildcards.
    """
    return [row for row in rows if all(_passes(row, *each) for each in filters.items())]


def _passes(row: Row, name: str, patterns: Sequence[str]) -> bool:
    values = list(_values(row, name))
    return any(fnmatch.fnmatchcase(value, each) for value in values for each in patterns)


def _values(row: Row, name: str) -> Iterator[str]:
    tags = {tag["Key"]: tag["Value"] for tag in row.get("Tags") or ()}
    if name.startswith("tag:"):
        yield from (value for key, value in tags.items() if key == name.removeprefix("tag:"))
    elif name == "tag-key":
        yield from tags
    else:
        yield from (_word(each) for each in _members(row, name.split(".")))


def _members(found: Any, path: list[str]) -> Iterator[Any]:
    """Go through what stands at a path, in every member of a list."""
    if isinstance(found, list):
        for each in found:
            yield from _members(each, path)
    elif found is not None and not path:
        yield found
    elif isinstance(found, dict):
        name = _MEMBERS.get(path[0], "".join(word.capitalize() for word in path[0].split("-")))
        yield from _members(found.get(name), path[1:])


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
