# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ports on the way back: connections, LAGs, hosted connections and resiliency groups as records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .estate_document_ports import BILLING_MODES, ENCRYPTION_MODES
from .export_names import own_tags

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .snapshot import FoundConnection, FoundLag, Snapshot

Records = list[dict[str, Any]]


def export_connections(snapshot: Snapshot, names: Mapping[str, str], account: str) -> Records:
    """Return the connections that have a name."""
    return [
        told(
            name=names[found.id],
            account=account,
            location=found.location,
            bandwidth=found.bandwidth,
            provider=found.provider,
            **(_hosted(found) if found.vlan else _dedicated(found)),
            tags=own_tags(found.tags),
        )
        for found in snapshot.connections
        if found.id in names
    ]


def _hosted(found: FoundConnection) -> dict[str, Any]:
    return {"hosted": True, "vlan": found.vlan}


def _dedicated(found: FoundConnection) -> dict[str, Any]:
    mode = found.billing_mode
    return {"billing_mode": mode if mode in BILLING_MODES else None, **_macsec(found)}


def _macsec(found: FoundConnection | FoundLag) -> dict[str, Any]:
    """Tell of MACsec only where there is some; a port in a LAG has the LAG's mode."""
    if not found.macsec_capable:
        return {}
    mode = found.encryption_mode if getattr(found, "lag_id", None) is None else None
    return {
        "request_macsec": True,
        "encryption_mode": mode if mode in ENCRYPTION_MODES else None,
    }


def export_lags(
    snapshot: Snapshot, names: Mapping[str, str], ports: Mapping[str, str], account: str
) -> Records:
    """Return the LAGs that have a name, each with the names of all its ports."""
    return [
        told(
            name=names[found.id],
            account=account,
            location=found.location,
            bandwidth=found.bandwidth,
            connections=[
                ports[port.id] for port in snapshot.connections if port.lag_id == found.id
            ],
            provider=found.provider,
            minimum_links=found.minimum_links or None,
            **_macsec(found),
            tags=own_tags(found.tags),
        )
        for found in snapshot.lags
        if found.id in names
    ]


def export_hosted(
    snapshot: Snapshot, names: Mapping[str, str], carriers: Mapping[str, str], account: str
) -> Records:
    """Return what the account, as a partner, gives its customers of its ports."""
    return [
        told(
            name=names[found.id],
            account=account,
            on=carriers.get(found.parent_id, found.parent_id),
            owner=found.owner_account,
            bandwidth=found.bandwidth,
            vlan=found.vlan,
            tags=own_tags(found.tags),
        )
        for found in snapshot.hosted_connections
        if found.id in names
    ]


def export_groups(
    snapshot: Snapshot, names: Mapping[str, str], ports: Mapping[str, str], account: str
) -> Records:
    """Return the groups whose model is known and whose connections all have names."""
    return [
        told(
            name=names[found.id],
            account=account,
            model=found.model,
            connections=[ports[port] for port in found.connection_ids],
            tags=own_tags(found.tags),
        )
        for found in snapshot.resiliency_groups
        if found.id in names and found.model and all(port in ports for port in found.connection_ids)
    ]


def told(**attributes: Any) -> dict[str, Any]:
    """Leave out what has no value."""
    return {key: value for key, value in attributes.items() if value not in (None, {}, [])}
