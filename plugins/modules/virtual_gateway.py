#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: virtual_gateway
short_description: Make, attach or delete a virtual private gateway (VGW)
version_added: 0.1.0
description:
  - Manages one virtual private gateway, its attachment to a VPC, and the route tables that learn
    its routes.
  - A gateway that is attached to another VPC, and a VPC that has another gateway, are errors.
author:
  - The Crossconnect founders (@crossconnect)
extends_documentation_fragment:
  - crossconnect.dx.attributes
  - crossconnect.dx.aws
  - crossconnect.dx.single
seealso:
  - module: crossconnect.dx.gateway_association
options:
  name:
    description: The Name tag, or the id of one that exists.
    type: str
    required: true
  amazon_asn:
    description: Its ASN, which AWS fixes at birth.
    type: int
  vpc:
    description: The VPC that it is attached to, by id or Name tag.
    type: str
  propagate_to:
    description:
      - The VPC's route tables, by id or Name tag, that learn its routes.
      - The list is exact; what leaves it needs its name in O(consent).
    type: list
    elements: str
  tags:
    description: Tags to set; others stay.
    type: dict
    default: {}
"""

EXAMPLES = r"""
- name: Give a VPC a way to Direct Connect
  crossconnect.dx.virtual_gateway:
    name: vgw-apps
    amazon_asn: 64620
    vpc: apps
    propagate_to: [apps-private]
    region: eu-central-1

- name: Take it away
  crossconnect.dx.virtual_gateway:
    name: vgw-apps
    state: absent
    consent: [vgw-apps]
    region: eu-central-1
"""

RETURN = r"""
virtual_gateway:
  description: The virtual private gateway; null if it does not exist.
  returned: success
  type: dict
  sample:
    name: vgw-apps
    id: vgw-0a1b2c3d4e5f60718
    state: available
    amazon_asn: 64620
    vpc_id: vpc-0a1b2c3d4e5f60718
    attachment_state: attached
    propagates_to: [rtb-0a1b2c3d4e5f60718]
    ordered_at: null
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

from ansible_collections.crossconnect.dx.plugins.module_utils.aws.module import AwsModule
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.single import (
    HERE,
    SINGLE_SPEC,
    first,
    judge,
    reconcile_single,
    single_estate,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core import estate_rules_ties
from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import VirtualGateway

ARGUMENT_SPEC: dict[str, Any] = {
    **SINGLE_SPEC,
    "name": {"type": "str", "required": True},
    "amazon_asn": {"type": "int"},
    "vpc": {"type": "str"},
    "propagate_to": {"type": "list", "elements": "str"},
    "tags": {"type": "dict", "default": {}},
}


def gateway_of(options: dict[str, Any]) -> VirtualGateway:
    """Return the virtual private gateway that the options describe."""
    tables = options["propagate_to"]
    return VirtualGateway(
        name=options["name"],
        account=HERE,
        amazon_asn=options["amazon_asn"],
        vpc=options["vpc"],
        propagate_to=None if tables is None else tuple(tables),
        tags=options["tags"],
    )


def work(module: AwsModule, aws: Any) -> dict[str, Any]:
    """Judge the gateway, reconcile it, tell."""
    options = module.params
    things = {"virtual_gateways": (gateway_of(options),)}
    if options["state"] == "present":
        judge(single_estate(options, things), estate_rules_ties.RULES)
    result = reconcile_single(
        options, things, "virtual_gateways", aws, check_mode=module.check_mode
    )
    return first("virtual_gateway", result)


def main() -> None:
    """Do the work, and report."""
    module = AwsModule(ARGUMENT_SPEC)
    module.perform(lambda aws: work(module, aws))


if __name__ == "__main__":
    main()
