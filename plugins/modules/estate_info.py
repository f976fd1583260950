#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: estate_info
short_description: Tell what an AWS account has of an estate, and what it lacks
version_added: 0.1.0
description:
  - Reads the account once and compares it with the estate; changes nothing.
  - With O(everything=true) it also returns all that the account has as an estate's document, which
    plans nothing when it is fed back; so circuits that were made by hand come under the estate.
author:
  - The Crossconnect founders (@crossconnect)
extends_documentation_fragment:
  - crossconnect.dx.attributes.info
  - crossconnect.dx.aws
  - crossconnect.dx.estate
options:
  everything:
    description:
      - Whether to read all that the account has, and to return it as RV(document).
      - Costs a call for each gateway and two for each resiliency group.
    type: bool
    default: false
"""

EXAMPLES = r"""
- name: Look at the account
  crossconnect.dx.estate_info:
    estate: "{{ dx_estate }}"
    account: network
    region: eu-central-1
  register: network

- name: Tell who is awaited
  ansible.builtin.debug:
    var: network.awaited

- name: Begin an estate with what is there
  crossconnect.dx.estate_info:
    estate: {name: acme}
    account: network
    everything: true
    region: eu-central-1
"""

RETURN = r"""
observed:
  description: The declared objects that exist; never a key.
  returned: success
  type: dict
  sample:
    account: network
    account_id: '111122223333'
    region: eu-central-1
    partition: aws
    connections:
      - {name: fra-a, id: dxcon-fg31dyv6, state: pending, location: EqFA5, bandwidth: 10Gbps}
    gateways: []
    virtual_interfaces: []
    alarms: []
awaited:
  description: What is not ready yet, and from whom it is awaited.
  returned: success
  type: list
  elements: dict
  sample:
    - kind: connection
      name: fra-a
      state: pending
      from: colocation
      what: the cross-connect, made as the LOA-CFA says
      since: '2026-11-22T10:00:00Z'
plan:
  description: What M(crossconnect.dx.estate) would do, in the order of execution.
  returned: success
  type: list
  elements: dict
  sample: []
plan_text:
  description: The same as text that a person can approve; empty when there is nothing to do.
  returned: success
  type: str
  sample: ''
faults:
  description: Why the estate cannot be reached from what exists.
  returned: success
  type: list
  elements: str
  sample: []
resiliency:
  description:
    - Which of AWS's resiliency models is met, for each gateway (or other end) that virtual
      interfaces lead to, then for each resiliency group.
    - Judged by the locations and AWS devices of what is built, not of what is declared.
    - VPN connections that stand in are told beside it (C(vpn_backups)); they raise
      no SLA.
  returned: success
  type: list
  elements: dict
  sample:
    - of: gateway core
      model: high-resiliency
      sla: '99.9'
      wanted: null
      goal: maximum-resiliency
      meets: true
      locations:
        - {location: EqAM3, devices: [EqAM3-2xk7q1]}
        - {location: EqFA5, devices: [EqFA5-9rt3b4]}
      circuits: [fra-a, ams-a]
      missing:
        - a circuit on a second AWS device at EqAM3 (all end on EqAM3-2xk7q1)
        - a circuit on a second AWS device at EqFA5 (all end on EqFA5-9rt3b4)
      vpn_backups: []
      sentence: >-
        gateway core meets high-resiliency (99.9 %); for maximum-resiliency it lacks a circuit on a
        second AWS device at EqAM3 (all end on EqAM3-2xk7q1) and a circuit on a second AWS device at
        EqFA5 (all end on EqFA5-9rt3b4)
document:
  description:
    - All that the account has, as the document of an estate of this name.
    - What is not to be written into files (keys) or cannot be told by a name is left out.
  returned: success and O(everything=true)
  type: dict
  sample:
    name: acme
    adopt: false
    connections:
      - {name: fra-a, account: network, location: EqFA5, bandwidth: 10Gbps}
notes:
  description: What RV(document) leaves out, one sentence each.
  returned: success and O(everything=true)
  type: list
  elements: str
  sample: ['BGP keys are left out: put them into the vault before the routers are configured']
calls:
  description: How often each operation of the AWS API was sent.
  returned: success
  type: dict
  sample: {DescribeConnections: 1, DescribeDirectConnectGateways: 1}
"""

from typing import Any

from ansible_collections.crossconnect.dx.plugins.module_utils.aws.estate_options import (
    ESTATE_MODULE_SPEC,
    estate_of,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.everything import (
    document_of_everything,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.module import AwsModule
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.reconcile import Task, inspect
from ansible_collections.crossconnect.dx.plugins.module_utils.core.limits_reader import read_limits
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan import Terms
from ansible_collections.crossconnect.dx.plugins.module_utils.core.resiliency import verdicts

ARGUMENT_SPEC: dict[str, Any] = {
    **ESTATE_MODULE_SPEC,
    "everything": {"type": "bool", "default": False},
}


def look(options: dict[str, Any], aws: Any) -> dict[str, Any]:
    """Compare the account with the estate, and tell all that it has if that is asked for."""
    terms = Terms(
        account=options["account"],
        scope=frozenset(options["scope"]),
        limits=read_limits(options["limits"]),
    )
    estate = estate_of(options)
    result = inspect(Task(estate=estate, terms=terms), aws)
    result["resiliency"] = verdicts(estate, [result["observed"]])
    if not options["everything"]:
        return result
    told = document_of_everything(aws, estate.name, options["account"])
    return {**result, **told, "calls": dict(sorted(aws.calls.items()))}


def main() -> None:
    """Read, compare, tell."""
    module = AwsModule(ARGUMENT_SPEC)
    module.perform(lambda aws: look(module.params, aws))


if __name__ == "__main__":
    main()
