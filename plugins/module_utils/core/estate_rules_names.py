# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on names, references by name, and tags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol
from unicodedata import category

from .estate_fault import Fault
from .estate_ground import (
    Rule,
    alarms,
    carriers,
    customer_gateways,
    gateways,
    hosted_connections,
    resiliency_groups,
    virtual_gateways,
    virtual_interfaces,
    vpn_connections,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from .estate_ground import Ground

# The estate's name becomes a tag and a folder; the others are AWS's own patterns.
_ESTATE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")
_AWS_NAME = re.compile(r"[\w \-,/]+", re.ASCII)

# Tags that every object gets from the product: estate, name, ordered-at.
_OWN_TAGS = 3
_RESERVED = ("aws:", "crossconnect:")


class _Named(Protocol):
    @property
    def name(self) -> str: ...


class _Owned(_Named, Protocol):
    @property
    def account(self) -> str: ...


class _Tagged(_Named, Protocol):
    @property
    def tags(self) -> Mapping[str, str]: ...


def estate_name(ground: Ground) -> Iterator[Fault]:
    """Require that the estate's name can be a tag and a folder."""
    name = ground.estate.name
    if not _ESTATE_NAME.fullmatch(name):
        yield Fault(
            "name",
            f"{name!r} cannot name an estate: use 1 to 63 letters, digits, dots, hyphens and"
            " underscores, a letter or digit first",
        )


def aws_names(ground: Ground) -> Iterator[Fault]:
    """Require AWS's characters in a name, up to the length that its kind may have."""
    longest = ground.limits.connection_name_longest
    ports: list[tuple[str, _Named]] = [*carriers(ground), *hosted_connections(ground)]
    for path, port in ports:
        yield from _aws_name(path, port, longest)
    others: list[tuple[str, _Named]] = [*gateways(ground), *virtual_interfaces(ground)]
    for path, thing in others:
        yield from _aws_name(path, thing, ground.limits.name_longest)


def _aws_name(path: str, thing: _Named, longest: int) -> Iterator[Fault]:
    if len(thing.name) > longest:
        yield Fault(f"{path}.name", f"has {len(thing.name)} characters, AWS takes {longest}")
    if not _AWS_NAME.fullmatch(thing.name) or thing.name != thing.name.strip():
        yield Fault(
            f"{path}.name",
            f"{thing.name!r} is no name for AWS: use letters, digits, spaces inside and - _ , /",
        )


def names_once(ground: Ground) -> Iterator[Fault]:
    """Require that a name stands for one thing: of its kind, or of all that carry interfaces."""
    for things in (
        carriers(ground),
        hosted_connections(ground),
        resiliency_groups(ground),
        gateways(ground),
        virtual_gateways(ground),
        customer_gateways(ground),
        vpn_connections(ground),
        virtual_interfaces(ground),
        alarms(ground),
    ):
        yield from _once(things)


def _once(things: Iterable[tuple[str, _Named]]) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for path, thing in things:
        if thing.name in first:
            yield Fault(
                f"{path}.name",
                f"{thing.name} is the name of {first[thing.name]} already: rename one",
            )
        first.setdefault(thing.name, path)


def accounts_known(ground: Ground) -> Iterator[Fault]:
    """Require that an account is a host of the inventory."""
    owned: list[tuple[str, _Owned]] = [
        *carriers(ground),
        *hosted_connections(ground),
        *resiliency_groups(ground),
        *virtual_gateways(ground),
        *customer_gateways(ground),
        *vpn_connections(ground),
        *alarms(ground),
    ]
    for path, thing in owned:
        yield from _known(
            f"{path}.account", thing.account, ground.accounts, "account", _IN_ACCOUNTS
        )
    # A gateway may be one of an account that no run logs in to.
    declared = {account.name for account in ground.estate.accounts}
    for path, gateway in gateways(ground):
        if gateway.account not in declared:
            yield from _known(
                f"{path}.account", gateway.account, ground.accounts, "account", _IN_ACCOUNTS
            )


def routers_known(ground: Ground) -> Iterator[Fault]:
    """Require that a router is a host of the inventory."""
    for path, carrier in carriers(ground):
        if carrier.router:
            yield from _known(
                f"{path}.router", carrier.router, ground.routers, "router", _IN_ROUTERS
            )


def carriers_known(ground: Ground) -> Iterator[Fault]:
    """Require that what an interface rides on is declared."""
    known = {*ground.connections, *ground.lags}
    for path, interface in virtual_interfaces(ground):
        yield from _known(f"{path}.on", interface.on, known, "connection or LAG", "is declared")


def gateways_known(ground: Ground) -> Iterator[Fault]:
    """Require that the gateway of an interface is declared."""
    for path, interface in virtual_interfaces(ground):
        if interface.gateway:
            yield from _known(
                f"{path}.gateway", interface.gateway, ground.gateways, "gateway", "is declared"
            )


_IN_ACCOUNTS = "is in the inventory's group aws_accounts"
_IN_ROUTERS = "is in the inventory's group edge_routers"


def _known(
    path: str, name: str, names: Collection[str] | None, kind: str, where: str
) -> Iterator[Fault]:
    # A thing whose name could not be read may be the one that is meant.
    if names is not None and name not in names and "" not in names:
        known = ", ".join(sorted(names)) or "none"
        yield Fault(path, f"no {kind} named {name} {where} (there: {known})")


def tags(ground: Ground) -> Iterator[Fault]:
    """Require what AWS requires of tags, and that reserved beginnings are left alone."""
    common = ground.estate.tags
    yield from _tags("tags", common, ground)
    tagged: list[tuple[str, _Tagged]] = [
        *carriers(ground),
        *hosted_connections(ground),
        *resiliency_groups(ground),
        *gateways(ground),
        *virtual_gateways(ground),
        *customer_gateways(ground),
        *vpn_connections(ground),
        *virtual_interfaces(ground),
        *alarms(ground),
    ]
    for path, thing in tagged:
        yield from _tags(f"{path}.tags", thing.tags, ground)
        count = len({**common, **thing.tags}) + _OWN_TAGS
        if count > ground.limits.tags_per_resource:
            yield Fault(
                f"{path}.tags",
                f"makes {count} tags with the estate's and the product's own,"
                f" AWS takes {ground.limits.tags_per_resource}",
            )


def _tags(path: str, given: Mapping[str, str], ground: Ground) -> Iterator[Fault]:
    for key, value in given.items():
        for rule in _tag_faults(key, value, ground):
            yield Fault(f"{path}.{key}", rule)


def _tag_faults(key: str, value: str, ground: Ground) -> Iterator[str]:
    limits = ground.limits
    if key.lower().startswith(_RESERVED):
        yield f"begins with {key.partition(':')[0]}:, which is reserved: choose another key"
    if not 1 <= len(key) <= limits.tag_key_longest:
        yield f"has a key of {len(key)} characters, AWS takes 1 to {limits.tag_key_longest}"
    if len(value) > limits.tag_value_longest:
        yield f"has a value of {len(value)} characters, AWS takes {limits.tag_value_longest}"
    if not all(map(fits_a_tag, key + value)):
        yield "has a character that AWS refuses: use letters, digits, spaces and _ . : / = + - @"


def fits_a_tag(character: str) -> bool:
    """AWS's pattern, which names the Unicode categories of letters, separators and numbers."""
    return category(character)[0] in "LZN" or character in "_.:/=+-@"


RULES: tuple[Rule, ...] = (
    estate_name,
    aws_names,
    names_once,
    accounts_known,
    routers_known,
    carriers_known,
    gateways_known,
    tags,
)
