# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From sets of alarms to single ones: one for each object and metric, by a name that tells both.

The name is what an alarm is known by. CloudWatch overwrites an alarm of the same name, so two runs
make no twins, and a call that is sent again does no harm.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .alarm_metrics import BOUNDS, DEFAULTS, METRICS, PERIOD_SECONDS
from .model import Connection, VirtualInterface
from .model_alarms import Alarm, Watch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .alarm_metrics import Bound, Metric
    from .model import Estate, Lag
    from .model_alarms import Alarms

ROOT = "crossconnect"
# In the place of an estate's name for a single set, which belongs to none; no estate has this name.
NO_ESTATE = "-"
DEFAULT_WATCH = tuple(Watch(metric=metric) for metric in DEFAULTS)
_UNITS = {"Mbps": 10**6, "Gbps": 10**9}


def alarms_of(part: Estate) -> tuple[Alarm, ...]:
    """Return every alarm that one account's part of the estate asks for.

    Args:
        part: What the account owns of the estate, as the planner cuts it.
    """
    return tuple(alarm for entry in part.alarms for alarm in alarms_of_entry(entry, part))


def alarms_of_entry(entry: Alarms, part: Estate) -> Iterator[Alarm]:
    """Yield the alarms of one set."""
    meant = None if entry.only is None else _with_ports(entry.only, part)
    encrypted = _encrypted(part)
    for watch in DEFAULT_WATCH if entry.watch is None else entry.watch:
        metric = METRICS[watch.metric]
        for thing in _things(part, metric, meant):
            if watch.metric != "encryption_state" or thing.name in encrypted:
                for variant in _variants(metric, watch, thing):
                    yield _alarm(entry, watch, thing, variant, part)


def estate_of(name: str) -> str:
    """Return what stands for an estate in the names of its alarms."""
    return name or NO_ESTATE


def bound_of(watch: Watch) -> Bound | None:
    """Return the attribute that sets the threshold; None where none is given, nor known."""
    given = (bound for bound in BOUNDS if getattr(watch, bound) is not None)
    return next(given, METRICS[watch.metric].bound)


def _with_ports(names: Iterable[str], part: Estate) -> set[str]:
    """Return the names, with those of a LAG's ports where a LAG is named."""
    ports: dict[str, tuple[str, ...]] = {lag.name: lag.connections for lag in part.lags}
    return {each for name in names for each in (name, *ports.get(name, ()))}


def _encrypted(part: Estate) -> set[str]:
    """Return the connections that have MACsec keys, of their own or of their LAG."""
    carriers: tuple[Connection | Lag, ...] = (*part.connections, *part.lags)
    return _with_ports((each.name for each in carriers if each.macsec_keys), part)


def _things(
    part: Estate, metric: Metric, meant: set[str] | None
) -> Iterator[Connection | VirtualInterface]:
    """Yield what has the metric and is meant."""
    interfaces = metric.of == "virtual_interface"
    things: tuple[Connection | VirtualInterface, ...] = (
        part.virtual_interfaces if interfaces else part.connections
    )
    for thing in things:
        lacks = metric.dedicated and isinstance(thing, Connection) and thing.hosted
        if not lacks and (meant is None or thing.name in meant):
            yield thing


def _variants(
    metric: Metric, watch: Watch, thing: Connection | VirtualInterface
) -> Iterator[tuple[str, str]]:
    """Yield dimension and value for each that the object has of the metric; none for the one."""
    if metric.per == "lane":
        yield from (("OpticalLaneNumber", lane) for lane in watch.lanes)
    elif metric.per == "family" and isinstance(thing, VirtualInterface):
        yield from (("IpAddressFamily", peer.family) for peer in thing.peers)
    else:
        yield ("", "")


def _alarm(
    entry: Alarms,
    watch: Watch,
    thing: Connection | VirtualInterface,
    variant: tuple[str, str],
    part: Estate,
) -> Alarm:
    metric = METRICS[watch.metric]
    dimension, value = variant
    name = f"{entry.name}/{thing.name}/{watch.metric}" + (f"-{value}" if value else "")
    bound = bound_of(watch)
    below = bound in {"below", "below_dbm"}
    periods = watch.evaluation_periods or metric.periods
    metric_name = watch.metric_name or metric.name
    return Alarm(
        entry=entry.name,
        thing=thing.name,
        kind=metric.of,
        on=thing.on if isinstance(thing, VirtualInterface) else "",
        name=name,
        id=f"{ROOT}/{estate_of(part.name)}/{name}",
        metric_name=metric_name,
        statistic="Sum" if metric.sums else "Minimum" if below else _highest(bound),
        comparison="LessThanThreshold" if below else "GreaterThanThreshold",
        threshold=_threshold(watch, bound, thing),
        period_seconds=watch.period_seconds or PERIOD_SECONDS,
        evaluation_periods=periods,
        datapoints_to_alarm=watch.datapoints_to_alarm or periods,
        missing_data=watch.missing_data or _missing(metric, below=below),
        notify=entry.notify,
        ok_actions=entry.notify,
        dimensions={dimension: value} if value else {},
        description=f"{metric_name} of {metric.of} {thing.name}, estate {estate_of(part.name)}",
        tags={**part.tags, **entry.tags},
    )


def _highest(bound: Bound | None) -> str:
    """Return the statistic of what must not be high: throughput counts as an average."""
    return "Average" if bound == "above_percent" else "Maximum"


def _missing(metric: Metric, *, below: bool) -> str:
    """Return how silence counts; of what is too much it is never a sign."""
    return "notBreaching" if metric.silent == "breaching" and not below else metric.silent


def _threshold(watch: Watch, bound: Bound | None, thing: Connection | VirtualInterface) -> int:
    given = getattr(watch, bound) if bound else None
    value = METRICS[watch.metric].threshold if given is None else int(given)
    if bound == "above_percent" and isinstance(thing, Connection):
        return bits_per_second(thing.bandwidth) * value // 100
    return value


def bits_per_second(bandwidth: str) -> int:
    """Return a bandwidth as a number; 0 for what is none, which is judged elsewhere."""
    number, unit = bandwidth[:-4], bandwidth[-4:]
    return int(number) * _UNITS[unit] if unit in _UNITS and number.isdecimal() else 0
