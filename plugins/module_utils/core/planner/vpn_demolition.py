# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the backup path goes: VPN connections, then the customer gateways that they begin at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..plan import Action, Reference, Wait
from ..snapshot import GONE
from .doomed import foreign
from .hangers import PAST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..snapshot import FoundAssociation
    from ..snapshot_vpn import FoundVpnConnection
    from .context import Context
    from .doomed import Doomed
    from .lookup import Lookup


def removed_vpn_connections(context: Context, doomed: Doomed) -> Iterator[Action]:
    """Yield the deletion of VPN connections, before anything that they hang on."""
    for name, found in doomed.vpn_connections.items():
        reason = "cuts tunnels that are up" if found.live else foreign(found, context)
        yield Action(verb="delete", kind="vpn_connection", name=name, id=found.id, reason=reason)


def removed_customer_gateways(context: Context, doomed: Doomed) -> Iterator[Action]:
    """Yield the deletion of customer gateways, once nothing begins at them."""
    for name, found in doomed.customer_gateways.items():
        yield Action(
            verb="delete",
            kind="customer_gateway",
            name=name,
            id=found.id,
            reason=foreign(found, context),
            waits_for=unconnected(context.lookup.vpns_of(found.id)),
        )


def unconnected(things: Iterable[FoundVpnConnection]) -> tuple[Wait, ...]:
    """Wait for VPN connections to be gone."""
    return tuple(
        Wait(
            on=Reference(kind="vpn_connection", name=thing.name or thing.id, id=thing.id),
            now=thing.state,
        )
        for thing in things
        if thing.state not in PAST
    )


def uncarried(tie: FoundAssociation, context: Context, doomed: Doomed) -> tuple[Wait, ...]:
    """Wait for the private VPN connections that may run over an association, and go with it."""
    going = doomed.ids
    return unconnected(
        thing
        for thing in context.lookup.vpns_of(tie.target_id)
        if thing.transport_attachment_id is not None and thing.id in going
    )


def vpn_obstacles(lookup: Lookup, doomed: Doomed) -> Iterator[str]:
    """Yield one sentence per VPN connection that stays on what is to go: AWS would refuse."""
    going = doomed.ids
    ends = (
        *(("customer_gateway", name, each.id) for name, each in doomed.customer_gateways.items()),
        *(("virtual_gateway", name, each.id) for name, each in doomed.virtual_gateways.items()),
    )
    for kind, name, end_id in ends:
        for thing in lookup.vpns_of(end_id):
            if thing.state not in GONE and thing.id not in going:
                yield (
                    f"{kind} {name} still has vpn_connection {thing.name or thing.id} "
                    f"({thing.id}), which this plan does not delete: delete it first, or move it "
                    "by a run without this deletion"
                )
