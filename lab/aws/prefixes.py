# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Allowed prefixes of an association."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import TYPE_CHECKING

from .errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Network = IPv4Network | IPv6Network


def read(entries: Iterable[Mapping[str, str]] | None) -> tuple[str, ...]:
    """Return the request's prefixes in order, each once; raises on what is no network."""
    return tuple(dict.fromkeys(str(_network(entry.get("cidr", ""))) for entry in entries or ()))


def write(prefixes: Iterable[str]) -> list[dict[str, str]]:
    """Return prefixes as the service lists them."""
    return [{"cidr": prefix} for prefix in prefixes]


def _network(text: str) -> Network:
    try:
        return ip_network(text)
    except ValueError:
        raise ClientError(f"CIDR {text} is not valid.") from None


def overlap(first: str, second: str) -> bool:
    """Tell whether two prefixes share an address."""
    one, other = ip_network(first), ip_network(second)
    return one.version == other.version and one.overlaps(other)


def within(inner: str, outer: str) -> bool:
    """Tell whether `outer` equals or contains `inner`."""
    one, other = ip_network(inner), ip_network(outer)
    return overlap(inner, outer) and one.prefixlen >= other.prefixlen
