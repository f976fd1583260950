# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which ways are to be drained, and whether what they carry has another way.

A way is drained for maintenance without loss: both sides prefer every other one, while its session
stays up. Without another one nothing would move, and the work that follows would be an outage.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from .evidence import Evidence
from .landings import owner

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from .model import Estate, VirtualInterface


@dataclass(frozen=True, slots=True, kw_only=True)
class DrainPlan:
    """What a run shall do.

    Attributes:
        names: The virtual interfaces that are meant, by VLAN within a circuit.
        routers: The routers that they end on.
        faults: Why it cannot begin, a sentence each; empty where it can.
    """

    names: tuple[str, ...]
    routers: tuple[str, ...]
    faults: tuple[str, ...]


def plan_undrain(estate: Estate, wanted: Sequence[str]) -> DrainPlan:
    """Return what is to carry traffic again; see `plan_drain` for the names."""
    return _plan(estate, _meant(estate, wanted), _unknown(estate, wanted, "dx_undrain"))


def plan_drain(
    estate: Estate,
    observed: Sequence[Mapping[str, Any]],
    wanted: Sequence[str],
    *,
    drained: Mapping[str, Collection[str]],
    consent: Collection[str] = (),
) -> DrainPlan:
    """Return what is to be drained.

    Args:
        estate: What shall exist.
        observed: One mapping per account, as the modules `estate` and `estate_info` return it.
        wanted: Names of virtual interfaces, or of connections and LAGs with all that ride on them.
        drained: What is drained already: owners (`DX-VIF101`) by router. A router that is not in it
            has not told, and what ends there is no other way.
        consent: Names of virtual interfaces that may be drained though nothing else carries what
            they do.
    """
    meant = _meant(estate, wanted)
    evidence = Evidence(observed=observed)
    up = [
        thing
        for thing in estate.virtual_interfaces
        if thing not in meant
        and not _is_drained(estate, thing, drained)
        and _is_up(estate, evidence, thing)
    ]
    unsaid = [thing for thing in up if _router(estate, thing) not in {None, *drained}]
    others = [thing for thing in up if thing not in unsaid]
    lonely = (
        f"{thing.name}: no other way carries {lack}{_unasked(estate, thing, unsaid)}: bring one up"
        f" first, or accept the outage with dx_consent: [{thing.name}]"
        for thing in meant
        if thing.name not in consent and (lack := _lack(thing, others))
    )
    return _plan(estate, meant, (*_unknown(estate, wanted, "dx_drain"), *lonely))


def drained_names(estate: Estate, drained: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """Return the virtual interfaces that are drained, from the owners that routers tell."""
    return tuple(
        thing.name for thing in estate.virtual_interfaces if _is_drained(estate, thing, drained)
    )


def _plan(estate: Estate, meant: Iterable[VirtualInterface], faults: Iterable[str]) -> DrainPlan:
    things = tuple(meant)
    routers = dict.fromkeys(_router(estate, thing) for thing in things)
    return DrainPlan(
        names=tuple(thing.name for thing in things),
        routers=tuple(name for name in routers if name),
        faults=tuple(faults),
    )


def _meant(estate: Estate, wanted: Sequence[str]) -> list[VirtualInterface]:
    return [
        thing
        for thing in estate.virtual_interfaces
        if {thing.name, thing.on}.intersection(wanted) and _router(estate, thing)
    ]


def _unknown(estate: Estate, wanted: Sequence[str], option: str) -> Iterator[str]:
    """Yield a sentence for each name that nothing on a router bears."""
    if not wanted:
        yield f"{option}: names nothing: give virtual interfaces, or the circuits they ride on"
    known = {
        name
        for thing in estate.virtual_interfaces
        if _router(estate, thing)
        for name in (thing.name, thing.on)
    }
    for number, name in enumerate(wanted):
        if name not in known:
            close = get_close_matches(name, sorted(known), n=1)
            hint = f" (did you mean {close[0]}?)" if close else ""
            yield (
                f"{option}[{number}]: {name} is no virtual interface on a router, and no circuit"
                f" that carries one{hint}"
            )


def _router(estate: Estate, thing: VirtualInterface) -> str | None:
    return estate.carrier(thing.on).router


def _is_drained(
    estate: Estate, thing: VirtualInterface, drained: Mapping[str, Collection[str]]
) -> bool:
    return owner(thing.vlan) in drained.get(_router(estate, thing) or "", ())


def _is_up(estate: Estate, evidence: Evidence, thing: VirtualInterface) -> bool:
    """Whether AWS sees all sessions of an interface up."""
    found = evidence.virtual_interface(estate.carrier(thing.on).account, thing.name)
    peers = found.get("peers", ())
    return bool(peers) and all(peer.get("status") == "up" for peer in peers)


def _unasked(estate: Estate, thing: VirtualInterface, unsaid: Iterable[VirtualInterface]) -> str:
    """Return which routers might have told of another way; empty if none."""
    alike = (_router(estate, other) for other in unsaid if _end(other) == _end(thing))
    routers = ", ".join(dict.fromkeys(name for name in alike if name))
    return f", as far as is known ({routers} did not tell what it drains)" if routers else ""


def _lack(thing: VirtualInterface, others: Iterable[VirtualInterface]) -> str:
    """Return what only this way carries: prefixes to the same end; empty where there is none."""
    alike = [other for other in others if _end(other) == _end(thing)]
    carried = {prefix for other in alike for prefix in _carried(other)}
    lost = [text for text in _carried(thing) if text not in carried]
    if lost or not alike:
        return ", ".join(lost) or f"traffic to {_end(thing)[1] or 'the public network'}"
    return ""


def _end(thing: VirtualInterface) -> tuple[str, str]:
    """Return what an interface leads to."""
    return thing.type, thing.gateway or thing.virtual_gateway or ""


def _carried(thing: VirtualInterface) -> list[str]:
    routing = thing.routing
    return [
        *(f"{prefix} from AWS" for prefix in routing.accept),
        *(f"{prefix} to AWS" for prefix in routing.advertise),
    ]
