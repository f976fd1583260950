# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which prefixes a session must bring as soon as it is up, where that can be known before."""

from __future__ import annotations

from ipaddress import ip_network
from typing import TYPE_CHECKING

from .addressing import of_family

if TYPE_CHECKING:
    from .evidence import Evidence
    from .model import Estate, Family, VirtualInterface

# Of an association that is being made or changed, nobody knows what is announced already.
_ANNOUNCING = ("transitGateway", "associated")


def expected_prefixes(
    estate: Estate, interface: VirtualInterface, family: Family, evidence: Evidence
) -> tuple[str, ...]:
    """Return those of the accepted prefixes that AWS announces in any case.

    To a transit interface AWS announces exactly what the gateway's associations with transit
    gateways allow, whether or not anything is behind them. What it announces to a private one
    depends on the VPCs that are there, over a core network on its routes, and over its public
    network on AWS alone: there nothing is expected.
    """
    if interface.type != "transit" or not interface.gateway:
        return ()
    gateway = estate.gateway(interface.gateway)
    ties = evidence.gateway(gateway.account, gateway.name).get("associations", ())
    announced = {
        ip_network(prefix)
        for tie in ties
        if (tie.get("target_type"), tie["state"]) == _ANNOUNCING
        for prefix in tie["allowed_prefixes"]
    }
    accepted = of_family(interface.routing.accept, family)
    return tuple(prefix for prefix in accepted if ip_network(prefix) in announced)
