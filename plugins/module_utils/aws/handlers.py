# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All kinds that a plan may name, each with its handler: a new kind is a module and a line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import (
    alarms,
    associations,
    connections,
    customer_gateways,
    gateways,
    hosted_connections,
    lags,
    macsec_keys,
    peers,
    proposals,
    resiliency_groups,
    transit_routes,
    virtual_gateways,
    virtual_interface_writes,
    vpn_changes,
    vpn_connections,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .handler import Handler

HANDLERS: Mapping[str, Handler] = {
    "connection": connections.HANDLER,
    "lag": lags.HANDLER,
    "billing_mode": connections.BILLING_HANDLER,
    "macsec_key": macsec_keys.HANDLER,
    "encryption": macsec_keys.ENCRYPTION_HANDLER,
    "hosted_connection": hosted_connections.HANDLER,
    "resiliency_group": resiliency_groups.HANDLER,
    "gateway": gateways.HANDLER,
    "virtual_gateway": virtual_gateways.HANDLER,
    "vpc_attachment": virtual_gateways.ATTACHMENT_HANDLER,
    "route_propagation": virtual_gateways.PROPAGATION_HANDLER,
    "association": associations.HANDLER,
    "proposal": proposals.HANDLER,
    "transit_attachment": transit_routes.ATTACHMENT_HANDLER,
    "transit_route_table": transit_routes.HANDLER,
    "transit_propagation": transit_routes.PROPAGATION_HANDLER,
    "customer_gateway": customer_gateways.HANDLER,
    "vpn_connection": vpn_connections.HANDLER,
    "vpn_route": vpn_changes.ROUTE_HANDLER,
    "vpn_tunnel": vpn_changes.TUNNEL_HANDLER,
    "virtual_interface": virtual_interface_writes.HANDLER,
    "peer": peers.HANDLER,
    "alarm": alarms.HANDLER,
}
