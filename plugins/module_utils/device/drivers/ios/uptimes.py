# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Uptimes of sessions to the second, from a router that tells days and hours after the first day.

A session that has lasted a day shows the same `1d03h` for an hour: against the clock it would seem
to be reset. A session that was reset begins at zero: its uptime falls.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable


@dataclass(slots=True)
class Uptimes:
    """What was told of each session, and when it was told first."""

    clock: Callable[[], float] = time.monotonic
    _seen: dict[Hashable, tuple[int, int, float]] = field(default_factory=dict)

    def steady(self, session: Hashable, told: int) -> int:
        """Return the least that the uptime can be; negative where the session is down."""
        now = self.clock()
        first, last, at = self._seen.get(session, (told, told, now))
        if told < last or told < 0:
            first, at = told, now
        self._seen[session] = (first, told, at)
        return max(told, first + int(now - at)) if told >= 0 else told
