#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: gateway_association
short_description: Tie a Direct Connect gateway to a transit gateway or a virtual private gateway
version_added: 0.1.0
description:
  - Manages one association.
  - The allowed prefixes are changed in place by one call that touches nothing else.
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
    reconcile_single,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import (
    Association,
    Gateway,
)

ARGUMENT_SPEC: dict[str, Any] = {
    **SINGLE_SPEC,
    "gateway": {"type": "str", "required": True},
    "transit_gateway": {"type": "str"},
    "virtual_gateway": {"type": "str"},
    "allowed_prefixes": {"type": "list", "elements": "str"},
}
ONE_TARGET = [("transit_gateway", "virtual_gateway")]


def gateway_of(options: dict[str, Any]) -> Gateway:
    """Return the gateway with the one association."""
    prefixes = options["allowed_prefixes"]
    association = Association(
        transit_gateway=options["transit_gateway"],
        virtual_gateway=options["virtual_gateway"],
        allowed_prefixes=None if prefixes is None else tuple(prefixes),
    )
    return Gateway(name=options["gateway"], account=HERE, associations=(association,))


def main() -> None:
    """Build the one object, reconcile it, tell."""
    module = AwsModule(ARGUMENT_SPEC, required_one_of=ONE_TARGET, mutually_exclusive=ONE_TARGET)
    options = module.params
    things = {"gateways": (gateway_of(options),)}
    module.perform(
        lambda aws: first(
            "association",
            reconcile_single(options, things, "associations", aws, check_mode=module.check_mode),
        )
    )


if __name__ == "__main__":
    main()
