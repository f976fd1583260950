# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Virtual interfaces: made on an available carrier, changed in place where AWS can, else replaced.

An interface of another account's is allocated here, and confirmed there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ..plan import Action, Draft, Reference, Wait
from .carriers import carrier, carrier_reference
from .confirmations import vlan_fault
from .consent import with_consent
from .drift import WAY_OUT, differing, fixed_faults, given, tag_draft
from .interface_changes import STANDARD_MTU, immovable, plan_move, plan_update, vacancy
from .interface_ends import (
    duty_of,
    end_faults,
    end_of_found,
    end_reference,
    owner_number,
    owner_reference,
)
from .interface_notes import notes_on
from .peer_changes import peer_differences, plan_peers
from .peers import first_peer, late_peers, peer_words
from .tags import wanted_tags

if TYPE_CHECKING:
    from ..model import VirtualInterface
    from ..plan import Change
    from ..snapshot import FoundVirtualInterface
    from .context import Context
    from .identity import Match
    from .interface_ends import Duty

KIND: Literal["virtual_interface"] = "virtual_interface"


def plan_virtual_interfaces(context: Context) -> Draft:
    """Return what is to be done about the virtual interfaces of the account."""
    draft = Draft()
    for wanted in context.part.virtual_interfaces:
        match = context.virtual_interfaces[wanted.name]
        duty = duty_of(wanted, context)
        if faults := _faults(wanted, match.fault, duty, context):
            draft += Draft(faults=tuple(dict.fromkeys(faults)))
        else:
            draft += _plan(wanted, match, duty, context)
    return draft


def _plan(
    wanted: VirtualInterface, match: Match[FoundVirtualInterface], duty: Duty, context: Context
) -> Draft:
    notes = Draft(notes=notes_on(wanted, context.terms.limits))
    if match.found is None:
        return notes + (_await(wanted, context) if duty == "confirm" else _make(wanted, context))
    fixed = _fixed(wanted, match.found, duty, context)
    if wanted.name in context.terms.replace and duty != "confirm":
        fixed += immovable(wanted, match.found, context) + peer_differences(wanted, match.found)
        if fixed:
            return notes + _replace(wanted, match.found, fixed, context)
    way_out = WAY_OUT.format(wanted.name)
    return (
        notes
        + Draft(faults=fixed_faults(KIND, wanted.name, fixed, way_out))
        + _keep(wanted, match.found, duty, context, adopted=match.adopted)
    )


def _keep(
    wanted: VirtualInterface,
    found: FoundVirtualInterface,
    duty: Duty,
    context: Context,
    *,
    adopted: bool,
) -> Draft:
    """Return what brings an interface to the estate that is there and stays."""
    draft = Draft()
    if duty == "confirm" and found.state == "confirming":
        draft += _confirm(wanted, found, context)
    if duty != "allocate":
        tags = wanted_tags(context.estate, wanted)
        draft += tag_draft(KIND, wanted, found, tags, adopted=adopted)
    if duty != "confirm":
        draft += plan_move(wanted, found, context)
    draft += plan_update(wanted, found, duty, context)
    return draft if duty == "allocate" else draft + plan_peers(wanted, found, context)


def _faults(
    wanted: VirtualInterface, ambiguous: str | None, duty: Duty, context: Context
) -> list[str]:
    """Tell what makes it pointless to compare."""
    faults = [ambiguous] if ambiguous else []
    if duty != "allocate":
        faults += end_faults(wanted, context)
    if duty == "confirm":
        return faults
    match = carrier(wanted.on, context)
    faults += [match.fault] if match.fault else []
    if fault := vlan_fault(wanted, match.found):
        faults.append(fault)
    if (
        duty == "allocate"
        and context.terms.neighbours is not None
        and not owner_number(wanted, context)
    ):
        faults.append(
            f"{KIND} {wanted.name}: nobody knows the number of account {wanted.account}: declare "
            "it under accounts, or run its host in the same play"
        )
    found = match.found
    if (wanted.mtu or 0) > STANDARD_MTU and found and found.jumbo_frame_capable is False:
        faults.append(
            f"{KIND} {wanted.name}: connection {wanted.on} ({found.id}) cannot carry an MTU "
            f"of {wanted.mtu}: set mtu to {STANDARD_MTU}"
        )
    return faults


def _make(wanted: VirtualInterface, context: Context, *, after: tuple[Wait, ...] = ()) -> Draft:
    """Return the creation with all peers; of an allocated one the owner makes the later ones."""
    create = _create(wanted, context, after)
    if duty_of(wanted, context) == "allocate":
        return Draft(actions=(create,))
    return Draft(actions=(create, *late_peers(wanted, create.waits_for)))


def _create(wanted: VirtualInterface, context: Context, after: tuple[Wait, ...]) -> Action:
    below, awaited = carrier_reference(wanted.on, context)
    allocated = duty_of(wanted, context) == "allocate"
    beside = owner_reference if allocated else end_reference
    others, settling = beside(wanted, context)
    return Action(
        verb="create",
        kind=KIND,
        name=wanted.name,
        wanted=wanted,
        tags=wanted_tags(context.estate, wanted),
        parents=(below, *others),
        changes=given(
            type=wanted.type,
            connection=wanted.on,
            **{reference.kind: reference.name for reference in others},
            vlan=wanted.vlan,
            customer_asn=wanted.customer_asn,
            mtu=wanted.mtu,
            site_link=None if allocated else wanted.site_link,
            route_filter_prefixes=wanted.route_filter_prefixes,
            rate_limit=wanted.rate_limit,
            **_pools(wanted, context),
            peer=peer_words(first_peer(wanted)),
        ),
        waits_for=awaited + settling + vacancy(wanted, below, context) + after,
    )


def _pools(wanted: VirtualInterface, context: Context) -> dict[str, int | None]:
    """Return the routes to allocate, which the call for another account has no room for."""
    if duty_of(wanted, context) == "allocate":
        return {}
    return {
        "prefix_pool_allocated_count_ipv4": wanted.prefix_pool_allocated_count_ipv4,
        "prefix_pool_allocated_count_ipv6": wanted.prefix_pool_allocated_count_ipv6,
    }


def _await(wanted: VirtualInterface, context: Context) -> Draft:
    """Tell that the carrier's account has to act first; the confirmation is for a later run."""
    there, host = Reference(kind=KIND, name=wanted.name), context.estate.carrier(wanted.on).account
    waits = (Wait(on=there, until=("confirming",), people=True, owner=host),)
    return Draft(actions=(_confirmation(wanted, None, waits, context),))


def _confirm(wanted: VirtualInterface, found: FoundVirtualInterface, context: Context) -> Draft:
    return Draft(actions=(_confirmation(wanted, found.id, (), context),))


def _confirmation(
    wanted: VirtualInterface, found_id: str | None, waits: tuple[Wait, ...], context: Context
) -> Action:
    ends, settling = end_reference(wanted, context)
    return Action(
        verb="confirm",
        kind=KIND,
        name=wanted.name,
        id=found_id,
        wanted=wanted,
        parents=ends,
        changes=given(type=wanted.type, **{end.kind: end.name for end in ends}),
        waits_for=(*waits, *settling),
    )


def _replace(
    wanted: VirtualInterface,
    found: FoundVirtualInterface,
    fixed: tuple[Change, ...],
    context: Context,
) -> Draft:
    """Return the deletion of what AWS cannot change, and the creation of what shall be instead.

    A run that is killed in between leaves an interface that is not there: the next one makes it.
    """
    cut = "; this cuts a BGP session that is up" if found.live else ""
    delete = Action(verb="delete", kind=KIND, name=wanted.name, id=found.id, changes=fixed)
    gone = Wait(on=Reference(kind=KIND, name=wanted.name, id=found.id), now=found.state)
    consented = with_consent(delete, f"REPLACES it{cut}", context)
    return Draft(actions=(consented,)) + _make(wanted, context, after=(gone,))


def _fixed(
    wanted: VirtualInterface, found: FoundVirtualInterface, duty: Duty, context: Context
) -> tuple[Change, ...]:
    """Return what differs and AWS fixes at birth, as far as it is the account's to judge."""
    pairs: dict[str, tuple[object, object]] = {}
    if duty != "confirm":
        pairs |= {
            "type": (found.type, wanted.type),
            "vlan": (found.vlan, wanted.vlan),
            "customer_asn": (found.customer_asn, wanted.customer_asn),
            "route_filter_prefixes": _filters(wanted, found),
        }
        if found.owner_account:
            pairs["account"] = (found.owner_account, owner_number(wanted, context))
    if duty != "allocate" and found.state != "confirming":
        attribute, name, end_id = end_of_found(wanted, context)
        at_aws = name if end_id and end_id == found.gateway_id else _words(found, context)
        pairs[attribute] = (at_aws, name)
    return differing(pairs)


def _words(found: FoundVirtualInterface, context: Context) -> str | None:
    """Return name and id of what an interface ends on."""
    return context.lookup.words.get(found.gateway_id or "", found.gateway_id)


def _filters(
    wanted: VirtualInterface, found: FoundVirtualInterface
) -> tuple[tuple[str, ...], tuple[str, ...] | None]:
    """Return the route filters as found and as wanted; their order means nothing."""
    filters = wanted.route_filter_prefixes
    if filters is not None and set(filters) == set(found.route_filter_prefixes):
        return filters, filters
    return found.route_filter_prefixes, filters
