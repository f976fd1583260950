# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""IOS XR: how its configuration is read, compared and changed.

A commit is atomic there, whatever the order of its statements. Route policies and prefix sets are
pieces of text: one that differs takes the place of the old one as a whole.

Indentation means nothing to XR: a line that its block does not know stands in the block above. So
the statements are ordered such that each line can stand in one block only, as in what XR prints.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from .asns import with_plain_asns
from .composing import compose as compose_in
from .composing import remembers_nothing
from .iosxr_macsec import preferring_new_keys, with_plain_lifetimes
from .language import Language
from .ownership import BGP
from .ownership import owners as owners_in
from .ownership import shut as shut_in
from .secrets import type_7
from .secured import refuse_ports_of_others, with_small_names
from .tree import parse, write

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ..candidate import Candidate
    from .composing import Recall
    from .tree import Path

# `password6` is one that is locked with a key that only the router has (type 6).
_SECRET = re.compile(
    r"(password|key-string)(?P<locked>6| password6)?(?: (?P<type>clear|encrypted|password))?"
    r" (?P<word>\S+)(?: cryptographic-algorithm \S+)?$"
)
_BINDING = re.compile(r"macsec psk-keychain ")
_INEXACT = re.compile(r"\b(?:le|ge|eq) \d+,?$")
_OUTBOUND = re.compile(r"prefix-set \S+-OUT-V[46]\n")
_LETS_PASS = {"pass", "done"}
# A family would be taken for one of the neighbor before it, a neighbor for one of the VRF.
_BLOCKS = ("address-family ", "neighbor ", "vrf ")


def decode(path: Path) -> str | None:
    """Return a secret in clear; type 6 is locked with a key that only the router has."""
    found = _SECRET.match(path[-1])
    if found is None or found["locked"]:
        return None
    hidden = found["type"] in {"encrypted", "password"}
    word = type_7(found["word"]) if hidden else found["word"]
    return word.lower() if word and found[1] == "key-string" else word


LANGUAGE = Language(
    named=re.compile(
        r"(?P<whole>(?:route-policy|prefix-set|community-set|macsec-policy|key chain)"
        r" (?P<name>\S+))"
    ),
    scope=re.compile(r"vrf \S+$"),
    single=tuple(
        re.compile(pattern)
        for pattern in (
            r"((?:route-policy|prefix-set|community-set) \S+)\n",
            r"(description) ",
            r"(encapsulation dot1q) ",
            r"(vrf) \S+$",
            r"((?:ipv4|ipv6) mtu) ",
            r"(ipv4 address) \S+ \S+$",
            r"(rd) ",
            r"(maximum-paths ebgp) ",
            r"(remote-as|timers|maximum-prefix|bfd multiplier|bfd minimum-interval) ",
            r"(password)6? ",
            r"(route-policy) \S+ (in|out)$",
            r"(key-string|lifetime|macsec psk-keychain) ",
            r"(security-policy|conf-offset|cipher-suite|key-server-priority) ",
        )
    ),
    fixed=re.compile(r"vrf \S+$"),
    bundle=re.compile(r"bundle id (?P<bundle>\d+) "),
    bundle_name="Bundle-Ether{}",
    pieces={
        "route-policy": "end-policy",
        "prefix-set": "end-set",
        "community-set": "end-set",
        "as-path-set": "end-set",
        "extcommunity-set": "end-set",
        "rd-set": "end-set",
    },
    secret=_SECRET,
    decode=decode,
)


def compose(
    running: str, rendered: str, owners: Collection[str], recall: Recall = remembers_nothing
) -> Candidate:
    """Return what makes the owners' part of the running configuration what was rendered.

    Raises:
        ValueError: An interface would change its VRF, a policy lets more pass than its set, or a
            port is secured by somebody else.
    """
    faults = [
        fault
        for path in parse(rendered, LANGUAGE.pieces)
        if "\n" in path[0]
        for fault in (*_inexact(path[0]), *_lets_all_pass(path[0]))
    ]
    if faults:
        raise ValueError("; ".join(faults))
    running = with_plain_lifetimes(with_small_names(with_plain_asns(running)))
    have, told = parse(running, LANGUAGE.pieces), parse(rendered, LANGUAGE.pieces)
    refuse_ports_of_others(have, told, _BINDING)
    wanted = "\n".join(write(preferring_new_keys(have, told), {}))
    composed = compose_in(LANGUAGE, running, wanted, owners, recall)
    paths = sorted(parse(composed.text, LANGUAGE.pieces), key=_place)
    return replace(composed, text="".join(f"{line}\n" for line in write(paths, {})))


def _place(path: Path) -> tuple[int, ...]:
    """Return where a statement stands: what goes first, the BGP process last."""
    if not BGP.match(path[0]):
        return (0 if path[0].startswith("no ") else 1,)
    ranks = (
        next((at for at, word in enumerate(_BLOCKS, 1) if line.startswith(word)), 0)
        for line in path[1:]
    )
    return (2, *ranks)


def _inexact(piece: str) -> Iterator[str]:
    """Find a prefix of an outbound set that stands for more than itself."""
    if _OUTBOUND.match(piece):
        name, *lines = piece.split("\n")
        for line in lines:
            if _INEXACT.search(line):
                yield f"{name}: {line!r} is refused: an outbound list that is not exact"


def _lets_all_pass(piece: str) -> Iterator[str]:
    """Find what a policy lets pass without a condition: outside of `if`, or behind its `else`."""
    name, *lines = piece.split("\n")
    conditions: list[bool] = []
    for line in lines if name.startswith("route-policy ") else ():
        word = line.split()[0]
        if word == "if":
            conditions.append(True)
        elif word == "else":
            conditions[-1:] = [False]
        elif word == "elseif":
            conditions[-1:] = [True]
        elif word == "endif":
            conditions.pop()
        elif word in _LETS_PASS and not any(conditions):
            yield f"{name}: {line!r} is refused: it lets everything pass"


def owners(running: str) -> list[str]:
    """Return all owners that have something in the configuration."""
    return owners_in(LANGUAGE, parse(running, LANGUAGE.pieces))


def shut(running: str) -> list[str]:
    """Return the owners all of whose sessions are shut."""
    return shut_in(LANGUAGE, parse(running, LANGUAGE.pieces))
