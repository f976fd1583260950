# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Virtual private gateways: made, tagged, attached to their VPC, their routes propagated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..plan import Action, Draft, PlanError, Reference
from ..snapshot import GONE
from .consent import with_consent
from .drift import differing, fixed_faults, given, tag_draft
from .names import find_named
from .tags import tags_with_name
from .targets import vpc_waits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import VirtualGateway
    from ..snapshot import FoundRouteTable, FoundVirtualGateway
    from .context import Context

WAY_OUT = "make another virtual private gateway under a new name and move the VPC to it"


def plan_virtual_gateways(context: Context) -> Draft:
    """Return what is to be done about the declared virtual private gateways of the account."""
    draft = Draft()
    for wanted in context.part.virtual_gateways:
        try:
            draft += _plan(wanted, context)
        except PlanError as error:
            draft += Draft(faults=(f"virtual_gateway {wanted.name}: {error}",))
    return draft


def _plan(wanted: VirtualGateway, context: Context) -> Draft:
    match = context.virtual_gateways[wanted.name]
    if match.fault is not None:
        return Draft(faults=(match.fault,))
    found, tags = match.found, tags_with_name(context.estate, wanted, match.found)
    rest = Draft(actions=(*_attach(wanted, found, context), *_propagate(wanted, found, context)))
    if found is None:
        return Draft(actions=(_create(wanted, tags),)) + rest
    fixed = differing({"amazon_asn": (found.amazon_asn, wanted.amazon_asn)})
    return (
        Draft(faults=fixed_faults("virtual_gateway", wanted.name, fixed, WAY_OUT))
        + tag_draft("virtual_gateway", wanted, found, tags, adopted=match.adopted)
        + rest
    )


def _create(wanted: VirtualGateway, tags: dict[str, str]) -> Action:
    return Action(
        verb="create",
        kind="virtual_gateway",
        name=wanted.name,
        wanted=wanted,
        tags=tags,
        changes=given(amazon_asn=wanted.amazon_asn),
    )


def _reference(wanted: VirtualGateway, found: FoundVirtualGateway | None) -> Reference:
    return Reference(kind="virtual_gateway", name=wanted.name, id=found.id if found else None)


def _attach(
    wanted: VirtualGateway, found: FoundVirtualGateway | None, context: Context
) -> Iterator[Action]:
    """Yield the attachment to the VPC, unless it is there or on its way."""
    if wanted.vpc is None:
        return
    vpc = _vpc(wanted, context)
    _check_vpc(vpc, found, context)
    if found is None or found.vpc_id is None:
        yield Action(
            verb="create",
            kind="vpc_attachment",
            name=wanted.name,
            wanted=wanted,
            parents=(
                _reference(wanted, found),
                Reference(kind="vpc", name=wanted.vpc, id=vpc),
            ),
            changes=given(vpc=vpc),
        )


def _vpc(wanted: VirtualGateway, context: Context) -> str:
    """Return the id of its VPC.

    Raises:
        PlanError: There is none of the name, or more than one.
    """
    return find_named("VPC", wanted.vpc or "", context.snapshot.vpcs).id


def _check_vpc(vpc: str, found: FoundVirtualGateway | None, context: Context) -> None:
    if found and found.vpc_id and (found.vpc_id != vpc or found.attachment_state == "detaching"):
        raise PlanError(
            f"it is {found.attachment_state} to VPC {found.vpc_id}, not to {vpc}: detach it there "
            "first, or name that VPC"
            if found.vpc_id != vpc
            else f"it is being detached from VPC {vpc}: run again when it is"
        )
    for other in context.snapshot.virtual_gateways:
        taken = other.vpc_id == vpc and other.state not in GONE
        if taken and (found is None or other.id != found.id):
            raise PlanError(
                f"VPC {vpc} has virtual private gateway {other.name or other.id} ({other.id}) "
                "attached, and takes one: detach that one first, or declare it instead"
            )


def _propagate(
    wanted: VirtualGateway, found: FoundVirtualGateway | None, context: Context
) -> Iterator[Action]:
    """Yield what makes the list of route tables that learn its routes exact."""
    if wanted.propagate_to is None:
        return
    vpc = _vpc(wanted, context)
    tables = [table for table in context.snapshot.route_tables if table.parent_id == vpc]
    right = [find_named("route table", name, tables) for name in wanted.propagate_to]
    for table in right:
        if found is None or found.id not in table.learns_from:
            yield _propagation(wanted, found, table)
    for table in tables:
        if found and found.id in table.learns_from and table not in right:
            yield _withdrawal(wanted, found, table, context)


def _propagation(
    wanted: VirtualGateway, found: FoundVirtualGateway | None, table: FoundRouteTable
) -> Action:
    return Action(
        verb="create",
        kind="route_propagation",
        name=f"{wanted.name}/{table.name or table.id}",
        wanted=wanted,
        parents=(
            _reference(wanted, found),
            Reference(kind="route_table", name=table.name or table.id, id=table.id),
        ),
        waits_for=vpc_waits(wanted, found),
    )


def _withdrawal(
    wanted: VirtualGateway, found: FoundVirtualGateway, table: FoundRouteTable, context: Context
) -> Action:
    action = Action(
        verb="delete",
        kind="route_propagation",
        name=f"{wanted.name}/{table.name or table.id}",
        id=f"{found.id}/{table.id}",
        parents=(
            _reference(wanted, found),
            Reference(kind="route_table", name=table.name or table.id, id=table.id),
        ),
    )
    return with_consent(action, f"takes the routes to {wanted.name} out of {table.id}", context)
