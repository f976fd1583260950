# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on resiliency groups: their names, and the connections in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .estate_fault import Fault
from .estate_ground import Rule, numbered, resiliency_groups

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .estate_ground import Ground

# AWS's own pattern, stricter than that of all other names.
_NAME = re.compile(r"[a-zA-Z0-9_\-]{1,255}", re.ASCII)


def group_names(ground: Ground) -> Iterator[Fault]:
    """Require AWS's few characters in a group's name."""
    for path, group in resiliency_groups(ground):
        if not _NAME.fullmatch(group.name):
            yield Fault(
                f"{path}.name",
                f"{group.name!r} cannot name a resiliency group: use letters, digits, - and _",
            )


def members_declared(ground: Ground) -> Iterator[Fault]:
    """Require that each connection of a group is declared, in the group's account."""
    for path, group in resiliency_groups(ground):
        for place, name in numbered(f"{path}.connections", group.connections):
            connection = ground.connections.get(name)
            if connection is None and "" not in ground.connections:
                known = ", ".join(sorted(ground.connections)) or "none"
                yield Fault(place, f"no connection named {name} is declared (there: {known})")
            elif connection and group.account and connection.account not in (group.account, ""):
                yield Fault(
                    place,
                    f"{name} belongs to account {connection.account}, the group to"
                    f" {group.account}: a group judges connections of its own account",
                )


def members_once(ground: Ground) -> Iterator[Fault]:
    """Require that a group lists a connection once."""
    for path, group in resiliency_groups(ground):
        seen: set[str] = set()
        for place, name in numbered(f"{path}.connections", group.connections):
            if name in seen:
                yield Fault(place, f"{name} is in the list already: name it once")
            seen.add(name)


RULES: tuple[Rule, ...] = (group_names, members_declared, members_once)
