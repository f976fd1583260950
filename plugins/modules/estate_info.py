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
author:
  - The Crossconnect founders (@crossconnect)
extends_documentation_fragment:
  - crossconnect.dx.attributes.info
  - crossconnect.dx.aws
  - crossconnect.dx.estate
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
calls:
  description: How often each operation of the AWS API was sent.
  returned: success
  type: dict
  sample: {DescribeConnections: 1, DescribeDirectConnectGateways: 1}
"""

from ansible_collections.crossconnect.dx.plugins.module_utils.aws.estate_options import (
    ESTATE_MODULE_SPEC,
    estate_of,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.module import AwsModule
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.reconcile import Task, inspect
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan import Terms


def main() -> None:
    """Read, compare, tell."""
    module = AwsModule(ESTATE_MODULE_SPEC)
    options = module.params
    terms = Terms(account=options["account"], scope=frozenset(options["scope"]))
    module.perform(lambda aws: inspect(Task(estate=estate_of(options), terms=terms), aws))


if __name__ == "__main__":
    main()
