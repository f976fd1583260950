#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: gateway_association
short_description: Tie a Direct Connect gateway to a transit gateway, a VGW or a core network
version_added: 0.1.0
description:
  - Manages one association.
  - The allowed prefixes are changed in place by one call that touches nothing else.
  - Where gateway and target belong to two accounts, the target's owner proposes the association
    (O(gateway_owner)), and the gateway's owner accepts it (O(owner)). Nothing is accepted that was
    not asked for, and nothing is proposed that is there.
author:
  - The Crossconnect founders (@crossconnect)
extends_documentation_fragment:
  - crossconnect.dx.attributes
  - crossconnect.dx.aws
  - crossconnect.dx.single
seealso:
  - module: crossconnect.dx.gateway
options:
  gateway:
    description: The Direct Connect gateway, by name or id.
    type: str
    required: true
  transit_gateway:
    description: The transit gateway, by id or Name tag.
    type: str
  virtual_gateway:
    description: The virtual private gateway, by id or Name tag.
    type: str
  core_network:
    description: The Cloud WAN core network, by id.
    type: str
  owner:
    description:
      - The number of the account that owns the target, if that is not this one.
      - This account then accepts what that one proposes.
    type: str
  gateway_owner:
    description:
      - The number of the account that owns the gateway, if that is not this one.
      - This account then proposes the association; O(gateway) is the gateway's id.
    type: str
  edge_locations:
    description: The Regions of a core network in which the gateway is attached.
    type: list
    elements: str
  route_table:
    description:
      - The transit gateway's route table, by id or Name tag, that looks up what comes from the
        gateway.
    type: str
  propagate_to:
    description:
      - The transit gateway's route tables, by id or Name tag, that learn what is announced.
      - The list is exact.
    type: list
    elements: str
  allowed_prefixes:
    description:
      - What is announced to the routers; a transit gateway needs some.
      - Without it, the prefixes stay as they are.
    type: list
    elements: str
"""

EXAMPLES = r"""
- name: Tie the gateway to the transit gateway
  crossconnect.dx.gateway_association:
    gateway: core
    transit_gateway: tgw-core
    allowed_prefixes: [10.20.0.0/16]
    region: eu-central-1

- name: Propose a transit gateway to the gateway of another account
  crossconnect.dx.gateway_association:
    gateway: 0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0
    gateway_owner: '111122223333'
    transit_gateway: tgw-apps
    allowed_prefixes: [10.40.0.0/16]
    region: eu-central-1

- name: Accept it there, with prefixes of our own
  crossconnect.dx.gateway_association:
    gateway: core
    transit_gateway: tgw-0a1b2c3d4e5f60718
    owner: '444455556666'
    allowed_prefixes: [10.40.0.0/17]
    region: eu-central-1

- name: Attach a gateway to a core network
  crossconnect.dx.gateway_association:
    gateway: wan
    core_network: core-network-0a1b2c3d4e5f60718
    edge_locations: [eu-central-1, eu-west-1]
    region: eu-central-1

- name: Untie it
  crossconnect.dx.gateway_association:
    gateway: core
    transit_gateway: tgw-core
    state: absent
    region: eu-central-1
"""

RETURN = r"""
association:
  description: The association; null if it does not exist.
  returned: success
  type: dict
  sample:
    id: 4f6d2ab8-8a90-4c1b-8d34-6f1f0f1f7c55
    target: tgw-core
    target_id: tgw-0a1b2c3d4e5f60718
    target_type: transitGateway
    state: associated
    allowed_prefixes: [10.20.0.0/16]
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
    gateways: []
    virtual_interfaces: []
calls:
  description: How often each operation of the AWS API was sent.
  returned: success
  type: dict
  sample: {DescribeConnections: 1}
done:
  description: What had been done before a call failed.
  returned: failure of a call
  type: list
  elements: str
  sample: []
"""

from typing import Any

from ansible_collections.crossconnect.dx.plugins.module_utils.aws.module import AwsModule
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.single import (
    HERE,
    SINGLE_SPEC,
    first,
    judge,
    reconcile_single,
    single_estate,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core import (
    estate_rules_gateways,
    estate_rules_ties,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import (
    Association,
    Gateway,
)

TARGETS = ("transit_gateway", "virtual_gateway", "core_network")
LISTS = ("allowed_prefixes", "edge_locations", "propagate_to")
ARGUMENT_SPEC: dict[str, Any] = {
    **SINGLE_SPEC,
    "gateway": {"type": "str", "required": True},
    **{name: {"type": "str"} for name in TARGETS},
    "owner": {"type": "str"},
    "gateway_owner": {"type": "str"},
    "route_table": {"type": "str"},
    **{name: {"type": "list", "elements": "str"} for name in LISTS},
}
ONE_TARGET = [TARGETS]
RULES = (
    *estate_rules_gateways.RULES,
    estate_rules_ties.gateway_ids,
    estate_rules_ties.core_networks,
    estate_rules_ties.route_tables,
)


def gateway_of(options: dict[str, Any]) -> Gateway:
    """Return the gateway with the one association; one of another account is known by its id."""
    there = options["gateway_owner"]
    attributes: dict[str, Any] = {name: options[name] for name in (*TARGETS, "route_table")}
    for name in LISTS:
        attributes[name] = None if options[name] is None else tuple(options[name])
    association = Association(**attributes, account=HERE if there else options["owner"])
    return Gateway(
        name=options["gateway"],
        account=there or HERE,
        id=options["gateway"] if there else None,
        associations=(association,),
    )


def work(module: AwsModule, aws: Any) -> dict[str, Any]:
    """Judge the one object, reconcile it, tell."""
    options = module.params
    things = {"gateways": (gateway_of(options),)}
    if options["state"] == "present":
        judge(single_estate(options, things), RULES)
    result = reconcile_single(options, things, "associations", aws, check_mode=module.check_mode)
    return first("association", result)


def main() -> None:
    """Do the work, and report."""
    module = AwsModule(
        ARGUMENT_SPEC,
        required_one_of=ONE_TARGET,
        mutually_exclusive=[*ONE_TARGET, ("owner", "gateway_owner")],
    )
    module.perform(lambda aws: work(module, aws))


if __name__ == "__main__":
    main()
