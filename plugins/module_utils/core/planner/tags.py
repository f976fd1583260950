# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tags: only ever added or changed, and only the keys that the estate names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..plan import Change
from .identity import ESTATE_TAG, NAME_TAG

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..model import Estate, Taggable
    from .identity import Tagged


def wanted_tags(estate: Estate, thing: Taggable) -> dict[str, str]:
    """Return the object's tags: the estate's, its own (they win), and its identity."""
    identity = {ESTATE_TAG: estate.name, NAME_TAG: thing.name} if estate.name else {}
    return {**estate.tags, **thing.tags, **identity}


def tags_with_name(estate: Estate, thing: Taggable, found: Tagged | None) -> dict[str, str]:
    """Return the tags of what EC2 names by its tag Name only, unless it is meant by its id."""
    named = {} if found and found.id == thing.name else {"Name": thing.name}
    return {**wanted_tags(estate, thing), **named}


def missing_tags(wanted: Mapping[str, str], found: Mapping[str, str]) -> dict[str, str]:
    """Return what must be set so that every wanted tag is as wanted."""
    return {key: value for key, value in wanted.items() if found.get(key) != value}


def tag_changes(missing: Mapping[str, str], found: Mapping[str, str]) -> tuple[Change, ...]:
    """Return the tags to set as changes, in a fixed order."""
    return tuple(
        Change(attribute=f"tag {key}", before=found.get(key), after=value)
        for key, value in sorted(missing.items())
    )
