# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The state machines: record and clock in, the state's name out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .clock import Delays
    from .state import (
        Association,
        Connection,
        FailoverTest,
        Gateway,
        Lag,
        MacsecKey,
        Peer,
        Proposal,
        ResiliencyGroup,
        VirtualInterface,
    )


def _deletion(deleted_at: float, now: float, delays: Delays) -> str:
    return "deleting" if now - deleted_at < delays.deletion else "deleted"


def listed(deleted_at: float | None, now: float, delays: Delays) -> bool:
    """Tell whether AWS still lists the object; the deleted linger."""
    return deleted_at is None or now - deleted_at < delays.listed_after_deletion


def connection_state(
    connection: Connection, now: float, delays: Delays, *, lit: bool, was_lit: bool
) -> str:
    """Return the state of a connection; `lit`: its port carries frames; `was_lit`: it once did."""
    if connection.rejected:
        return "rejected"
    if connection.deleted_at is not None:
        return _deletion(connection.deleted_at, now, delays)
    if connection.awaits_confirmation:
        return "ordering"
    if now - connection.created_at < delays.order:
        return "requested"
    if lit:
        return "available"
    return "down" if was_lit else "pending"


def lag_state(lag: Lag, now: float, delays: Delays, *, lit_members: int) -> str:
    """Return the state of a LAG; once it had light, one with a minimum of 0 never goes down."""
    if lag.deleted_at is not None:
        return _deletion(lag.deleted_at, now, delays)
    if now - lag.created_at < delays.order:
        return "requested"
    if not lit_members and lag.first_light_at is None:
        return "pending"
    return "available" if lit_members >= lag.minimum_links else "down"


def macsec_key_state(key: MacsecKey, now: float, delays: Delays) -> str:
    """Return the state of a MACsec key; once disassociated AWS lists it no more: gone."""
    if key.disassociated_at is not None:
        return "disassociating" if now - key.disassociated_at < delays.macsec else "gone"
    return "associating" if now - key.associated_at < delays.macsec else "associated"


def resiliency_group_state(group: ResiliencyGroup, now: float, delays: Delays) -> str:
    """Return the state of a resiliency group."""
    if group.deleted_at is not None:
        return _deletion(group.deleted_at, now, delays)
    return "pending" if now - group.created_at < delays.resiliency else "available"


def membership_state(group: ResiliencyGroup, member: str, now: float, delays: Delays) -> str:
    """Return the state of a connection's association with a resiliency group."""
    left_at = group.leaving.get(member)
    if left_at is not None:
        return "disassociating" if now - left_at < delays.resiliency else "disassociated"
    return "associating" if now - group.members[member] < delays.resiliency else "associated"


def gateway_state(gateway: Gateway, now: float, delays: Delays) -> str:
    """Return the state of a gateway."""
    if gateway.deleted_at is not None:
        return _deletion(gateway.deleted_at, now, delays)
    return "pending" if now - gateway.created_at < delays.gateway else "available"


def association_state(association: Association, now: float, delays: Delays) -> str:
    """Return the state of an association."""
    if association.deleted_at is not None:
        gone = now - association.deleted_at >= delays.association
        return "disassociated" if gone else "disassociating"
    if now - association.created_at < delays.association:
        return "associating"
    updated_at = association.updated_at
    if updated_at is not None and now - updated_at < delays.association:
        return "updating"
    return "associated"


def proposal_state(proposal: Proposal) -> str:
    """Return the state of an association proposal."""
    if proposal.deleted_at is not None:
        return "deleted"
    return "requested" if proposal.accepted_at is None else "accepted"


def proposal_listed(proposal: Proposal, now: float, delays: Delays) -> bool:
    """Tell whether AWS still lists the proposal; a settled one vanishes soon after."""
    settled_at = proposal.deleted_at if proposal.accepted_at is None else proposal.accepted_at
    return settled_at is None or now - settled_at < delays.association


def peer_state(peer: Peer, now: float, delays: Delays, *, public: bool) -> str:
    """Return the state of a BGP peer; the addresses of a `public` one are verified first."""
    if peer.deleted_at is not None:
        return _deletion(peer.deleted_at, now, delays)
    if now - peer.created_at < delays.virtual_interface:
        return "verifying" if public else "pending"
    return "available"


def virtual_interface_state(
    virtual_interface: VirtualInterface,
    now: float,
    delays: Delays,
    *,
    test: FailoverTest | None,
    established: bool,
) -> str:
    """Return the state of a virtual interface; `established`: one of its sessions is up."""
    if virtual_interface.rejected:
        return "rejected"
    if virtual_interface.deleted_at is not None:
        return _deletion(virtual_interface.deleted_at, now, delays)
    if virtual_interface.awaits_confirmation:
        return "confirming"
    if now - virtual_interface.created_at < delays.virtual_interface:
        return "verifying" if virtual_interface.type == "public" else "pending"
    if test is not None and test.ended_at(now) is None:
        return "testing"
    return "available" if established else "down"


def attachment_state(virtual_interface: VirtualInterface, now: float, delays: Delays) -> str:
    """Return the state of a virtual interface's attachment to its gateway."""
    if virtual_interface.deleted_at is not None:
        gone = now - virtual_interface.deleted_at >= delays.deletion
        return "detached" if gone else "detaching"
    young = now - virtual_interface.created_at < delays.virtual_interface
    return "attaching" if young else "attached"


def effective_prefixes(association: Association, now: float, delays: Delays) -> tuple[str, ...]:
    """Return the prefixes in force: none until associated, the old ones while updating."""
    state = association_state(association, now, delays)
    if state == "updating":
        return association.previous_prefixes
    return association.allowed_prefixes if state == "associated" else ()
