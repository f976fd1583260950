# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What AWS can change on a virtual interface: attributes by one call, and what carries it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..plan import Action, Change, Draft, Reference, Wait
from ..snapshot import GONE
from .carriers import carrier, carrier_reference
from .consent import with_consent
from .drift import differing
from .lag_members import goes_along

if TYPE_CHECKING:
    from ..model import VirtualInterface
    from ..snapshot import FoundVirtualInterface
    from .context import Context
    from .interface_ends import Duty

STANDARD_MTU = 1500
_OTHERWISE = "put what carries it into the estate, or name it in replace (dx_replace) and consent"

# What takes a share of the carrier is for its account to change, the link to others for the owner.
_SHARED = (
    "mtu",
    "rate_limit",
    "prefix_pool_allocated_count_ipv4",
    "prefix_pool_allocated_count_ipv6",
)
CHANGEABLE: dict[Duty, tuple[str, ...]] = {
    "all": ("name", *_SHARED, "site_link"),
    "allocate": ("name", *_SHARED),
    "confirm": ("site_link",),
}


def plan_update(
    wanted: VirtualInterface, found: FoundVirtualInterface, duty: Duty, context: Context
) -> Draft:
    """Return the one call that changes all attributes that differ and AWS can change."""
    pairs = {name: (getattr(found, name), getattr(wanted, name)) for name in CHANGEABLE[duty]}
    changes = differing(pairs)
    if not changes:
        return Draft()
    action = Action(
        verb="update",
        kind="virtual_interface",
        name=wanted.name,
        id=found.id,
        wanted=wanted,
        changes=changes,
        waits_for=_confirmation(wanted, found, duty),
    )
    return Draft(actions=(with_consent(action, _harm(changes, found, context), context),))


def _confirmation(
    wanted: VirtualInterface, found: FoundVirtualInterface, duty: Duty
) -> tuple[Wait, ...]:
    """Wait for the owner to confirm an interface before anybody changes it."""
    if found.state != "confirming":
        return ()
    on = Reference(kind="virtual_interface", name=wanted.name, id=found.id)
    until = ("available", "down")
    return (Wait(on=on, until=until, now=found.state, people=duty == "allocate"),)


def _harm(changes: tuple[Change, ...], found: FoundVirtualInterface, context: Context) -> str:
    """Tell whom an MTU change hits: the whole connection, for up to 30 s (AWS user guide)."""
    if not any(change.attribute == "mtu" for change in changes):
        return ""
    live = sorted(
        thing.name for thing in context.lookup.interfaces_of(found.connection_id) if thing.live
    )
    if not live:
        return ""
    return f"interrupts the connection for up to 30 s, with BGP up on {', '.join(live)}"


def immovable(
    wanted: VirtualInterface, found: FoundVirtualInterface, context: Context
) -> tuple[Change, ...]:
    """Return the carrier as a difference where AWS would refuse to move the interface to it."""
    if not plan_move(wanted, found, context).faults:
        return ()
    before = context.lookup.words.get(found.connection_id, found.connection_id)
    return (Change(attribute="connection", before=before, after=wanted.on),)


def plan_move(wanted: VirtualInterface, found: FoundVirtualInterface, context: Context) -> Draft:
    """Return the move to the carrier that is declared; nothing where it is there already."""
    reference, waits = carrier_reference(wanted.on, context)
    if reference.id == found.connection_id or goes_along(found.connection_id, wanted.on, context):
        return Draft()
    if fault := _no_move(wanted, found, reference, context):
        return Draft(faults=(fault,))
    before = context.lookup.words[found.connection_id]
    action = Action(
        verb="move",
        kind="virtual_interface",
        name=wanted.name,
        id=found.id,
        wanted=wanted,
        parents=(reference,),
        changes=(Change(attribute="connection", before=before, after=wanted.on),),
        waits_for=(*waits, *vacancy(wanted, reference, context)),
    )
    reason = "cuts its BGP sessions, which are up, until it has moved" if found.live else ""
    return Draft(actions=(with_consent(action, reason, context),))


def _no_move(
    wanted: VirtualInterface, found: FoundVirtualInterface, target: Reference, context: Context
) -> str | None:
    """Tell why AWS would refuse a move."""
    told = f"virtual_interface {wanted.name}: cannot move to {wanted.on}"
    if found.connection_id not in context.lookup.words:
        return (
            f"{told}: it is on {found.connection_id}, which this account does not have: "
            f"{_OTHERWISE}"
        )
    if _is_hosted(found.connection_id, context):
        return f"{told}: what rides on a hosted connection moves with it only: {_OTHERWISE}"
    taken = [
        thing
        for thing in context.lookup.interfaces_of(target.id)
        if thing.vlan == wanted.vlan and thing.state not in GONE
    ]
    if taken:
        return (
            f"{told}: VLAN {wanted.vlan} is taken there by {taken[0].name} ({taken[0].id}): "
            "delete or move that one first"
        )
    found_carrier = carrier(wanted.on, context).found
    jumbo = (found.mtu or 0) > STANDARD_MTU
    if jumbo and found_carrier and found_carrier.jumbo_frame_capable is False:
        return (
            f"{told}: {target.id} cannot carry its MTU of {found.mtu}: set mtu to {STANDARD_MTU} "
            "before"
        )
    return None


def _is_hosted(carrier_id: str, context: Context) -> bool:
    """Tell whether a partner provides a connection: only then has it a VLAN of its own."""
    return any(thing.id == carrier_id and thing.vlan for thing in context.snapshot.connections)


def vacancy(wanted: VirtualInterface, target: Reference, context: Context) -> tuple[Wait, ...]:
    """Wait for interfaces that are being deleted and still hold the VLAN on a carrier."""
    return tuple(
        Wait(on=Reference(kind="virtual_interface", name=thing.name, id=thing.id), now=thing.state)
        for thing in context.lookup.interfaces_of(target.id)
        if thing.state == "deleting" and thing.vlan == wanted.vlan
    )
