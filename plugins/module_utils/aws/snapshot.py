# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the account to a snapshot: one call per kind, and one per gateway that matters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.planner.identity import ESTATE_TAG, NAME_TAG
from ..core.snapshot import GONE, Snapshot
from .alarms import read_alarms
from .associations import read_associations
from .connections import read_connections
from .customer_gateways import read_customer_gateways
from .gateways import read_gateways
from .hosted_connections import read_all_hosted
from .lags import read_lags
from .resiliency_groups import read_resiliency_groups
from .surroundings import Named, with_surroundings
from .virtual_interfaces import read_virtual_interfaces
from .vpn_connections import read_vpn_connections

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from ..core.model import Association, Estate
    from ..core.plan import Scope
    from ..core.snapshot import FoundGateway
    from .session import Aws

# What must be read to judge a kind: itself, and what it hangs on.
NEEDS: dict[Scope, frozenset[Scope]] = {
    # A LAG names the ports that it was ordered with.
    "connections": frozenset({"connections", "lags"}),
    "lags": frozenset({"connections", "lags"}),
    "macsec_keys": frozenset({"connections", "lags"}),
    "hosted_connections": frozenset({"connections", "lags", "hosted_connections"}),
    "resiliency_groups": frozenset({"connections", "resiliency_groups"}),
    "gateways": frozenset({"gateways"}),
    "virtual_gateways": frozenset({"virtual_gateways"}),
    "associations": frozenset({"gateways", "associations"}),
    "customer_gateways": frozenset({"customer_gateways", "vpn_connections"}),
    "vpn_connections": frozenset({"customer_gateways", "vpn_connections"}),
    "virtual_interfaces": frozenset({"connections", "lags", "gateways", "virtual_interfaces"}),
    "alarms": frozenset({"connections", "lags", "virtual_interfaces", "alarms"}),
}
# What few estates have: it costs no call where the estate declares none.
RARE: tuple[Scope, ...] = (
    "lags",
    "hosted_connections",
    "resiliency_groups",
    "virtual_gateways",
    "customer_gateways",
    "vpn_connections",
    "alarms",
)
# What a private VPN connection runs over.
TRANSPORT: frozenset[Scope] = frozenset({"gateways", "associations"})


def kinds_to_read(part: Estate, scope: Iterable[Scope], *, strangers: bool) -> frozenset[Scope]:
    """Return the kinds that a judgement of the scope needs.

    Args:
        part: What the account owns of the estate.
        scope: The kinds that will be judged.
        strangers: What the estate no longer declares is judged too (prune).
    """
    needs = frozenset(kind for wanted in scope for kind in NEEDS[wanted])
    spared = {kind for kind in RARE if not strangers and not getattr(part, kind)}
    needs -= spared
    private = any(vpn.private for vpn in part.vpn_connections)
    return needs | TRANSPORT if private and "vpn_connections" in needs else needs


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is to be read.

    Attributes:
        part: What the account owns of the estate.
        scope: The kinds that will be judged.
        offers: The associations of other accounts' gateways with targets of this account.
        strangers: Read the associations of the estate's undeclared gateways too (prune).
        demolition: Read what keeps the declared virtual private gateways from going.
    """

    part: Estate
    scope: AbstractSet[Scope]
    offers: tuple[Association, ...] = ()
    strangers: bool = False
    demolition: bool = False


def read_snapshot(aws: Aws, reading: Reading, *, before: Snapshot | None = None) -> Snapshot:
    """Read what the scope needs.

    Args:
        aws: The account.
        reading: What is to be read.
        before: A snapshot that this run has taken before, to keep what the run cannot change.
    """
    part, strangers = reading.part, reading.strangers
    needs = kinds_to_read(part, reading.scope, strangers=strangers)
    if reading.demolition and part.virtual_gateways:
        needs |= {"vpn_connections"}
    connections = read_connections(aws) if "connections" in needs else ()
    lags = read_lags(aws) if "lags" in needs else ()
    gateways = read_gateways(aws) if "gateways" in needs else ()
    snapshot = Snapshot(
        connections=connections,
        lags=lags,
        # One call for each port that can host: only for who hosts at all.
        hosted_connections=read_all_hosted(aws, part, (*connections, *lags))
        if "hosted_connections" in needs and part.hosted_connections
        else (),
        resiliency_groups=read_resiliency_groups(aws) if "resiliency_groups" in needs else (),
        gateways=gateways,
        associations=read_associations(aws, _relevant(gateways, part, strangers=strangers))
        if "associations" in needs
        else (),
        customer_gateways=read_customer_gateways(aws) if "customer_gateways" in needs else (),
        vpn_connections=read_vpn_connections(aws) if "vpn_connections" in needs else (),
        virtual_interfaces=read_virtual_interfaces(aws) if "virtual_interfaces" in needs else (),
        alarms=read_alarms(aws) if "alarms" in needs else (),
    )
    named = Named(part=part, offers=reading.offers, needs=needs, demolition=reading.demolition)
    snapshot = with_surroundings(aws, snapshot, named, before=before)
    aws.learn_account_id(next(_owners(snapshot), None))
    return snapshot


def _relevant(
    gateways: Collection[FoundGateway], part: Estate, *, strangers: bool
) -> Iterator[str]:
    """Yield the ids of the gateways whose associations matter: each costs a call."""
    names = {gateway.name for gateway in part.gateways}
    for gateway in gateways:
        ours = bool(part.name) and gateway.tags.get(ESTATE_TAG) == part.name
        called = gateway.tags.get(NAME_TAG, gateway.name) if ours else gateway.name
        known = called in names or gateway.id in names
        if gateway.state not in GONE and (known or (ours and strangers)):
            yield gateway.id


def _owners(snapshot: Snapshot) -> Iterator[str]:
    """Yield the account ids that the answers bear; those of hosted interfaces are a partner's."""
    owners = (
        *(thing.owner_account for thing in snapshot.gateways),
        *(thing.owner_account for thing in snapshot.connections),
    )
    yield from (owner for owner in owners if owner)
