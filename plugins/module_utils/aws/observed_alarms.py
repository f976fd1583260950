# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the account shows of the estate's alarms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..core.planner.alarms import declared_alarms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..core.planner.context import Context


def observed_alarms(context: Context) -> Iterator[dict[str, Any]]:
    """Yield each alarm of the declared sets, as CloudWatch has it."""
    for name, found in declared_alarms(context).items():
        yield {
            "name": name,
            "id": found.id,
            "state": found.state,
            "metric_name": found.metric_name,
            "dimensions": dict(found.dimensions),
            "statistic": found.statistic,
            "comparison": found.comparison,
            "threshold": found.threshold,
            "period_seconds": found.period_seconds,
            "evaluation_periods": found.evaluation_periods,
            "missing_data": found.missing_data,
            "notify": list(found.alarm_actions),
            "actions_enabled": found.actions_enabled,
        }
