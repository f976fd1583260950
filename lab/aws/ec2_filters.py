# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""EC2's filters over answers in EC2's own words."""

from __future__ import annotations

import fnmatch
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Row = dict[str, Any]


def passing(rows: Iterable[Row], filters: Mapping[str, Sequence[str]]) -> list[Row]:
    """Return the rows that pass every filter.

    A filter is a member's name in EC2's kebab case (`resource-type`, `association.state`) or
    `tag:Key`; its values are alternatives with wildcards.
    """
    return [row for row in rows if all(_passes(row, *each) for each in filters.items())]


def _passes(row: Row, name: str, patterns: Sequence[str]) -> bool:
    value = _value(row, name)
    return value is not None and any(fnmatch.fnmatchcase(value, each) for each in patterns)


def _value(row: Row, name: str) -> str | None:
    if name.startswith("tag:"):
        tags = {tag["Key"]: tag["Value"] for tag in row.get("Tags") or ()}
        return tags.get(name.removeprefix("tag:"))
    found: Any = row
    for part in name.split("."):
        found = (found or {}).get("".join(word.capitalize() for word in part.split("-")))
    return None if found is None else str(found)
