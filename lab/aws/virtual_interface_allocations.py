# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hosted virtual interfaces: one account allocates on its connection, another one accepts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from . import carriers, virtual_interfaces
from . import virtual_interface_rules as rules
from .errors import ClientError
from .request import Answer, Request, operation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .state import InterfaceType, VirtualInterface

_ACCOUNT = re.compile(r"\d{12}", re.ASCII)


@operation("AllocatePrivateVirtualInterface")
def allocate_private(request: Request) -> Answer:
    """Make a private virtual interface for another account."""
    wanted = request.parameters["newPrivateVirtualInterfaceAllocation"]
    return virtual_interfaces.describe(request, _allocate(request, "private", wanted))


@operation("AllocatePublicVirtualInterface")
def allocate_public(request: Request) -> Answer:
    """Make a public virtual interface for another account."""
    wanted = request.parameters["newPublicVirtualInterfaceAllocation"]
    return virtual_interfaces.describe(request, _allocate(request, "public", wanted))


@operation("AllocateTransitVirtualInterface")
def allocate_transit(request: Request) -> Answer:
    """Make a transit virtual interface for another account."""
    wanted = request.parameters["newTransitVirtualInterfaceAllocation"]
    made = _allocate(request, "transit", wanted)
    return {"virtualInterface": virtual_interfaces.describe(request, made)}


def _allocate(request: Request, kind: InterfaceType, wanted: Mapping[str, Any]) -> VirtualInterface:
    owner = request.parameters["ownerAccount"]
    if not _ACCOUNT.fullmatch(owner):
        raise ClientError(f"Owner account {owner} is not valid.")
    carrier = carriers.find_for_interfaces(request, request.parameters["connectionId"])
    rules.check_new(request, carrier, kind, wanted)
    made = virtual_interfaces.build(request, carrier, kind, wanted)
    made.account = owner
    made.awaits_confirmation = True
    return virtual_interfaces.keep(request, made)


@operation("ConfirmPrivateVirtualInterface")
def confirm_private(request: Request) -> Answer:
    """Accept a private virtual interface, and hang it on a gateway or a VGW."""
    return _confirm(request, "private")


@operation("ConfirmPublicVirtualInterface")
def confirm_public(request: Request) -> Answer:
    """Accept a public virtual interface."""
    return _confirm(request, "public")


@operation("ConfirmTransitVirtualInterface")
def confirm_transit(request: Request) -> Answer:
    """Accept a transit virtual interface, and hang it on a gateway."""
    return _confirm(request, "transit")


def _confirm(request: Request, kind: InterfaceType) -> Answer:
    wanted = request.parameters
    found = virtual_interfaces.find(request, wanted["virtualInterfaceId"])
    if found.type != kind or found.account != request.account:
        raise ClientError(f"Virtual Interface {found.id} is not a {kind} one of this account.")
    if not found.awaits_confirmation:
        raise ClientError(f"Virtual Interface {found.id} is not in the confirming state.")
    rules.check_owner(request, kind, wanted)
    found.awaits_confirmation = False
    found.gateway_id = wanted.get("directConnectGatewayId")
    found.virtual_gateway_id = wanted.get("virtualGatewayId")
    found.created_at = request.world.now
    for peer in found.live_peers:
        peer.created_at = request.world.now
    request.world.nudge()
    return {"virtualInterfaceState": virtual_interfaces.state(request, found)}
