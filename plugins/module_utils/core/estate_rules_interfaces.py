# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on virtual interfaces: VLAN, ASN, MTU, account and gateway."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .estate_fault import Fault
from .estate_ground import Rule, virtual_interfaces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .estate_ground import Ground
    from .limits import Limits
    from .model import VirtualInterface

_NUMBER = re.compile(r"[0-9]{12}", re.ASCII)


def vlan_range(ground: Ground) -> Iterator[Fault]:
    """Require that a VLAN id is one of 802.1Q's."""
    for path, interface in virtual_interfaces(ground):
        if not _is_vlan(interface.vlan, ground.limits):
            yield Fault(
                f"{path}.vlan",
                f"{interface.vlan} is not a VLAN id"
                f" ({ground.limits.vlan_lowest} to {ground.limits.vlan_highest})",
            )


def vlan_once(ground: Ground) -> Iterator[Fault]:
    """Require a VLAN id of its own on a connection, and on a router, whose objects it names."""
    first: dict[tuple[str, str, int], VirtualInterface] = {}
    for path, interface in virtual_interfaces(ground):
        if _is_vlan(interface.vlan, ground.limits) and interface.on:
            for place in _places(interface, ground):
                taken = first.setdefault((*place, interface.vlan), interface)
                if taken is not interface:
                    yield Fault(
                        f"{path}.vlan",
                        f"{interface.vlan} is taken by {taken.name} on {' '.join(place)}",
                    )
                    break


def _places(interface: VirtualInterface, ground: Ground) -> Iterator[tuple[str, str]]:
    yield "connection", interface.on
    if router := ground.router(interface):
        yield "router", router


def _is_vlan(vlan: int, limits: Limits) -> bool:
    return limits.vlan_lowest <= vlan <= limits.vlan_highest


def customer_asn(ground: Ground) -> Iterator[Fault]:
    """Require that an ASN is in BGP's range, and the two sides have different ones."""
    highest = ground.limits.asn_highest
    for path, interface in virtual_interfaces(ground):
        asn, gateway = interface.customer_asn, ground.gateway(interface)
        if not 1 <= asn <= highest:
            yield Fault(f"{path}.customer_asn", f"{asn} is not an ASN (1 to {highest})")
        if gateway and asn == ground.amazon_asn(gateway):
            yield Fault(
                f"{path}.customer_asn",
                f"{asn} is the ASN of gateway {gateway.name} too: both sides need their own",
            )


def mtu(ground: Ground) -> Iterator[Fault]:
    """Require that each type of interface has its own few MTUs."""
    limits = ground.limits
    sizes = {
        "transit": limits.mtu_transit,
        "private": limits.mtu_private,
        "public": limits.mtu_public,
    }
    for path, interface in virtual_interfaces(ground):
        known = sizes.get(interface.type, ())
        if interface.mtu is not None and known and interface.mtu not in known:
            yield Fault(
                f"{path}.mtu",
                f"{interface.mtu} is no MTU of a {interface.type} interface"
                f" ({', '.join(map(str, known))})",
            )


def one_end(ground: Ground) -> Iterator[Fault]:
    """Require the one end that an interface of its type has at AWS."""
    for path, interface in virtual_interfaces(ground):
        ends = (interface.gateway, interface.virtual_gateway)
        if interface.type == "public" and any(ends):
            yield Fault(path, "names a gateway, which a public interface has none of: leave it out")
        if interface.type == "transit" and not interface.gateway:
            yield Fault(f"{path}.gateway", "is missing: give the name of the gateway it ends on")
        if interface.type == "transit" and interface.virtual_gateway:
            yield Fault(
                f"{path}.virtual_gateway", "cannot end a transit interface: give a gateway alone"
            )
        if interface.type == "private" and all(ends):
            yield Fault(path, "names two ends: give gateway or virtual_gateway, not both")
        if interface.type == "private" and not any(ends):
            yield Fault(f"{path}.gateway", "is missing: give gateway, or a virtual_gateway")


def gateway_fits_type(ground: Ground) -> Iterator[Fault]:
    """Require that transit interfaces lead to transit gateways, private ones to virtual ones."""
    for path, interface in virtual_interfaces(ground):
        gateway = ground.gateway(interface)
        for association in gateway.associations if gateway else ():
            other = association.virtual_gateway if interface.type == "transit" else None
            if interface.type == "private":
                other = association.transit_gateway
            if gateway and other:
                yield Fault(
                    f"{path}.gateway",
                    f"gateway {gateway.name} serves {other}, which a {interface.type} interface"
                    f" cannot reach: use another gateway or another type",
                )
                break


def one_account(ground: Ground) -> Iterator[Fault]:
    """Require that an interface and what it ends on are one account's, its own or its carrier's."""
    for path, interface in virtual_interfaces(ground):
        carrier = ground.carrier(interface)
        for attribute, words, name, account in _ends(interface, ground):
            owner = interface.account or (carrier.account if carrier else "")
            # An account that could not be read may be the same.
            if owner and account and owner != account:
                kind = "LAG" if interface.on in ground.lags else "connection"
                whose = (
                    f"account {owner} owns the interface"
                    if interface.account
                    else f"{kind} {interface.on} to {owner}"
                )
                yield Fault(
                    f"{path}.{attribute}",
                    f"{words} {name} belongs to account {account}, {whose}: "
                    "both must be in one account",
                )


def _ends(interface: VirtualInterface, ground: Ground) -> Iterator[tuple[str, str, str, str]]:
    """Yield attribute, kind, name and account of each declared thing that an interface ends on."""
    if gateway := ground.gateway(interface):
        yield "gateway", "gateway", gateway.name, gateway.account
    for thing in ground.estate.virtual_gateways:
        if thing.name == interface.virtual_gateway:
            yield "virtual_gateway", "virtual private gateway", thing.name, thing.account


def owner_known(ground: Ground) -> Iterator[Fault]:
    """Require that the account an interface is allocated for has a host or a number."""
    declared = {account.name for account in ground.estate.accounts}
    for path, interface in virtual_interfaces(ground):
        name = interface.account
        known = ground.accounts is None or name in ground.accounts or name in declared
        if name and not known and not _NUMBER.fullmatch(name):
            there = ", ".join(sorted({*(ground.accounts or ()), *declared})) or "none"
            yield Fault(
                f"{path}.account",
                f"no account named {name} is in the inventory's group aws_accounts or under "
                f"accounts, and it is no account's number (there: {there})",
            )


RULES: tuple[Rule, ...] = (
    vlan_range,
    vlan_once,
    customer_asn,
    mtu,
    one_end,
    gateway_fits_type,
    one_account,
    owner_known,
)
