# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Arista EOS: how its configuration is read, compared and changed.

A configuration session takes effect as a whole, so no order has to protect anything in between.
EOS does not print what is its default anyway: such a statement is not missing where it is not.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from .asns import with_plain_asns
from .communities import with_sorted_communities
from .composing import compose as compose_in
from .composing import remembers_nothing
from .eos_macsec import lowered, raised, refuse_third_keys
from .eos_secrets import decode as type_7
from .language import Language, no
from .ownership import owners as owners_in
from .ownership import shut as shut_in
from .secrets import type_7 as cisco_type_7
from .secured import refuse_ports_of_others, with_small_names
from .tree import parse, write

if TYPE_CHECKING:
    from collections.abc import Collection

    from ..candidate import Candidate
    from .composing import Recall
    from .tree import Path

_SECRET = re.compile(
    r"(neighbor (?P<neighbor>\S+) password|key [0-9A-Fa-f]+)(?: (?P<type>\S+))? (?P<word>\S+)"
    r"(?: fallback)?$"
)
_BINDING = re.compile(r"mac security profile ")
# `no` takes these words of a statement, and not its value.
_SHORT = re.compile(
    r"seq \d+|mtu|description|bfd interval|encapsulation dot1q vlan|maximum-paths"
    r"|set (?:local-preference|as-path prepend)"
    r"|neighbor \S+ (?:description|password|timers|send-community|maximum-routes"
    r"|maximum-advertised-routes)"
)


def decode(path: Path) -> str | None:
    """Return a key in clear; type 8a is locked with a key that only the router has."""
    found = _SECRET.match(path[-1])
    if found is None or found["type"] not in {None, "0", "7"}:
        return None
    if found["neighbor"]:
        return type_7(found["neighbor"], found["word"]) if found["type"] == "7" else found["word"]
    # MACsec's type 7 is Cisco's.
    word = cisco_type_7(found["word"]) if found["type"] == "7" else found["word"]
    return word.lower() if word else None


def negate(statement: str) -> str:
    """Return what takes a statement away."""
    found = _SHORT.match(statement)
    return f"no {found[0]}" if found else no(statement)


LANGUAGE = Language(
    named=re.compile(
        r"(?P<whole>(?:(?:ip|ipv6) prefix-list|route-map|mac-security profile) (?P<name>\S+))"
    ),
    scope=re.compile(r"vrf \S+$"),
    single=tuple(
        re.compile(pattern)
        for pattern in (
            r"(description) ",
            r"(mtu) ",
            r"(encapsulation dot1q vlan) ",
            r"(ip address) \S+$",
            r"(bfd interval) ",
            r"(set (?:local-preference|community|as-path prepend)) ",
            r"(maximum-paths) ",
            r"(neighbor \S+ (?:remote-as|description|password|timers|send-community)) ",
            r"(neighbor \S+ (?:maximum-routes|maximum-advertised-routes)) ",
            r"(neighbor \S+ route-map) \S+ (in|out)$",
            r"(cipher|mka key-server priority|traffic unprotected|mac security profile) ",
        )
    ),
    added=re.compile(r"traffic unprotected drop$"),
    fixed=re.compile(r"vrf "),
    bundle=re.compile(r"channel-group (?P<bundle>\d+) "),
    bundle_name="Port-Channel{}",
    closings={"address-family": "exit", "router vrf": "exit"},
    secret=_SECRET,
    decode=decode,
    negate=negate,
)


MTU = "mtu 1500"  # what an interface has where nobody says otherwise
BFD = "bfd interval 300 min-rx 300 multiplier 3"
TIMERS = re.compile(r"(neighbor \S+) timers 60 180$")
NOT_ACTIVE = re.compile(r"no (neighbor \S+) activate$")
NOBODY_ACTIVE = "no bgp default ipv4-unicast"


def compose(
    running: str, rendered: str, owners: Collection[str], recall: Recall = remembers_nothing
) -> Candidate:
    """Return what makes the owners' part of the running configuration what was rendered.

    Raises:
        ValueError: An interface would change its VRF, which wipes its addresses; a port has more
            MACsec keys than EOS holds, or somebody else's.
    """
    running = raised(with_small_names(with_sorted_communities(with_plain_asns(running))))
    have = set(parse(running))
    told = parse(raised(with_sorted_communities(rendered)))
    refuse_third_keys(told)
    refuse_ports_of_others(have, told, _BINDING)
    wanted = "\n".join(
        write([path for path in told if not _is_said(have, path)], LANGUAGE.closings)
    )
    composed = compose_in(LANGUAGE, running, wanted, owners, recall)
    return replace(composed, text=lowered(composed.text))


def _is_said(have: Collection[Path], path: Path) -> bool:
    """Whether a statement that is not there is in force all the same, being the default."""
    if path in have:
        return False
    above, line = path[:-1], path[-1]
    if line == MTU:
        return not _says(have, (path[0].partition(".")[0],), "mtu ")
    if line == BFD:
        return above in have and not _says(have, ("router bfd",), "interval ")
    if found := TIMERS.match(line):
        return _says(have, above, f"{found[1]} remote-as ")
    if NOT_ACTIVE.match(line):
        return any(each[-1] == NOBODY_ACTIVE and each[:-1] == above[:-1] for each in have)
    return False


def _says(have: Collection[Path], above: Path, beginning: str) -> bool:
    return any(path[:-1] == above and path[-1].startswith(beginning) for path in have)


def owners(running: str) -> list[str]:
    """Return all owners that have something in the configuration."""
    return owners_in(LANGUAGE, parse(raised(running)))


def shut(running: str) -> list[str]:
    """Return the owners all of whose sessions are shut."""
    return shut_in(LANGUAGE, parse(running))
