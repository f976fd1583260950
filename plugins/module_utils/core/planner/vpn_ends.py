# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a VPN connection builds on: its customer gateway, AWS's gateway, what a private one uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..model import Association
from ..plan import Reference, Wait
from .targets import find_target, vpc_waits
from .ties import offered_ties, own_ties
from .transit_routes import base_of

if TYPE_CHECKING:
    from ..model_vpn import VpnConnection
    from ..snapshot import FoundVirtualGateway
    from .context import Context
    from .transit_routes import Base


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """The two gateways, and the association that a private VPN connection runs over.

    Attributes:
        carried_by: What the association's attachment is found by.
        transport: The gateway of the association.
        attachment_id: The attachment, where it is there.
    """

    customer_gateway: Reference
    target: Reference
    waits_for: tuple[Wait, ...] = ()
    carried_by: tuple[Reference, ...] = ()
    transport: str | None = None
    attachment_id: str | None = None

    @property
    def parents(self) -> tuple[Reference, ...]:
        """All that must be there; the target once."""
        others = (each for each in self.carried_by if each.kind != self.target.kind)
        return (self.customer_gateway, self.target, *others)


def ends_of(wanted: VpnConnection, context: Context) -> Ends:
    """Return what a VPN connection builds on.

    Raises:
        PlanError: AWS's gateway is not there, or several have its name.
    """
    customer, settling = _customer_gateway(wanted, context)
    target, awaited = _target(wanted, context)
    base = _base(wanted, target, context) if wanted.private else None
    return Ends(
        customer_gateway=customer,
        target=target,
        waits_for=(*settling, *awaited, *(base.waits_for if base else ())),
        carried_by=base.parents if base else (),
        transport=base.tie.gateway.name if base else None,
        attachment_id=base.attachment.id if base and base.attachment else None,
    )


def _customer_gateway(
    wanted: VpnConnection, context: Context
) -> tuple[Reference, tuple[Wait, ...]]:
    found = context.customer_gateways[wanted.customer_gateway].found
    reference = Reference(
        kind="customer_gateway", name=wanted.customer_gateway, id=found.id if found else None
    )
    if found is not None and found.state == "available":
        return reference, ()
    people = found is None and "customer_gateways" not in context.terms.scope
    state = found.state if found else None
    return reference, (Wait(on=reference, until=("available",), now=state, people=people),)


def _target(wanted: VpnConnection, context: Context) -> tuple[Reference, tuple[Wait, ...]]:
    match = context.virtual_gateways.get(wanted.virtual_gateway or "")
    if match is not None:
        return _declared(wanted, match.found, context)
    wish = Association(
        transit_gateway=wanted.transit_gateway, virtual_gateway=wanted.virtual_gateway
    )
    found = find_target(wish, context.snapshot)
    return Reference(kind="target", name=wanted.target, id=found.id), ()


def _declared(
    wanted: VpnConnection, found: FoundVirtualGateway | None, context: Context
) -> tuple[Reference, tuple[Wait, ...]]:
    """Return a virtual private gateway of the estate, once it is in the VPC that it shall have."""
    name = wanted.target
    declared = next(each for each in context.part.virtual_gateways if each.name == name)
    if found is not None:
        reference = Reference(kind="target", name=name, id=found.id)
        return reference, vpc_waits(declared, found)
    people = "virtual_gateways" not in context.terms.scope
    reference = Reference(kind="virtual_gateway", name=name)
    made = Wait(on=reference, until=("available",), people=people)
    return reference, (made, *vpc_waits(declared, None))


def _base(wanted: VpnConnection, target: Reference, context: Context) -> Base:
    """Return the association that carries it, which the rules have held to be one."""
    near = (tie for tie in own_ties(context) if not tie.crosses)
    tie = next(
        tie
        for tie in (*near, *offered_ties(context))
        if tie.wanted.transit_gateway == wanted.transit_gateway
        and wanted.transport in (None, tie.gateway.name)
    )
    return base_of(tie, target.id or "", context)
