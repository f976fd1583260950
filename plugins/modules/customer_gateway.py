#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: customer_gateway
short_description: Make or delete a customer gateway, your end of VPN connections
version_added: 0.1.0
description:
  - Manages one customer gateway, which tells AWS of the device at which VPN connections begin.
  - AWS changes nothing of it. What differs is an error that says so, unless O(replace) and
    O(consent) name it and no VPN connection begins at it.
  - It is known to AWS by its name as the device's too; so two of one address and ASN can be had.
author:
  - The Crossconnect founders (@crossconnect)
extends_documentation_fragment:
  - crossconnect.dx.attributes
  - crossconnect.dx.aws
  - crossconnect.dx.single
seealso:
  - module: crossconnect.dx.vpn_connection
options:
  name:
    description: The Name tag, or the id of one that exists.
    type: str
    required: true
  address:
    description: The outside IPv4 address of the device; a private one serves private VPNs only.
    type: str
  asn:
    description: The device's ASN; needed where it shall be there.
    type: int
  certificate_arn:
    description: The certificate by which the device identifies itself, instead of a key.
    type: str
  replace:
    description: Its name, if it may be deleted and made anew; that takes O(consent) too.
    type: list
    elements: str
    default: []
  tags:
    description: Tags to set; others stay.
    type: dict
    default: {}
"""

EXAMPLES = r"""
- name: Tell AWS of the device in Frankfurt
  crossconnect.dx.customer_gateway:
    name: fra-edge
    address: 192.0.2.10
    asn: 65001
    region: eu-central-1

- name: Take it away
  crossconnect.dx.customer_gateway:
    name: fra-edge
    state: absent
    region: eu-central-1
"""

RETURN = r"""
customer_gateway:
  description: The customer gateway; null if it does not exist.
  returned: success
  type: dict
  sample:
    name: fra-edge
    id: cgw-0a1b2c3d4e5f60718
    state: available
    address: 192.0.2.10
    asn: 65001
    certificate_arn: null
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
    customer_gateways: []
    vpn_connections: []
calls:
  description: How often each operation of the AWS API was sent.
  returned: success
  type: dict
  sample: {DescribeCustomerGateways: 1, DescribeVpnConnections: 1}
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
from ansible_collections.crossconnect.dx.plugins.module_utils.core import estate_rules_tunnels
from ansible_collections.crossconnect.dx.plugins.module_utils.core.model_vpn import (
    CustomerGateway,
)

ARGUMENT_SPEC: dict[str, Any] = {
    **SINGLE_SPEC,
    "name": {"type": "str", "required": True},
    "address": {"type": "str"},
    "asn": {"type": "int"},
    "certificate_arn": {"type": "str"},
    "replace": {"type": "list", "elements": "str", "default": []},
    "tags": {"type": "dict", "default": {}},
}
REQUIRED_IF = [("state", "present", ["asn"])]


def gateway_of(options: dict[str, Any]) -> CustomerGateway:
    """Return the customer gateway that the options describe."""
    return CustomerGateway(
        name=options["name"],
        account=HERE,
        address=options["address"],
        asn=options["asn"] or 0,
        certificate_arn=options["certificate_arn"],
        tags=options["tags"],
    )


def work(module: AwsModule, aws: Any) -> dict[str, Any]:
    """Judge the customer gateway, reconcile it, tell."""
    options = module.params
    things = {"customer_gateways": (gateway_of(options),)}
    if options["state"] == "present":
        judge(single_estate(options, things), estate_rules_tunnels.RULES)
    result = reconcile_single(
        options, things, "customer_gateways", aws, check_mode=module.check_mode
    )
    return first("customer_gateway", result)


def main() -> None:
    """Do the work, and report."""
    module = AwsModule(ARGUMENT_SPEC, required_if=REQUIRED_IF)
    module.perform(lambda aws: work(module, aws))


if __name__ == "__main__":
    main()
