# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The model's clock: states follow from ages, so nothing runs in the background to change them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Delays:
    """Seconds that AWS's own transitions take here; in life they take minutes to days."""

    order: float = 1.0
    gateway: float = 0.5
    association: float = 0.8
    virtual_interface: float = 0.5
    macsec: float = 0.3
    resiliency: float = 0.3
    interruption: float = 0.5
    deletion: float = 0.5
    # AWS lists deleted virtual interfaces for 15 minutes more (DescribeVirtualInterfaces).
    listed_after_deletion: float = 900.0

    def paced(self, pace: float) -> Delays:
        """Return the transitions `pace` times as long; how long the deleted are listed stays."""
        return Delays(
            order=self.order * pace,
            gateway=self.gateway * pace,
            association=self.association * pace,
            virtual_interface=self.virtual_interface * pace,
            macsec=self.macsec * pace,
            resiliency=self.resiliency * pace,
            interruption=self.interruption * pace,
            deletion=self.deletion * pace,
            listed_after_deletion=self.listed_after_deletion,
        )


class Clock:
    """Wall clock that a test may push forward."""

    def __init__(self) -> None:
        """Start at the real time."""
        self._ahead = 0.0

    @property
    def ahead(self) -> float:
        """Seconds that the clock was pushed forward."""
        return self._ahead

    def now(self) -> float:
        """Seconds since the epoch, as the model sees them."""
        return time.time() + self._ahead

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass at once."""
        self._ahead += seconds


def as_datetime(seconds: float) -> datetime:
    """Return a moment of the clock as the aware datetime that botocore's serialiser takes."""
    return datetime.fromtimestamp(seconds, tz=UTC)
