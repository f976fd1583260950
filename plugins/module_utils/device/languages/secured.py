# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ports that somebody else has secured with MACsec already: they are told, and not taken over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .ownership import INTERFACE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from .language import Language
    from .tree import Path

OURS = " DX-PORT"
# What begins a name of ours, but no description.
_OWNER = re.compile(r"(?<=\s)DX-PORT[^\s-]+-(?=MKA|CAK)")
_KEY_NAME = re.compile(r"^( *key )([0-9A-F]{64})\b", re.MULTILINE)


def with_small_names(text: str) -> str:
    """Return a configuration with the names of MACsec keys in small letters; XR prints capitals."""
    return _KEY_NAME.sub(lambda found: found[1] + found[2].lower(), text)


def refuse_ports_of_others(
    have: Collection[Path], want: Collection[Path], binding: re.Pattern[str]
) -> None:
    """Refuse to secure a port that holds a binding of somebody else.

    Args:
        have: The router's statements.
        want: What it shall have.
        binding: A statement of a port that binds it to what secures it.

    Raises:
        ValueError: A port is secured already, with what is not ours.
    """
    ports = {path[0] for path in want if _binds(path, binding)}
    if faults := list(dict.fromkeys(_strange(have, ports, binding))):
        raise ValueError("; ".join(faults))


def _strange(
    have: Collection[Path], ports: Collection[str], binding: re.Pattern[str]
) -> Iterator[str]:
    for path in have:
        if path[0] in ports and _binds(path, binding) and OURS not in path[-1]:
            yield (
                f"{path[0]} is secured by `{path[-1]}`, which is not ours: take it off the router"
                " first, or leave this port's MACsec to whoever made it"
            )


def _binds(path: Path, binding: re.Pattern[str]) -> bool:
    at_port = len(path) > 1 and INTERFACE.match(path[0]) is not None
    return at_port and binding.match(path[-1]) is not None


def ports_secured(
    language: Language, changed: Collection[Path], paths: Collection[Path]
) -> Iterator[str]:
    """Return the ports whose MACsec a change touches, and the bundles that they are in.

    What rides on them may lose its session for as long as the two sides need to agree.
    """
    owners = {found[0] for path in changed for word in path if (found := _OWNER.search(word))}
    bound = {
        path[0]
        for path in paths
        if len(path) > 1 and INTERFACE.match(path[0]) and _owner_named(path[-1]) in owners
    }
    for path in paths:
        if path[0] in bound and (port := INTERFACE.match(path[0])):
            yield port[1]
            if found := language.bundle.match(path[-1]):
                yield language.bundle_name.format(found["bundle"])


def _owner_named(statement: str) -> str | None:
    found = _OWNER.search(statement)
    return found[0] if found else None
