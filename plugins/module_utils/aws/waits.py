# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Patience: how long a run waits, and how often it looks; one look serves all that is pending."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FIRST_PAUSE = 0.3
LONGEST_PAUSE = 30.0
GROWTH = 1.5
JITTER = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to wait, in seconds.

    Attributes:
        settle_seconds: For AWS's own quick transitions, counted from the last call that was sent.
        wait_seconds: For people, counted from the start.
    """

    settle_seconds: float = 60
    wait_seconds: float = 0


class Watch:
    """Counts a run's waiting against its patience."""

    def __init__(self, patience: Patience, *, sleep: Callable[[float], None] = time.sleep) -> None:
        """Start both clocks."""
        self._patience = patience
        self._sleep = sleep
        self._started = self._progressed = time.monotonic()
        self._pauses = _pauses()

    def progress(self) -> None:
        """Note that a call was sent: AWS gets its time to settle anew."""
        self._progressed = time.monotonic()
        self._pauses = _pauses()

    def has_time(self, *, people: bool) -> bool:
        """Return whether a wait of that class is still worth another look."""
        now = time.monotonic()
        if people:
            return now < self._started + self._patience.wait_seconds
        return now < self._progressed + self._patience.settle_seconds

    def pause(self) -> None:
        """Wait until the next look; each pause is longer than the last, up to half a minute."""
        self._sleep(next(self._pauses))


def _pauses() -> Iterator[float]:
    """Yield pauses that grow, and differ between runs so that they do not call in step."""
    pause = FIRST_PAUSE
    while True:
        yield pause * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311
        pause = min(pause * GROWTH, LONGEST_PAUSE)
