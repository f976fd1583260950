# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an operator should know of a VPN connection that AWS takes as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .interface_changes import STANDARD_MTU

if TYPE_CHECKING:
    from ..model import Estate
    from ..model_vpn import VpnConnection


def notes_on(wanted: VpnConnection, estate: Estate) -> tuple[str, ...]:
    """Return a sentence where what it backs up carries larger packets than a tunnel can.

    Source: AWS's own guidance for backups of Direct Connect, as of 2026-08.
    """
    jumbo = sorted(
        f"{thing.name} ({thing.mtu})"
        for thing in estate.virtual_interfaces
        if {thing.on, thing.gateway, thing.virtual_gateway} & set(wanted.backs_up)
        and (thing.mtu or 0) > STANDARD_MTU
    )
    if not jumbo:
        return ()
    told = (
        f"vpn_connection {wanted.name} backs up {', '.join(jumbo)}: over it packets fall to "
        f"{STANDARD_MTU} bytes and less, so hosts need path MTU discovery or a smaller MTU"
    )
    return (told,)
