# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What became of a call whose outcome nobody told: look at the object it was about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..core.snapshot import GONE
from .handlers import HANDLERS
from .made import Made
from .states import read_things

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..core.plan import Action, Change
    from .made import Ids
    from .session import Aws

# What another account offers is in these states until it is confirmed.
OFFERED = ("ordering", "confirming")


def read_back(aws: Aws, action: Action, ids: Ids, parents: Mapping[str, str]) -> Made | None:
    """Return the object as the call was to leave it; None when that is not to be seen (yet).

    Args:
        aws: The account.
        action: What the call was to do.
        ids: The ids that the run knows.
        parents: By id, the parent of what AWS lists for one parent at a time.
    """
    handler = HANDLERS[action.kind]
    above: tuple[str, ...] = ()
    if handler.under:
        # What a call was to move is under the parent that the action names, or where it was.
        named = any(parent.kind in handler.under.kinds for parent in action.parents)
        here = ids.parent(action, *handler.under.kinds) if named else None
        above = tuple(parent for parent in (here, parents.get(action.id or "")) if parent)
    thing = handler.find(action, ids, read_things(aws, handler, above))
    if thing is not None and action.verb == "confirm":
        return None if thing.state in OFFERED else Made(id=thing.id, state=thing.state)
    if action.verb == "delete":
        gone = thing is None or thing.state in GONE
        return Made(id=action.id or "", state=thing.state if thing else "deleted") if gone else None
    if thing is None or (action.verb != "create" and not _is_done(action, ids, thing)):
        return None
    return handler.made(action, thing)


def _is_done(action: Action, ids: Ids, thing: Any) -> bool:
    """Tell whether an object shows all that an action was to change."""
    if shows := HANDLERS[action.kind].shows.get(action.verb):
        return shows(action, ids, thing)
    return bool(action.changes) and all(_shows(thing, change) for change in action.changes)


def _shows(thing: Any, change: Change) -> bool:
    kind, _, key = change.attribute.partition(" ")
    if kind == "tag":
        return bool(thing.tags.get(key) == change.after)
    return bool(_plain(getattr(thing, change.attribute, None)) == _plain(change.after))


def _plain(value: Any) -> Any:
    """Compare lists as sets: AWS keeps no order."""
    return frozenset(value) if isinstance(value, (tuple, list)) else value
