# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a VPN connection stands in for circuits: told beside the verdict, which it never raises.

AWS's service level agreement for Direct Connect counts its ports and locations. A VPN connection
over the internet has another one, and carries packets of 1500 bytes at most.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .model import Estate


def backups_of(
    estate: Estate, observed: Sequence[Mapping[str, Any]], *, of: str, circuits: Iterable[str]
) -> tuple[Mapping[str, Any], ...]:
    """Return the VPN connections, as observed, that stand in for what a verdict is of.

    That is what `backs_up` names, of its circuits or itself, and what leads to the same target.

    Args:
        estate: What shall exist.
        observed: One mapping per account, as the modules return it.
        of: Whose verdict it is: kind and name.
        circuits: The circuits that count for it.
    """
    kind, _, name = of.partition(" ")
    targets = set(_targets(estate, observed, kind, name))
    wanted = {*circuits, name} if targets else set(circuits)
    return tuple(
        vpn
        for account in observed
        for vpn in account.get("vpn_connections", ())
        if vpn["state"] == "available"
        and (wanted & set(vpn["backs_up"]) or {vpn["target"], vpn["target_id"]} & targets)
    )


def _targets(
    estate: Estate, observed: Sequence[Mapping[str, Any]], kind: str, name: str
) -> Iterator[str]:
    """Yield an end and what it is tied to, by the estate's names and by AWS's ids."""
    if kind not in ("gateway", "virtual_gateway"):
        return
    yield name
    ties = (tie for thing in estate.gateways if thing.name == name for tie in thing.associations)
    yield from (tie.target for tie in ties if kind == "gateway")
    for account in observed:
        for seen in account.get("gateways", ()):
            if (kind, seen["name"]) == ("gateway", name):
                yield from (tie.get("target_id", name) for tie in seen.get("associations", ()))


def backup_words(estate: Estate, backups: Iterable[Mapping[str, Any]]) -> str:
    """Say what stands in; empty where the estate has no VPN connections at all."""
    told = [f"{vpn['name']} ({_tunnels(vpn)})" for vpn in backups]
    if told:
        return f"; VPN backup by {' and '.join(told)}, which does not raise the SLA"
    return "; no VPN connection backs it up" if estate.vpn_connections else ""


def _tunnels(vpn: Mapping[str, Any]) -> str:
    up = sum(each["status"] == "UP" for each in vpn["tunnels"])
    return f"{up} of {len(vpn['tunnels'])} tunnels up"
