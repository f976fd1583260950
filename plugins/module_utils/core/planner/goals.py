# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When an object has arrived: what a run waits for after it has sent a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..plan import Reference, Wait
from .context import look
from .doomed import declared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Estate
    from ..plan import Terms
    from ..snapshot import Snapshot

# From here on the letter of authorization can be had.
ORDERED = ("pending", "available", "down")
# What people bring about: the letter, the cable, the light.
PORTS = ("connection", "lag")
# A virtual interface without a BGP session is down, and complete for all that AWS does.
PRESENT = ("available", "down")
# What takes days: another account's owner confirms an interface, AWS verifies public prefixes.
SLOW = frozenset({"confirming", "verifying"})
# The state in which AWS leaves what takes it seconds.
SETTLED = {
    "customer_gateway": "available",
    "gateway": "available",
    "macsec_key": "associated",
    "peer": "available",
    "resiliency_group": "available",
    "transit_route_table": "associated",
    "virtual_gateway": "available",
    "vpc_attachment": "attached",
    "vpn_connection": "available",
    "vpn_tunnel": "available",
}


def goals_of(reference: Reference) -> tuple[Wait, ...]:
    """Return what is waited for once an object has been made or changed.

    An association may take AWS a second or a quarter of an hour, so it is in both classes: worth a
    short wait always, and a long one if the operator waits for people anyway.
    """
    match reference.kind:
        case "connection" | "lag":
            return Wait(on=reference, until=ORDERED), Wait(on=reference, until=PRESENT, people=True)
        case "association":
            done = ("associated",)
            return Wait(on=reference, until=done), Wait(on=reference, until=done, people=True)
        case "virtual_interface":
            return Wait(on=reference, until=PRESENT), Wait(on=reference, until=PRESENT, people=True)
        case kind if kind in SETTLED:
            return (Wait(on=reference, until=(SETTLED[kind],)),)
        case _:
            raise ValueError(f"nothing is known of the kind {reference.kind}")


def goals_found(estate: Estate, snapshot: Snapshot, terms: Terms) -> tuple[Wait, ...]:
    """Return what the declared objects that are there have yet to reach.

    An order that AWS has not worked through is awaited as people are: it may take days.
    """
    return tuple(
        wait
        for reference, state in _found(estate, snapshot, terms)
        for wait in goals_of(reference)
        if state not in wait.until
        and (wait.people or (reference.kind not in PORTS and state not in SLOW))
    )


def _found(estate: Estate, snapshot: Snapshot, terms: Terms) -> Iterator[tuple[Reference, str]]:
    things = declared(look(estate, snapshot, terms))
    for kind, found in (
        ("connection", things.connections),
        ("lag", things.lags),
        ("resiliency_group", things.resiliency_groups),
        ("gateway", things.gateways),
        ("virtual_gateway", things.virtual_gateways),
        ("customer_gateway", things.customer_gateways),
        ("vpn_connection", things.vpn_connections),
        ("association", things.associations),
        ("virtual_interface", things.virtual_interfaces),
    ):
        for name, thing in found.items():
            yield Reference(kind=kind, name=name, id=thing.id), thing.state
