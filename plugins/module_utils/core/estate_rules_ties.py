# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on what associations say beside their target: accounts, core networks, route tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .estate_fault import Fault
from .estate_ground import Rule, gateways, numbered, virtual_gateways
from .estate_rules_gateways import associations, private_asn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .estate_ground import Ground
    from .model import Association

_GATEWAY_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Its beginning tells it from a name; how many digits follow is AWS's affair.
_CORE_NETWORK = re.compile(r"core-network-[0-9a-f]{8,}")
_ACCOUNT = re.compile(r"[0-9]{12}")


def gateway_ids(ground: Ground) -> Iterator[Fault]:
    """Require that a gateway's id is one of AWS's."""
    for path, gateway in gateways(ground):
        if gateway.id is not None and not _GATEWAY_ID.fullmatch(gateway.id):
            yield Fault(
                f"{path}.id",
                f"{gateway.id} is no gateway's id: give 32 hexadecimal digits with hyphens, as AWS "
                "shows them",
            )


def owners_known(ground: Ground) -> Iterator[Fault]:
    """Require that the owner of a target is a host, a declared account, or a number."""
    if ground.accounts is None:
        return
    known = {*ground.accounts, *(account.name for account in ground.estate.accounts)}
    for path, _, association in associations(ground):
        owner = association.account
        if owner and owner not in known and not _ACCOUNT.fullmatch(owner):
            names = ", ".join(sorted(known)) or "none"
            yield Fault(
                f"{path}.account",
                f"no account named {owner} is in the inventory or under accounts (there: {names})",
            )


def core_networks(ground: Ground) -> Iterator[Fault]:
    """Require of an association with a core network what Cloud WAN requires."""
    for path, _, association in associations(ground):
        if association.core_network:
            yield from _core_network(path, association)
        elif association.edge_locations is not None:
            yield Fault(f"{path}.edge_locations", "belong to a core network: leave them out")


def _core_network(path: str, association: Association) -> Iterator[Fault]:
    if not _CORE_NETWORK.fullmatch(association.core_network or ""):
        yield Fault(
            f"{path}.core_network",
            f"{association.core_network} is no core network's id (core-network-...): it has no "
            "other name",
        )
    if not association.edge_locations:
        yield Fault(
            f"{path}.edge_locations",
            "are missing: name the Regions in which the core network takes the gateway",
        )
    if association.allowed_prefixes is not None:
        yield Fault(
            f"{path}.allowed_prefixes",
            "do not apply: a core network announces what its policy says, leave them out",
        )
    if association.account is not None:
        yield Fault(
            f"{path}.account",
            "does not apply: a core network is shared, and the gateway's account attaches it",
        )


def core_network_alone(ground: Ground) -> Iterator[Fault]:
    """Require that a gateway has one core network, and then nothing else."""
    for path, gateway in gateways(ground):
        count = sum(bool(each.core_network) for each in gateway.associations)
        if count > 1 or (count and len(gateway.associations) > count):
            yield Fault(
                f"{path}.associations",
                f"gateway {gateway.name} can have one core network, and then nothing else: make a "
                "gateway for each",
            )


def route_tables(ground: Ground) -> Iterator[Fault]:
    """Require that only a transit gateway's association speaks of its route tables."""
    for path, _, association in associations(ground):
        for attribute in ("route_table", "propagate_to"):
            told = getattr(association, attribute) is not None
            if told and not association.transit_gateway and association.target:
                yield Fault(f"{path}.{attribute}", "belongs to a transit gateway: leave it out")
        yield from _once(f"{path}.propagate_to", association.propagate_to or ())
        yield from _once(f"{path}.edge_locations", association.edge_locations or ())


def _once(path: str, names: Iterable[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, name in numbered(path, names):
        if name in seen:
            yield Fault(place, f"{name} is in the list already")
        seen.add(name)


def virtual_gateway_attributes(ground: Ground) -> Iterator[Fault]:
    """Require a private ASN, a VPC of its own, and route tables only with a VPC."""
    taken: dict[tuple[str, str], str] = {}
    for path, gateway in virtual_gateways(ground):
        if gateway.amazon_asn is not None:
            yield from private_asn(f"{path}.amazon_asn", gateway.amazon_asn, ground.limits)
        if gateway.propagate_to is not None and gateway.vpc is None:
            yield Fault(f"{path}.vpc", "is missing: the route tables are the VPC's")
        yield from _once(f"{path}.propagate_to", gateway.propagate_to or ())
        if gateway.vpc is not None:
            first = taken.setdefault((gateway.account, gateway.vpc), path)
            if first != path:
                yield Fault(
                    f"{path}.vpc", f"{gateway.vpc} has {first} already, and a VPC takes one"
                )


def virtual_gateway_owner(ground: Ground) -> Iterator[Fault]:
    """Require that an association names the account of the virtual private gateway it declares."""
    owners: dict[str, set[str]] = {}
    for _, thing in virtual_gateways(ground):
        owners.setdefault(thing.name, set()).add(thing.account)
    for path, gateway, association in associations(ground):
        owner = association.account or gateway.account
        declared = owners.get(association.virtual_gateway or "", {owner})
        if owner not in declared:
            yield Fault(
                f"{path}.account",
                f"{association.virtual_gateway} is declared for account "
                f"{', '.join(sorted(declared))}: name that account here",
            )


RULES: tuple[Rule, ...] = (
    gateway_ids,
    owners_known,
    core_networks,
    core_network_alone,
    route_tables,
    virtual_gateway_attributes,
    virtual_gateway_owner,
)
