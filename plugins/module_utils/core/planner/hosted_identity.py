# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which hosted connection is the one that a partner declares: by its name, else by its place.

Its tags tell nothing here: they are the customer's, whose own estate is known by them. The place is
the port and the VLAN, of which AWS gives no second.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ..snapshot import GONE
from .identity import Match

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..model import HostedConnection
    from ..snapshot import FoundConnection, FoundHostedConnection, FoundLag

    Parents = Mapping[str, Match[FoundConnection] | Match[FoundLag]]


def parent_id(wanted: HostedConnection, parents: Parents) -> str | None:
    """Return the id of a partner's port; None while it is not there.

    Args:
        wanted: The hosted connection.
        parents: The matches of the declared connections and LAGs; a port that is not declared is
            named by its id.
    """
    if wanted.on not in parents:
        return wanted.on
    found = parents[wanted.on].found
    return found.id if found else None


def match_hosted(
    things: Iterable[HostedConnection],
    parents: Parents,
    found: Iterable[FoundHostedConnection],
) -> dict[str, Match[FoundHostedConnection]]:
    """Find what a partner declares among what its ports host."""
    named: defaultdict[str, list[FoundHostedConnection]] = defaultdict(list)
    seated: dict[tuple[str | None, int], FoundHostedConnection] = {}
    for thing in found:
        if thing.state not in GONE:
            named[thing.name].append(thing)
            seated[thing.parent_id, thing.vlan] = thing
    return {
        wanted.name: _choose(
            wanted, named[wanted.name], seated.get((parent_id(wanted, parents), wanted.vlan))
        )
        for wanted in things
    }


def _choose(
    wanted: HostedConnection,
    named: list[FoundHostedConnection],
    seated: FoundHostedConnection | None,
) -> Match[FoundHostedConnection]:
    if len(named) == 1:
        return Match(found=named[0])
    if not named or seated in named:
        return Match(found=seated)
    ids = ", ".join(sorted(thing.id for thing in named))
    return Match(
        fault=f"hosted_connection {wanted.name}: {len(named)} objects carry its name ({ids}), and "
        f"none has VLAN {wanted.vlan} on {wanted.on}: put into the estate where it is"
    )
