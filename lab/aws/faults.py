# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults on demand: what a client must survive when AWS or the way to it is unwell."""

from __future__ import annotations

import random
import threading
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

Mode = Literal["throttle", "error-before", "error-after", "drop-answer", "slow", "stuck"]
MODES: tuple[str, ...] = get_args(Mode)


@dataclass(slots=True, kw_only=True)
class Fault:
    """One fault: on an operation or on all, a number of times or until healed, always or at times.

    `seconds` is how long a slow answer takes, and how long a stuck call waits in vain.
    """

    mode: Mode
    operation: str | None = None
    count: int | None = None
    rate: float = 1.0
    seconds: float = 2.0

    def strikes(self, operation: str) -> bool:
        """Tell whether this call is hit; counts it if so."""
        if self.operation not in (None, operation) or self.count == 0:
            return False
        if random.random() >= self.rate:  # noqa: S311 - no secret hangs on it
            return False
        if self.count is not None:
            self.count -= 1
        return True


class Faults:
    """The faults that are in force."""

    def __init__(self) -> None:
        """Start with none."""
        self._faults: list[Fault] = []
        self._held: list[str] = []
        self._healed = threading.Event()
        self._lock = threading.Lock()

    def add(self, wanted: dict[str, Any]) -> Fault:
        """Put a fault in force.

        Raises:
            ValueError: The mode or a member is none of ours.
        """
        if wanted.get("mode") not in MODES:
            raise ValueError(f"mode must be one of {', '.join(MODES)}")
        given = {key: value for key, value in wanted.items() if value is not None}
        try:
            fault = Fault(**given)
        except TypeError as error:
            raise ValueError(str(error)) from None
        with self._lock:
            self._faults.append(fault)
        return fault

    def clear(self) -> None:
        """Heal all; calls that are held go on."""
        with self._lock:
            self._faults.clear()
            self._healed.set()
            self._healed = threading.Event()

    def strike(self, operation: str) -> Fault | None:
        """Return the first fault that hits this call."""
        with self._lock:
            return next((fault for fault in self._faults if fault.strikes(operation)), None)

    def hold(self, operation: str, seconds: float) -> None:
        """Keep a call waiting for so long, or until all is healed; `held` names it meanwhile."""
        with self._lock:
            self._held.append(operation)
            healed = self._healed
        healed.wait(seconds)
        with self._lock:
            self._held.remove(operation)

    def held(self) -> list[str]:
        """Return the operations that are kept waiting at this moment."""
        with self._lock:
            return list(self._held)

    def listed(self) -> list[dict[str, Any]]:
        """Return the faults in force as plain data; those used up are gone."""
        with self._lock:
            self._faults = [fault for fault in self._faults if fault.count != 0]
            return [asdict(fault) for fault in self._faults]
