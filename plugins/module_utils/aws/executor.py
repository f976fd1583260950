# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The executor: a plan's actions as calls, each sent once, in the order of dependence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ..core.plan import Reference, Wait
from ..core.planner.goals import goals_of
from ..core.planner.identity import ESTATE_TAG, ORDERED_TAG
from . import associations, connections, gateways, virtual_interfaces
from .errors import AWS_ERRORS, AwsError, outcome_is_unknown, sentence
from .made import Ids, Made
from .read_back import read_back
from .states import read_states, states_of
from .tagging import set_tags
from .waits import Patience, Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ..core.plan import Action, Plan
    from ..core.snapshot import Snapshot
    from .session import Aws

    Write = Callable[[Aws, Action, Ids], Made | None]

# One place per kind; tags are set in one way for all kinds.
WRITES: Mapping[tuple[str, str], Write] = {
    ("create", "connection"): connections.create_connection,
    ("update", "connection"): connections.rename_connection,
    ("delete", "connection"): connections.delete_connection,
    ("create", "gateway"): gateways.create_gateway,
    ("update", "gateway"): gateways.rename_gateway,
    ("delete", "gateway"): gateways.delete_gateway,
    ("create", "association"): associations.create_association,
    ("update", "association"): associations.update_association,
    ("delete", "association"): associations.delete_association,
    ("create", "virtual_interface"): virtual_interfaces.create_virtual_interface,
    ("update", "virtual_interface"): virtual_interfaces.update_virtual_interface,
    ("delete", "virtual_interface"): virtual_interfaces.delete_virtual_interface,
    ("create", "peer"): virtual_interfaces.create_peer,
}
# What no longer shows, and what shows that it has gone, are both gone.
PAST = frozenset({"deleted", "rejected", "disassociated", ""})

UNKNOWN = "whether AWS carried it out is unknown: run again, the next run looks first"
NOT_SEEN = (
    "the object is not to be seen; the call was sent once and is not sent again by this run: "
    "run again, the next run looks first and orders nothing that is there"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Execution:
    """What came of a plan: what was done, and what is left for a later run."""

    done: tuple[Action, ...]
    left: tuple[Action, ...]


class Executor:
    """Carries out one plan on one account."""

    def __init__(self, aws: Aws, plan: Plan, snapshot: Snapshot, patience: Patience) -> None:
        """Take over the plan.

        Args:
            aws: The account.
            plan: A plan without faults and without refusals.
            snapshot: What the plan was made from.
            patience: How long to wait.
        """
        self._aws = aws
        self._queue = list(plan.actions)
        self._done: list[Action] = []
        self._ids = Ids(plan.actions)
        self._states = states_of(snapshot)
        # AWS lists associations by gateway only.
        self._gateway_of = {tie.id: tie.gateway_id for tie in snapshot.associations}
        self._goals: list[Wait] = []
        self._patience = patience

    def run(self, goals: Iterable[Wait] = ()) -> Execution:
        """Send what can be sent, wait while it is worth it, and go on until nothing moves.

        Args:
            goals: What is waited for beside what the actions themselves need.

        Raises:
            AwsError: A call failed, or its outcome stays unknown.
        """
        self._goals = list(goals)
        watch = Watch(self._patience)
        while True:
            if self._send_ready():
                watch.progress()
                continue
            waits = [wait for wait in self._open() if watch.has_time(people=wait.people)]
            if not waits:
                return Execution(done=tuple(self._done), left=tuple(self._queue))
            watch.pause()
            self._look(waits)

    def _send_ready(self) -> bool:
        """Send the first action that waits for nothing; return whether there was one."""
        for action in self._queue:
            if self._is_ready(action):
                self._queue.remove(action)
                self._send(action)
                return True
        return False

    def _is_ready(self, action: Action) -> bool:
        known = all(self._ids.find(parent) for parent in action.parents)
        return known and all(self._is_met(wait) for wait in action.waits_for)

    def _is_met(self, wait: Wait) -> bool:
        thing_id = self._ids.find(wait.on)
        if thing_id is None:
            return False
        state = self._states.get(thing_id, "")
        return state in wait.until if wait.until else state in PAST

    def _open(self) -> list[Wait]:
        """Return what is waited for and can come about: it exists, and is not there yet."""
        waits = [wait for action in self._queue for wait in action.waits_for]
        return [
            wait
            for wait in (*waits, *self._goals)
            if self._ids.find(wait.on) is not None and not self._is_met(wait)
        ]

    def _look(self, waits: list[Wait]) -> None:
        """Look once at all that is waited for."""
        kinds = {wait.on.kind for wait in waits}
        ids = {self._ids.find(wait.on) or "" for wait in waits}
        gateway_ids = sorted({self._gateway_of[tie] for tie in ids if tie in self._gateway_of})
        try:
            states = read_states(self._aws, kinds, gateway_ids)
        except AWS_ERRORS as error:
            raise self._error(sentence("wait for AWS", error)) from error
        self._states |= {thing_id: states.get(thing_id, "") for thing_id in ids}

    def _send(self, action: Action) -> None:
        doing = f"{action.verb} {action.kind} {action.name}"
        if action.verb == "create" and ESTATE_TAG in action.tags:
            action = replace(action, tags={**action.tags, ORDERED_TAG: _now()})
        try:
            made = self._call(action)
        except AWS_ERRORS as error:
            made = self._after_failure(action, doing, error)
        self._done.append(action)
        self._note(action, made)

    def _call(self, action: Action) -> Made | None:
        if action.verb in ("adopt", "tag"):
            set_tags(self._aws, action)
            return None
        return WRITES[action.verb, action.kind](self._aws, action, self._ids)

    def _note(self, action: Action, made: Made | None) -> None:
        """Remember what the later actions and waits need to know."""
        if made is not None:
            self._ids.learn(action.kind, action.name, made.id)
            self._states[made.id] = made.state
            if action.kind == "association":
                self._gateway_of[made.id] = self._ids.parent(action, "gateway")
        thing_id = made.id if made else action.id
        reference = Reference(kind=action.kind, name=action.name, id=thing_id)
        if action.verb == "delete":
            self._states[thing_id or ""] = "deleting"
            self._goals.append(Wait(on=reference))
        elif action.verb == "create":
            self._goals += goals_of(reference)
        elif action.verb == "update" and action.kind in ("association", "virtual_interface"):
            self._states[thing_id or ""] = "updating"
            self._goals += goals_of(reference)

    def _after_failure(self, action: Action, doing: str, error: Exception) -> Made:
        """Find out what became of a create call that may have been carried out all the same.

        Raises:
            AwsError: AWS said no, or nobody can tell.
        """
        said = sentence(doing, error)
        if not outcome_is_unknown(error):
            raise self._error(said) from error
        if action.verb != "create":
            raise self._error(f"{said}; {UNKNOWN}") from error
        made = self._find(action)
        if made is None:
            raise self._error(f"{said}; {NOT_SEEN}") from error
        return made

    def _error(self, message: str) -> AwsError:
        done = [f"{action.verb} {action.kind} {action.name}" for action in self._done]
        return AwsError(message, done=done, changed=bool(done))

    def _find(self, action: Action) -> Made | None:
        watch = Watch(self._patience)
        while True:
            try:
                made = read_back(self._aws, action, self._ids)
            except AWS_ERRORS:
                made = None
            if made is not None or not watch.has_time(people=False):
                return made
            watch.pause()


def _now() -> str:
    return datetime.now(tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
