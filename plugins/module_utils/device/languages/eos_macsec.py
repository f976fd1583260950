# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""MACsec on EOS: profiles stand in the block `mac security`, beside what is the operator's.

Each is raised to the top for the comparison, as `mac-security profile <name>`, where a thing has a
name and an owner, and put back into its block in what the router is told.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from .tree import parse, write

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from .tree import Path

BLOCK = "mac security"
RAISED = "mac-security profile "
MOST_KEYS = 2
_KEY = re.compile(r"key [0-9A-Fa-f]+ ")
_IN_TEXT = re.compile(rf"^{BLOCK}[ ]*\n(?:[ !].*\n)*", re.MULTILINE)
_TOP = re.compile(r"^(?=\S)", re.MULTILINE)


def raised(text: str) -> str:
    """Return a configuration with its profiles at the top."""
    return _IN_TEXT.sub(
        lambda found: "".join(f"{line}\n" for line in write(_raise(parse(found[0])), {})),
        f"{text}\n",
    )


def _raise(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path[1:] and path[1].startswith("profile "):
            yield (f"{RAISED}{path[1].removeprefix('profile ')}", *path[2:])
        elif path[1:]:
            yield path


def lowered(text: str) -> str:
    """Return what the router is told, with each profile in its block.

    An interface is left first: it would take `mac security` for the beginning of its own statement.
    """
    told: list[str] = []
    for part in _TOP.split(text):
        above, raised_one, below = part.partition(RAISED)
        if raised_one and above in {"", "no "}:
            if told and told[-1].startswith("interface "):
                told.append("exit\n")
            name, *inner = below.splitlines()
            told.append(f"{BLOCK}\n {above}profile {name}\n")
            told.extend(f" {line}\n" for line in inner)
        else:
            told.append(part)
    return "".join(told)


def refuse_third_keys(want: Collection[Path]) -> None:
    """Refuse a profile with more keys than EOS holds.

    Raises:
        ValueError: A port has more than a key and a fallback.
    """
    keys = Counter(
        path[0].removeprefix(RAISED)
        for path in want
        if path[0].startswith(RAISED) and _KEY.match(path[-1])
    )
    if over := [f"{name} {count}" for name, count in keys.items() if count > MOST_KEYS]:
        raise ValueError(
            f"EOS holds {MOST_KEYS} MACsec keys for a port, one and a fallback, and there would be"
            f" more: {', '.join(over)}; take out of macsec_keys what is in force no longer"
        )
