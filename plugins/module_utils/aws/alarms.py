# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Alarms of CloudWatch: the one place that reads and writes them.

DescribeAlarms shows no tags, and asking for them takes a call for each alarm. So an alarm is known
by its name, which tells estate, set, object and metric; its tags are set when it is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from ..core.alarm_metrics import NAMESPACE
from ..core.alarms import ROOT
from ..core.planner.alarms import DIMENSIONS
from ..core.snapshot_alarms import FoundAlarm
from .handler import Handler
from .made import Made

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..core.model_alarms import Alarm
    from ..core.plan import Action
    from .made import Ids
    from .session import Aws

# What an alarm is in before CloudWatch has looked at its metric.
NEW = "INSUFFICIENT_DATA"
# Root, estate, set, object, metric: what has fewer parts is somebody else's.
_PARTS = 5


def read_alarms(aws: Aws) -> tuple[FoundAlarm, ...]:
    """Return the account's alarms in the Region that bear our names: one call per hundred."""
    pages = aws.reader("cloudwatch").get_paginator("describe_alarms")
    found = pages.paginate(AlarmNamePrefix=f"{ROOT}/", AlarmTypes=["MetricAlarm"])
    return tuple(
        _found(answer)
        for page in found
        for answer in page.get("MetricAlarms", [])
        if answer["AlarmName"].count("/") >= _PARTS - 1
    )


def _found(answer: dict[str, Any]) -> FoundAlarm:
    _, estate, name = answer["AlarmName"].split("/", 2)
    periods = answer.get("EvaluationPeriods", 0)
    return FoundAlarm(
        id=answer["AlarmName"],
        estate=estate,
        name=name,
        state=answer.get("StateValue", NEW),
        namespace=answer.get("Namespace", ""),
        metric_name=answer.get("MetricName", ""),
        statistic=answer.get("Statistic", ""),
        comparison=answer.get("ComparisonOperator", ""),
        threshold=answer.get("Threshold"),
        period_seconds=answer.get("Period"),
        evaluation_periods=periods,
        datapoints_to_alarm=answer.get("DatapointsToAlarm") or periods,
        missing_data=answer.get("TreatMissingData") or "missing",
        dimensions={each["Name"]: each["Value"] for each in answer.get("Dimensions", [])},
        alarm_actions=tuple(answer.get("AlarmActions", ())),
        ok_actions=tuple(answer.get("OKActions", ())),
        insufficient_data_actions=tuple(answer.get("InsufficientDataActions", ())),
        actions_enabled=answer.get("ActionsEnabled", True),
        description=answer.get("AlarmDescription") or "",
        unit=answer.get("Unit") or "none",
    )


def make_alarm(aws: Aws, action: Action, ids: Ids) -> Made:
    """Make the alarm; the call has no answer but that it was done."""
    alarm = cast("Alarm", action.wanted)
    tags = [{"Key": key, "Value": value} for key, value in sorted(action.tags.items())]
    aws.writer("cloudwatch").put_metric_alarm(
        **_parameters(alarm, action, ids), **({"Tags": tags} if tags else {})
    )
    return Made(id=alarm.id, state=NEW)


def change_alarm(aws: Aws, action: Action, ids: Ids) -> None:
    """Overwrite the alarm; AWS takes no tags for one that is there."""
    alarm = cast("Alarm", action.wanted)
    aws.writer("cloudwatch").put_metric_alarm(**_parameters(alarm, action, ids))


def delete_alarm(aws: Aws, action: Action, _ids: Ids) -> None:
    """Delete the alarm."""
    aws.writer("cloudwatch").delete_alarms(AlarmNames=[action.id])


def _parameters(alarm: Alarm, action: Action, ids: Ids) -> dict[str, Any]:
    """Return the whole of an alarm: what is not sent is as CloudWatch has it by default."""
    return {
        "AlarmName": alarm.id,
        "AlarmDescription": alarm.description,
        "ActionsEnabled": alarm.actions_enabled,
        "OKActions": list(alarm.ok_actions or ()),
        "AlarmActions": list(alarm.notify or ()),
        "InsufficientDataActions": list(alarm.insufficient_data_actions),
        "Namespace": NAMESPACE,
        "MetricName": alarm.metric_name,
        "Statistic": alarm.statistic,
        "Dimensions": [
            {"Name": name, "Value": value}
            for name, value in sorted(_dimensions(alarm, action, ids).items())
        ],
        "Period": alarm.period_seconds,
        "EvaluationPeriods": alarm.evaluation_periods,
        "DatapointsToAlarm": alarm.datapoints_to_alarm,
        "Threshold": float(alarm.threshold),
        "ComparisonOperator": alarm.comparison,
        "TreatMissingData": alarm.missing_data,
    }


def _dimensions(alarm: Alarm, action: Action, ids: Ids) -> dict[str, str]:
    built_on = {DIMENSIONS[each.kind]: ids.parent(action, each.kind) for each in action.parents}
    return {**built_on, **alarm.dimensions}


def _find(action: Action, _ids: Ids, things: Iterable[FoundAlarm]) -> FoundAlarm | None:
    wanted = action.id or cast("Alarm", action.wanted).id
    return next((thing for thing in things if thing.id == wanted), None)


def _is_as_sent(action: Action, ids: Ids, found: FoundAlarm) -> bool:
    """Tell whether an alarm is as the call was to leave it."""
    return all(one == other for one, other in _compared(action, ids, found))


def _compared(action: Action, ids: Ids, found: FoundAlarm) -> Iterator[tuple[object, object]]:
    alarm = cast("Alarm", action.wanted)
    for name in (
        *("metric_name", "statistic", "comparison", "threshold", "period_seconds"),
        *("evaluation_periods", "datapoints_to_alarm", "missing_data", "description"),
    ):
        yield getattr(alarm, name), getattr(found, name)
    # Neither is an attribute of ours: they stand in the way if somebody else has set them.
    yield (NAMESPACE, "none"), (found.namespace, found.unit)
    yield sorted(alarm.notify or ()), sorted(found.alarm_actions)
    yield sorted(alarm.ok_actions or ()), sorted(found.ok_actions)
    yield _dimensions(alarm, action, ids), dict(found.dimensions)


HANDLER = Handler(
    writes={"create": make_alarm, "update": change_alarm, "delete": delete_alarm},
    read=read_alarms,
    kept=lambda snapshot: snapshot.alarms,
    find=_find,
    shows={"update": _is_as_sent},
    # Whatever state it is in, it is there: nothing is waited for.
    unsettled_by=frozenset(),
)
