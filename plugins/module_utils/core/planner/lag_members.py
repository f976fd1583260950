# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ports of LAGs: which are declared, and which of them AWS has named by itself.

A port that CreateLag orders bears the estate's tag from birth, but neither its name nor its tag of
the name: CreateLag takes one set of tags for all. A run that is killed before it has named them
leaves them so; the next run gives them the declared names that nothing bears yet, and orders none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..snapshot import GONE
from .identity import ESTATE_TAG, NAME_TAG, Match

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..model import Estate
    from ..snapshot import FoundConnection, FoundLag, FoundPort
    from .context import Context
    from .lookup import Lookup

# What AWS calls a port that CreateLag orders; a single LAG outside an estate has no better sign.
_GIVEN_NAME = re.compile(r"Requested Connection (\d+) for Lag (\S+)")


def bundled(context: Context) -> frozenset[str]:
    """Return the names of the connections that are declared as ports of the account's LAGs.

    They are ordered as members of their LAG, never by themselves.
    """
    return frozenset(name for lag in context.part.lags for name in lag.connections)


def goes_along(port_id: str, carrier: str, context: Context) -> bool:
    """Tell whether what rides on a port comes to a carrier with it: AWS moves both to the LAG."""
    names = {lag.name: lag.connections for lag in context.part.lags}.get(carrier, ())
    ports = (context.connections[name].found for name in names)
    return any(port is not None and port.id == port_id for port in ports)


def members(lag_id: str, lookup: Lookup) -> tuple[FoundConnection, ...]:
    """Return the living ports of a LAG, in AWS's order of their names."""
    found = (thing for thing in lookup.members_of(lag_id) if thing.state not in GONE)
    return tuple(sorted(found, key=given_order))


def given_order(thing: FoundConnection | FoundPort) -> tuple[int, str]:
    """Sort ports as AWS numbers them; the others, by id, come behind."""
    number = _GIVEN_NAME.fullmatch(thing.name)
    return (int(number[1]) if number else 1_000_000), thing.id


def claim(
    part: Estate,
    lags: Mapping[str, Match[FoundLag]],
    matches: Mapping[str, Match[FoundConnection]],
    lookup: Lookup,
) -> dict[str, Match[FoundConnection]]:
    """Return the matches of the connections, with nameless members given to the names they lack."""
    claimed = dict(matches)
    known = {match.found.id for match in matches.values() if match.found}
    for lag in part.lags:
        found = lags[lag.name].found
        ports = members(found.id, lookup) if found else ()
        nameless = [
            thing for thing in ports if thing.id not in known and _is_nameless(thing, part.name)
        ]
        lacking = [name for name in lag.connections if matches.get(name) == Match()]
        pairs = zip(lacking, nameless, strict=False)
        claimed |= {name: Match(found=thing) for name, thing in pairs}
    return claimed


def _is_nameless(thing: FoundConnection, estate: str) -> bool:
    """Tell whether a member was ordered with its LAG and has not been given its name."""
    if estate:
        return thing.tags.get(ESTATE_TAG) == estate and NAME_TAG not in thing.tags
    given = _GIVEN_NAME.fullmatch(thing.name)
    return given is not None and given[2] == thing.lag_id
