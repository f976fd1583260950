# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults on demand: what a client must survive when AWS or the way to it is unwell."""

from __future__ import annotations

import random
import threading
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from .calls import READING

Mode = Literal[
    "throttle", "expired-token", "error-before", "error-after", "drop-answer", "slow", "stuck"
]
Kind = Literal["mutating", "reading"]
MODES: tuple[str, ...] = get_args(Mode)
_COUNTS, _SECONDS_OR_SHARES = ("skip", "count", "seed"), ("rate", "seconds")


@dataclass(slots=True, kw_only=True)
class Fault:
    """One fault: which calls it hits, how often, and what becomes of them.

    Attributes:
        operation: The only operation that is hit; None: all.
        only: Only those that change something, or only those that do not; None: both.
        skip: So many calls that fit are let pass first.
        count: So many are hit; None: until healed.
        rate: The share of those that fit and are hit, by chance.
        seed: Where chance begins, so that the same calls are hit again; None: anywhere.
        seconds: How long a slow answer takes, and how long a stuck call waits in vain.
    """

    mode: Mode
    operation: str | None = None
    only: Kind | None = None
    skip: int = 0
    count: int | None = None
    rate: float = 1.0
    seed: int | None = None
    seconds: float = 2.0

    def fits(self, operation: str) -> bool:
        """Tell whether a call is one of those that can be hit."""
        kind = "reading" if READING.match(operation) else "mutating"
        return self.operation in (None, operation) and self.only in (None, kind)


class _Chance:
    """A fault in force, and the calls that it has seen."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self._random = random.Random(fault.seed)  # noqa: S311 - no secret hangs on it

    def strikes(self, operation: str) -> bool:
        """Tell whether this call is hit; counts it if so."""
        fault = self.fault
        if fault.count == 0 or not fault.fits(operation):
            return False
        if fault.skip:
            fault.skip -= 1
            return False
        if self._random.random() >= fault.rate:
            return False
        if fault.count is not None:
            fault.count -= 1
        return True


def _check_types(given: dict[str, Any]) -> None:
    """Raise TypeError or ValueError when a value is of another type than it is used as."""
    if not isinstance(given.get("operation", ""), str):
        raise TypeError(f"operation must be a name, not {given['operation']!r}")
    for names, types, wanted in (
        (_COUNTS, (int,), "a whole number"),
        (_SECONDS_OR_SHARES, (int, float), "a number"),
    ):
        for name in names:
            value = given.get(name, 0)
            # JSON's true is no number, though Python takes it for one.
            if type(value) not in types or not value >= 0:
                raise ValueError(f"{name} must be {wanted} of at least 0, not {value!r}")


class Faults:
    """The faults that are in force."""

    def __init__(self) -> None:
        """Start with none."""
        self._faults: list[_Chance] = []
        self._held: list[str] = []
        self._healed = threading.Event()
        self._lock = threading.Lock()

    def add(self, wanted: dict[str, Any]) -> Fault:
        """Put a fault in force.

        Raises:
            TypeError, ValueError: The mode or a member is none of ours, or its value cannot be.
        """
        if wanted.get("mode") not in MODES:
            raise ValueError(f"mode must be one of {', '.join(MODES)}")
        if wanted.get("only") not in (None, *get_args(Kind)):
            raise ValueError(f"only must be one of {', '.join(get_args(Kind))}")
        given = {key: value for key, value in wanted.items() if value is not None}
        _check_types(given)
        try:
            fault = Fault(**given)
        except TypeError as error:
            raise ValueError(str(error)) from None
        with self._lock:
            self._faults.append(_Chance(fault))
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
            return next((each.fault for each in self._faults if each.strikes(operation)), None)

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
            self._faults = [each for each in self._faults if each.fault.count != 0]
            return [asdict(each.fault) for each in self._faults]
