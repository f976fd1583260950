# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on alarms: their names, what they watch, from which number on, and whom they tell."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from .alarm_metrics import BOUNDS, METRICS, PERIOD_SECONDS
from .alarms import alarms_of_entry, bound_of
from .estate_fault import Fault
from .estate_ground import Rule, alarms, numbered
from .planner.context import part_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .estate_ground import Ground
    from .model_alarms import Alarms, Watch

# It is a part of a name whose parts are parted by slashes.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")
_ARN = re.compile(r"arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:([0-9]{12})?:\S+")
_SHORT_PERIODS = (10, 20, 30)
_MINUTE, _HOUR, _DAY, _WEEK = 60, 3600, 86400, 604800
_WHOLE = 100


def entry_names(ground: Ground) -> Iterator[Fault]:
    """Require a name that can be a part of an alarm's name."""
    for path, entry in alarms(ground):
        if not _NAME.fullmatch(entry.name):
            yield Fault(
                f"{path}.name",
                f"{entry.name!r} cannot name a set of alarms: use 1 to 63 letters, digits, dots,"
                " hyphens and underscores, a letter or digit first",
            )


def receivers(ground: Ground) -> Iterator[Fault]:
    """Require ARNs, as many as an alarm takes, each once."""
    most = ground.limits.alarm_actions
    for path, entry in alarms(ground):
        given = entry.notify or ()
        for number, (place, arn) in enumerate(numbered(f"{path}.notify", given)):
            if not _ARN.fullmatch(arn):
                yield Fault(place, f"{arn} is no ARN: give one as arn:aws:sns:REGION:ACCOUNT:NAME")
            elif arn in given[:number]:
                yield Fault(place, f"{arn} is in the list already: name it once")
        if len(given) > most:
            yield Fault(f"{path}.notify", f"names {len(given)} ARNs, an alarm takes {most}")


def things_known(ground: Ground) -> Iterator[Fault]:
    """Require that what is to be watched is declared, and seen by the account that watches."""
    for path, entry in alarms(ground):
        here = part_of(ground.estate, entry.account)
        mine = {
            *(each.name for each in here.circuits),
            *(each.name for each in here.connections),
            *(each.name for each in here.virtual_interfaces),
        }
        every = {
            *(each.name for each in ground.estate.virtual_interfaces),
            *(*ground.connections, *ground.lags),
        }
        for place, name in numbered(f"{path}.only", entry.only or ()):
            if name in every and name not in mine:
                yield Fault(
                    place,
                    f"{name} is another account's, and {entry.account} sees no metric of it: watch"
                    " it by alarms of that account",
                )
            elif name not in every and "" not in every:
                yield Fault(place, f"no connection, LAG or virtual interface named {name} is there")


def something_watched(ground: Ground) -> Iterator[Fault]:
    """Require that a set comes to at least one alarm, and that each of them has a short name."""
    longest = ground.limits.alarm_name_longest
    for path, entry in alarms(ground):
        made = list(alarms_of_entry(_readable(entry), part_of(ground.estate, entry.account)))
        if not made:
            yield Fault(
                path,
                f"{entry.name} watches nothing: account {entry.account} has none of what its"
                " metrics are of",
            )
        for alarm in made:
            if len(alarm.id) > longest:
                yield Fault(
                    f"{path}.name",
                    f"makes an alarm's name of {len(alarm.id)} characters ({alarm.id}),"
                    f" CloudWatch takes {longest}",
                )


def metrics_once(ground: Ground) -> Iterator[Fault]:
    """Require that a set has a metric once: its name is a part of the alarm's."""
    for path, entry in alarms(ground):
        seen: set[str] = set()
        for place, watch in numbered(f"{path}.watch", entry.watch or ()):
            if watch.metric in seen:
                yield Fault(
                    f"{place}.metric",
                    f"{watch.metric} is watched already: watch it again by another set of alarms",
                )
            seen.add(watch.metric)


def thresholds(ground: Ground) -> Iterator[Fault]:
    """Require the one threshold that fits the metric."""
    for place, watch in _watches(ground):
        metric = METRICS[watch.metric]
        given = [bound for bound in BOUNDS if getattr(watch, bound) is not None]
        for bound in given:
            if bound not in metric.bounds:
                fits = " or ".join(metric.bounds) or "none, it is up or down"
                yield Fault(f"{place}.{bound}", f"does not go with {watch.metric} (it has: {fits})")
        if len(given) > 1:
            yield Fault(
                place, f"has {' and '.join(given)}: an alarm has one, so make two sets of alarms"
            )
        if bound_of(watch) is None:
            yield Fault(
                place, f"{watch.metric} needs a threshold: give {' or '.join(metric.bounds)}"
            )
        if watch.above_percent is not None and not 0 < watch.above_percent < _WHOLE:
            yield Fault(f"{place}.above_percent", f"{watch.above_percent} is not within 1 to 99")


def lanes(ground: Ground) -> Iterator[Fault]:
    """Require the lanes of an optical level, and none of anything else."""
    for place, watch in _watches(ground):
        optical = METRICS[watch.metric].per == "lane"
        if optical and not watch.lanes:
            yield Fault(
                f"{place}.lanes",
                "is missing: give the lanes that CloudWatch shows for the connection",
            )
        elif watch.lanes and not optical:
            yield Fault(f"{place}.lanes", f"does not go with {watch.metric}")
        if len(set(watch.lanes)) < len(watch.lanes):
            yield Fault(f"{place}.lanes", "names a lane twice")


def periods(ground: Ground) -> Iterator[Fault]:
    """Require what CloudWatch requires of times."""
    for place, watch in _watches(ground):
        many = watch.evaluation_periods or METRICS[watch.metric].periods
        period = PERIOD_SECONDS if watch.period_seconds is None else watch.period_seconds
        longest = _WEEK if period >= _HOUR else _DAY
        if period not in _SHORT_PERIODS and (period < 1 or period % _MINUTE):
            yield Fault(
                f"{place}.period_seconds", f"{period} is none of 10, 20, 30, 60 and times 60"
            )
        if watch.evaluation_periods is not None and watch.evaluation_periods < 1:
            yield Fault(f"{place}.evaluation_periods", f"{watch.evaluation_periods} is less than 1")
        elif many * period > longest:
            yield Fault(
                f"{place}.evaluation_periods",
                f"looks back {many * period} seconds, CloudWatch looks back {longest}",
            )
        bad = watch.datapoints_to_alarm
        if bad is not None and not 1 <= bad <= many:
            yield Fault(
                f"{place}.datapoints_to_alarm",
                f"{bad} is not within 1 to {many}, the periods that are looked at",
            )


def _watches(ground: Ground) -> Iterator[tuple[str, Watch]]:
    """Yield each metric to watch that could be read, after its path."""
    for path, entry in alarms(ground):
        for place, watch in numbered(f"{path}.watch", entry.watch or ()):
            if watch.metric in METRICS:
                yield place, watch


def _readable(entry: Alarms) -> Alarms:
    """Return a set with the metrics that could be read."""
    if entry.watch is None:
        return entry
    return replace(entry, watch=tuple(each for each in entry.watch if each.metric in METRICS))


RULES: tuple[Rule, ...] = (
    entry_names,
    receivers,
    things_known,
    something_watched,
    metrics_once,
    thresholds,
    lanes,
    periods,
)
