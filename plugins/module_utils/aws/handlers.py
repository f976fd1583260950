# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All kinds that a plan may name, each with its handler: a new kind is a module and a line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import (
    associations,
    connections,
    gateways,
    hosted_connections,
    lags,
    macsec_keys,
    peers,
    resiliency_groups,
    virtual_interface_writes,
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
    "association": associations.HANDLER,
    "virtual_interface": virtual_interface_writes.HANDLER,
    "peer": peers.HANDLER,
}
