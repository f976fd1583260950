# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The policies that we ship are those of the code, and each job can do its own work only."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from tools.iam.clients import Clients
from tools.iam.granted import GRANTED, text
from tools.iam.jobs import JOBS
from tools.iam.policies import READING, actions_by_job, policies

ROOT = Path(__file__).parents[3]
MONEY = ("directconnect:CreateConnection", "directconnect:CreateLag")
PORTS = ("directconnect:DeleteConnection", "directconnect:DeleteLag")


@pytest.mark.parametrize("job", JOBS)
def test_the_policies_that_we_ship_are_those_of_the_code(job):
    shipped = json.loads((ROOT / "iam" / f"{job}.json").read_text())
    assert shipped == policies()[job], "run: make reference"


def test_what_errors_say_of_the_policies_is_what_is_shipped():
    assert (ROOT / GRANTED).read_text() == text(), "run: make reference"


def test_nothing_else_is_shipped():
    assert {path.stem for path in (ROOT / "iam").glob("*.json")} == set(JOBS)


@pytest.mark.parametrize("job", ["plan", "verify"])
def test_a_job_that_looks_can_change_nothing(job):
    assert all(each.partition(":")[2].startswith(READING) for each in actions_by_job()[job])


@pytest.mark.parametrize("job", JOBS)
def test_ports_are_ordered_and_given_up_by_one_job_each(job):
    actions = actions_by_job()[job]
    assert [each in actions for each in MONEY] == [job == "order"] * 2
    assert [each in actions for each in PORTS] == [job == "teardown"] * 2
    assert ("directconnect:DescribeLoa" in actions) == (job == "order")


def test_the_page_tells_of_every_policy_and_of_every_playbook():
    text = (ROOT / "docs" / "iam.md").read_text()
    named = [f"../iam/{job}.json" for job in JOBS]
    named += [f"playbooks/{path.name}" for path in (ROOT / "playbooks").glob("*.yml")]
    assert [name for name in named if name not in text] == []


def test_every_job_can_do_all_that_a_plan_looks_at():
    jobs = actions_by_job()
    assert all(jobs["plan"] <= actions for actions in jobs.values())


CALLS = {
    "aws.reader().describe_lags()": {"directconnect:DescribeLags"},
    "aws.writer('ec2').create_tags()": {"ec2:CreateTags"},
    "aws.reader(SERVICE).get_caller_identity()": {"sts:GetCallerIdentity"},
    "client = aws.writer()\nclient.create_lag()": {"directconnect:CreateLag"},
    "one, client = 1, aws.writer()\nclient.create_lag()": {"directconnect:CreateLag"},
    "call = aws.reader().describe_tags\ncall()": {"directconnect:DescribeTags"},
    "aws.reader('ec2').get_paginator('describe_vpcs')": {"ec2:DescribeVpcs"},
    "getattr(aws.writer(), f'confirm_{kind}_virtual_interface')()": {
        "directconnect:ConfirmPrivateVirtualInterface",
        "directconnect:ConfirmPublicVirtualInterface",
        "directconnect:ConfirmTransitVirtualInterface",
    },
    "connections.create_connection()": set(),
}


@pytest.mark.parametrize("text", CALLS)
def test_every_way_to_call_aws_is_seen(text):
    tree = ast.parse(text)
    clients = Clients(tree, {"SERVICE": "sts"})
    found = {call for node in ast.walk(tree) for call in clients.operations(node)}
    assert found == CALLS[text]


def test_a_service_that_nobody_can_tell_is_an_error():
    with pytest.raises(KeyError):
        Clients(ast.parse("client = aws.reader(service_of(kind))"), {})
