# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tunnels of a VPN connection that is there: changed one after the other, each with consent.

AWS changes one tunnel at a time, and interrupts it for minutes; meanwhile the other one carries the
traffic. A tunnel is known by its inside range, else it is the one that no declared range names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..plan import Action, Change, Reference, Wait
from .consent import with_consent
from .drift import differing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model_vpn import VpnConnection, VpnTunnel
    from ..snapshot_vpn import FoundVpnConnection, FoundVpnTunnel
    from .context import Context


def tunnel_words(tunnel: VpnTunnel) -> str:
    """Return a tunnel as it stands in a plan; a key is told, never shown."""
    return tunnel.inside_cidr + (" with key" if tunnel.key else "")


def plan_tunnels(
    wanted: VpnConnection, found: FoundVpnConnection, context: Context
) -> Iterator[Action]:
    """Yield the changes of its tunnels."""
    for wish, there in _pairs(wanted.tunnels, found.tunnels):
        yield from _update(wanted, found, wish, there, context)


def _pairs(
    wishes: tuple[VpnTunnel, ...], found: tuple[FoundVpnTunnel, ...]
) -> Iterator[tuple[VpnTunnel, FoundVpnTunnel]]:
    """Yield each declared tunnel with the one that is there; AWS always makes two."""
    by_range = {each.inside_cidr: each for each in found}
    named = {wish.inside_cidr for wish in wishes}
    rest = iter([each for each in found if each.inside_cidr not in named])
    for wish in wishes:
        there = by_range.get(wish.inside_cidr) or next(rest, None)
        if there is not None:
            yield wish, there


def tunnel_differences(wish: VpnTunnel, there: FoundVpnTunnel) -> tuple[Change, ...]:
    """Return what differs; keys are compared here, and shown nowhere."""
    versions = wish.ike_versions
    same = versions is not None and set(versions) == set(there.ike_versions)
    changes = differing(
        {
            "inside_cidr": (there.inside_cidr, wish.inside_cidr),
            "ike_versions": (there.ike_versions, None if same else versions),
            "startup_action": (there.startup_action, wish.startup_action),
            "dpd_timeout_action": (there.dpd_timeout_action, wish.dpd_timeout_action),
        }
    )
    if wish.key is not None and there.key is not None and wish.key != there.key:
        changes = (*changes, Change(attribute="key", before="AWS's", after="the estate's"))
    return changes


def _update(
    wanted: VpnConnection,
    found: FoundVpnConnection,
    wish: VpnTunnel,
    there: FoundVpnTunnel,
    context: Context,
) -> Iterator[Action]:
    changes = tunnel_differences(wish, there)
    if not changes:
        return
    vpn = Reference(kind="vpn_connection", name=wanted.name, id=found.id)
    action = Action(
        verb="update",
        kind="vpn_tunnel",
        name=f"{wanted.name}/{wish.inside_cidr}",
        id=f"{found.id}/{there.outside_address}",
        wanted=wish,
        parents=(vpn,),
        changes=changes,
        waits_for=(Wait(on=vpn, until=("available",), now=found.state),),
    )
    state = "is up" if there.up else "is down"
    reason = f"interrupts the tunnel to {there.outside_address}, which {state}, for minutes"
    yield with_consent(action, reason, context, name=wanted.name)
