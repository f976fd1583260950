# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on hosted connections: as the customer declares one, and as its partner does."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from .estate_fault import Fault
from .estate_ground import Rule, connections, hosted_connections, virtual_interfaces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .estate_ground import Ground
    from .model import Connection, HostedConnection, Lag

# What is fixed by the partner's port, or ordered with a port of one's own.
_DEDICATED_ONLY = ("billing_mode", "request_macsec", "encryption_mode", "macsec_keys")
_AWS_ID = re.compile(r"dx(con|lag)-[a-z0-9]{8,21}", re.ASCII)
_NUMBER = re.compile(r"[0-9]{12}", re.ASCII)


def what_a_partner_decides(ground: Ground) -> Iterator[Fault]:
    """Require that a hosted connection asks for nothing that only a port of one's own has."""
    for path, connection in connections(ground):
        for attribute in _DEDICATED_ONLY if connection.hosted else ():
            if getattr(connection, attribute) not in (None, False):
                yield Fault(
                    f"{path}.{attribute}",
                    f"is for ports of one's own: {connection.name} is hosted, leave it out",
                )


def vlan_of_a_customer(ground: Ground) -> Iterator[Fault]:
    """Require a VLAN id where one is given, and none for a port, which passes all of them."""
    for path, connection in connections(ground):
        if connection.vlan is not None and not connection.hosted:
            yield Fault(f"{path}.vlan", "is for hosted connections: a port passes every VLAN")
        elif connection.vlan is not None:
            yield from _vlan(path, connection.vlan, ground)


def vlan_of_the_interface(ground: Ground) -> Iterator[Fault]:
    """Require that an interface has the VLAN of the hosted connection that it rides on."""
    for path, interface in virtual_interfaces(ground):
        below = ground.connections.get(interface.on)
        vlan = below.vlan if below and below.hosted else None
        if vlan is not None and vlan != interface.vlan:
            yield Fault(
                f"{path}.vlan",
                f"{interface.vlan} does not pass {interface.on}, a hosted connection of VLAN"
                f" {vlan}: put {vlan} here",
            )


def interfaces_on_hosted(ground: Ground) -> Iterator[Fault]:
    """Require that a hosted connection carries no more interfaces than AWS takes."""
    most = ground.limits.virtual_interfaces_per_hosted_connection
    counts = Counter(thing.on for thing in ground.estate.virtual_interfaces)
    for path, connection in connections(ground):
        count = counts[connection.name]
        if connection.hosted and count > most:
            yield Fault(
                path,
                f"{connection.name} is hosted and carries {count} virtual interfaces, AWS takes"
                f" {most}",
            )


def parents_known(ground: Ground) -> Iterator[Fault]:
    """Require that a partner's port is declared for its account, or told by its id."""
    for path, hosted in hosted_connections(ground):
        parent = _parent(hosted, ground)
        if parent is None:
            known = sorted({*ground.connections, *ground.lags})
            # A port whose name could not be read may be the one that is meant.
            if "" not in known and not _AWS_ID.fullmatch(hosted.on):
                yield Fault(
                    f"{path}.on",
                    f"no connection or LAG named {hosted.on} is declared (there:"
                    f" {', '.join(known) or 'none'}), nor is it an id of AWS's (dxcon-...)",
                )
        elif getattr(parent, "hosted", False):
            yield Fault(f"{path}.on", f"{hosted.on} is hosted itself and cannot host others")
        elif "" not in (parent.account, hosted.account) and parent.account != hosted.account:
            yield Fault(
                f"{path}.on",
                f"{hosted.on} is of account {parent.account}, and {hosted.account} cannot give"
                " it away: both must be in one account",
            )


def hosted_on_a_bundle(ground: Ground) -> Iterator[Fault]:
    """Require that what is hosted on a port of a LAG is declared on the LAG."""
    bundles = {name: lag.name for lag in ground.estate.lags for name in lag.connections}
    for path, hosted in hosted_connections(ground):
        if hosted.on in bundles:
            lag = bundles[hosted.on]
            yield Fault(f"{path}.on", f"{hosted.on} is a port of LAG {lag}: put {lag} here")


def owners_known(ground: Ground) -> Iterator[Fault]:
    """Require a customer's account by its number, or by a name that something knows."""
    declared = {account.name for account in ground.estate.accounts}
    known = declared | set(ground.accounts or ())
    for path, hosted in hosted_connections(ground):
        named = ground.accounts is None or hosted.owner in known or "" in declared
        if not _NUMBER.fullmatch(hosted.owner) and not named:
            yield Fault(
                f"{path}.owner",
                f"no account named {hosted.owner} is declared under accounts or in the inventory's"
                f" group aws_accounts (there: {', '.join(sorted(known)) or 'none'}): give its"
                " number, 12 digits in quotes",
            )


def account_numbers(ground: Ground) -> Iterator[Fault]:
    """Require that an account's number is one, and stands once."""
    first: dict[str, str] = {}
    for position, account in enumerate(ground.estate.accounts):
        path = f"accounts[{position}]"
        if not _NUMBER.fullmatch(account.id):
            yield Fault(f"{path}.id", f"{account.id} is no account's number: 12 digits in quotes")
        if account.name in first:
            yield Fault(f"{path}.name", f"{account.name} is {first[account.name]} already")
        first.setdefault(account.name, path)


def shares(ground: Ground) -> Iterator[Fault]:
    """Require one of AWS's bandwidths, of which the partner's port has that much."""
    sizes = ground.limits.hosted_bandwidths
    for path, hosted in hosted_connections(ground):
        parent = _parent(hosted, ground)
        if hosted.bandwidth not in sizes:
            yield Fault(
                f"{path}.bandwidth",
                f"{hosted.bandwidth} is no bandwidth of a hosted connection ({', '.join(sizes)})",
            )
        elif parent and _megabits(hosted.bandwidth) > _megabits(parent.bandwidth):
            yield Fault(
                f"{path}.bandwidth",
                f"{hosted.bandwidth} is more than {hosted.on} has ({parent.bandwidth})",
            )


def _megabits(bandwidth: str) -> int:
    """Return a bandwidth in Mbit/s; what is none is as large as can be, and judged elsewhere."""
    for unit, factor in (("Mbps", 1), ("Gbps", 1000)):
        number = bandwidth.removesuffix(unit)
        if number != bandwidth and number.isdigit():
            return int(number) * factor
    return 10**9


def vlans_on_a_partners_port(ground: Ground) -> Iterator[Fault]:
    """Require a VLAN id that nothing else on the partner's port has."""
    taken = {(each.on, each.vlan): each.name for each in ground.estate.virtual_interfaces}
    for path, hosted in hosted_connections(ground):
        yield from _vlan(path, hosted.vlan, ground)
        place = hosted.on, hosted.vlan
        if place in taken:
            yield Fault(
                f"{path}.vlan", f"{hosted.vlan} is taken by {taken[place]} on {hosted.on} already"
            )
        taken.setdefault(place, hosted.name)


def _vlan(path: str, vlan: int, ground: Ground) -> Iterator[Fault]:
    lowest, highest = ground.limits.vlan_lowest, ground.limits.vlan_highest
    if not lowest <= vlan <= highest:
        yield Fault(f"{path}.vlan", f"{vlan} is not a VLAN id ({lowest} to {highest})")


def _parent(hosted: HostedConnection, ground: Ground) -> Connection | Lag | None:
    return ground.connections.get(hosted.on) or ground.lags.get(hosted.on)


RULES: tuple[Rule, ...] = (
    what_a_partner_decides,
    vlan_of_a_customer,
    vlan_of_the_interface,
    interfaces_on_hosted,
    parents_known,
    hosted_on_a_bundle,
    owners_known,
    account_numbers,
    shares,
    vlans_on_a_partners_port,
)
