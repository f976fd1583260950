# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The backup path on the way back: customer gateways and VPN connections as records, keyless."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .export_names import name_all, own_tags
from .export_ports import told
from .snapshot import GONE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .export_ports import Records
    from .snapshot import Snapshot
    from .snapshot_vpn import FoundVpnConnection, FoundVpnTunnel


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """The sections of the document, and why others are left out."""

    customer_gateways: Records
    vpn_connections: Records
    notes: tuple[str, ...]


def export_backup(
    snapshot: Snapshot, gateways: Mapping[str, str], *, name: str, account: str
) -> Backup:
    """Return customer gateways and VPN connections that have names.

    Args:
        snapshot: All that the account has.
        gateways: The names of the gateways by their ids, over which private ones may run.
        name: The name that the estate shall have.
        account: The account's name in the inventory.
    """
    ends = name_all("customer_gateway", snapshot.customer_gateways, name)
    vpns = name_all("vpn_connection", snapshot.vpn_connections, name)
    scene = _Scene(snapshot=snapshot, ends=ends.names, gateways=gateways)
    named = [found for found in snapshot.vpn_connections if found.id in vpns.names]
    faults = {found.id: scene.fault(found) for found in named}
    return Backup(
        customer_gateways=[
            told(
                name=ends.names[found.id],
                account=account,
                address=found.address,
                asn=found.asn,
                certificate_arn=found.certificate_arn,
                tags=_tags(found.tags),
            )
            for found in snapshot.customer_gateways
            if found.id in ends.names
        ],
        vpn_connections=[
            {"name": vpns.names[found.id], "account": account, **scene.record(found)}
            for found in named
            if not faults[found.id]
        ],
        notes=(
            *ends.notes,
            *vpns.notes,
            *(
                f"vpn_connection {vpns.names[id_]} ({id_}) {fault}: left out"
                for id_, fault in faults.items()
                if fault
            ),
            *_unshown(snapshot),
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scene:
    """What VPN connections hang on, by the names of the document."""

    snapshot: Snapshot
    ends: Mapping[str, str]
    gateways: Mapping[str, str]

    def fault(self, found: FoundVpnConnection) -> str:
        """Say why a document cannot hold it; empty where it can."""
        if found.customer_gateway_id not in self.ends:
            return "begins at a customer gateway without a name"
        if not found.target_id:
            return "ends on neither a virtual private gateway nor a transit gateway"
        if found.outside_address_type == "private" and self._transport(found) is None:
            return "runs over an association that the document does not hold"
        if found.outside_address_type not in ("public", "private"):
            return f"has outside addresses of the type {found.outside_address_type}"
        return ""

    def record(self, found: FoundVpnConnection) -> dict[str, Any]:
        """Return what a document says of it."""
        target = str(found.target_id)
        private = found.outside_address_type == "private"
        routes = {} if found.static_routes is None else {"static_routes": [*found.static_routes]}
        return {
            "customer_gateway": self.ends[found.customer_gateway_id],
            "transit_gateway" if target.startswith("tgw-") else "virtual_gateway": target,
            **routes,
            **told(
                outside_address_type="private" if private else None,
                transport=self._transport(found) if private else None,
                tunnels=[_tunnel(each) for each in found.tunnels if each.inside_cidr],
                tags=_tags(found.tags),
            ),
        }

    def _transport(self, found: FoundVpnConnection) -> str | None:
        """Return the gateway whose association with the transit gateway carries it."""
        attached = {each.id: each.gateway_id for each in self.snapshot.transit_attachments}
        gateway = attached.get(found.transport_attachment_id or "", "")
        tied = any(
            (tie.gateway_id, tie.target_id) == (gateway, found.target_id)
            for tie in self.snapshot.associations
            if tie.state not in GONE
        )
        return self.gateways.get(gateway) if tied else None


def _tunnel(found: FoundVpnTunnel) -> dict[str, Any]:
    return told(
        inside_cidr=found.inside_cidr,
        ike_versions=list(found.ike_versions),
        startup_action=found.startup_action,
        dpd_timeout_action=found.dpd_timeout_action,
    )


def _tags(tags: Mapping[str, str]) -> dict[str, str]:
    """Return an object's tags without the name, which the document tells beside them."""
    return {key: value for key, value in own_tags(tags).items() if key != "Name"}


def _unshown(snapshot: Snapshot) -> tuple[str, ...]:
    """Say what a document that goes into files does not hold."""
    if not any(vpn.tunnels for vpn in snapshot.vpn_connections):
        return ()
    return ("Keys of VPN tunnels are left out: AWS keeps those that it has",)
