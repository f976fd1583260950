#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: gateway
short_description: Make, adopt or delete a Direct Connect gateway
version_added: 0.1.0
description:
  - Manages one Direct Connect gateway; its associations are another module's.
  - The ASN is fixed at birth; a difference is an error.
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
    description: The gateway's name.
    type: str
    required: true
  amazon_asn:
    description: The gateway's ASN; AWS takes 64512 if there is none.
    type: int
  tags:
    description: Tags to set; others stay.
    type: dict
    default: {}
"""

EXAMPLES = r"""
- name: Make a gateway
  crossconnect.dx.gateway:
    name: core
    amazon_asn: 64512
    region: eu-central-1

- name: Delete it
  crossconnect.dx.gateway:
    name: core
    state: absent
    region: eu-central-1
"""

RETURN = r"""
gateway:
  description: The gateway; null if it does not exist.
  returned: success
  type: dict
  sample:
    name: core
    id: 11460968-4ac1-4fd3-bdb2-00599f6d4c11
    state: available
    amazon_asn: 64512
    associations: []
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
from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import Gateway

ARGUMENT_SPEC: dict[str, Any] = {
    **SINGLE_SPEC,
    "name": {"type": "str", "required": True},
    "amazon_asn": {"type": "int"},
    "tags": {"type": "dict", "default": {}},
}


def main() -> None:
    """Build the one object, reconcile it, tell."""
    module = AwsModule(ARGUMENT_SPEC)
    options = module.params
    gateway = Gateway(
        name=options["name"],
        account=HERE,
        amazon_asn=options["amazon_asn"],
        tags=options["tags"],
    )
    things = {"gateways": (gateway,)}
    module.perform(
        lambda aws: first(
            "gateway",
            reconcile_single(options, things, "gateways", aws, check_mode=module.check_mode),
        )
    )


if __name__ == "__main__":
    main()
