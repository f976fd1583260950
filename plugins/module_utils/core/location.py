# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Direct Connect locations and what one may wish of them, as values.

All lists of DescribeLocations are optional, and partitions tell more or less: an empty one says
that AWS tells nothing, but for MACsec, where it says that there is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .metros import Site

_SPEED = re.compile(r"(\d+)\s*([MGT])(?:bps)?", re.IGNORECASE)
_MEGABITS = {"M": 1, "G": 1000, "T": 1_000_000}


def speed(text: str) -> str:
    """Return a speed as orders write it: "10G" and "10 Gbps" are "10Gbps"."""
    match = _SPEED.fullmatch(text.strip())
    return f"{match[1]}{match[2].upper()}bps" if match else text


def megabits(text: str) -> int:
    """Return how fast a speed is; 0 for what is no speed."""
    match = _SPEED.fullmatch(text.strip())
    return int(match[1]) * _MEGABITS[match[2].upper()] if match else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BillingMode:
    """A way to be billed for a port, and what it is good for at a location.

    Attributes:
        mode: AWS's word, as "FlatRateTier1".
        port_speeds: The speeds that can be billed so.
        included_regions: The Regions that the mode includes; none at all where AWS tells none.
    """

    mode: str
    port_speeds: tuple[str, ...]
    included_regions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A site where AWS has ports, as DescribeLocations tells of it; speeds as "10Gbps".

    Attributes:
        code: What an order names.
        name: AWS's name, which ends with the city and the country or state.
        region: The Region that it belongs to.
        port_speeds: Of all ports, the slowest first.
        macsec_port_speeds: Of those that are capable of MACsec.
        providers: Who reaches it.
    """

    code: str
    name: str = ""
    region: str = ""
    port_speeds: tuple[str, ...] = ()
    macsec_port_speeds: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    billing_modes: tuple[BillingMode, ...] = ()

    def __str__(self) -> str:
        """Return code and name, as sentences have it."""
        return f"{self.code} ({self.name})" if self.name else self.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked for; what is not set does not matter.

    Attributes:
        bandwidth: The port speed, as "10Gbps".
        request_macsec: MACsec, at the bandwidth if there is one.
        provider: Who has to reach the location; capitals do not matter.
        billing_mode: The billing mode, at the bandwidth if there is one.
        regions: The only Regions that count, the best first.
        home: The account's Region: it comes first where `regions` is empty.
        site: Where our end is.
        avoid: The codes of the locations where the other circuits end.
    """

    bandwidth: str = ""
    request_macsec: bool = False
    provider: str = ""
    billing_mode: str = ""
    regions: tuple[str, ...] = ()
    home: str = ""
    site: Site | None = None
    avoid: frozenset[str] = field(default_factory=frozenset)


def all_of(words: Sequence[str]) -> str:
    """Return words as a list that ends with "and"."""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def any_of(words: Sequence[str]) -> str:
    """Return words as a list that ends with "or"."""
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else "".join(words)
