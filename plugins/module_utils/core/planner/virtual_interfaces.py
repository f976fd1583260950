# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Virtual interfaces: made on an available connection, changed in place where AWS can."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ..plan import Action, Draft, Reference, Wait
from .associations import gateway_reference
from .carriers import carrier, carrier_reference
from .drift import differing, fixed_faults, given, tag_draft
from .peers import first_peer, peer_words, plan_peers
from .tags import wanted_tags

if TYPE_CHECKING:
    from ..model import VirtualInterface
    from ..plan import Change
    from ..snapshot import FoundVirtualInterface
    from .context import Context
    from .identity import Tagged
    from .lookup import Lookup

KIND: Literal["virtual_interface"] = "virtual_interface"
WAY_OUT = (
    "delete the virtual interface with consent (state absent) and let the next run make it anew"
)
STANDARD_MTU = 1500


def plan_virtual_interfaces(context: Context) -> Draft:
    """Return what is to be done about the virtual interfaces of the account."""
    draft = Draft()
    for wanted in context.part.virtual_interfaces:
        draft += _plan(wanted, context)
    return draft


def _plan(wanted: VirtualInterface, context: Context) -> Draft:
    match = context.virtual_interfaces[wanted.name]
    faults = _faults(wanted, match.fault, context)
    if faults:
        return Draft(faults=tuple(dict.fromkeys(faults)))
    tags = wanted_tags(context.estate, wanted)
    if match.found is None:
        create = _create(wanted, tags, context)
        return Draft(actions=(create,)) + plan_peers(wanted, None, waits=create.waits_for)
    return (
        Draft(faults=_fixed(wanted, match.found, context))
        + tag_draft(KIND, wanted, match.found, tags, adopted=match.adopted)
        + _update(wanted, match.found, context)
        + plan_peers(wanted, match.found)
    )


def _faults(wanted: VirtualInterface, ambiguous: str | None, context: Context) -> list[str]:
    """Tell what makes it pointless to compare."""
    faults = [ambiguous] if ambiguous else []
    gateway = wanted.gateway or ""
    if gateway not in context.gateways:
        faults.append(
            f"{KIND} {wanted.name}: gateway {wanted.gateway} belongs to another account than "
            f"connection {wanted.on}: declare both for one account"
        )
        return faults
    for match in (carrier(wanted.on, context), context.gateways[gateway]):
        faults += [match.fault] if match.fault else []
    connection = carrier(wanted.on, context).found
    if (wanted.mtu or 0) > STANDARD_MTU and connection and connection.jumbo_frame_capable is False:
        faults.append(
            f"{KIND} {wanted.name}: connection {wanted.on} ({connection.id}) cannot carry an MTU "
            f"of {wanted.mtu}: set mtu to {STANDARD_MTU}"
        )
    return faults


def _create(wanted: VirtualInterface, tags: dict[str, str], context: Context) -> Action:
    connection, awaited = carrier_reference(wanted.on, context)
    gateway, settling = gateway_reference(wanted.gateway or "", context)
    return Action(
        verb="create",
        kind=KIND,
        name=wanted.name,
        wanted=wanted,
        tags=tags,
        parents=(connection, gateway),
        changes=given(
            type=wanted.type,
            connection=wanted.on,
            gateway=wanted.gateway,
            vlan=wanted.vlan,
            customer_asn=wanted.customer_asn,
            mtu=wanted.mtu,
            site_link=wanted.site_link,
            peer=peer_words(first_peer(wanted)),
        ),
        waits_for=awaited + settling + _vacancy(wanted, connection, context),
    )


def _vacancy(wanted: VirtualInterface, connection: Reference, context: Context) -> tuple[Wait, ...]:
    """Wait for interfaces that are being deleted and still hold the VLAN."""
    return tuple(
        Wait(on=Reference(kind=KIND, name=thing.name, id=thing.id), now=thing.state)
        for thing in context.lookup.interfaces_of(connection.id)
        if thing.state == "deleting" and thing.vlan == wanted.vlan
    )


def _fixed(
    wanted: VirtualInterface, found: FoundVirtualInterface, context: Context
) -> tuple[str, ...]:
    connection = carrier(wanted.on, context).found
    gateway = context.gateways[wanted.gateway or ""].found
    on = _parent(found.connection_id, wanted.on, connection, context.lookup)
    behind = _parent(found.gateway_id, wanted.gateway or "", gateway, context.lookup)
    pairs = {
        "type": (found.type, wanted.type),
        "connection": (on, wanted.on),
        "gateway": (behind, wanted.gateway),
        "vlan": (found.vlan, wanted.vlan),
        "customer_asn": (found.customer_asn, wanted.customer_asn),
    }
    return fixed_faults(KIND, wanted.name, differing(pairs), WAY_OUT)


def _parent(found_id: str | None, name: str, wanted: Tagged | None, lookup: Lookup) -> str | None:
    """Return the estate's name of a parent if it is the one that is meant, else AWS's."""
    if wanted is not None and wanted.id == found_id:
        return name
    return lookup.words.get(found_id or "", found_id)


def _update(wanted: VirtualInterface, found: FoundVirtualInterface, context: Context) -> Draft:
    changes = differing(
        {
            "name": (found.name, wanted.name),
            "mtu": (found.mtu, wanted.mtu),
            "site_link": (found.site_link, wanted.site_link),
        }
    )
    if not changes:
        return Draft()
    harm = _harm(changes, found, context)
    action = Action(
        verb="update",
        kind=KIND,
        name=wanted.name,
        id=found.id,
        wanted=wanted,
        changes=changes,
        reason=harm,
        consent=wanted.name if harm else None,
        consented=wanted.name in context.terms.consent,
    )
    return Draft(actions=(action,))


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
