# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What CloudWatch says of the alarms that bear our names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAlarm:
    """An alarm as DescribeAlarms shows it; its name tells whose it is.

    Attributes:
        id: Its name at CloudWatch.
        name: What follows the estate in that.
        state: OK, ALARM or INSUFFICIENT_DATA.
    """

    id: str
    estate: str
    name: str
    state: str
    namespace: str
    metric_name: str
    statistic: str
    comparison: str
    threshold: float | None
    period_seconds: int | None
    evaluation_periods: int
    datapoints_to_alarm: int
    missing_data: str
    dimensions: Mapping[str, str] = field(default_factory=dict)
    alarm_actions: tuple[str, ...] = ()
    ok_actions: tuple[str, ...] = ()
    insufficient_data_actions: tuple[str, ...] = ()
    actions_enabled: bool = True
    description: str = ""
    unit: str = "none"

    @property
    def entry(self) -> str:
        """The set of alarms that has asked for it."""
        return self.name.partition("/")[0]
