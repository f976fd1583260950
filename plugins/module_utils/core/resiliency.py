# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The resiliency verdict: which of AWS's models an estate really meets, and what it lacks.

AWS promises by how connections are spread over locations and over its own devices there; which
device a port landed on is known only once AWS has provided it. So this is judged by what exists,
not by what is declared. Source: the resiliency recommendations and the service level agreement of
AWS Direct Connect, as of 2026-08; its other conditions (support plan, review) are not judged here.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from .resiliency_backup import backup_words, backups_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .model import Estate, ResiliencyGroup, VirtualInterface

NONE, BASIC, HIGH, MAXIMUM = "none", "basic-resiliency", "high-resiliency", "maximum-resiliency"
MODELS = (NONE, BASIC, HIGH, MAXIMUM)
# The monthly uptime that AWS promises, in percent.
SLA = {NONE: None, BASIC: "95", HIGH: "99.9", MAXIMUM: "99.99"}
LOCATIONS_OF_HIGH = DEVICES_OF_MAXIMUM = 2

# A port without light or a session is part of the design all the same.
BUILT = frozenset({"available", "down"})
CARRYING = frozenset({"available", "down", "testing"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one end of the estate can rely on.

    Attributes:
        of: Whose verdict it is: a gateway's, a virtual private gateway's, a group's.
        model: The model that is met, in AWS's word; "none" without any circuit.
        sla: The monthly uptime in percent, as text; None without any circuit.
        wanted: The model that is asked for; None where nothing is.
        goal: The model whose lack is told: what is asked for, or else the next better one.
        meets: Whether the model that is asked for is met; True where nothing is asked for.
        locations: By location the AWS devices on which circuits end, "" for one not told yet.
        circuits: The circuits that count.
        missing: What the goal lacks.
        vpn_backups: The VPN connections that stand in for it; they raise no SLA.
        sentence: All of it in one sentence.
    """

    of: str
    model: str
    sla: str | None
    wanted: str | None
    goal: str
    meets: bool
    locations: dict[str, tuple[str, ...]]
    circuits: tuple[str, ...]
    missing: tuple[str, ...]
    sentence: str
    vpn_backups: tuple[str, ...] = ()


def verdicts(estate: Estate, observed: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return a verdict for every end that virtual interfaces lead to, then for every group.

    Args:
        estate: What shall exist.
        observed: One mapping per account, as the modules `estate` and `estate_info` return it.
    """
    ends = (
        _judge(end, _carriers(_riding(names, observed), observed))
        for end, names in _ends(estate).items()
    )
    groups = (
        _judge(f"group {group.name}", _carriers(group.connections, observed), group)
        for group in estate.resiliency_groups
    )
    return [_plain(_with_backup(each, estate, observed)) for each in (*ends, *groups)]


def _with_backup(
    verdict: Verdict, estate: Estate, observed: Sequence[Mapping[str, Any]]
) -> Verdict:
    """Add the VPN connections that stand in, to the verdict's data and to its sentence."""
    found = backups_of(estate, observed, of=verdict.of, circuits=verdict.circuits)
    return replace(
        verdict,
        vpn_backups=tuple(vpn["name"] for vpn in found),
        sentence=verdict.sentence + backup_words(estate, found),
    )


def _plain(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as JSON would have it, with lists."""
    return {
        **asdict(verdict),
        "locations": [
            {"location": location, "devices": list(devices)}
            for location, devices in verdict.locations.items()
        ],
        "circuits": list(verdict.circuits),
        "missing": list(verdict.missing),
        "vpn_backups": list(verdict.vpn_backups),
    }


def _ends(estate: Estate) -> dict[str, list[VirtualInterface]]:
    ends: dict[str, list[VirtualInterface]] = {}
    for thing in estate.virtual_interfaces:
        ends.setdefault(_end(thing), []).append(thing)
    return ends


def _end(thing: VirtualInterface) -> str:
    if thing.gateway:
        return f"gateway {thing.gateway}"
    return f"virtual_gateway {thing.virtual_gateway}" if thing.virtual_gateway else "public"


def _riding(
    things: Iterable[VirtualInterface], observed: Sequence[Mapping[str, Any]]
) -> Iterator[str]:
    """Yield what carries the interfaces that are there, each once."""
    states = {seen["name"]: seen["state"] for seen in _seen(observed, "virtual_interfaces")}
    yield from dict.fromkeys(thing.on for thing in things if states.get(thing.name) in CARRYING)


def _carriers(
    names: Iterable[str], observed: Sequence[Mapping[str, Any]]
) -> dict[str, Mapping[str, Any]]:
    """Return the connections and LAGs of those names that are built."""
    seen = {
        thing["name"]: thing
        for kind in ("connections", "lags")
        for thing in _seen(observed, kind)
        if thing["state"] in BUILT
    }
    return {name: seen[name] for name in names if name in seen}


def _seen(observed: Sequence[Mapping[str, Any]], kind: str) -> Iterator[Mapping[str, Any]]:
    for account in observed:
        yield from account.get(kind, ())


def _judge(
    of: str, carriers: Mapping[str, Mapping[str, Any]], group: ResiliencyGroup | None = None
) -> Verdict:
    locations = _locations(carriers)
    model = _model(locations)
    wanted = group.model if group else None
    goal = wanted or MODELS[min(MODELS.index(model) + 1, len(MODELS) - 1)]
    meets = wanted is None or MODELS.index(model) >= MODELS.index(wanted)
    missing = () if wanted and meets else tuple(_missing(goal, locations))
    return Verdict(
        of=of,
        model=model,
        sla=SLA[model],
        wanted=wanted,
        goal=goal,
        meets=meets,
        locations=locations,
        circuits=tuple(carriers),
        missing=missing,
        sentence=_sentence(of, model, goal, missing, meets=meets),
    )


def _locations(carriers: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Return the devices by location; circuits whose device is not told share one that is ""."""
    devices: dict[str, set[str]] = {}
    for seen in carriers.values():
        device = seen.get("aws_logical_device") or seen.get("aws_device") or ""
        devices.setdefault(seen["location"], set()).add(device)
    return {location: tuple(sorted(devices[location])) for location in sorted(devices)}


def _model(locations: Mapping[str, tuple[str, ...]]) -> str:
    if not locations:
        return NONE
    doubled = [devices for devices in locations.values() if _told(devices) >= DEVICES_OF_MAXIMUM]
    if len(doubled) >= LOCATIONS_OF_HIGH:
        return MAXIMUM
    return HIGH if len(locations) >= LOCATIONS_OF_HIGH else BASIC


def _told(devices: Iterable[str]) -> int:
    """Count the devices that are surely different: one that is not told may be any of them."""
    return sum(1 for device in devices if device)


def _missing(goal: str, locations: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield what is lacking for a model."""
    if not locations:
        yield "a circuit"
    if goal in (HIGH, MAXIMUM) and len(locations) < LOCATIONS_OF_HIGH:
        yield "a circuit at a second location"
    if goal == MAXIMUM:
        yield from _single_devices(locations)


def _single_devices(locations: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for location, devices in locations.items():
        if _told(devices) < DEVICES_OF_MAXIMUM:
            on = ", ".join(device for device in devices if device)
            told = f"all end on {on}" if on else "AWS has not told the devices"
            yield f"a circuit on a second AWS device at {location} ({told})"


def _sentence(of: str, model: str, goal: str, missing: Iterable[str], *, meets: bool) -> str:
    met = f"{of} meets {model} ({SLA[model]} %)" if SLA[model] else f"{of} has no circuit yet"
    lacking = " and ".join(missing)
    if not lacking:
        return met
    return (
        f"{met}; for {goal} it lacks {lacking}"
        if meets
        else (f"{met} and not {goal}, as asked: it lacks {lacking}")
    )
