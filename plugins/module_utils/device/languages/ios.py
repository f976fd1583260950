# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""IOS and IOS-XE: how their configuration is read, compared and changed.

A merge is not atomic there: line follows line. So a prefix list of ours ends with an entry that
denies the rest, and never is empty in between: an empty one would let everything pass.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .composing import compose as compose_in
from .composing import remembers_nothing
from .language import Language
from .ownership import owners as owners_in
from .secrets import type_7
from .tree import parse

if TYPE_CHECKING:
    from collections.abc import Collection

    from ..candidate import Candidate
    from .composing import Recall
    from .tree import Path

_SECRET = re.compile(r"(neighbor \S+ password|key-string)(?: (?P<type>[0-9]))? (?P<word>\S+)$")


def decode(path: Path) -> str | None:
    """Return a secret in clear; type 6 is locked with a key that only the router has."""
    found = _SECRET.match(path[-1])
    if found is None or found["type"] == "6":
        return None
    return type_7(found["word"]) if found["type"] == "7" else found["word"]


LANGUAGE = Language(
    named=re.compile(
        r"(?P<whole>(?:(?:ip|ipv6) prefix-list|route-map|mka policy|key chain) (?P<name>\S+)"
        r"(?: macsec)?)"
    ),
    scope=re.compile(r"address-family \S+ vrf \S+$"),
    single=tuple(
        re.compile(pattern)
        for pattern in (
            r"(description) ",
            r"(encapsulation dot1Q) ",
            r"(vrf forwarding) ",
            r"((?:ip|ipv6) mtu) ",
            r"(ip address) \S+ \S+$",
            r"(bfd interval) ",
            r"(set (?:local-preference|community|as-path prepend)) ",
            r"(maximum-paths) ",
            r"(neighbor \S+ (?:remote-as|description|password|timers|maximum-prefix)) ",
            r"(neighbor \S+ route-map) \S+ (in|out)$",
        )
    ),
    fixed=re.compile(r"(?:ip )?vrf forwarding "),
    bundle=re.compile(r"channel-group (?P<bundle>\d+) "),
    bundle_name="Port-channel{}",
    port=re.compile(r"channel-group |lacp rate |mka |macsec"),
    closings={"address-family": "exit-address-family"},
    secret=_SECRET,
    decode=decode,
)


def compose(
    running: str, rendered: str, owners: Collection[str], recall: Recall = remembers_nothing
) -> Candidate:
    """Return what makes the owners' part of the running configuration what was rendered."""
    return compose_in(LANGUAGE, running, rendered, owners, recall)


def owners(running: str) -> list[str]:
    """Return all owners that have something in the configuration."""
    return owners_in(LANGUAGE, parse(running))
