# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on gateways and their associations: ASNs, targets, allowed prefixes, counts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from .addressing import overlaps, prefix
from .estate_fault import Fault
from .estate_ground import Rule, gateways, numbered
from .estate_prefixes import prefix_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .estate_ground import Ground
    from .limits import Limits
    from .model import Association, Gateway


_TARGETS = ("transit_gateway", "virtual_gateway", "core_network")
_ONE_OF_TARGETS = "transit_gateway, virtual_gateway or core_network"
_BOTH = {2: "both", 3: "all"}


def associations(ground: Ground) -> Iterator[tuple[str, Gateway, Association]]:
    """Yield each association after its path and its gateway."""
    for path, gateway in gateways(ground):
        for place, association in numbered(f"{path}.associations", gateway.associations):
            yield place, gateway, association


def amazon_asn(ground: Ground) -> Iterator[Fault]:
    """Require that the ASN on Amazon's side is a private one."""
    for path, gateway in gateways(ground):
        if gateway.amazon_asn is not None:
            yield from private_asn(f"{path}.amazon_asn", gateway.amazon_asn, ground.limits)
    for path, _, association in associations(ground):
        if association.transit_gateway_asn is not None:
            yield from private_asn(
                f"{path}.transit_gateway_asn", association.transit_gateway_asn, ground.limits
            )


def private_asn(path: str, asn: int, limits: Limits) -> Iterator[Fault]:
    """Require one of the private ASNs, of 16 or of 32 bits."""
    ranges = (
        (limits.private_asn_16_bit_lowest, limits.private_asn_16_bit_highest),
        (limits.private_asn_32_bit_lowest, limits.private_asn_32_bit_highest),
    )
    if not any(lowest <= asn <= highest for lowest, highest in ranges):
        text = " or ".join(f"{lowest} to {highest}" for lowest, highest in ranges)
        yield Fault(path, f"{asn} is no private ASN, which Amazon's side needs ({text})")


def transit_gateway_asn(ground: Ground) -> Iterator[Fault]:
    """Require that a transit gateway and the gateway have different ASNs."""
    for path, gateway, association in associations(ground):
        if association.transit_gateway_asn == ground.amazon_asn(gateway):
            default = "" if gateway.amazon_asn else ", which AWS gives when amazon_asn is not set"
            yield Fault(
                f"{path}.transit_gateway_asn",
                f"{association.transit_gateway_asn} is the ASN of gateway {gateway.name}"
                f" too{default}: AWS refuses the association, use another amazon_asn",
            )


def one_target(ground: Ground) -> Iterator[Fault]:
    """Require that an association has one target."""
    for path, _, association in associations(ground):
        count = sum(map(bool, (getattr(association, name) for name in _TARGETS)))
        if count > 1:
            yield Fault(path, f"names {count} targets: give {_ONE_OF_TARGETS}, not {_BOTH[count]}")
        if count == 0:
            yield Fault(path, f"names no target: give {_ONE_OF_TARGETS}")
        other = association.virtual_gateway or association.core_network
        if association.transit_gateway_asn is not None and other:
            yield Fault(f"{path}.transit_gateway_asn", "belongs to a transit gateway: leave it out")


def target_is_of_its_kind(ground: Ground) -> Iterator[Fault]:
    """Require an id, where one is given, of the right kind; anything else is a Name tag."""
    for path, _, association in associations(ground):
        for attribute, target, wrong, right in (
            ("transit_gateway", association.transit_gateway, "vgw-", "virtual_gateway"),
            ("virtual_gateway", association.virtual_gateway, "tgw-", "transit_gateway"),
        ):
            if target and is_id_of(target, wrong):
                yield Fault(
                    f"{path}.{attribute}", f"{target} is the id of a {right}: give it there"
                )


def is_id_of(target: str, beginning: str) -> bool:
    """Tell an id (vgw-0123456789abcdef0) from a name that begins the same way (vgw-legacy)."""
    digits = target.removeprefix(beginning)
    return digits != target and len(digits) in (8, 17) and set(digits) <= set("0123456789abcdef")


def target_once(ground: Ground) -> Iterator[Fault]:
    """Require that a target is associated once, a virtual private gateway in the whole estate."""
    seen: dict[tuple[str, str, str], str] = {}
    for path, gateway, association in associations(ground):
        if association.target:
            # The same name in two accounts is two things.
            owner = association.account or gateway.account
            scope = "" if association.virtual_gateway else gateway.name
            taken = seen.setdefault((scope, owner, association.target), path)
            if taken != path:
                yield Fault(path, f"{association.target} is associated by {taken} already")


def one_kind_of_target(ground: Ground) -> Iterator[Fault]:
    """Require that a gateway serves virtual private gateways or transit gateways, never both."""
    for path, gateway in gateways(ground):
        kinds = {
            bool(thing.transit_gateway)
            for thing in gateway.associations
            if thing.target and not thing.core_network
        }
        if len(kinds) > 1:
            yield Fault(
                f"{path}.associations",
                f"gateway {gateway.name} cannot have transit gateways and virtual private gateways:"
                " make a gateway for each kind",
            )


def target_counts(ground: Ground) -> Iterator[Fault]:
    """Require that a gateway has a limited number of associations of each kind."""
    limits = ground.limits
    for path, gateway in gateways(ground):
        gateways_only = (thing for thing in gateway.associations if not thing.core_network)
        count = Counter(bool(thing.transit_gateway) for thing in gateways_only)
        for found, most, kind in (
            (count[True], limits.transit_gateways_per_gateway, "transit gateways"),
            (count[False], limits.virtual_gateways_per_gateway, "virtual private gateways"),
        ):
            if found > most:
                yield Fault(f"{path}.associations", f"has {found} {kind}, AWS takes {most}")


def interface_counts(ground: Ground) -> Iterator[Fault]:
    """Require that a gateway ends a limited number of interfaces."""
    most = ground.limits.virtual_interfaces_per_gateway
    count = Counter(thing.gateway for thing in ground.estate.virtual_interfaces)
    for path, gateway in gateways(ground):
        if count[gateway.name] > most:
            yield Fault(path, f"ends {count[gateway.name]} virtual interfaces, AWS takes {most}")


def allowed_prefixes_given(ground: Ground) -> Iterator[Fault]:
    """Require allowed prefixes, without which a transit gateway's routes vanish in silence."""
    for path, _, association in associations(ground):
        if association.transit_gateway and not association.allowed_prefixes:
            yield Fault(
                f"{path}.allowed_prefixes",
                "is missing: a transit gateway announces these prefixes and no others",
            )


def allowed_prefixes(ground: Ground) -> Iterator[Fault]:
    """Require prefixes, each given once, none within another, not too many."""
    most = ground.limits.allowed_prefixes_per_transit_gateway
    for path, _, association in associations(ground):
        place, prefixes = f"{path}.allowed_prefixes", association.allowed_prefixes or ()
        yield from prefix_faults(place, prefixes)
        for first, second in overlaps(prefixes):
            if prefix(prefixes[first]) != prefix(prefixes[second]):
                yield Fault(
                    f"{place}[{second}]",
                    f"{prefixes[second]} overlaps {prefixes[first]}: keep the wider one",
                )
        if association.transit_gateway and len(prefixes) > most:
            yield Fault(
                place, f"has {len(prefixes)} prefixes, AWS takes {most} per transit gateway"
            )


def allowed_prefixes_apart(ground: Ground) -> Iterator[Fault]:
    """Require that the transit gateways of one gateway do not overlap in what they announce."""
    for path, gateway in gateways(ground):
        taken: list[tuple[str, str]] = []
        for place, association in numbered(f"{path}.associations", gateway.associations):
            if association.transit_gateway:
                prefixes = association.allowed_prefixes or ()
                yield from _clashes(f"{place}.allowed_prefixes", prefixes, taken)
                taken.extend((association.transit_gateway, text) for text in prefixes)


def _clashes(path: str, prefixes: tuple[str, ...], taken: list[tuple[str, str]]) -> Iterator[Fault]:
    for place, text in numbered(path, prefixes):
        for other, against in taken:
            if overlaps((text, against)):
                yield Fault(
                    place,
                    f"{text} overlaps {against} of {other}: give each transit gateway of a gateway"
                    " prefixes of its own",
                )


RULES: tuple[Rule, ...] = (
    amazon_asn,
    transit_gateway_asn,
    one_target,
    target_is_of_its_kind,
    target_once,
    one_kind_of_target,
    target_counts,
    interface_counts,
    allowed_prefixes_given,
    allowed_prefixes,
    allowed_prefixes_apart,
)
