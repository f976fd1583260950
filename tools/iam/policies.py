# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the jobs and the source to IAM policy documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ansible_collections.crossconnect.dx.plugins.module_utils.aws.handlers import HANDLERS

from .jobs import DEMOLISHED, GIVEN_UP, JOBS, PORT_KINDS
from .source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .jobs import Job

ROOT = Path(__file__).parents[2]
EDGE = ROOT / "plugins" / "module_utils" / "aws"
# What every run begins with: the snapshot, and the account's own number. What plans an order asks
# for the locations too.
READS = (("snapshot", "read_snapshot"), ("session", "Aws"), ("locations", "read_locations"))
READING = ("Describe", "Get", "List")
# What AWS lets everybody call.
FREE = frozenset({"sts:GetCallerIdentity"})
# What AWS asks for beside the action that is called (Service Authorization Reference of Network
# Manager, dependent actions; of CloudWatch, for alarms that are made with tags). That to make
# other things with tags takes the right to tag as well adds nothing: every job that makes things
# sets tags too.
REGIONS = "ec2:DescribeRegions"
BESIDE = {
    "networkmanager:CreateDirectConnectGatewayAttachment": REGIONS,
    "networkmanager:UpdateDirectConnectGatewayAttachment": REGIONS,
    "networkmanager:DeleteAttachment": REGIONS,
    "cloudwatch:PutMetricAlarm": "cloudwatch:TagResource",
}
# AWS asks for this when the first MACsec key of an account is set (user guide of Direct Connect,
# service-linked roles, read 2026-11).
MACSEC = "directconnect:AssociateMacSecKey"
ROLE_OF_MACSEC: dict[str, Any] = {
    "Sid": "RoleThatReadsMacsecSecrets",
    "Effect": "Allow",
    "Action": "iam:CreateServiceLinkedRole",
    "Resource": "*",
    "Condition": {"StringEquals": {"iam:AWSServiceName": "directconnect.amazonaws.com"}},
}


def policies() -> dict[str, dict[str, Any]]:
    """Return the policy document of each job."""
    return {name: _document(actions) for name, actions in actions_by_job().items()}


def actions_by_job() -> dict[str, frozenset[str]]:
    """Return the operations that each job can come to call, as IAM names them."""
    source = Source(EDGE)
    reads = {call for place in READS for call in source.operations(*place)}
    reads |= {call for kind in HANDLERS.values() for call in _calls(source, kind.read)}
    return {name: _with_beside(reads | _own(source, job)) - FREE for name, job in JOBS.items()}


def _with_beside(actions: set[str]) -> frozenset[str]:
    return frozenset(actions | {more for call, more in BESIDE.items() if call in actions})


def granting_jobs() -> dict[str, tuple[str, ...]]:
    """Return the jobs whose policies grant an action, by action."""
    jobs: dict[str, list[str]] = {ROLE_OF_MACSEC["Action"]: []}
    for name, actions in actions_by_job().items():
        asked_for = {ROLE_OF_MACSEC["Action"]} if MACSEC in actions else set()
        for action in actions | asked_for:
            jobs.setdefault(action, []).append(name)
    return {action: tuple(names) for action, names in sorted(jobs.items())}


def _own(source: Source, job: Job) -> set[str]:
    """Return what a job calls beside the reads that all have."""
    calls = {call for place in job.functions for call in source.operations(*place)}
    for kind, handler in HANDLERS.items():
        for verb, write in handler.writes.items():
            if _may(job, kind, verb):
                calls |= _calls(source, write)
        if _may(job, kind, "tag"):
            calls |= source.operations("tagging", "set_tags")
    return calls


def _may(job: Job, kind: str, verb: str) -> bool:
    if job.deletes:
        return (kind, verb) in DEMOLISHED
    if verb == "delete" and kind in GIVEN_UP and HANDLERS[kind].twins != "free":
        return False
    # Of twins that are free, which two runs have made at once, each run withdraws its own.
    return job.ports if kind in PORT_KINDS else job.network


def _calls(source: Source, function: Callable[..., Any]) -> set[str]:
    return source.operations(function.__module__.rpartition(".")[2], function.__name__)


def _document(actions: frozenset[str]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(_statements(actions))}


def _statements(actions: frozenset[str]) -> Iterator[dict[str, Any]]:
    reading = sorted(each for each in actions if each.partition(":")[2].startswith(READING))
    changing = sorted(actions.difference(reading))
    yield {"Sid": "Read", "Effect": "Allow", "Action": reading, "Resource": "*"}
    if changing:
        yield {"Sid": "Change", "Effect": "Allow", "Action": changing, "Resource": "*"}
    if MACSEC in actions:
        yield ROLE_OF_MACSEC
