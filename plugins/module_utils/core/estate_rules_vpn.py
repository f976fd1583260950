# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on VPN connections: their ends, what they run over, what they back up."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from .addressing import family
from .estate_fault import Fault
from .estate_ground import Rule, customer_gateways, numbered, vpn_connections
from .estate_prefixes import prefix_faults
from .estate_rules_gateways import is_id_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from .estate_ground import Ground
    from .model_vpn import VpnConnection


def customer_gateways_known(ground: Ground) -> Iterator[Fault]:
    """Require that a VPN connection begins at a declared customer gateway of its account."""
    owners = {thing.name: thing.account for _, thing in customer_gateways(ground)}
    for path, vpn in vpn_connections(ground):
        place = f"{path}.customer_gateway"
        yield from _known(place, vpn.customer_gateway, owners, "customer gateway")
        owner = owners.get(vpn.customer_gateway, "")
        if owner and vpn.account and owner != vpn.account:
            yield Fault(
                place,
                f"{vpn.customer_gateway} belongs to account {owner}, the VPN connection to "
                f"{vpn.account}: declare a customer gateway for each account",
            )


def one_target(ground: Ground) -> Iterator[Fault]:
    """Require one end at AWS, told by an id of its kind or by its name."""
    for path, vpn in vpn_connections(ground):
        if bool(vpn.virtual_gateway) == bool(vpn.transit_gateway):
            names = "both a virtual_gateway and a transit_gateway" if vpn.target else "no target"
            yield Fault(path, f"names {names}: give one of virtual_gateway and transit_gateway")
        for attribute, target, wrong, right in (
            ("transit_gateway", vpn.transit_gateway, "vgw-", "virtual_gateway"),
            ("virtual_gateway", vpn.virtual_gateway, "tgw-", "transit_gateway"),
        ):
            if target and is_id_of(target, wrong):
                yield Fault(
                    f"{path}.{attribute}", f"{target} is the id of a {right}: give it there"
                )


def target_of_the_account(ground: Ground) -> Iterator[Fault]:
    """Require that a declared virtual private gateway is of the VPN connection's account."""
    owners: dict[str, set[str]] = {}
    for thing in ground.estate.virtual_gateways:
        owners.setdefault(thing.name, set()).add(thing.account)
    for path, vpn in vpn_connections(ground):
        declared = owners.get(vpn.virtual_gateway or "", {vpn.account})
        if vpn.account and vpn.account not in declared:
            yield Fault(
                f"{path}.virtual_gateway",
                f"{vpn.virtual_gateway} is declared for account {', '.join(sorted(declared))}: "
                "AWS ties a VPN connection to a gateway of its own account",
            )


def pairs_once(ground: Ground) -> Iterator[Fault]:
    """Require one VPN connection of a customer gateway and a virtual private gateway.

    AWS answers a second request for the same two with the connection that is there.
    """
    taken: dict[tuple[str, str, str], str] = {}
    for path, vpn in vpn_connections(ground):
        if vpn.virtual_gateway and vpn.customer_gateway:
            ends = (vpn.account, vpn.customer_gateway, vpn.virtual_gateway)
            first = taken.setdefault(ends, path)
            if first != path:
                yield Fault(
                    path,
                    f"{vpn.customer_gateway} and {vpn.virtual_gateway} are connected by {first} "
                    "already: AWS makes one VPN connection, of two tunnels, between two gateways",
                )


def transports(ground: Ground) -> Iterator[Fault]:
    """Require that a private VPN connection has one association to run over."""
    for path, vpn in vpn_connections(ground):
        if vpn.transport and not vpn.private:
            yield Fault(
                f"{path}.transport",
                "carries a private VPN connection: leave it out, or set outside_address_type to "
                "private",
            )
        if vpn.private:
            yield from _transport(path, vpn, carrying_gateways(ground, vpn))


def carrying_gateways(ground: Ground, vpn: VpnConnection) -> list[str]:
    """Return the gateways that the estate ties to the transit gateway of a VPN connection."""
    return [
        gateway.name
        for gateway in ground.estate.gateways
        for tie in gateway.associations
        if tie.transit_gateway
        and tie.transit_gateway == vpn.transit_gateway
        and (tie.account or gateway.account) == vpn.account
    ]


def _transport(path: str, vpn: VpnConnection, carrying: list[str]) -> Iterator[Fault]:
    if vpn.virtual_gateway:
        yield Fault(
            f"{path}.outside_address_type",
            "is private: AWS has private VPN connections to transit gateways only, name a "
            "transit_gateway",
        )
    elif not carrying:
        yield Fault(
            f"{path}.outside_address_type",
            f"is private, and no gateway of account {vpn.account} is tied to "
            f"{vpn.transit_gateway}: declare the association that it runs over, with the same "
            "name of the transit gateway",
        )
    elif vpn.transport is None and len(carrying) > 1:
        yield Fault(
            f"{path}.transport",
            f"is missing: {', '.join(sorted(carrying))} are tied to {vpn.transit_gateway}, name "
            "the one that it runs over",
        )
    elif vpn.transport and vpn.transport not in carrying:
        yield Fault(
            f"{path}.transport",
            f"{vpn.transport} is not tied to {vpn.transit_gateway} (tied: "
            f"{', '.join(sorted(carrying))})",
        )


def static_routes(ground: Ground) -> Iterator[Fault]:
    """Require IPv4 prefixes, and a virtual private gateway, which alone keeps static routes."""
    for path, vpn in vpn_connections(ground):
        routes, place = vpn.static_routes or (), f"{path}.static_routes"
        if routes and vpn.transit_gateway:
            yield Fault(
                place,
                "are kept by a virtual private gateway: a transit gateway has them in its own "
                "route tables, make them there and leave an empty list here",
            )
        yield from prefix_faults(place, routes)
        for spot, text in numbered(place, routes):
            if family(text) == "ipv6":
                yield Fault(spot, f"{text} is IPv6: AWS takes IPv4 prefixes here")


def backed_up_known(ground: Ground) -> Iterator[Fault]:
    """Require that what is backed up is declared, and named once."""
    known = {
        *ground.connections,
        *ground.lags,
        *ground.gateways,
        *(thing.name for thing in ground.estate.virtual_gateways),
    }
    for path, vpn in vpn_connections(ground):
        count = Counter(vpn.backs_up)
        for place, name in numbered(f"{path}.backs_up", vpn.backs_up):
            yield from _known(place, name, known, "circuit or gateway")
            if count[name] > 1:
                yield Fault(place, f"{name} is in the list twice: name it once")


def _known(path: str, name: str, names: Collection[str], kind: str) -> Iterator[Fault]:
    # A thing whose name could not be read may be the one that is meant.
    if name not in names and "" not in names:
        there = ", ".join(sorted(names)) or "none"
        yield Fault(path, f"no {kind} named {name} is declared (there: {there})")


RULES: tuple[Rule, ...] = (
    customer_gateways_known,
    one_target,
    target_of_the_account,
    pairs_once,
    transports,
    static_routes,
    backed_up_known,
)
