# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What UpdateLag changes in place: name, minimum of links, encryption mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..plan import Action, Reference
from .consent import consent_name, with_consent
from .drift import differing
from .encryption import mode_step
from .lag_members import members

if TYPE_CHECKING:
    from ..model import Lag
    from ..plan import Change
    from ..snapshot import FoundLag
    from .context import Context

# AWS makes LAGs with a minimum of 0, and such a LAG is up when all of its ports are down.
LEAST_LINKS = 1


def minimum(wanted: Lag, found: FoundLag | None) -> int:
    """Return the minimum of links that shall be: the estate's, else what is there and safe."""
    if wanted.minimum_links is not None:
        return wanted.minimum_links
    return max(found.minimum_links, LEAST_LINKS) if found else LEAST_LINKS


def settings(wanted: Lag, found: FoundLag, context: Context) -> tuple[Action, ...]:
    """Return the change in place of a LAG that is there, and of its encryption when it can be."""
    changes = differing(
        {
            "name": (found.name, wanted.name),
            "minimum_links": (found.minimum_links, minimum(wanted, found)),
        }
    )
    change = (_update(wanted, found, changes, context),) if changes else ()
    return (*change, *encryption(wanted, found, context))


def _update(wanted: Lag, found: FoundLag, changes: tuple[Change, ...], context: Context) -> Action:
    action = Action(
        verb="update", kind="lag", name=wanted.name, id=found.id, wanted=wanted, changes=changes
    )
    return with_consent(action, _harm(changes, found, context), context)


def _harm(changes: tuple[Change, ...], found: FoundLag, context: Context) -> str:
    """Tell whom it hits when the minimum rises above the number of ports that are up."""
    up = sum(port.state == "available" for port in members(found.id, context.lookup))
    live = _live(found, context)
    if live and any(each.attribute == "minimum_links" and each.after > up for each in changes):
        return f"takes the LAG down, {up} of its ports are up, with BGP up on {live}"
    return ""


def encryption(wanted: Lag, found: FoundLag | None, context: Context) -> tuple[Action, ...]:
    """Return the change of the encryption mode, which has waits of its own."""
    step = mode_step("lag", wanted, found, context)
    if step is None:
        return ()
    action = Action(
        verb="update",
        kind="lag",
        name=wanted.name,
        id=found.id if found else None,
        wanted=wanted,
        parents=(Reference(kind="lag", name=wanted.name, id=found.id if found else None),),
        changes=(step.change,),
        waits_for=step.waits,
        reason=step.harm,
        consent=consent_name("lag", wanted.name, context) if step.harm else None,
        consented=step.consented,
    )
    return (action,)


def _live(found: FoundLag, context: Context) -> str:
    interfaces = context.lookup.interfaces_of(found.id)
    return ", ".join(sorted(thing.name for thing in interfaces if thing.live))
