# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The LOA-CFA: one page that says who may connect which cable to AWS's cage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import connections, locations
from .clock import as_datetime
from .errors import ClientError
from .pdf import one_page
from .request import Answer, Request, operation

if TYPE_CHECKING:
    from .state import Connection

NOT_ISSUED_IN = ("ordering", "requested")


@operation("DescribeLoa")
def describe_loa(request: Request) -> Answer:
    """Return the letter, and note the time: each call counts as an issue."""
    connection = connections.find(request, request.parameters["connectionId"])
    if connections.state(request, connection) in NOT_ISSUED_IN:
        raise ClientError(f"The LOA-CFA for connection {connection.id} is not available yet.")
    connection.loa_issued_at = request.world.now
    provider = request.parameters.get("providerName") or connection.provider
    return {
        "loaContent": one_page(_letter(connection, provider)),
        "loaContentType": "application/pdf",
    }


def _letter(connection: Connection, provider: str | None) -> list[str]:
    site = locations.LOCATIONS[connection.location]
    issued = as_datetime(connection.loa_issued_at or 0).strftime("%Y-%m-%d %H:%M:%S UTC")
    return [
        "Letter of Authorization and Connecting Facility Assignment",
        "Issued by the lab's model of AWS; not valid at any real facility.",
        "",
        f"Issued: {issued}",
        f"Issued to: {provider or 'the customer'} (account {connection.account})",
        f"Connection: {connection.id} ({connection.name})",
        f"Facility: {site.name} ({site.code})",
        f"Region: {connection.region}",
        f"Port speed: {connection.bandwidth}",
        f"AWS device: {connection.device}",
        f"Demarcation: panel {connection.device[-4:].upper()}, port {int(connection.id[-2:], 36)}",
        "Interface: single-mode fibre, LC connector",
    ]
