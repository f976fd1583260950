# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The estate's part on alarms: what CloudWatch watches, and whom it tells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

MissingData = Literal["breaching", "notBreaching", "ignore", "missing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """One metric to watch; what is left out is as `alarm_metrics` has it.

    Attributes:
        metric: Its name here, as `bgp_status`.
        below: The alarm goes off below this; `above` and those with a unit alike.
        lanes: The optical lanes to watch, as CloudWatch numbers them.
        metric_name: Its name at AWS, should AWS have another than we know.
        datapoints_to_alarm: How many of the evaluation periods must be bad.
    """

    metric: str
    below: int | None = None
    above: int | None = None
    below_dbm: int | None = None
    above_dbm: int | None = None
    above_percent: int | None = None
    lanes: tuple[str, ...] = ()
    metric_name: str | None = None
    period_seconds: int | None = None
    evaluation_periods: int | None = None
    datapoints_to_alarm: int | None = None
    missing_data: MissingData | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarms:
    """A set of alarms: the same metrics of several circuits, told to the same people.

    Attributes:
        notify: The ARNs of what is told when an alarm goes off, and when all is well again; None
            for "don't care".
        only: Connections, LAGs and virtual interfaces by name; None for all of the account.
        watch: None for what `alarm_metrics` watches by default.
        tags: Set when an alarm is made; CloudWatch shows none with the alarms.
    """

    name: str
    account: str
    notify: tuple[str, ...] | None = None
    only: tuple[str, ...] | None = None
    watch: tuple[Watch, ...] | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One alarm as it shall be: one metric of one connection or virtual interface.

    Attributes:
        entry: The set of alarms that asks for it.
        thing: The name of the connection or the virtual interface.
        kind: Which of the two it is.
        on: What carries the interface.
        name: Entry, thing and metric: what it goes by in a plan.
        id: Its name at CloudWatch, by which it is known.
        dimensions: What tells the metric apart beside the ids.
        insufficient_data_actions: Kept as found; `actions_enabled` alike.
    """

    entry: str
    thing: str
    kind: Literal["connection", "virtual_interface"]
    name: str
    id: str
    metric_name: str
    statistic: str
    comparison: str
    threshold: int
    period_seconds: int
    evaluation_periods: int
    datapoints_to_alarm: int
    missing_data: str
    on: str = ""
    notify: tuple[str, ...] | None = None
    ok_actions: tuple[str, ...] | None = None
    insufficient_data_actions: tuple[str, ...] = ()
    actions_enabled: bool = True
    dimensions: Mapping[str, str] = field(default_factory=dict)
    description: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)
