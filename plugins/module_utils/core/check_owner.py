# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose check it is: check records name their target in words, and a report sorts them by circuit.

The most telling word decides: a virtual interface, its address or sub-interface; else a circuit;
else an address within what a standing virtual interface accepts; else a router. A check that names
none of them concerns every circuit: nothing that failed may get lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from .evidence import bare, interface_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .evidence import Evidence
    from .model import Connection, Estate, Lag, VirtualInterface

_SEPARATORS = re.compile(r"[\s,;()<>=]+")
_RECORD = ("id", "target", "verdict", "measured", "expected")
_NOBODY = 4


def checks_by_circuit(estate: Estate, evidence: Evidence) -> dict[str, list[dict[str, Any]]]:
    """Return the checks that concern each circuit, in the report's five words."""
    words = {thing.name: _words(estate, evidence, thing) for thing in estate.circuits}
    checks: dict[str, list[dict[str, Any]]] = {name: [] for name in words}
    for check in evidence.checks:
        for name in _owners(str(check["target"]), words):
            checks[name].append({key: check[key] for key in _RECORD})
    return checks


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """The words that point at one circuit, the most telling first."""

    own: frozenset[str | None]
    circuit: frozenset[str | None]
    accepted: tuple[str, ...]
    router: str | None

    def level(self, word: str) -> int:
        """Say how telling a word is: 0 for the circuit's very own, 4 for one that says nothing."""
        if word in self.own:
            return 0
        if word in self.circuit:
            return 1
        if _within(word, self.accepted):
            return 2
        return 3 if word.partition(":")[0] == self.router else _NOBODY


def _owners(target: str, words: Mapping[str, _Words]) -> list[str]:
    """Return the circuits that the most telling word of a target points at."""
    spoken = _SEPARATORS.split(target)
    spoken += [f"{router}:{interface}" for router, interface in pairwise(spoken)]
    levels = {name: min(map(known.level, spoken)) for name, known in words.items()}
    best = min(levels.values(), default=_NOBODY)
    return [name for name, level in levels.items() if level == best]


def _words(estate: Estate, evidence: Evidence, circuit: Connection | Lag) -> _Words:
    riding = [thing for thing in estate.virtual_interfaces if thing.on == circuit.name]
    found = evidence.circuit(circuit)
    ports = evidence.ports(circuit)
    of_ports = {word for name, port in ports for word in (name, port.get("id"))}
    return _Words(
        own=frozenset().union(*(_own(estate, evidence, circuit, thing) for thing in riding)),
        circuit=frozenset({circuit.name, found.get("id"), *of_ports}),
        accepted=tuple(
            prefix
            for thing in riding
            # A circuit that does not stand yet cannot have carried the packets.
            if evidence.virtual_interface(circuit.account, thing.name)
            for prefix in thing.routing.accept
        ),
        router=circuit.router,
    )


def _own(
    estate: Estate, evidence: Evidence, circuit: Connection | Lag, thing: VirtualInterface
) -> set[str | None]:
    found = evidence.virtual_interface(circuit.account, thing.name)
    addresses = [
        bare(peer[end])
        for peer in found.get("peers", ())
        for end in ("amazon_address", "customer_address")
    ]
    interface = f"{circuit.router}:{interface_of(estate, thing)}"
    return {thing.name, found.get("id"), interface, *addresses}


def _within(word: str, prefixes: tuple[str, ...]) -> bool:
    try:
        address = ip_address(word.partition("/")[0])
    except ValueError:
        return False
    return any(address in ip_network(prefix) for prefix in prefixes)
