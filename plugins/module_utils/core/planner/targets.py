# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an association leads to: a transit gateway or a virtual private gateway, by id or name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..plan import PlanError
from ..snapshot import GONE

if TYPE_CHECKING:
    from ..model import Association
    from ..snapshot import FoundEnd, Snapshot

# What AWS takes when no ASN is given, for a gateway as for a transit gateway.
DEFAULT_ASN = 64512


def target_type(wanted: Association) -> str:
    """Return AWS's word for the kind of the target."""
    return "transitGateway" if wanted.transit_gateway else "virtualPrivateGateway"


def target_words(wanted: Association) -> str:
    """Return the engineer's words for the kind of the target."""
    return "transit gateway" if wanted.transit_gateway else "virtual private gateway"


def find_target(wanted: Association, snapshot: Snapshot) -> FoundEnd:
    """Return the target, by its id, else by its Name tag.

    Raises:
        PlanError: There is none, or more than one of that name.
    """
    things = snapshot.transit_gateways if wanted.transit_gateway else snapshot.virtual_gateways
    living: list[FoundEnd] = [thing for thing in things if thing.state not in GONE]
    found = [thing for thing in living if thing.id == wanted.target]
    found = found or [thing for thing in living if thing.name == wanted.target]
    if len(found) == 1:
        return found[0]
    if not found:
        raise PlanError(_unknown(wanted, living))
    ids = ", ".join(sorted(thing.id for thing in found))
    raise PlanError(
        f"{len(found)} {target_words(wanted)}s are named {wanted.target} ({ids}): "
        "name the one that is meant by its id"
    )


def _unknown(wanted: Association, living: list[FoundEnd]) -> str:
    there = ", ".join(sorted(thing.name or thing.id for thing in living)) or "none"
    return (
        f"there is no {target_words(wanted)} {wanted.target} in this account and Region "
        f"(there: {there})"
    )
