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
from typing import TYPE_CHECKING

from ..candidate import Candidate
from .asns import with_plain_asns
from .composing import remembers_nothing
from .junos_bundles import bundle_faults
from .junos_change import CAK, KEY, Change
from .junos_macsec import ports_of_others, third_keys
from .junos_objects import OWNER, Ownership, object_of, of_others
from .set_lines import parse

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from .composing import Recall
    from .set_lines import Words

ENCRYPTED = "$9$"
_KEY_LINE = re.compile(rf'\b{KEY} "(.*)"\s*$', re.MULTILINE)
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
            has secured, a unit, a bundle or a neighbor that is there without our name, more MACsec
            keys of a port than Junos holds, a port that cannot be in its bundle, or a bundle that
            would go from under somebody else.
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
        *bundle_faults(have.there, want, Ownership(have.there, owners)),
    ]
    change = Change(have, want, owners, told.inactive)
    faults += change.riders()
    if faults:
        raise ValueError("; ".join(faults))
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
        if path[-4:-3] == ("neighbor",)
        and path[-2] == "description"
        and (mark := OWNER.match(path[-1]))
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
