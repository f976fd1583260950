# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Junos: how its configuration in set form is read, compared and changed.

An owner is `DX-VIF<vlan>`. It owns the policy objects and VLANs whose names start with `<owner>-`,
the units and neighbors whose description starts with `<owner> `, and what puts such a unit into a
routing instance or such a VLAN onto a port. A commit takes effect as a whole, so no order has to
protect anything in between; only the terms of a policy have one.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from ..candidate import Candidate
from .asns import with_plain_asns
from .composing import remembers_nothing
from .junos_macsec import binding_of, ports_of_others, ports_secured, third_keys
from .junos_objects import OWNER, Ownership, group_of, object_of, of_others, shortest
from .set_lines import parse, under, write

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from .composing import Recall
    from .set_lines import Statements, Words

KEY = "authentication-key"
CAK = "cak"
ENCRYPTED = "$9$"
_KEY_LINE = re.compile(rf'\b{KEY} "(.*)"\s*$', re.MULTILINE)
# Statements that hold one value each: a new one takes the old one's place.
SINGLE = frozenset(
    (
        *("description", "vlan-id", "mtu", "l3-interface", "family", "local-preference"),
        *("as-path-prepend", "type", "local-address", "hold-time", KEY, "peer-as", "maximum"),
        *("teardown", "idle-timeout", "minimum-interval", "multiplier", "autonomous-system"),
        *("connectivity-association", "cipher-suite", "security-mode", "key-server-priority"),
        *("ckn", CAK),
    )
)
SYSTEM = ("routing-options", "autonomous-system")


def decode(word: str) -> str | None:
    """Return a key in clear; None where it is hidden in a form that is not $9$."""
    from netutils.password import decrypt_juniper_type9  # noqa: PLC0415 - only Junos needs it

    if not word.startswith("$"):
        return word
    try:
        return str(decrypt_juniper_type9(word)) if word.startswith(ENCRYPTED) else None
    except (ValueError, IndexError, KeyError):
        return None


def compose(
    running: str, rendered: str, owners: Collection[str], recall: Recall = remembers_nothing
) -> Candidate:
    """Return what makes the owners' part of the running configuration what was rendered.

    A statement outside that part, as the type of a group, is added where it is missing, and never
    changed or taken away; only a group of ours goes with its last neighbor.

    Raises:
        ValueError: A key that Junos would take for something else, another autonomous system than
            the router's, a routing instance that is not there, a port that somebody else
            has secured, a unit or a neighbor that is there without our name, or more MACsec keys
            of a port than Junos holds.
    """
    running = with_plain_asns(running)
    _refuse_keys(rendered)
    have = parse(running)
    told = parse(rendered)
    want = [_kept(have.there, path, recall) for path in told.there]
    faults = [
        *_other_systems(have.there, want),
        *of_others(have.there, want, owners),
        *_missing_instances(have.there, want),
        *ports_of_others(have.there, want),
        *third_keys(want),
    ]
    if faults:
        raise ValueError("; ".join(faults))
    change = _Change(have, want, owners, told.inactive)
    lines = [*change.deletes(), *change.sets(), *change.inserts()]
    return Candidate(
        mode="merge", text="".join(f"{line}\n" for line in lines), touched=change.touched()
    )


def owners(running: str) -> list[str]:
    """Return all owners that have something in the configuration."""
    found = (
        OWNER.match(word)
        for path in parse(running).there
        if (whole := object_of(path)) is not None
        for word in (whole[-1], path[-1] if path[-2] == "description" else "")
    )
    return sorted({each[0] for each in found if each})


def shut(running: str) -> list[str]:
    """Return the owners all of whose neighbors are deactivated."""
    found = parse(running)
    of = [
        (mark[0], object_of(path))
        for path in found.there
        if path[-2] == "description" and path[-4] == "neighbor" and (mark := OWNER.match(path[-1]))
    ]
    open_ = {owner for owner, neighbor in of if neighbor not in found.inactive}
    return sorted({owner for owner, _ in of} - open_)


def _refuse_keys(rendered: str) -> None:
    for key in _KEY_LINE.findall(rendered):
        if '"' in key or "\\" in key or key.startswith("$"):
            raise ValueError(
                "a BGP key begins with $, or holds a quotation mark or a backslash: Junos would"
                " take it for another one; have AWS make one without"
            )


def _kept(have: Collection[Words], path: Words, recall: Recall) -> Words:
    """Return the router's own words for a secret that is the same: Junos salts it at random."""
    if path[-2] not in {KEY, CAK}:
        return path
    wanted = path[-1].lower() if path[-2] == CAK else path[-1]
    for old in have:
        if old[:-1] == path[:-1]:
            held = decode(old[-1])
            same = recall(old, wanted) if held is None else held == wanted
            return old if same else path
    return path


def _other_systems(have: Iterable[Words], want: Iterable[Words]) -> Iterator[str]:
    known = [path[2] for path in have if path[:2] == SYSTEM and len(path) == len(SYSTEM) + 1]
    for path in want:
        if path[:2] == SYSTEM:
            if known and path[2] not in known:
                yield (
                    f"the router's autonomous system is {known[0]}, and a virtual interface is to"
                    f" be {path[2]}: let the estate's customer ASN be the router's"
                )
            known = known or [path[2]]


def _missing_instances(have: Collection[Words], want: Iterable[Words]) -> Iterator[str]:
    there = {path[1] for path in have if path[0] == "routing-instances"}
    wanted = {path[1] for path in want if path[0] == "routing-instances"}
    for name in sorted(wanted - there):
        yield (
            f"routing instance {name} is not there: configure it first,"
            f" set routing-instances {name} instance-type virtual-router"
        )


class _Change:
    """What differs between two configurations, as far as it is the owners'."""

    def __init__(
        self,
        have: Statements,
        want: list[Words],
        owners: Collection[str],
        inactive: Collection[Words] = (),
    ) -> None:
        self._have, self._want, self._inactive = have, dict.fromkeys(want), inactive
        self._there = dict.fromkeys(have.there)
        self._mine = Ownership(have.there, owners)
        self._wanted = Ownership(want, owners)
        self._objects = {object_of(path) for path in want}
        self._keys = {path[:-1] for path in want if path[-2] in SINGLE}
        self._gone = dict.fromkeys(self._what_goes())

    def deletes(self) -> Iterator[str]:
        """Return what takes away, the whole of it where nothing of a part stays."""
        groups = self._empty_groups()
        for path in self._gone:
            if group_of(path) not in groups:
                yield write("delete", path)
        for group in groups:
            yield write("delete", group)

    def sets(self) -> Iterator[str]:
        """Return what comes, and what somebody has deactivated of ours."""
        for path in self._have.inactive:
            wanted = path in self._inactive
            if self._mine.owns(path) and not wanted and not self._is_deleted(path):
                yield write("activate", path)
        for path in self._want:
            if self._comes(path):
                yield write("set", path)
        for path in self._inactive:
            if path not in self._have.inactive or self._is_deleted(path):
                yield write("deactivate", path)

    def inserts(self) -> Iterator[str]:
        """Return what puts the terms of our policies in order."""
        for policy in dict.fromkeys(path[:3] for path in self._want if "term" in path[3:4]):
            wanted = _terms(policy, self._want)
            stay = [term for term in _terms(policy, self._there) if not self._lost(policy, term)]
            order = [*stay, *(term for term in wanted if term not in stay)]
            for one, two in reversed(list(pairwise(wanted))):
                if order.index(one) + 1 != order.index(two):
                    order.remove(one)
                    order.insert(order.index(two), one)
                    yield write("insert", (*policy, "term", one, "before", "term", two))

    def touched(self) -> frozenset[str]:
        """Return the neighbors and interfaces that the change speaks of."""
        changed = (
            *self._gone,
            *(path for path in self._want if self._comes(path)),
            # What is opened or shut, whatever else of it changes.
            *(
                path
                for path in set(self._have.inactive) ^ set(self._inactive)
                if self._mine.owns(path) or self._wanted.owns(path)
            ),
        )
        secured = ports_secured(changed, (*self._there, *self._want))
        return frozenset((*(name for path in changed for name in _named(path)), *secured))

    def _what_goes(self) -> Iterator[Words]:
        for path in self._have.there:
            if path in self._want or not self._mine.owns(path):
                continue
            whole = object_of(path) or path
            if whole not in self._objects:
                yield self._binding(whole) or whole
            elif not any(under(each, path) for each in self._want) and not self._is_replaced(path):
                yield shortest(path, self._want, SINGLE)

    def _binding(self, whole: Words) -> Words | None:
        """Return all that a port has of MACsec, where that is no more than what goes."""
        port = binding_of(whole)
        stays = (path for path in (*self._there, *self._want) if port and under(path, port))
        return port if all(path == whole for path in stays) else None

    def _is_replaced(self, path: Words) -> bool:
        return path[-2] in SINGLE and path[:-1] in self._keys

    def _is_deleted(self, path: Words) -> bool:
        return any(under(path, gone) for gone in self._gone)

    def _lost(self, policy: Words, term: str) -> bool:
        return self._is_deleted((*policy, "term", term))

    def _comes(self, path: Words) -> bool:
        """Whether a wanted statement is not there; a stranger's other value stays what it is."""
        if path in self._there:
            return self._is_deleted(path)
        strange = not self._wanted.owns(path) and path[-2] in SINGLE
        return not (strange and any(each[:-1] == path[:-1] for each in self._there))

    def _empty_groups(self) -> list[Words]:
        """Return our groups that lose their last neighbor and hold nothing of anybody else."""
        groups = dict.fromkeys(group for path in self._gone if (group := group_of(path)))
        wanted = {group_of(path) for path in self._want}
        return [
            group
            for group in groups
            if group not in wanted and not any(self._stays_in(group, path) for path in self._there)
        ]

    def _stays_in(self, group: Words, path: Words) -> bool:
        ours = ((*group, "type", "external"), (*group, "multipath", "multiple-as"))
        return under(path, group) and path not in ours and not self._is_deleted(path)


def _terms(policy: Words, paths: Iterable[Words]) -> list[str]:
    start = (*policy, "term")
    return list(dict.fromkeys(path[4] for path in paths if under(path, start)))


def _named(path: Words) -> Iterator[str]:
    """Return the interface or the neighbor that a statement is about."""
    whole = object_of(path) or ()
    if whole[:1] == ("interfaces",) and len(whole) == len(("interfaces", "port", "unit", "0")):
        yield f"{whole[1]}.{whole[3]}"
    elif whole[-2:-1] == ("neighbor",):
        yield whole[-1]
