# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the steps of the journey look at, and what they say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypedDict

from .check import failed, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .evidence import Evidence
    from .model import Connection, Estate, Gateway, Lag, VirtualInterface

ORDER, PREPARE, CONFIGURE_AWS, COLLECT, CONFIGURE_ROUTERS, VALIDATE = 3, 4, 5, 6, 7, 8

OWN_TEAM, AWS, COLOCATION = "own team", "AWS", "colocation"

Awaited = TypedDict("Awaited", {"from": str, "what": str, "since": str | None})


@dataclass(frozen=True, slots=True, kw_only=True)
class RouterResult:
    """What a run did with a router.

    Attributes:
        preflight: Check records of `edge_preflight`.
        configured: Whether the router holds what it shall; None when the run did not come to it.
        changed: Whether the run has changed it for good.
        reason: Why it does not, or why the run did not come to it, in one sentence.
        bgp_neighbors: What it says of its sessions, as NAPALM's getter; None when it was not asked.
        drained: The owners (`DX-VIF101`) whose way it keeps traffic away from.
        shut: Those of them whose sessions it keeps down.
    """

    preflight: Sequence[Mapping[str, Any]] = ()
    configured: bool | None = None
    changed: bool = False
    reason: str | None = None
    bgp_neighbors: Mapping[str, Any] | None = None
    drained: Sequence[str] = ()
    shut: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a circuit stands and why it goes no further."""

    step: int
    state: str
    next_action: str
    awaited: Awaited | None = None


@dataclass(frozen=True, slots=True)
class View:
    """One circuit and all that is known of it."""

    estate: Estate
    evidence: Evidence
    circuit: Connection | Lag
    routers: Mapping[str, RouterResult]
    checks: Sequence[Mapping[str, Any]] = ()
    loas: Mapping[str, str] = field(default_factory=dict)

    @property
    def found(self) -> Mapping[str, Any]:
        """The connection or LAG as AWS has it; empty when it has none."""
        return self.evidence.circuit(self.circuit)

    @property
    def ports(self) -> tuple[tuple[str, Mapping[str, Any]], ...]:
        """The ports of a LAG by name, as AWS has them; none of a connection."""
        return self.evidence.ports(self.circuit)

    @property
    def ordered_at(self) -> str | None:
        """When it was ordered, if the order's tag tells."""
        return self.found.get("ordered_at")

    @property
    def router(self) -> RouterResult:
        """What the run did with the circuit's router."""
        return self.routers.get(self.circuit.router or "", RouterResult())

    @property
    def interfaces(self) -> tuple[VirtualInterface, ...]:
        """The virtual interfaces that ride on the circuit."""
        return tuple(
            thing for thing in self.estate.virtual_interfaces if thing.on == self.circuit.name
        )

    @property
    def gateways(self) -> tuple[Gateway, ...]:
        """The gateways on which they end."""
        names = dict.fromkeys(thing.gateway for thing in self.interfaces if thing.gateway)
        return tuple(self.estate.gateway(name) for name in names)

    def interface(self, interface: VirtualInterface) -> Mapping[str, Any]:
        """Return a virtual interface as AWS has it; empty when it has none."""
        return self.evidence.virtual_interface(self.circuit.account, interface.name)

    def gateway(self, gateway: Gateway) -> Mapping[str, Any]:
        """Return a gateway as AWS has it; empty when it has none."""
        return self.evidence.gateway(gateway.account, gateway.name)


def awaiting(who: str, what: str, since: str | None = None) -> Awaited:
    """Say who is awaited, for what, and since when where that is known."""
    return {"from": who, "what": what, "since": since}


def meanwhile(view: View) -> str:
    """Say what can be mended while somebody is awaited; empty when nothing is broken."""
    broken = failed(view.router.preflight)
    return f"; meanwhile mend on {view.circuit.router}: {described(broken)}" if broken else ""


_SHOWN = 3


def named(checks: Sequence[Mapping[str, Any]]) -> str:
    """Name a few checks and count the rest."""
    names = [f"{check['id']} ({check['target']})" for check in checks]
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def described(checks: Sequence[Mapping[str, Any]]) -> str:
    """Say what a single check found; name several."""
    return sentence(checks[0]) if len(checks) == 1 else named(checks)
