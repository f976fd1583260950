# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A partner's doing: a hosted connection appears in the customer's account, to be confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .accounts import DEFAULT_ACCOUNT
from .ids import new_id
from .locations import LOCATIONS
from .seed import REGION
from .state import Connection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .world import World


def provision(world: World, wanted: Mapping[str, Any]) -> dict[str, str]:
    """Make a hosted connection in state ordering.

    Args:
        world: The model's world.
        wanted: name, location, bandwidth and vlan; partner, account and region may be missing.
    """
    account, region = wanted.get("account", DEFAULT_ACCOUNT), wanted.get("region", REGION)
    connection = Connection(
        id=new_id("dxcon"),
        name=wanted["name"],
        account=account,
        region=region,
        location=wanted["location"],
        bandwidth=wanted["bandwidth"],
        device=LOCATIONS[wanted["location"]].devices[0],
        created_at=world.now,
        partner=wanted.get("partner", "Equinix"),
        hosted_vlan=int(wanted["vlan"]),
        awaits_confirmation=True,
    )
    world.ledger(account, region).connections[connection.id] = connection
    return {"id": connection.id}
