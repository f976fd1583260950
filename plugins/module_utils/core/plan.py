# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan: the ordered actions that lead from a snapshot to an estate, as immutable values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

from .limits import Limits
from .model import (
    Association,
    Connection,
    Gateway,
    HostedConnection,
    Lag,
    MacsecKey,
    Peer,
    ResiliencyGroup,
    VirtualGateway,
    VirtualInterface,
)
from .model_alarms import Alarm
from .model_vpn import CustomerGateway, VpnConnection, VpnTunnel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .neighbours import Neighbour

# Confirm and accept answer what another account offers; a port joins and leaves a LAG.
Verb = Literal[
    "create", "adopt", "update", "tag", "confirm", "accept", "join", "leave", "move", "delete"
]
Kind = Literal[
    "connection",
    "billing_mode",
    "lag",
    "macsec_key",
    "hosted_connection",
    "resiliency_group",
    "gateway",
    "virtual_gateway",
    "vpc_attachment",
    "route_propagation",
    "customer_gateway",
    "vpn_connection",
    "vpn_route",
    "vpn_tunnel",
    "association",
    "proposal",
    "transit_route_table",
    "transit_propagation",
    "virtual_interface",
    "peer",
    "alarm",
]
Scope = Literal[
    "connections",
    "lags",
    "macsec_keys",
    "hosted_connections",
    "resiliency_groups",
    "gateways",
    "virtual_gateways",
    "associations",
    "customer_gateways",
    "vpn_connections",
    "virtual_interfaces",
    "alarms",
]
Wanted = (
    Alarm
    | Association
    | Connection
    | CustomerGateway
    | Gateway
    | HostedConnection
    | Lag
    | MacsecKey
    | Peer
    | ResiliencyGroup
    | VirtualGateway
    | VirtualInterface
    | VpnConnection
    | VpnTunnel
)

ALL_SCOPES: tuple[Scope, ...] = get_args(Scope)


class PlanError(ValueError):
    """The estate cannot be reached from what exists; the text is for the operator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the operator asks of a plan.

    Attributes:
        account: The account's name in the estate.
        scope: The kinds to judge; the others are taken as found.
        consent: The names for which an outage, a loss or a cost of deletion is agreed to.
        replace: The names of what may be deleted and made anew where AWS fixes an attribute at
            birth; that takes the consent of the same name.
        prune: Also delete what carries the estate's tag and is no longer declared.
        neighbours: What other accounts of the play know; None where nobody has asked them.
        limits: The limits in force.
    """

    account: str
    scope: frozenset[Scope] = frozenset(ALL_SCOPES)
    consent: frozenset[str] = frozenset()
    replace: frozenset[str] = frozenset()
    prune: bool = False
    neighbours: tuple[Neighbour, ...] | None = None
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One attribute, before and after; a secret stands here as a word, never as its value."""

    attribute: str
    before: Any = None
    after: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A thing that an action builds on; without an id it is yet to be made, now or later."""

    kind: str
    name: str
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """What must have come about before an action may be sent.

    Attributes:
        until: The states that will do; none at all means that the thing must be gone.
        now: The state as found; None for a thing that does not exist yet.
        people: True when people bring it about (days), False when AWS does (seconds).
        owner: The account whose owner brings it about, if it is another than the plan's.
    """

    on: Reference
    until: tuple[str, ...] = ()
    now: str | None = None
    people: bool = False
    owner: str | None = None

    def __str__(self) -> str:
        """Say what is waited for, as it stands in the plan."""
        goal = " or ".join(self.until) or "gone"
        return f"{self.on.kind} {self.on.name} to be {goal} (now {self.now or 'not there'})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing to do to one object.

    Attributes:
        id: The object's AWS id; None for one that is yet to be made.
        wanted: The part of the estate that asks for it; None for a deletion.
        parents: What the object hangs on, connection and gateway for instance.
        tags: The tags that the call sets (all of them for a create, the changed ones else).
        consent: The name that the operator must consent to; None for what harms nothing.
        consented: Whether that name was given.
    """

    verb: Verb
    kind: Kind
    name: str
    id: str | None = None
    wanted: Wanted | None = None
    parents: tuple[Reference, ...] = ()
    changes: tuple[Change, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)
    waits_for: tuple[Wait, ...] = ()
    reason: str = ""
    consent: str | None = None
    consented: bool = False

    @property
    def refused(self) -> bool:
        """True when it needs a consent that was not given."""
        return self.consent is not None and not self.consented

    @property
    def awaits_people(self) -> bool:
        """True when a run that does not wait for people leaves it for a later one."""
        return any(wait.people for wait in self.waits_for)

    def parent(self, kind: str) -> Reference:
        """Return the parent of that kind; KeyError when there is none."""
        return {reference.kind: reference for reference in self.parents}[kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What one part of the planner has to say; drafts add up to the plan."""

    actions: tuple[Action, ...] = ()
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __add__(self, other: Draft) -> Draft:
        """Put another draft behind this one."""
        return Draft(
            actions=self.actions + other.actions,
            faults=self.faults + other.faults,
            notes=self.notes + other.notes,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All actions in the order of execution, and what speaks against them.

    Attributes:
        faults: Why the estate cannot be reached; a plan that has one is not carried out.
        notes: What the operator should know and the plan leaves alone.
    """

    estate: str
    account: str
    actions: tuple[Action, ...] = ()
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def refusals(self) -> tuple[str, ...]:
        """One sentence per action that needs a consent that was not given."""
        return tuple(
            f"{action.verb} {action.kind} {action.name}: {action.reason}; "
            f"this needs {action.consent} in the consent list (dx_consent)"
            for action in self.actions
            if action.refused
        )

    @property
    def due(self) -> tuple[Action, ...]:
        """The actions that a run without waiting for people carries out."""
        return tuple(action for action in self.actions if not action.awaits_people)
