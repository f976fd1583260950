# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a wish and an object differ: what AWS can change, and what it fixes at birth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..plan import Action, Change, Draft
from .tags import missing_tags, tag_changes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..model import Taggable
    from ..plan import Kind
    from .identity import Tagged


# How to have what AWS fixes at birth: for what can be deleted and made anew at no cost.
WAY_OUT = (
    "name {} in replace (dx_replace) and in the consent list (dx_consent): it is then deleted and "
    "made anew"
)


def given(**attributes: Any) -> tuple[Change, ...]:
    """Return what a create call sets: the attributes that the estate names."""
    return tuple(
        Change(attribute=name, after=value)
        for name, value in attributes.items()
        if value is not None
    )


def differing(pairs: Mapping[str, tuple[Any, Any]]) -> tuple[Change, ...]:
    """Return the attributes whose (found, wanted) differ; a wish of None means "don't care"."""
    return tuple(
        Change(attribute=name, before=found, after=wanted)
        for name, (found, wanted) in pairs.items()
        if wanted is not None and wanted != found
    )


def fixed_faults(kind: str, name: str, changes: Iterable[Change], way_out: str) -> tuple[str, ...]:
    """Return one sentence per attribute that differs and that AWS fixes at birth."""
    return tuple(
        f"{kind} {name}: {change.attribute} is {change.before} at AWS and {change.after} in the "
        f"estate, and AWS fixes it at birth: put {change.before} into the estate, or {way_out}"
        for change in changes
    )


def tag_draft(
    kind: Kind,
    thing: Taggable,
    found: Tagged,
    wanted: Mapping[str, str],
    *,
    adopted: bool,
) -> Draft:
    """Return the adoption of an untagged object, or the tags that a known one lacks."""
    missing = missing_tags(wanted, found.tags)
    if not missing:
        return Draft()
    action = Action(
        verb="adopt" if adopted else "tag",
        kind=kind,
        name=thing.name,
        id=found.id,
        wanted=thing,
        tags=missing,
        changes=tag_changes(missing, found.tags),
        reason=f"takes over {found.id}, found by its name" if adopted else "",
    )
    return Draft(actions=(action,))
