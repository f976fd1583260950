# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""NX-OS: how its configuration is read, compared and changed.

A merge is not atomic there: line follows line. So a new session is shut until the last of its lines
stands. A line that its block does not know is taken for one of the block above, and one that it
does know is not: so in BGP families stand before neighbors, and VRFs behind both.
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
from .ownership import BGP
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

_SECRET = re.compile(
    r"(password|key-octet-string)(?: (?P<type>[0-9]))? (?P<word>\S+)"
    r"(?: cryptographic-algorithm \S+)?$"
)
_BLOCKS = ("address-family ", "neighbor ", "vrf ")
_TOP = re.compile(r"^(?=\S)", re.MULTILINE)
# Older software introduces a neighbor and its AS in one line.
_ONE_LINE = re.compile(r"^( +)(neighbor \S+) (remote-as \S+)$", re.MULTILINE)
# NX-OS prints some hidden keys in quotation marks.
_QUOTED = re.compile(r"^( +key-octet-string \d) \"(\S+)\"", re.MULTILINE)
_BINDING = re.compile(r"macsec keychain ")
# What NX-OS does not print, because it is so anyway; of MACsec only where its block is there.
_DEFAULTS = {"mtu 1500", "timers 60 180"}
_MACSEC_DEFAULTS = {
    "cipher-suite GCM-AES-XPN-256",
    "conf-offset CONF-OFFSET-0",
    "security-policy should-secure",
}
_FEATURES = {
    "bgp": re.compile(r"router bgp "),
    "bfd": re.compile(r"bfd\b"),
    "lacp": re.compile(r"channel-group \d+ mode active"),
    "interface-vlan": re.compile(r"interface Vlan"),
    "macsec": re.compile(r"macsec (?:policy|keychain) "),
}
_IN_CHAIN = 2  # a statement of a key chain: the chain, and what stands in it


def decode(path: Path) -> str | None:
    """Return a key in clear; type 3 (3DES) and type 6 only the router can read."""
    found = _SECRET.match(path[-1])
    if found is None or found["type"] not in {None, "0", "7"}:
        return None
    word = type_7(found["word"]) if found["type"] == "7" else found["word"]
    return word.lower() if word and found[1] == "key-octet-string" else word


LANGUAGE = Language(
    # A list goes as a whole, a route map entry by entry: as Cisco's own cisco.nxos takes them away.
    named=re.compile(
        r"(?P<whole>(?:(?:ip|ipv6) prefix-list|route-map|macsec policy|key chain) (?P<name>\S+)"
        r"(?: (?:permit|deny) \d+$| macsec$)?)"
    ),
    first=LAST_ENTRY,
    scope=re.compile(r"vrf \S+$"),
    single=tuple(
        re.compile(pattern)
        for pattern in (
            r"(description) ",
            r"(mtu) ",
            r"(encapsulation dot1q) ",
            r"(vrf member) ",
            r"(ip address) \S+$",
            r"(bfd interval) ",
            # Not communities and what is prepended: a second one might be added to the first.
            r"(set local-preference) ",
            r"(maximum-paths) ",
            r"(remote-as|password|timers|maximum-prefix) ",
            r"(route-map) \S+ (in|out)$",
            r"(cipher-suite|key-server-priority|conf-offset|security-policy|window-size) ",
            r"(key-octet-string|macsec keychain) ",
        )
    ),
    fixed=re.compile(r"vrf member "),
    added=re.compile(r"window-size 148809600$|include-sci$"),
    bundle=re.compile(r"channel-group (?P<bundle>\d+)\b"),
    bundle_name="port-channel{}",
    secret=_SECRET,
    decode=decode,
)


def compose(
    running: str, rendered: str, owners: Collection[str], recall: Recall = remembers_nothing
) -> Candidate:
    """Return what makes the owners' part of the running configuration what was rendered.

    Raises:
        ValueError: An interface would change its VRF, a feature is missing, or a key could not be
            typed on the router.
    """
    running = _ONE_LINE.sub(r"\1\2\n\1  \3", with_sorted_communities(with_plain_asns(running)))
    running = with_small_names(_QUOTED.sub(r"\1 \2", running))
    have, told = parse(running), parse(with_sorted_communities(rendered))
    told = keeping_numbers(have, told)
    _refuse_missing_features(have, told)
    _refuse_keys(told)
    refuse_ports_of_others(have, told, _BINDING)
    wanted = "\n".join(write([path for path in told if not _is_said(have, path)], {}))
    composed = compose_in(LANGUAGE, running, wanted, owners, recall)
    return replace(composed, text=_rotated(_guarded(_nested(composed.text)), have))


def _refuse_missing_features(have: Collection[Path], want: Collection[Path]) -> None:
    lacks = [
        f"`feature {name}`"
        for name, use in _FEATURES.items()
        if (f"feature {name}",) not in have and any(use.match(path[-1]) for path in want)
    ]
    if lacks:
        raise ValueError(f"the router lacks {', '.join(lacks)}: configure it first")


def _refuse_keys(want: Collection[Path]) -> None:
    """Refuse a key with a question mark, to which the command line answers with its help."""
    wrong = [path[-2] for path in want if "?" in (decode(path) or "")]
    if wrong:
        raise ValueError(
            f"the key of {', '.join(wrong)} holds a question mark, which cannot be typed on NX-OS:"
            " give the virtual interface's peer another key"
        )


def _is_said(have: Collection[Path], path: Path) -> bool:
    """Whether a statement that is not there is in force all the same, being the default."""
    known = path[-1] in _DEFAULTS or (path[-1] in _MACSEC_DEFAULTS and path[:-1] in have)
    return known and path not in have and not _says_another(have, path)


def _says_another(have: Collection[Path], path: Path) -> bool:
    """Whether the router has another value than the default, which has to be told then."""
    key = LANGUAGE.key(path[-1])
    return any(other[:-1] == path[:-1] and LANGUAGE.key(other[-1]) == key for other in have)


def _nested(text: str) -> str:
    """Order the statements of each BGP part such that no line stands behind a deeper block."""
    return "".join(
        "".join(f"{line}\n" for line in write(sorted(parse(part), key=_place), {}))
        if BGP.match(part.partition("\n")[0])
        else part
        for part in _TOP.split(text)
    )


def _place(path: Path) -> tuple[int, ...]:
    return tuple(
        next((at for at, word in enumerate(_BLOCKS, 1) if line.startswith(word)), 0)
        for line in path[1:]
    )


def _guarded(text: str) -> str:
    """Keep a new session shut until all of its lines stand; one that is to stay so, for good."""
    paths = parse(text)
    new = [
        path[:-1]
        for path in paths
        if path[-1].startswith("remote-as ") and (*path[:-1], "shutdown") not in paths
    ]
    fresh = r"^( +)remote-as .+$(?!\n\1shutdown$)"
    shut = re.sub(fresh, r"\g<0>\n\1shutdown", text, flags=re.MULTILINE)
    opened = write([(*path, "no shutdown") for path in new], {})
    return shut + "".join(f"{line}\n" for line in opened)


def _rotated(text: str, have: Collection[Path]) -> str:
    """Put new MACsec keys into their chain before the old ones go.

    A key's secret cannot be overwritten: a key that gets another one goes first, and comes anew.
    """
    return "".join(
        "".join(f"{line}\n" for line in _key_chain(parse(part), have))
        if part.startswith("key chain ")
        else part
        for part in _TOP.split(text)
    )


def _key_chain(paths: list[Path], have: Collection[Path]) -> list[str]:
    goes = [path for path in paths if path[-1].startswith("no ") and len(path) == _IN_CHAIN]
    anew = {
        path[:-1]
        for path in paths
        if path[-1].startswith("key-octet-string ") and path[:-1] in have
    }
    comes = [
        path
        for path in paths
        if path not in goes and not (path[:-1] in anew and path[-1].startswith("no "))
    ]
    first = [(*path[:-1], f"no {path[-1]}") for path in sorted(anew)]
    return [*(write([*first, *comes], {}) if comes[1:] else []), *write(goes, {})]


def owners(running: str) -> list[str]:
    """Return all owners that have something in the configuration."""
    return owners_in(LANGUAGE, parse(running))


def shut(running: str) -> list[str]:
    """Return the owners all of whose sessions are shut."""
    return shut_in(LANGUAGE, parse(running))
