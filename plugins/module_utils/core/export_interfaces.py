# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Virtual interfaces on the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .export_names import own_tags
from .snapshot import GONE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .export_names import Named
    from .snapshot import FoundPeer, FoundVirtualInterface, Snapshot


def export_interfaces(
    snapshot: Snapshot,
    named: Named,
    carriers: Mapping[str, str],
    gateways: Mapping[str, str],
    account_id: str,
) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """Return the interfaces as records, and a note for each that the account has only a part of."""
    records, notes = [], []
    for found in snapshot.virtual_interfaces:
        if found.id not in named.names:
            continue
        if reason := _stray(found, carriers, gateways, account_id):
            name = named.names[found.id]
            notes.append(f"virtual_interface {name} ({found.id}) {reason}: left out")
        else:
            records.append(_record(found, named.names[found.id], carriers, gateways))
    return records, tuple(notes)


def _stray(
    found: FoundVirtualInterface,
    carriers: Mapping[str, str],
    gateways: Mapping[str, str],
    account_id: str,
) -> str:
    """Say why an interface cannot be told by what this account sees."""
    if found.owner_account not in (None, account_id):
        return f"belongs to account {found.owner_account}"
    if found.connection_id not in carriers:
        return f"is on {found.connection_id}, which is left out or another account's"
    if _on_gateway(found) and found.gateway_id not in gateways:
        return f"ends on gateway {found.gateway_id}, which is left out or another account's"
    return ""


def _on_gateway(found: FoundVirtualInterface) -> bool:
    return bool(found.gateway_id) and not _on_virtual_gateway(found)


def _on_virtual_gateway(found: FoundVirtualInterface) -> bool:
    return (found.gateway_id or "").startswith("vgw-")


def _record(
    found: FoundVirtualInterface,
    name: str,
    carriers: Mapping[str, str],
    gateways: Mapping[str, str],
) -> dict[str, Any]:
    record = {
        "name": name,
        "on": carriers[found.connection_id],
        "type": found.type,
        "gateway": gateways[found.gateway_id or ""] if _on_gateway(found) else None,
        "virtual_gateway": found.gateway_id if _on_virtual_gateway(found) else None,
        "vlan": found.vlan,
        "customer_asn": found.customer_asn,
        "mtu": found.mtu,
        "site_link": found.site_link if found.type != "public" else None,
        "route_filter_prefixes": list(found.route_filter_prefixes),
        "rate_limit": found.rate_limit,
        "prefix_pool_allocated_count_ipv4": found.prefix_pool_allocated_count_ipv4,
        "prefix_pool_allocated_count_ipv6": found.prefix_pool_allocated_count_ipv6,
        "peers": [_peer(peer) for peer in found.peers if peer.state not in GONE],
        "tags": own_tags(found.tags),
    }
    return {key: value for key, value in record.items() if value not in (None, {}, [])}


def _peer(found: FoundPeer) -> dict[str, Any]:
    """Return a session without its key; IPv6 addresses are AWS's to give."""
    if found.family == "ipv6":
        return {"family": "ipv6"}
    addresses = {
        "amazon_address": found.amazon_address,
        "customer_address": found.customer_address,
    }
    return {"family": "ipv4", **{key: value for key, value in addresses.items() if value}}
