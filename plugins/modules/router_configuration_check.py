#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: router_configuration_check
short_description: Hold what a router would get against what AWS has
version_added: 0.1.0
description:
  - Reads AWS's sample for the customer's router (C(DescribeRouterConfiguration)), and compares its
    VLAN, addresses, ASNs and BGP keys with the attachments of a router.
  - A difference fails the task, with a sentence that says what AWS has and what the router would
    get. Keys are compared and never shown.
  - What AWS does not tell, or tells in a form that is not known, is no difference.
author:
  - The Crossconnect founders (@crossconnect)
extends_documentation_fragment:
  - crossconnect.dx.attributes.info
  - crossconnect.dx.aws
options:
  router:
    description: The name of the router, for the sentences.
    type: str
    required: true
  attachments:
    description:
      - The attachments of one account, as P(crossconnect.dx.attachments#filter) returns them; each
        costs a call.
    type: list
    elements: dict
    required: true
  keys:
    description:
      - The BGP keys by the name of the interface, as P(crossconnect.dx.attachment_keys#filter)
        returns them.
    type: dict
    default: {}
"""

EXAMPLES = r"""
- name: Hold the candidate against what AWS has
  crossconnect.dx.router_configuration_check:
    router: edge-fra-1
    attachments: "{{ attachments | selectattr('account', 'equalto', 'network') }}"
    keys: "{{ dx_estate | crossconnect.dx.attachment_keys('edge-fra-1') }}"
    region: eu-central-1
"""

RETURN = r"""
checks:
  description:
    - A record per thing that was compared.
    - C(id) is V(aws_vlan), V(aws_customer_address), V(aws_amazon_address), V(aws_customer_asn),
      V(aws_amazon_asn), V(aws_key), or V(aws_sample) where nothing could be compared.
  returned: always, once AWS was asked
  type: list
  elements: dict
  sample:
    - {id: aws_vlan, target: fra-a-transit, verdict: pass, measured: 101, expected: 101}
    - id: aws_key
      target: fra-a-transit ipv4
      verdict: pass
      measured: the same
      expected: the same
problems:
  description: A sentence per difference.
  returned: always, once AWS was asked
  type: list
  elements: str
  sample: []
calls:
  description: How often each operation of the AWS API was sent.
  returned: always, once AWS was asked
  type: dict
  sample: {DescribeRouterConfiguration: 1}
"""

from typing import Any

from ansible_collections.crossconnect.dx.plugins.module_utils.aws.module import AwsModule
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.router_configuration import (
    check_router_configuration,
)

ARGUMENT_SPEC: dict[str, Any] = {
    "router": {"type": "str", "required": True},
    "attachments": {"type": "list", "elements": "dict", "required": True},
    "keys": {"type": "dict", "default": {}, "no_log": True},
}


def main() -> None:
    """Read, compare, tell."""
    module = AwsModule(ARGUMENT_SPEC)
    module.perform(lambda aws: check_router_configuration(module.params, aws))


if __name__ == "__main__":
    main()
