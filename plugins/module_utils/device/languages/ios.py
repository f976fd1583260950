# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""IOS and IOS-XE: how their configuration is read, compared and changed.

A merge is not atomic there: line follows line. So a prefix list of ours ends with an entry that
denies the rest, and never is empty in between: an empty one would let everything pass. And a new
session is shut until the last of its lines stands: it must not come up before its policy.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from .asns import with_plain_asns
from .communities import with_sorted_communities
from .composing import compose as compose_in
from .composing import remembers_nothing
from .language import Language
from .ownership import owners as owners_in
from .ownership import shut as shut_in
from .prefix_lists import LAST_ENTRY, keeping_numbers
from .secrets import type_7
from .secured import refuse_ports_of_others, with_small_names
from .tree import parse, write

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
    word = type_7(found["word"]) if found["type"] == "7" else found["word"]
    return word.lower() if word and found[1] == "key-string" else word


LANGUAGE = Language(
    named=re.compile(
        r"(?P<whole>(?:(?:ip|ipv6) prefix-list|route-map|mka policy|key chain) (?P<name>\S+)"
        r"(?: macsec)?)"
    ),
    first=LAST_ENTRY,
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
            # Not communities and what is prepended: a second one might be added to the first.
            r"(set local-preference) ",
            r"(maximum-paths) ",
            r"(neighbor \S+ (?:remote-as|description|password|timers|maximum-prefix)) ",
            r"(neighbor \S+ route-map) \S+ (in|out)$",
            r"(key-string|cryptographic-algorithm|key-server priority|macsec-cipher-suite) ",
            r"(macsec access-control) ",
        )
    ),
    beside=re.compile(r"macsec$|macsec access-control "),
    fixed=re.compile(r"(?:ip )?vrf forwarding "),
    bundle=re.compile(r"channel-group (?P<bundle>\d+) "),
    bundle_name="Port-channel{}",
    closings={"address-family": "exit-address-family"},
    secret=_SECRET,
    decode=decode,
)


MTU = "1500"  # what an interface has where nobody says otherwise
KEY_LONGEST_ENCRYPTED = 25  # IOS XE BGP Command Reference, `neighbor password`
_NEW = re.compile(r"neighbor (\S+) remote-as ")
_BINDING = re.compile(r"mka (?:policy|pre-shared-key) ")
_ACCESS = re.compile(r"macsec access-control ")
_OWN_MTU = re.compile(r"(?:ip|ipv6) mtu (\d+)")
_PORT_MTU = re.compile(r"mtu (\d+)")


def compose(
    running: str, rendered: str, owners: Collection[str], recall: Recall = remembers_nothing
) -> Candidate:
    """Return what makes the owners' part of the running configuration what was rendered.

    Raises:
        ValueError: An interface would change its VRF, a key is longer than IOS could keep it, or
            a port is secured by somebody else.
    """
    running = with_small_names(with_plain_asns(running))
    have = parse(running)
    want = [path for path in parse(rendered) if path in have or not _goes_unsaid(have, path)]
    refuse_ports_of_others(have, want, _BINDING)
    want = keeping_numbers(have, want)
    _refuse_long_keys(have, want)
    wanted = "\n".join(write(want, LANGUAGE.closings))
    composed = compose_in(
        LANGUAGE, with_sorted_communities(running), with_sorted_communities(wanted), owners, recall
    )
    # IOS prints the addresses of IPv6 in capitals; who asks for them has them small.
    touched = composed.touched | {name.lower() for name in composed.touched if ":" in name}
    return replace(composed, text=_guarded(composed.text), touched=touched)


def _goes_unsaid(have: Collection[Path], path: Path) -> bool:
    """Whether IOS would not print a statement: an MTU that the interface has anyway.

    Which access control is the default differs from platform to platform: a port of ours that says
    none has been told it already.
    """
    if _ACCESS.match(path[-1]):
        there = [other[-1] for other in have if other[:-1] == path[:-1]]
        return any(map(_BINDING.match, there)) and not any(map(_ACCESS.match, there))
    found = _OWN_MTU.fullmatch(path[-1])
    if found is None:
        return False
    places = {path[0], path[0].partition(".")[0]}
    said = {
        port[1]
        for other in have
        if other[0] in places and (port := _PORT_MTU.fullmatch(other[-1])) is not None
    }
    return found[1] in (said or {MTU})


def _refuse_long_keys(have: Collection[Path], want: Collection[Path]) -> None:
    """Refuse what IOS would cut off, or not take, once it encrypts its passwords."""
    if ("service password-encryption",) not in have:
        return
    long = [
        f"{path[-1].split()[1]} ({len(key)})"
        for path in want
        if path[-1].startswith("neighbor ")
        and (key := decode(path)) is not None
        and len(key) > KEY_LONGEST_ENCRYPTED
    ]
    if long:
        raise ValueError(
            f"with `service password-encryption` IOS takes keys of {KEY_LONGEST_ENCRYPTED}"
            f" characters at most, longer are those of {', '.join(long)}: give the virtual"
            " interface's peer a shorter key"
        )


def _guarded(text: str) -> str:
    """Keep a new session shut until all of its lines stand; one that is to stay so, for good."""
    fresh = r"^( +neighbor \S+) remote-as .+$(?!\n\1 shutdown$)"
    paths = parse(text)
    new = [
        path
        for path in paths
        if (found := _NEW.match(path[-1]))
        and (*path[:-1], f"neighbor {found[1]} shutdown") not in paths
    ]
    shut = re.sub(fresh, r"\g<0>\n\1 shutdown", text, flags=re.MULTILINE)
    opened = [(*path[:-1], f"no neighbor {path[-1].split()[1]} shutdown") for path in new]
    return shut + "".join(f"{line}\n" for line in write(opened, LANGUAGE.closings))


def owners(running: str) -> list[str]:
    """Return all owners that have something in the configuration."""
    return owners_in(LANGUAGE, parse(running))


def shut(running: str) -> list[str]:
    """Return the owners all of whose sessions are shut."""
    return shut_in(LANGUAGE, parse(running))
