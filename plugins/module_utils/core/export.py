# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The way back: from what an account has to an estate's document that asks for just that.

So an engineer whose circuits were made by hand starts from what is there. What a document cannot
hold is left out with a note: secrets (AWS shows BGP keys, and they stay out of files), and objects
that no name tells apart. A value that the document leaves out is one that is never touched.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .export_interfaces import export_interfaces
from .export_names import Named, name_all, own_tags
from .export_ports import export_connections, export_groups, export_hosted, export_lags
from .export_vpn import export_backup
from .planner.identity import ESTATE_TAG
from .snapshot import GONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .export_ports import Records
    from .planner.identity import Tagged
    from .snapshot import FoundAssociation, FoundConnection, FoundGateway, FoundLag, Snapshot

_TARGETS = {
    "transitGateway": "transit_gateway",
    "virtualPrivateGateway": "virtual_gateway",
    "coreNetwork": "core_network",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A document, and what the engineer should know of it."""

    document: dict[str, Any]
    notes: tuple[str, ...]


def export_estate(snapshot: Snapshot, *, name: str, account: str, account_id: str) -> Export:
    """Return what an account has as a document that plans nothing when it is fed back.

    Args:
        snapshot: All that the account has.
        name: The name that the estate shall have.
        account: The account's name in the inventory.
        account_id: Its number, which tells what belongs to others.
    """
    ports = name_all("connection", snapshot.connections, name)
    lags = _lags(snapshot, ports, name)
    gateways = name_all("gateway", snapshot.gateways, name)
    interfaces = name_all("virtual_interface", snapshot.virtual_interfaces, name)
    groups = name_all("resiliency_group", snapshot.resiliency_groups, name)
    hosted = name_all("hosted_connection", snapshot.hosted_connections, name)
    carriers = {**ports.names, **lags.names}
    rides, strays = export_interfaces(snapshot, interfaces, carriers, gateways.names, account_id)
    backup = export_backup(snapshot, gateways.names, name=name, account=account)
    sections: dict[str, Records] = {
        "connections": export_connections(snapshot, ports.names, account),
        "lags": export_lags(snapshot, lags.names, ports.names, account),
        "hosted_connections": export_hosted(snapshot, hosted.names, carriers, account),
        "resiliency_groups": export_groups(snapshot, groups.names, ports.names, account),
        "gateways": _gateways(snapshot, gateways, account, account_id),
        "customer_gateways": backup.customer_gateways,
        "vpn_connections": backup.vpn_connections,
        "virtual_interfaces": rides,
    }
    told = {section: records for section, records in sections.items() if records}
    return Export(
        document={"name": name, **_adoption(snapshot, name), **_accounts(told), **told},
        notes=(
            *(
                note
                for kind in (ports, lags, gateways, interfaces, groups, hosted)
                for note in kind.notes
            ),
            *strays,
            *backup.notes,
            *_unshown(snapshot),
        ),
    )


def _lags(snapshot: Snapshot, ports: Named, name: str) -> Named:
    """Name the LAGs whose every port has a name: a LAG's list of ports is exact."""
    named = name_all("lag", snapshot.lags, name)
    whole = {
        lag.id
        for lag in snapshot.lags
        if all(port.id in ports.names for port in snapshot.connections if port.lag_id == lag.id)
    }
    return Named(
        names={id_: lag for id_, lag in named.names.items() if id_ in whole},
        notes=(
            *named.notes,
            *(
                f"lag {lag} ({id_}) has a port that is left out: left out too"
                for id_, lag in named.names.items()
                if id_ not in whole
            ),
        ),
    )


def _adoption(snapshot: Snapshot, name: str) -> dict[str, bool]:
    """Leave what is there without our tags as it is, until the engineer says otherwise."""
    things: tuple[Tagged, ...] = (
        *snapshot.connections,
        *snapshot.lags,
        *snapshot.gateways,
        *snapshot.customer_gateways,
        *snapshot.vpn_connections,
        *snapshot.virtual_interfaces,
    )
    marked = all(thing.tags.get(ESTATE_TAG) == name for thing in things if thing.state not in GONE)
    return {} if marked else {"adopt": False}


def _accounts(sections: dict[str, Records]) -> dict[str, Records]:
    """Declare the accounts that are known by their numbers only."""
    numbers = {
        record["account"]
        for records in sections.values()
        for thing in records
        for record in (thing, *thing.get("associations", ()))
        if record.get("account", "").isdecimal()
    }
    accounts = [{"name": number, "id": number} for number in sorted(numbers)]
    return {"accounts": accounts} if accounts else {}


def _gateways(snapshot: Snapshot, named: Named, account: str, account_id: str) -> Records:
    ties: dict[str, list[FoundAssociation]] = {}
    for tie in snapshot.associations:
        if tie.state not in GONE:
            ties.setdefault(tie.gateway_id, []).append(tie)
    return [
        _gateway(
            found, named.names[found.id], account, _associations(ties.get(found.id, ()), account_id)
        )
        for found in snapshot.gateways
        if found.id in named.names
    ]


def _gateway(found: FoundGateway, name: str, account: str, associations: Records) -> dict[str, Any]:
    tags = own_tags(found.tags)
    return {
        "name": name,
        "account": account,
        "amazon_asn": found.amazon_asn,
        **({"associations": associations} if associations else {}),
        **({"tags": tags} if tags else {}),
    }


def _associations(ties: Iterable[FoundAssociation], account_id: str) -> Records:
    """Name each target by its id, which nobody else can have."""
    return [
        {
            _TARGETS[tie.target_type]: tie.target_id,
            **({"account": tie.target_owner} if tie.target_owner not in (None, account_id) else {}),
            **({"allowed_prefixes": list(tie.allowed_prefixes)} if tie.allowed_prefixes else {}),
            **({"edge_locations": list(tie.edge_locations)} if tie.edge_locations else {}),
        }
        for tie in ties
        if tie.target_type in _TARGETS
    ]


def _unshown(snapshot: Snapshot) -> Iterator[str]:
    """Say what a document that goes into files does not hold."""
    if any(thing.peers for thing in snapshot.virtual_interfaces):
        yield "BGP keys are left out: put them into the vault before the routers are configured"
    carriers: tuple[FoundConnection | FoundLag, ...] = (*snapshot.connections, *snapshot.lags)
    if any(thing.macsec_keys for thing in carriers):
        yield "MACsec keys are left out: AWS does not show them"
