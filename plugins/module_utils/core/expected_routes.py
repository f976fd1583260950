# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Expected routes: what must cross each virtual interface in either direction, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .addressing import of_family
from .prefix_guards import longest_accepted

if TYPE_CHECKING:
    from .model import Estate, Family, Peer, VirtualInterface


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedRoutes:
    """The routes of one family over one virtual interface.

    Attributes:
        account: The account that has the virtual interface.
        router: The router on which it lands; None where none is declared.
        to_aws: What the router announces and AWS accepts, exactly.
        from_aws: What the router takes from AWS.
        from_aws_longest: Longest prefix length within `from_aws`; None for those prefixes exactly.
    """

    name: str
    account: str
    router: str | None
    family: Family
    to_aws: tuple[str, ...]
    from_aws: tuple[str, ...]
    from_aws_longest: int | None


def expected_routes(estate: Estate) -> tuple[ExpectedRoutes, ...]:
    """Return the expected routes of every virtual interface and family, in the estate's order."""
    return tuple(
        _expected(estate, interface, peer)
        for interface in estate.virtual_interfaces
        for peer in interface.peers
    )


def _expected(estate: Estate, interface: VirtualInterface, peer: Peer) -> ExpectedRoutes:
    connection = estate.connection(interface.on)
    return ExpectedRoutes(
        name=interface.name,
        account=connection.account,
        router=connection.router,
        family=peer.family,
        to_aws=of_family(interface.routing.advertise, peer.family),
        from_aws=of_family(interface.routing.accept, peer.family),
        from_aws_longest=longest_accepted(interface, peer.family),
    )
