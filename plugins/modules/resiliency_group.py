#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: resiliency_group
short_description: Make, fill or delete a resiliency group
version_added: 0.1.0
description:
  - Manages one resiliency group, which is a set of connections that AWS judges together.
  - AWS does not tell the model of a group again, so the tag C(crossconnect:resiliency-model)
    remembers it; a difference is an error, since the model is fixed at birth.
  - Whether the connections really meet the model is told by M(crossconnect.dx.estate_info) and by
    the report.
author:
  - The Crossconnect founders (@crossconnect)
extends_documentation_fragment:
  - crossconnect.dx.attributes
  - crossconnect.dx.aws
  - crossconnect.dx.single
options:
  name:
    description: The group's name.
    type: str
    required: true
  model:
    description: What its connections together shall be.
    type: str
    choices: [basic-resiliency, high-resiliency, maximum-resiliency]
  connections:
    description: The names of all its connections; what is not in the list leaves the group.
    type: list
    elements: str
    default: []
  tags:
    description: Tags to set; others stay.
    type: dict
    default: {}
"""

EXAMPLES = r"""
- name: Have AWS judge two ports together
  crossconnect.dx.resiliency_group:
    name: core
    model: high-resiliency
    connections: [fra-a, ams-a]
    region: eu-central-1

- name: Delete the group; its connections stay
  crossconnect.dx.resiliency_group:
    name: core
    state: absent
    region: eu-central-1
"""

RETURN = r"""
resiliency_group:
  description: The group; null if it does not exist.
  returned: success
  type: dict
  sample:
    name: core
    id: dxrg-0a1b2c3d4e5f6a7b8
    state: available
    model: high-resiliency
    connections: [fra-a, ams-a]
plan:
  description: The actions in the order of execution.
  returned: success
  type: list
  elements: dict
  sample: []
plan_text:
  description: The same as text that a person can approve; empty when there is nothing to do.
  returned: success
  type: str
  sample: ''
awaited:
  description: What is not ready yet, and from whom it is awaited.
  returned: success
  type: list
  elements: dict
  sample: []
observed:
  description: The object and its parents, as far as they exist.
  returned: success
  type: dict
  sample:
    account: this account
    account_id: '111122223333'
    connections: []
    resiliency_groups: []
calls:
  description: How often each operation of the AWS API was sent.
  returned: success
  type: dict
  sample: {DescribeConnections: 1, ListResiliencyGroups: 1}
done:
  description: What had been done before a call failed.
  returned: failure of a call
  type: list
  elements: str
  sample: []
"""

from typing import Any

from ansible_collections.crossconnect.dx.plugins.module_utils.aws.estate_options import options_of
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.module import AwsModule
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.single import (
    HERE,
    SINGLE_SPEC,
    first,
    judge,
    reconcile_single,
    single_estate,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core import estate_rules_resiliency
from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate_document_ports import (
    RESILIENCY_GROUP,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import (
    Connection,
    ResiliencyGroup,
)

ARGUMENT_SPEC: dict[str, Any] = {
    **SINGLE_SPEC,
    "name": {"type": "str", "required": True},
    "model": {**options_of(RESILIENCY_GROUP)["model"], "required": False},
    "connections": {"type": "list", "elements": "str", "default": []},
    "tags": {"type": "dict", "default": {}},
}
REQUIRED_IF = [("state", "present", ["model"])]


def things(options: dict[str, Any]) -> dict[str, tuple[Any, ...]]:
    """Return the group and its connections, which are taken as found."""
    group = ResiliencyGroup(
        name=options["name"],
        account=HERE,
        model=options["model"],
        connections=tuple(options["connections"]),
        tags=options["tags"],
    )
    ports = tuple(
        Connection(name=name, account=HERE, location="", bandwidth="")
        for name in dict.fromkeys(group.connections)
    )
    return {"resiliency_groups": (group,), "connections": ports}


def work(module: AwsModule, aws: Any) -> dict[str, Any]:
    """Judge the group, reconcile it, tell."""
    options = module.params
    parts = things(options)
    if options["state"] == "present":
        judge(single_estate(options, parts), estate_rules_resiliency.RULES)
    result = reconcile_single(
        options, parts, "resiliency_groups", aws, check_mode=module.check_mode
    )
    return first("resiliency_group", result)


def main() -> None:
    """Do the work, and report."""
    module = AwsModule(ARGUMENT_SPEC, required_if=REQUIRED_IF)
    module.perform(lambda aws: work(module, aws))


if __name__ == "__main__":
    main()
