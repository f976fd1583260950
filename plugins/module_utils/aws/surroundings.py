# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What gateways are tied to, as far as the estate names it: any other kind costs no call."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..core.planner.identity import Candidates
from .associations import read_associations
from .core_networks import with_edges
from .proposals import read_proposals
from .targets import read_transit_gateways, read_virtual_gateways
from .transit_routes import (
    read_transit_attachments,
    read_transit_route_tables,
    with_propagations,
)
from .virtual_gateways import read_route_tables, read_vpcs

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from ..core.model import Association, Estate
    from ..core.model_vpn import VpnConnection
    from ..core.plan import Scope
    from ..core.snapshot import FoundAssociation, FoundEnd, FoundTransitAttachment, Snapshot
    from .session import Aws


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What the account's part of the estate names around its gateways.

    Attributes:
        part: What the account owns of the estate.
        offers: The associations of other accounts' gateways with targets of this account.
        needs: The kinds that the run looks at.
        demolition: Read also what keeps the declared virtual private gateways from going.
    """

    part: Estate
    offers: tuple[Association, ...]
    needs: AbstractSet[Scope]
    demolition: bool = False

    @property
    def near(self) -> tuple[Association, ...]:
        """The associations whose target is this account's."""
        if "associations" not in self.needs:
            return ()
        ties = (
            tie
            for gateway in self.part.gateways
            for tie in gateway.associations
            if tie.account in (None, gateway.account)
        )
        return (*ties, *self.offers)

    @property
    def across(self) -> bool:
        """Whether any association ties two accounts."""
        if "associations" not in self.needs:
            return False
        return bool(self.offers) or any(
            tie.account not in (None, gateway.account)
            for gateway in self.part.gateways
            for tie in gateway.associations
        )

    @property
    def vpns(self) -> tuple[VpnConnection, ...]:
        """The VPN connections, if the run looks at them."""
        return self.part.vpn_connections if "vpn_connections" in self.needs else ()

    @property
    def virtual(self) -> bool:
        """Whether any virtual private gateway is named."""
        interfaces = self.part.virtual_interfaces if "virtual_interfaces" in self.needs else ()
        return (
            "virtual_gateways" in self.needs
            or any(tie.virtual_gateway for tie in self.near)
            or any(each.virtual_gateway for each in interfaces)
            or any(vpn.virtual_gateway for vpn in self.vpns)
        )


def with_surroundings(
    aws: Aws, snapshot: Snapshot, named: Named, *, before: Snapshot | None
) -> Snapshot:
    """Return the snapshot with what the gateways are, and may be, tied to.

    Args:
        aws: The account.
        snapshot: What has been read so far.
        named: What the estate names.
        before: A snapshot that this run has taken before, to keep what the run cannot change.
    """
    transit = any(tie.transit_gateway for tie in named.near)
    transit = transit or any(vpn.transit_gateway for vpn in named.vpns)
    there = before.transit_gateways if before else read_transit_gateways(aws) if transit else ()
    ours = named.part.virtual_gateways
    virtual = read_virtual_gateways(aws) if named.virtual and (ours or not before) else ()
    snapshot = replace(
        snapshot,
        transit_gateways=there,
        virtual_gateways=before.virtual_gateways if before and not ours else virtual,
        proposals=read_proposals(aws) if named.across else (),
    )
    associations = _with_far(aws, snapshot, named)
    if any(tie.edge_locations for tie in named.near):
        associations = with_edges(aws, associations)
    snapshot = replace(snapshot, associations=associations)
    return _with_tables(aws, _with_vpcs(aws, snapshot, named), named)


def _with_far(aws: Aws, snapshot: Snapshot, named: Named) -> tuple[FoundAssociation, ...]:
    """Return the associations, with those of other accounts' gateways with our targets."""
    offered = {tie.target for tie in named.offers}
    targets: tuple[FoundEnd, ...] = (*snapshot.transit_gateways, *snapshot.virtual_gateways)
    ids = [thing.id for thing in targets if thing.name in offered or thing.id in offered]
    candidates, estate = Candidates(snapshot.virtual_gateways), named.part.name
    for wanted in named.part.virtual_gateways if "virtual_gateways" in named.needs else ():
        found = candidates.identify("virtual_gateway", wanted.name, estate=estate).found
        if found and (named.demolition or wanted.name in offered):
            ids.append(found.id)
    seen = {thing.id for thing in snapshot.associations}
    far = read_associations(aws, sorted(set(ids))) if named.offers or named.demolition else ()
    return (*snapshot.associations, *(thing for thing in far if thing.id not in seen))


def _with_vpcs(aws: Aws, snapshot: Snapshot, named: Named) -> Snapshot:
    gateways = named.part.virtual_gateways if "virtual_gateways" in named.needs else ()
    return replace(
        snapshot,
        vpcs=read_vpcs(aws) if any(each.vpc for each in gateways) else (),
        route_tables=read_route_tables(aws)
        if any(each.propagate_to is not None for each in gateways)
        else (),
    )


def _with_tables(aws: Aws, snapshot: Snapshot, named: Named) -> Snapshot:
    """Read attachments and route tables of transit gateways where something is said of them."""
    ties = [
        tie for tie in named.near if tie.route_table is not None or tie.propagate_to is not None
    ]
    if not ties and not any(vpn.private for vpn in named.vpns):
        return snapshot
    names = {tie.target for tie in ties if tie.propagate_to is not None}
    exact = {each.id for each in snapshot.transit_gateways if {each.id, each.name} & names}
    attachments: tuple[FoundTransitAttachment, ...] = tuple(
        with_propagations(aws, thing) if thing.transit_gateway_id in exact else thing
        for thing in read_transit_attachments(aws)
    )
    return replace(
        snapshot,
        transit_attachments=attachments,
        transit_route_tables=read_transit_route_tables(aws) if ties else (),
    )
