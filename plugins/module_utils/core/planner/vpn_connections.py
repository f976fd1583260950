# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""VPN connections: made between two gateways, moved in place, made anew where AWS cannot change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ..plan import Action, Change, Draft, PlanError, Reference, Wait
from ..snapshot import GONE
from .consent import with_consent
from .drift import WAY_OUT, differing, fixed_faults, given, tag_draft
from .tags import tags_with_name
from .vpn_ends import Ends, ends_of
from .vpn_notes import notes_on
from .vpn_routes import plan_routes
from .vpn_tunnels import plan_tunnels, tunnel_words

if TYPE_CHECKING:
    from ..model_vpn import VpnConnection
    from ..snapshot_vpn import FoundVpnConnection
    from .context import Context

KIND: Literal["vpn_connection"] = "vpn_connection"


def plan_vpn_connections(context: Context) -> Draft:
    """Return what is to be done about the declared VPN connections of the account."""
    draft = Draft()
    for wanted in context.part.vpn_connections:
        try:
            draft += _plan(wanted, context)
        except PlanError as error:
            draft += Draft(faults=(f"{KIND} {wanted.name}: {error}",))
    return draft


def _plan(wanted: VpnConnection, context: Context) -> Draft:
    match = context.vpn_connections[wanted.name]
    if match.fault is not None:
        return Draft(faults=(match.fault,))
    ends, notes = ends_of(wanted, context), Draft(notes=notes_on(wanted, context.estate))
    if match.found is None:
        _refuse_second(wanted, ends, context)
        return notes + Draft(actions=_make(wanted, ends, context))
    fixed = _fixed(wanted, match.found, ends, context)
    if fixed and wanted.name in context.terms.replace:
        return notes + _replace(wanted, match.found, ends, fixed, context)
    tags = tags_with_name(context.estate, wanted, match.found)
    return (
        notes
        + Draft(faults=fixed_faults(KIND, wanted.name, fixed, WAY_OUT.format(wanted.name)))
        + tag_draft(KIND, wanted, match.found, tags, adopted=match.adopted)
        + _bring(wanted, match.found, ends, context)
    )


def _bring(wanted: VpnConnection, found: FoundVpnConnection, ends: Ends, context: Context) -> Draft:
    """Return what AWS changes in place: its ends, its routes, its tunnels."""
    move = _move(wanted, found, ends, context)
    routes = plan_routes(wanted, found, context, move=move)
    return Draft(actions=(*routes, *plan_tunnels(wanted, found, context)))


def _refuse_second(wanted: VpnConnection, ends: Ends, context: Context) -> None:
    """Refuse what AWS would answer with a VPN connection that is there, and another's.

    Raises:
        PlanError: There is one between the same two gateways.
    """
    if wanted.transit_gateway or None in (ends.customer_gateway.id, ends.target.id):
        return
    for other in context.snapshot.vpn_connections:
        pair = (other.customer_gateway_id, other.target_id)
        if other.state not in GONE and pair == (ends.customer_gateway.id, ends.target.id):
            raise PlanError(
                f"{other.id} ({other.name or 'without a name'}) connects {wanted.customer_gateway} "
                f"and {wanted.target} already, and AWS makes no second one: name that one, or set "
                "the tags crossconnect:estate and crossconnect:name on it to take it over"
            )


def _make(wanted: VpnConnection, ends: Ends, context: Context, *after: Wait) -> tuple[Action, ...]:
    create = Action(
        verb="create",
        kind=KIND,
        name=wanted.name,
        wanted=wanted,
        tags=tags_with_name(context.estate, wanted, None),
        parents=ends.parents,
        changes=given(
            customer_gateway=wanted.customer_gateway,
            virtual_gateway=wanted.virtual_gateway,
            transit_gateway=wanted.transit_gateway,
            routing=None if wanted.static_routes is None else "static",
            outside_address_type=wanted.outside_address_type,
            transport=ends.transport,
            tunnels=tuple(map(tunnel_words, wanted.tunnels)) or None,
        ),
        waits_for=(*ends.waits_for, *after),
    )
    return (create, *plan_routes(wanted, None, context))


def _fixed(
    wanted: VpnConnection, found: FoundVpnConnection, ends: Ends, context: Context
) -> tuple[Change, ...]:
    """Return what differs and AWS fixes at birth: of a private one, where it leads too."""
    routing = None if wanted.static_routes is None else "static"
    pairs: dict[str, tuple[str | None, str | None]] = {
        "outside_address_type": (found.outside_address_type, wanted.outside_address_type),
        "routing": ("bgp" if found.static_routes is None else "static", routing),
    }
    if found.outside_address_type == "private":
        same = ends.attachment_id in (None, found.transport_attachment_id)
        pairs["transport"] = (
            ends.transport if same else _carrying(found, context),
            ends.transport,
        )
        there = wanted.target if found.target_id == ends.target.id else found.target_id
        pairs[_end(wanted)] = (there, wanted.target)
    return differing(pairs)


def _carrying(found: FoundVpnConnection, context: Context) -> str | None:
    """Return the gateway that a private one runs over, or what is known of it."""
    attachment = found.transport_attachment_id
    ends = {each.id: each.gateway_id for each in context.snapshot.transit_attachments}
    gateway = ends.get(attachment or "")
    return context.lookup.words.get(gateway, gateway) if gateway else attachment


def _end(wanted: VpnConnection) -> str:
    return "transit_gateway" if wanted.transit_gateway else "virtual_gateway"


def _move(
    wanted: VpnConnection, found: FoundVpnConnection, ends: Ends, context: Context
) -> Action | None:
    """Return the call that changes its ends; None where they are right."""
    changes = [
        Change(attribute=attribute, before=before, after=reference.name)
        for attribute, before, reference in (
            ("customer_gateway", found.customer_gateway_id, ends.customer_gateway),
            (_end(wanted), found.target_id, ends.target),
        )
        if before != reference.id
    ]
    if found.outside_address_type == "private":
        # Where a private one leads is fixed, and told as a fault.
        changes = [each for each in changes if each.attribute == "customer_gateway"]
    if not changes:
        return None
    action = Action(
        verb="update",
        kind=KIND,
        name=wanted.name,
        id=found.id,
        wanted=wanted,
        parents=(ends.customer_gateway, ends.target),
        changes=tuple(changes),
        waits_for=(*ends.waits_for, *_settled(wanted.name, found)),
    )
    reason = "interrupts its tunnels, which are up, until it has moved" if found.live else ""
    return with_consent(action, reason, context)


def _settled(name: str, found: FoundVpnConnection) -> tuple[Wait, ...]:
    """Wait until AWS is done with what it does to a VPN connection."""
    if found.state == "available":
        return ()
    reference = Reference(kind=KIND, name=name, id=found.id)
    return (Wait(on=reference, until=("available",), now=found.state),)


def _replace(
    wanted: VpnConnection,
    found: FoundVpnConnection,
    ends: Ends,
    fixed: tuple[Change, ...],
    context: Context,
) -> Draft:
    """Return the deletion of what AWS cannot change, and the creation of what shall be instead."""
    cut = ", and cuts tunnels that are up" if found.live else ""
    reason = f"REPLACES it: its tunnels get other outside addresses{cut}"
    delete = Action(verb="delete", kind=KIND, name=wanted.name, id=found.id, changes=fixed)
    gone = Wait(on=Reference(kind=KIND, name=wanted.name, id=found.id), now=found.state)
    actions = (with_consent(delete, reason, context), *_make(wanted, ends, context, gone))
    return Draft(actions=actions)
