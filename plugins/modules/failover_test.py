#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: failover_test
short_description: Have AWS take BGP sessions down for a while, and judge what became of the others
version_added: 0.1.0
description:
  - Starts or stops AWS's failover test of one virtual interface, and says by a verdict whether
    traffic had another way and all came back.
  - The end is guaranteed by AWS, which ends the test by itself after O(minutes), whatever becomes
    of this run or of the control node.
  - Nothing is started unless each tested session is up and another virtual interface of the account
    to the same gateway has a session of the same family up.
  - The module keeps nothing between its runs. Hand RV(looks) of one task to O(looks) of the next
    to have the whole test judged.
  - A start is sent once. If its answer is lost, the history tells whether the test runs.
author:
  - The Crossconnect founders (@crossconnect)
extends_documentation_fragment:
  - crossconnect.dx.attributes
  - crossconnect.dx.aws
options:
  virtual_interface:
    description: The interface, by name or id.
    type: str
    required: true
  estate:
    description:
      - The name of the estate that the interface belongs to; with it, the tags decide.
    type: str
  state:
    description:
      - With V(started), the test runs; one that runs already is left alone.
      - With V(stopped), no test runs; without one, nothing changes.
      - With V(judged), nothing changes; the sessions are looked at and judged.
    type: str
    choices: [started, stopped, judged]
    default: started
  families:
    description: The address families whose sessions go down; all of the interface if empty.
    type: list
    elements: str
    choices: [ipv4, ipv6]
    default: []
  minutes:
    description: After so many minutes AWS ends the test by itself, from 1 to 4320.
    type: int
    default: 10
  consent:
    description:
      - The interface's name as in O(virtual_interface), which is needed to start, because BGP goes
        down.
    type: list
    elements: str
    default: []
  looks:
    description: What an earlier task of the same test has returned as RV(looks).
    type: dict
    suboptions:
      before:
        description: The sessions before the test.
        type: list
        elements: dict
        suboptions:
          virtual_interface:
            description: The interface's name.
            type: str
            required: true
          id:
            description: The peer's id.
            type: str
            required: true
          family:
            description: The address family.
            type: str
            required: true
          status:
            description: AWS's word for it.
            type: str
            required: true
      during:
        description: The sessions during the test.
        type: list
        elements: dict
        suboptions:
          virtual_interface:
            description: The interface's name.
            type: str
            required: true
          id:
            description: The peer's id.
            type: str
            required: true
          family:
            description: The address family.
            type: str
            required: true
          status:
            description: AWS's word for it.
            type: str
            required: true
      after:
        description: The sessions after the test.
        type: list
        elements: dict
        suboptions:
          virtual_interface:
            description: The interface's name.
            type: str
            required: true
          id:
            description: The peer's id.
            type: str
            required: true
          family:
            description: The address family.
            type: str
            required: true
          status:
            description: AWS's word for it.
            type: str
            required: true
  settle_seconds:
    description:
      - How long to wait for the tested sessions to go down, or for all sessions to be up again.
    type: int
    default: 120
"""

EXAMPLES = r"""
- name: Take the first circuit's sessions down, for ten minutes at most
  crossconnect.dx.failover_test:
    virtual_interface: fra-a-transit
    minutes: 10
    consent: [fra-a-transit]
    region: eu-central-1
  register: started

- name: Let them come up again, and judge the whole test
  crossconnect.dx.failover_test:
    virtual_interface: fra-a-transit
    state: stopped
    looks: "{{ started.looks }}"
    region: eu-central-1
  register: stopped

- name: Insist on a way for all traffic
  ansible.builtin.assert:
    that: stopped.verdict.outcome == 'passed'
    fail_msg: "{{ stopped.verdict.sentence }}"

- name: Judge a test that AWS has ended by itself
  crossconnect.dx.failover_test:
    virtual_interface: fra-a-transit
    state: judged
    looks: "{{ started.looks }}"
    region: eu-central-1
"""

RETURN = r"""
test:
  description: The test that runs, or else the latest; null if there has been none.
  returned: success
  type: dict
  sample:
    id: 6fcb1a5e-6c5f-4bb3-9ba8-2a37b4a3f5ee
    status: IN_PROGRESS
    minutes: 10
    started: '2026-11-22T10:00:00+00:00'
    ends: '2026-11-22T10:10:00+00:00'
    peers: [dxpeer-fh6ovdy6]
history:
  description: All tests of the interface that AWS lists, the latest first.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 6fcb1a5e-6c5f-4bb3-9ba8-2a37b4a3f5ee
      status: IN_PROGRESS
      minutes: 10
      started: '2026-11-22T10:00:00+00:00'
      ends: '2026-11-22T10:10:00+00:00'
      peers: [dxpeer-fh6ovdy6]
looks:
  description:
    - All sessions to the same gateway (for a public interface, all public ones) before, during and
      after the test; null while nobody has looked.
  returned: success
  type: dict
  sample:
    before:
      - virtual_interface: ams-a-transit
        id: dxpeer-fg3k2m8q
        family: ipv4
        status: up
      - virtual_interface: fra-a-transit
        id: dxpeer-fh6ovdy6
        family: ipv4
        status: up
    during:
      - virtual_interface: ams-a-transit
        id: dxpeer-fg3k2m8q
        family: ipv4
        status: up
      - virtual_interface: fra-a-transit
        id: dxpeer-fh6ovdy6
        family: ipv4
        status: down
    after: null
verdict:
  description:
    - What the looks say. The outcome is V(passed) if the tested sessions were down, all others
      stayed up and everything came back, V(failed) with its faults if not, and V(open) while a
      look is missing.
  returned: success
  type: dict
  sample:
    outcome: open
    faults: []
    sentence: 'open: nobody looked after the test'
calls:
  description: How often each operation of the AWS API was sent.
  returned: success
  type: dict
  sample:
    DescribeVirtualInterfaces: 3
    ListVirtualInterfaceTestHistory: 3
    StartBgpFailoverTest: 1
"""

from typing import Any

from ansible_collections.crossconnect.dx.plugins.module_utils.aws.failover_run import (
    run_failover_test,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.module import AwsModule
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan import PlanError

SESSION = {
    name: {"type": "str", "required": True}
    for name in ("virtual_interface", "id", "family", "status")
}
LOOK: dict[str, Any] = {"type": "list", "elements": "dict", "options": SESSION}
ARGUMENT_SPEC: dict[str, Any] = {
    "virtual_interface": {"type": "str", "required": True},
    "estate": {"type": "str"},
    "state": {"type": "str", "choices": ["started", "stopped", "judged"], "default": "started"},
    "families": {"type": "list", "elements": "str", "choices": ["ipv4", "ipv6"], "default": []},
    "minutes": {"type": "int", "default": 10},
    "consent": {"type": "list", "elements": "str", "default": []},
    "looks": {
        "type": "dict",
        "options": {"before": LOOK, "during": LOOK, "after": LOOK},
    },
    "settle_seconds": {"type": "int", "default": 120},
}
LONGEST_MINUTES = 4320


def work(module: AwsModule, aws: Any) -> dict[str, Any]:
    """Hold the duration to AWS's limits, then bring the test to its state."""
    minutes = module.params["minutes"]
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise PlanError(f"minutes: {minutes} is not a duration of 1 to {LONGEST_MINUTES} minutes")
    return run_failover_test(module.params, aws, check_mode=module.check_mode)


def main() -> None:
    """Do the work, and report."""
    module = AwsModule(ARGUMENT_SPEC)
    module.perform(lambda aws: work(module, aws))


if __name__ == "__main__":
    main()
