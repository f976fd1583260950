# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The LOA-CFA: one page that says who may connect which cable to AWS's cage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import carriers, locations
from .clock import as_datetime
from .errors import ClientError
from .pdf import one_page
from .request import Answer, Request, operation
from .state import Lag

if TYPE_CHECKING:
    from .carriers import Carrier
    from .state import Connection

NOT_ISSUED_IN = ("ordering", "requested")


@operation("DescribeLoa")
def describe_loa(request: Request) -> Answer:
    """Return the letter, and note the time: each call counts as an issue.

    A LAG's letter names all of its ports.
    """
    carrier = carriers.find(request, request.parameters["connectionId"])
    ports = carriers.members(request.world, carrier) if isinstance(carrier, Lag) else [carrier]
    early = [port for port in ports if carriers.state(request, port) in NOT_ISSUED_IN]
    if early or not ports:
        word = "LAG" if isinstance(carrier, Lag) else "connection"
        raise ClientError(f"The LOA-CFA for {word} {carrier.id} is not available yet.")
    for port in ports:
        port.loa_issued_at = request.world.now
    # It reads by its name, and is to be kept all the same.
    request.world.is_changed = True
    provider = request.parameters.get("providerName") or carrier.provider
    return {
        "loaContent": one_page(_letter(carrier, ports, provider, request.world.now)),
        "loaContentType": "application/pdf",
    }


def _letter(
    carrier: Carrier, ports: list[Connection], provider: str | None, now: float
) -> list[str]:
    site = locations.LOCATIONS[carrier.location]
    issued = as_datetime(now).strftime("%Y-%m-%d %H:%M:%S UTC")
    bundle = [f"LAG: {carrier.id} ({carrier.name})"] if isinstance(carrier, Lag) else []
    return [
        "Letter of Authorization and Connecting Facility Assignment",
        "Issued by the lab's model of AWS; not valid at any real facility.",
        "",
        f"Issued: {issued}",
        f"Issued to: {provider or 'the customer'} (account {carrier.account})",
        *bundle,
        *(f"Connection: {port.id} ({port.name})" for port in ports),
        f"Facility: {site.name} ({site.code})",
        f"Region: {carrier.region}",
        f"Port speed: {carrier.bandwidth}",
        f"AWS device: {carrier.device}",
        *(f"Demarcation: {_demarcation(port)}" for port in ports),
        "Interface: single-mode fibre, LC connector",
    ]


def _demarcation(port: Connection) -> str:
    """Return panel and port of AWS's end, which follow from the device and the connection."""
    return f"panel {port.device[-4:].upper()}, port {int(port.id[-2:], 36)}"
