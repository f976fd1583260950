# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The executor: a plan's actions as calls, each sent once, in the order of dependence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..core.plan import Reference, Wait
from ..core.planner.goals import SLOW, goals_of
from .errors import AWS_ERRORS, AwsError, sentence
from .handlers import HANDLERS
from .made import Ids
from .ready import Ready
from .sender import LostError, Sender
from .states import parents_of, read_kinds, states_of
from .twins import UNSEEN, Twins
from .waits import Patience, Watch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..core.plan import Action, Plan
    from ..core.snapshot import Snapshot
    from .made import Made
    from .session import Aws

# What no longer shows, and what shows that it has gone, are both gone.
PAST = frozenset({"deleted", "rejected", "disassociated", ""})


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
        self._queue = Ready(plan.actions, self._is_ready)
        self._done: list[Action] = []
        self._ids = Ids(plan.actions)
        self._sender = Sender(aws, self._ids, patience)
        self._states = states_of(snapshot)
        self._parents = parents_of(snapshot)
        self._twins = Twins()
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
            if action := self._queue.take():
                self._send(action)
                watch.progress()
                continue
            waits = [wait for wait in self._open() if watch.has_time(people=wait.people)]
            if not waits:
                return Execution(done=tuple(self._done), left=self._queue.left)
            watch.pause()
            self._look(waits)

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
        waits = [wait for action in self._queue.left for wait in action.waits_for]
        return [
            wait
            for wait in (*waits, *self._goals)
            if self._ids.find(wait.on) is not None
            and not self._is_met(wait)
            and (wait.people or not self._is_slow(wait))
        ]

    def _is_slow(self, wait: Wait) -> bool:
        """Tell whether people have to act on an object before anything moves."""
        return self._states.get(self._ids.find(wait.on) or "", "") in SLOW

    def _look(self, waits: list[Wait]) -> None:
        """Look once at all that is waited for."""
        ids = {self._ids.find(wait.on) or "": wait.on.kind for wait in waits}
        parents: dict[str, list[str]] = {}
        for thing_id, kind in ids.items():
            if thing_id in self._parents:
                parents.setdefault(kind, []).append(self._parents[thing_id])
        try:
            seen = read_kinds(self._aws, frozenset(ids.values()), parents)
        except AWS_ERRORS as error:
            raise self._error(sentence("wait for AWS", error)) from error
        for kind, things in seen.items():
            self._settle_twins(kind, things)
            states = HANDLERS[kind].states(things)
            for thing_id in (each for each in ids if ids[each] == kind):
                self._note_state(thing_id, states.get(thing_id, self._twins.state(thing_id)))

    def _settle_twins(self, kind: str, things: Iterable[Any]) -> None:
        """Withdraw what another run has made as well, and build on the other's."""
        try:
            twinned = list(self._twins.found(kind, things))
        except AwsError as error:
            raise self._error(str(error)) from error
        for twin in twinned:
            if twin.withdrawal:
                self._send(twin.withdrawal)
            first = Reference(kind=kind, name=twin.action.name, id=twin.first.id)
            self._ids.learn(kind, first.name, twin.first.id)
            self._note_state(twin.first.id, twin.first.state)
            self._goals = [wait for wait in self._goals if wait.on.id != twin.id]
            self._goals += goals_of(first)
            self._goals += (Wait(on=replace(first, id=thing.id)) for thing in twin.later)
            self._states |= {thing.id: "deleting" for thing in twin.later}

    def _send(self, action: Action) -> None:
        doing = f"{action.verb} {action.kind} {action.name}"
        try:
            made = self._sender.send(action, self._parents)
        except AWS_ERRORS as error:
            raise self._error(sentence(doing, error)) from error
        except AwsError as error:
            raise self._error(f"{doing}: {error}") from error
        except LostError as lost:
            cause = lost.__cause__ or lost
            said = sentence(doing, cause) if isinstance(cause, AWS_ERRORS) else doing
            raise self._error(f"{said}; {lost}") from lost
        self._done.append(action)
        self._note(action, made)

    def _note(self, action: Action, made: Made | None) -> None:
        """Remember what the later actions and waits need to know."""
        handler = HANDLERS[action.kind]
        if made is not None:
            self._ids.learn(action.kind, action.name, made.id)
            twins = action.verb == "create" and self._twins.note(action, made)
            self._note_state(made.id, UNSEEN if twins else made.state)
            for child in made.children:
                self._ids.learn(child.kind, child.name, child.id)
                self._note_state(child.id, child.state)
            if handler.under:
                self._parents[made.id] = self._ids.parent(action, *handler.under.kinds)
        for other_id in handler.unsettles(action, self._ids):
            self._note_state(other_id, "unsettled")
        thing_id = made.id if made else action.id
        reference = Reference(kind=action.kind, name=action.name, id=thing_id)
        if action.verb == "delete":
            self._note_state(thing_id or "", "deleting")
            self._goals = [wait for wait in self._goals if wait.on.id != thing_id]
            self._goals.append(Wait(on=reference))
        elif action.verb in handler.unsettled_by:
            if made is None:
                self._note_state(thing_id or "", "updating")
            self._goals += goals_of(reference)

    def _note_state(self, thing_id: str, state: str) -> None:
        """Note an object's state, and let what waits for the object be looked at again."""
        self._states[thing_id] = state
        self._queue.tell(thing_id, self._ids.name(thing_id))

    def _error(self, message: str) -> AwsError:
        return failed_after(self._done, message)


def failed_after(done: Iterable[Action], message: str) -> AwsError:
    """Return a failure that tells what had been done before."""
    told = [f"{action.verb} {action.kind} {action.name}" for action in done]
    return AwsError(message, done=told, changed=bool(told))
