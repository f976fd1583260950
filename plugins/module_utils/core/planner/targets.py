# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an association of this account's leads to: found by id or name, or yet to be made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..plan import PlanError, Reference, Wait
from ..snapshot import GONE

if TYPE_CHECKING:
    from ..model import Association, VirtualGateway
    from ..snapshot import FoundEnd, FoundVirtualGateway, Snapshot
    from .context import Context

TRANSIT_GATEWAY = "transitGateway"
VIRTUAL_GATEWAY = "virtualPrivateGateway"
CORE_NETWORK = "coreNetwork"
WORDS = {
    TRANSIT_GATEWAY: "transit gateway",
    VIRTUAL_GATEWAY: "virtual private gateway",
    CORE_NETWORK: "core network",
}
_ID = re.compile(r"(tgw|vgw)-([0-9a-f]{8}|[0-9a-f]{17})|core-network-[0-9a-f]{17}")


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """The target of an association, to build on.

    Attributes:
        reference: The target; without an id where this plan or another run makes it.
        waits_for: What must come about before it can be tied.
        amazon_asn: Its ASN, where it has one that is known.
    """

    reference: Reference
    waits_for: tuple[Wait, ...] = ()
    amazon_asn: int | None = None


def target_type(wanted: Association) -> str:
    """Return AWS's word for the kind of the target."""
    if wanted.core_network:
        return CORE_NETWORK
    return TRANSIT_GATEWAY if wanted.transit_gateway else VIRTUAL_GATEWAY


def target_words(wanted: Association) -> str:
    """Return the engineer's words for the kind of the target."""
    return WORDS[target_type(wanted)]


def is_id(target: str) -> bool:
    """Return whether a target is named by its id, which is one in all of AWS."""
    return _ID.fullmatch(target) is not None


def end_of(wanted: Association, context: Context) -> End:
    """Return the target, by its id, else by its name.

    Raises:
        PlanError: There is none, more than one of that name, or one that AWS does not tie.
    """
    if wanted.core_network:
        reference = Reference(kind="target", name=wanted.target, id=wanted.target)
        return End(reference=reference)
    match = context.virtual_gateways.get(wanted.virtual_gateway or "")
    if match is not None:
        return _declared(wanted, match.found, context)
    found = find_target(wanted, context.snapshot)
    reference = Reference(kind="target", name=wanted.target, id=found.id)
    return End(reference=reference, amazon_asn=found.amazon_asn)


def _declared(wanted: Association, found: FoundVirtualGateway | None, context: Context) -> End:
    """Return a virtual private gateway of the estate: it can be tied once it has its VPC."""
    name = wanted.target
    declared = next(each for each in context.part.virtual_gateways if each.name == name)
    attached = found is not None and found.attachment_state in ("attaching", "attached")
    if declared.vpc is None and not attached:
        raise PlanError(
            f"virtual private gateway {name} is in no VPC, and AWS ties only one that is: give its "
            "vpc"
        )
    if found is None:
        people = "virtual_gateways" not in context.terms.scope
        reference = Reference(kind="virtual_gateway", name=name)
        waits = (Wait(on=reference, until=("available",), people=people),)
        return End(reference=reference, waits_for=waits + vpc_waits(declared, None))
    reference = Reference(kind="target", name=name, id=found.id)
    return End(
        reference=reference, waits_for=vpc_waits(declared, found), amazon_asn=found.amazon_asn
    )


def asn_faults(wanted: Association, asn: int | None, gateway_asn: int | None) -> list[str]:
    """Return what speaks against a transit gateway's ASN, as AWS shows it to its owner.

    Args:
        wanted: The association.
        asn: The target's ASN; None where it is not known.
        gateway_asn: The gateway's ASN; None where it is not known.
    """
    if not wanted.transit_gateway or asn is None:
        return []
    faults = []
    if wanted.transit_gateway_asn not in (None, asn):
        faults.append(
            f"transit_gateway_asn is {asn} at AWS and {wanted.transit_gateway_asn} in the estate: "
            f"put {asn} into the estate, or name the transit gateway that is meant"
        )
    if asn == gateway_asn:
        faults.append(
            f"transit gateway and gateway share ASN {asn}, and routes between them would be "
            "dropped as loops: give the gateway another amazon_asn"
        )
    return faults


def vpc_waits(wanted: VirtualGateway, found: FoundVirtualGateway | None) -> tuple[Wait, ...]:
    """Wait for the attachment to the VPC, where one is declared or begun and not there yet."""
    state = found.attachment_state if found else None
    if state == "attached" or (wanted.vpc is None and state is None):
        return ()
    thing_id = found.attachment_id if found else None
    reference = Reference(kind="vpc_attachment", name=wanted.name, id=thing_id)
    return (Wait(on=reference, until=("attached",), now=state),)


def find_target(wanted: Association, snapshot: Snapshot) -> FoundEnd:
    """Return a transit gateway or a virtual private gateway that AWS shows to this account.

    Raises:
        PlanError: There is none, or more than one of that name.
    """
    things = snapshot.transit_gateways if wanted.transit_gateway else snapshot.virtual_gateways
    living: list[FoundEnd] = [thing for thing in things if thing.state not in GONE]
    found = [thing for thing in living if thing.id == wanted.target]
    found = found or [thing for thing in living if thing.name == wanted.target]
    if len(found) == 1:
        return found[0]
    if not found:
        raise PlanError(_unknown(wanted, living))
    ids = ", ".join(sorted(thing.id for thing in found))
    raise PlanError(
        f"{len(found)} {target_words(wanted)}s are named {wanted.target} ({ids}): "
        "name the one that is meant by its id"
    )


def _unknown(wanted: Association, living: list[FoundEnd]) -> str:
    there = ", ".join(sorted(thing.name or thing.id for thing in living)) or "none"
    return (
        f"there is no {target_words(wanted)} {wanted.target} in this account and Region "
        f"(there: {there})"
    )
