# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a virtual interface ends on at AWS, and which account has which part in making it.

An interface that one account allocates for another is in the estates of both. The carrier's account
allocates it and sees to what it takes of the carrier; its owner confirms it and sees to its end,
its tags and its sessions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ..neighbours import account_number
from ..plan import Reference, Wait
from ..snapshot import GONE
from .associations import gateway_reference

if TYPE_CHECKING:
    from ..model import VirtualInterface
    from ..snapshot import FoundVirtualGateway
    from .context import Context

# All of it; the carrier's part; the owner's part.
Duty = Literal["all", "allocate", "confirm"]


def duty_of(wanted: VirtualInterface, context: Context) -> Duty:
    """Return what the account has to do about an interface of its part of the estate."""
    if wanted.on not in context.connections and wanted.on not in context.lags:
        return "confirm"
    return "all" if wanted.account in (None, context.terms.account) else "allocate"


def owner_number(wanted: VirtualInterface, context: Context) -> str | None:
    """Return the number of the account that an interface is declared for, if it is known."""
    return account_number(context.estate, context.terms, wanted.account or context.terms.account)


def owner_reference(
    wanted: VirtualInterface, context: Context
) -> tuple[tuple[Reference, ...], tuple[Wait, ...]]:
    """Return the account that an interface is allocated for; an unknown one is waited for."""
    number = owner_number(wanted, context)
    reference = Reference(kind="account", name=wanted.account or "", id=number)
    if number:
        return (reference,), ()
    known = Wait(on=reference, until=("known by its number",), people=True, owner=wanted.account)
    return (reference,), (known,)


def end_reference(
    wanted: VirtualInterface, context: Context
) -> tuple[tuple[Reference, ...], tuple[Wait, ...]]:
    """Return the gateway or VGW to end an interface on, and what must be waited for before."""
    if wanted.gateway:
        reference, waits = gateway_reference(wanted.gateway, context)
        return (reference,), waits
    if wanted.virtual_gateway:
        reference, waits = _virtual_gateway_reference(wanted.virtual_gateway, context)
        return (reference,), waits
    return (), ()


def _virtual_gateway_reference(name: str, context: Context) -> tuple[Reference, tuple[Wait, ...]]:
    found = virtual_gateway(name, context)
    reference = Reference(kind="virtual_gateway", name=name, id=found.id if found else None)
    if found and found.state == "available":
        return reference, ()
    people = found is None and "virtual_gateways" not in context.terms.scope
    now = found.state if found else None
    return reference, (Wait(on=reference, until=("available",), now=now, people=people),)


def virtual_gateway(name: str, context: Context) -> FoundVirtualGateway | None:
    """Return the VGW of that name: the declared one, else by its id, else by its Name tag."""
    if name in context.virtual_gateways:
        return context.virtual_gateways[name].found
    candidates = _candidates(name, context)
    return candidates[0] if len(candidates) == 1 else None


def _candidates(name: str, context: Context) -> list[FoundVirtualGateway]:
    living = [thing for thing in context.snapshot.virtual_gateways if thing.state not in GONE]
    by_id = [thing for thing in living if thing.id == name]
    return by_id or [thing for thing in living if thing.name == name]


def end_faults(wanted: VirtualInterface, context: Context) -> list[str]:
    """Tell what makes it impossible to say what an interface ends on."""
    told = f"virtual_interface {wanted.name}"
    if wanted.gateway and wanted.gateway not in context.gateways:
        return [
            (
                f"{told}: gateway {wanted.gateway} is not declared for account "
                f"{context.terms.account}, which owns the interface: declare both for one account"
            )
        ]
    if wanted.gateway:
        fault = context.gateways[wanted.gateway].fault
        return [fault] if fault else []
    name = wanted.virtual_gateway
    if name and name in context.virtual_gateways:
        fault = context.virtual_gateways[name].fault
        return [fault] if fault else []
    return _virtual_gateway_faults(told, name, context) if name else []


def _virtual_gateway_faults(told: str, name: str, context: Context) -> list[str]:
    candidates = _candidates(name, context)
    if len(candidates) == 1:
        return []
    if candidates:
        ids = ", ".join(sorted(thing.id for thing in candidates))
        return [
            (
                f"{told}: {len(candidates)} virtual private gateways are called {name} ({ids}): "
                "give the id"
            )
        ]
    things = sorted(
        f"{thing.name or 'nameless'} ({thing.id})"
        for thing in context.snapshot.virtual_gateways
        if thing.state not in GONE
    )
    return [
        (
            f"{told}: there is no virtual private gateway {name} in this account and Region "
            f"(there: {', '.join(things) or 'none'}): declare it under virtual_gateways, or give "
            "another name or its id"
        )
    ]


def end_of_found(wanted: VirtualInterface, context: Context) -> tuple[str, str | None, str | None]:
    """Return the attribute that names the end, the end's name, and the id that AWS should show."""
    if wanted.virtual_gateway:
        found = virtual_gateway(wanted.virtual_gateway, context)
        return "virtual_gateway", wanted.virtual_gateway, found.id if found else None
    match = context.gateways.get(wanted.gateway or "")
    return "gateway", wanted.gateway, match.found.id if match and match.found else None
