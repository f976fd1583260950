# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which MACsec key of a chain IOS XR uses: of those that are valid, the one that became so last.

All of ours are valid without an end, from the first hours of a day long gone by. A key that the
router holds keeps its second, a new one gets the next: so XR goes over to the new key as soon as it
is there, while both sides still hold the old one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .tree import Path

_LIFETIME = re.compile(
    r"lifetime (\d\d?):(\d\d):(\d\d) january 0?1 2020 infinite$", re.MULTILINE | re.IGNORECASE
)


def with_plain_lifetimes(text: str) -> str:
    """Return a configuration with such a lifetime in one form, whatever the software prints."""
    return _LIFETIME.sub(lambda found: _lifetime(_second(found)), text)


def preferring_new_keys(have: Iterable[Path], want: Iterable[Path]) -> Iterator[Path]:
    """Give each wanted key the second from which it is valid."""
    held = {path[:-1]: _second(found) for path in have if (found := _LIFETIME.fullmatch(path[-1]))}
    latest: dict[str, int] = {}
    for place, second in held.items():
        latest[place[0]] = max(second, latest.get(place[0], second))
    for path in want:
        if _LIFETIME.fullmatch(path[-1]) is None:
            yield path
            continue
        if path[:-1] not in held:
            held[path[:-1]] = latest[path[0]] = latest.get(path[0], -1) + 1
        yield (*path[:-1], _lifetime(held[path[:-1]]))


def _second(found: re.Match[str]) -> int:
    hours, minutes, seconds = map(int, found.groups())
    return (hours * 60 + minutes) * 60 + seconds


def _lifetime(second: int) -> str:
    minutes, seconds = divmod(second, 60)
    return f"lifetime {minutes // 60:02}:{minutes % 60:02}:{seconds:02} january 01 2020 infinite"
