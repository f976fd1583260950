# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one door of the modules: read, plan, carry out, tell."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from ..core.plan import ALL_SCOPES, PlanError
from ..core.plan_text import plan_records, plan_text
from ..core.planner.context import part_of
from ..core.planner.goals import goals_found
from ..core.planner.plan_estate import plan_absent, plan_present
from ..core.planner.ties import offered
from .awaited import awaited, still_going
from .awaited_owners import unproposed
from .awaited_ports import offers
from .errors import AWS_ERRORS, AwsError, sentence
from .executor import Executor, failed_after
from .locations import misplaced_orders
from .observed import Whereabouts, observe
from .run_lock import run_lock
from .snapshot import Reading, read_snapshot
from .twins import doubled
from .waits import Patience, Watch

if TYPE_CHECKING:
    from ..core.model import Estate
    from ..core.plan import Plan, Terms
    from ..core.snapshot import Snapshot
    from .session import Aws


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a module is asked to do.

    Attributes:
        parents_exist: What the objects hang on must be there; otherwise it may come later.
    """

    estate: Estate
    terms: Terms
    state: Literal["present", "absent"] = "present"
    patience: Patience = field(default_factory=Patience)
    check_mode: bool = False
    parents_exist: bool = False


def reconcile(task: Task, aws: Aws) -> dict[str, Any]:
    """Bring the account to the estate, as far as it goes today; return the module's result.

    Raises:
        PlanError: The estate cannot be reached, or consent is missing; nothing was changed.
        AwsError: A call failed; its result tells what had been done before.
    """
    started = time.time()
    snapshot, plan = _survey(task, aws)
    if task.check_mode:
        return _result(task, aws, plan, snapshot, changed=bool(plan.due))
    if not plan.actions:
        return _carry_out(task, aws, plan, snapshot)
    with run_lock(_account_id(aws), task.estate.name, task.patience) as changed_until:
        if changed_until >= started:
            snapshot, plan = _survey(task, aws)
        return _carry_out(task, aws, plan, snapshot)


def _read_without_twins(task: Task, aws: Aws, before: Snapshot) -> Snapshot:
    """Read again once all is done; give another run the time to withdraw what both have made."""
    watch = Watch(task.patience)
    while True:
        snapshot = read(task, aws, before=before)
        twice = doubled(snapshot, task.estate.name)
        if not twice:
            return snapshot
        if any(each.stays for each in twice) or not watch.has_time(people=False):
            raise AwsError("\n".join(map(str, twice)))
        watch.pause()


def _survey(task: Task, aws: Aws) -> tuple[Snapshot, Plan]:
    snapshot = read(task, aws)
    plan = make_plan(task, snapshot)
    misplaced = misplaced_orders(aws, task.estate, plan)
    _refuse(task, replace(plan, faults=(*plan.faults, *map(str, misplaced))))
    return snapshot, plan


def _carry_out(task: Task, aws: Aws, plan: Plan, snapshot: Snapshot) -> dict[str, Any]:
    goals = goals_found(task.estate, snapshot, task.terms) if task.state == "present" else ()
    calls = sum(aws.calls.values())
    execution = Executor(aws, plan, snapshot, task.patience).run(goals)
    try:
        if sum(aws.calls.values()) > calls:
            snapshot = _read_without_twins(task, aws, snapshot)
        result = _result(task, aws, plan, snapshot, changed=bool(execution.done))
    except AwsError as error:
        raise failed_after(execution.done, str(error)) from error
    return {**result, "awaited": [*result["awaited"], *still_going(execution.left)]}


def inspect(task: Task, aws: Aws) -> dict[str, Any]:
    """Tell what the account has of the estate and what it lacks; change nothing.

    Raises:
        AwsError: A call failed.
    """
    snapshot = read(task, aws)
    plan = make_plan(task, snapshot)
    result = _result(task, aws, plan, snapshot, changed=False)
    return {**result, "faults": list(plan.faults), "diff": {}}


def read(task: Task, aws: Aws, *, before: Snapshot | None = None) -> Snapshot:
    """Read what the task needs to know of the account.

    Raises:
        AwsError: A call failed.
    """
    absent = task.state == "absent"
    prune, account = task.terms.prune, task.terms.account
    reading = Reading(
        part=part_of(task.estate, account),
        scope=frozenset(ALL_SCOPES) if absent or prune else task.terms.scope,
        offers=offered(task.estate, account),
        strangers=prune,
        demolition=prune or absent,
    )
    try:
        return read_snapshot(aws, reading, before=before)
    except AWS_ERRORS as error:
        raise AwsError(sentence(f"read account {task.terms.account}", error)) from error


def make_plan(task: Task, snapshot: Snapshot) -> Plan:
    """Return the plan that the task's state asks for."""
    plan_for = plan_absent if task.state == "absent" else plan_present
    return plan_for(task.estate, snapshot, task.terms)


def _refuse(task: Task, plan: Plan) -> None:
    """Stop before the first call if there is a fault, or a missing consent outside check mode."""
    objections = list(plan.faults)
    if not task.check_mode:
        objections += plan.refusals
    if task.parents_exist:
        objections += _orphans(plan)
    if objections:
        raise PlanError("\n".join(objections))


def _orphans(plan: Plan) -> list[str]:
    made = {(action.kind, action.name) for action in plan.actions}
    return [
        f"{action.kind} {action.name}: there is no {parent.kind} {parent.name} in this account"
        for action in plan.actions
        # Another account's owner brings about what is awaited from there.
        if not any(wait.owner for wait in action.waits_for)
        for parent in action.parents
        if parent.id is None and (parent.kind, parent.name) not in made
    ]


def _result(
    task: Task, aws: Aws, plan: Plan, snapshot: Snapshot, *, changed: bool
) -> dict[str, Any]:
    observed = look_around(task, aws, snapshot)
    text = plan_text(plan)
    return {
        "changed": changed,
        "plan": plan_records(plan),
        "plan_text": text,
        "awaited": [
            *awaited(observed),
            *offers(plan.actions, observed["account_id"]),
            *unproposed(plan.actions),
        ],
        "observed": observed,
        "calls": dict(sorted(aws.calls.items())),
        "diff": {"prepared": text} if plan.actions else {},
    }


def look_around(task: Task, aws: Aws, snapshot: Snapshot) -> dict[str, Any]:
    """Return what the account has of the estate, as modules hand it on.

    Raises:
        AwsError: The account's id could not be had.
    """
    whereabouts = Whereabouts(
        account_id=_account_id(aws), region=aws.region, partition=aws.partition
    )
    return observe(task.estate, snapshot, task.terms, whereabouts)


def _account_id(aws: Aws) -> str:
    try:
        return aws.account_id()
    except AWS_ERRORS as error:
        raise AwsError(sentence("ask for the account's id", error)) from error
