# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the account shows of the estate, as the plain data that all later steps consume."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..core.planner.context import look
from ..core.planner.identity import ORDERED_TAG
from ..core.snapshot import GONE
from .observed_alarms import observed_alarms
from .observed_gateways import (
    observed_associations,
    observed_offers,
    observed_virtual_gateways,
    undeclared_associations,
)
from .observed_lags import lag_names, observed_keys, observed_lags
from .observed_vpn import observed_customer_gateways, observed_vpn_connections

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..core.model import Estate, Gateway
    from ..core.plan import Terms
    from ..core.planner.context import Context
    from ..core.snapshot import (
        FoundConnection,
        FoundGateway,
        FoundPeer,
        FoundVirtualInterface,
        Snapshot,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """Where the objects are."""

    account_id: str
    region: str
    partition: str


def observe(
    estate: Estate, snapshot: Snapshot, terms: Terms, whereabouts: Whereabouts
) -> dict[str, Any]:
    """Return the declared objects that exist, by kind; a key is in none of them.

    Kinds that the snapshot does not hold are empty lists.
    """
    context = look(estate, snapshot, terms)
    names = _names(context)
    ends = _virtual_gateway_names(context)
    owners = {thing.name: thing.account for thing in context.part.virtual_interfaces}
    return {
        "account": terms.account,
        "account_id": whereabouts.account_id,
        "region": whereabouts.region,
        "partition": whereabouts.partition,
        "connections": [
            {
                **observed_connection(name, match.found),
                "lag": names.get(match.found.lag_id or ""),
            }
            for name, match in context.connections.items()
            if match.found
        ],
        "lags": list(observed_lags(context)),
        "hosted_connections": list(_hosted(context, names)),
        "resiliency_groups": [
            {
                "name": name,
                "id": match.found.id,
                "state": match.found.state,
                "model": match.found.model,
                "connections": [names.get(id_, id_) for id_ in match.found.connection_ids],
            }
            for name, match in context.resiliency_groups.items()
            if match.found
        ],
        "gateways": [
            _gateway(gateway, match.found, context)
            for gateway in context.part.gateways
            if (match := context.gateways[gateway.name]) and match.found
        ],
        "virtual_gateways": list(observed_virtual_gateways(context)),
        "customer_gateways": list(observed_customer_gateways(context)),
        "vpn_connections": list(observed_vpn_connections(context)),
        "offered_associations": list(observed_offers(context)),
        "alarms": list(observed_alarms(context)),
        "virtual_interfaces": [
            {
                **observed_interface(name, match.found),
                "connection": names.get(match.found.connection_id),
                "gateway": names.get(match.found.gateway_id or ""),
                "virtual_gateway": ends.get(match.found.gateway_id or ""),
                "account": owners.get(name),
            }
            for name, match in context.virtual_interfaces.items()
            if match.found
        ],
    }


def observed_connection(name: str, found: FoundConnection) -> dict[str, Any]:
    """Return one connection under the estate's name."""
    return {
        "name": name,
        "id": found.id,
        "state": found.state,
        "location": found.location,
        "bandwidth": found.bandwidth,
        "provider": found.provider,
        "jumbo_frame_capable": found.jumbo_frame_capable,
        "aws_device": found.aws_device,
        "aws_logical_device": found.aws_logical_device,
        "loa_issue_time": found.loa_issue_time,
        "partner": found.partner,
        "vlan": found.vlan,
        "billing_mode": found.billing_mode,
        "macsec_capable": found.macsec_capable,
        "encryption_mode": found.encryption_mode,
        "encryption_status": found.encryption_status,
        "macsec_keys": observed_keys(found),
        "ordered_at": found.tags.get(ORDERED_TAG),
    }


def _hosted(context: Context, names: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Yield what the account, as a partner, gives its customers of its ports."""
    for wanted in context.part.hosted_connections:
        found = context.hosted_connections[wanted.name].found
        if found:
            yield {
                "name": wanted.name,
                "id": found.id,
                "state": found.state,
                "on": names.get(found.parent_id, found.parent_id),
                "parent_id": found.parent_id,
                "owner": wanted.owner,
                "owner_account": found.owner_account,
                "bandwidth": found.bandwidth,
                "vlan": found.vlan,
            }


def observed_interface(name: str, found: FoundVirtualInterface) -> dict[str, Any]:
    """Return one virtual interface under the estate's name, its parents by id only."""
    return {
        "name": name,
        "id": found.id,
        "type": found.type,
        "state": found.state,
        "connection": None,
        "connection_id": found.connection_id,
        "vlan": found.vlan,
        "mtu": found.mtu,
        "gateway": None,
        "gateway_id": found.gateway_id,
        "customer_asn": found.customer_asn,
        "amazon_asn": found.amazon_asn,
        "virtual_gateway": None,
        "account": None,
        "owner_account": found.owner_account,
        "site_link": found.site_link,
        "route_filter_prefixes": list(found.route_filter_prefixes),
        "rate_limit": found.rate_limit,
        "prefix_pool_allocated_count_ipv4": found.prefix_pool_allocated_count_ipv4,
        "prefix_pool_allocated_count_ipv6": found.prefix_pool_allocated_count_ipv6,
        "ordered_at": found.tags.get(ORDERED_TAG),
        "peers": [_peer(peer) for peer in found.peers if peer.state not in GONE],
    }


def _peer(found: FoundPeer) -> dict[str, Any]:
    return {
        "family": found.family,
        "id": found.id,
        "state": found.state,
        "status": found.status,
        "asn": found.asn,
        "amazon_address": found.amazon_address,
        "customer_address": found.customer_address,
    }


def _virtual_gateway_names(context: Context) -> dict[str, str]:
    """Name the VGWs, by id: as the estate does where it declares or uses one, else as AWS."""
    names = {thing.id: thing.name for thing in context.snapshot.virtual_gateways}
    used = (thing.virtual_gateway for thing in context.part.virtual_interfaces)
    names |= {name: name for name in used if name in names}
    return names | {m.found.id: name for name, m in context.virtual_gateways.items() if m.found}


def _names(context: Context) -> dict[str, str]:
    """Name what interfaces hang on, by id: as the estate does where it declares it, else as AWS."""
    names = {thing.id: thing.name for thing in context.snapshot.connections}
    names |= lag_names(context)
    names |= {thing.id: thing.name for thing in context.snapshot.gateways}
    names |= {m.found.id: name for name, m in context.connections.items() if m.found}
    names |= {m.found.id: name for name, m in context.gateways.items() if m.found}
    return names


def _gateway(wanted: Gateway, found: FoundGateway, context: Context) -> dict[str, Any]:
    return {
        "name": wanted.name,
        "id": found.id,
        "state": found.state,
        "amazon_asn": found.amazon_asn,
        "ordered_at": found.tags.get(ORDERED_TAG),
        "associations": list(observed_associations(wanted.name, context)),
        "undeclared_associations": list(undeclared_associations(wanted.name, found.id, context)),
    }
