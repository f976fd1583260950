#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: connection
short_description: Order, adopt or give up a dedicated connection
version_added: 0.1.0
description:
  - Manages one dedicated connection, which is a physical port at a Direct Connect location.
  - The order is sent once.
  - Location, bandwidth and provider are fixed at birth; a difference is an error.
  - Giving the port up needs its name in O(consent).
author:
  - The Crossconnect founders (@crossconnect)
extends_documentation_fragment:
  - crossconnect.dx.attributes
  - crossconnect.dx.aws
  - crossconnect.dx.single
options:
  name:
    description: The connection's name.
    type: str
    required: true
  location:
    description: The code of the Direct Connect location.
    type: str
  bandwidth:
    description: The port speed, as V(10Gbps).
    type: str
  provider:
    description: The provider of the cross-connect, as AWS names it.
    type: str
  request_macsec:
    description: Whether to ask for a port that is capable of MACsec.
    type: bool
  tags:
    description: Tags to set; others stay.
    type: dict
    default: {}
"""

EXAMPLES = r"""
- name: Order a port in Frankfurt
  crossconnect.dx.connection:
    name: fra-a
    location: EqFA5
    bandwidth: 10Gbps
    provider: Equinix
    region: eu-central-1

- name: Give it up
  crossconnect.dx.connection:
    name: fra-a
    state: absent
    consent: [fra-a]
    region: eu-central-1
"""

RETURN = r"""
connection:
  description: The connection; null if it does not exist.
  returned: success
  type: dict
  sample: {name: fra-a, id: dxcon-fg31dyv6, state: pending, location: EqFA5, bandwidth: 10Gbps}
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
from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import Connection

ARGUMENT_SPEC: dict[str, Any] = {
    **SINGLE_SPEC,
    "name": {"type": "str", "required": True},
    "location": {"type": "str"},
    "bandwidth": {"type": "str"},
    "provider": {"type": "str"},
    "request_macsec": {"type": "bool"},
    "tags": {"type": "dict", "default": {}},
}
REQUIRED_IF = [("state", "present", ["location", "bandwidth"])]


def main() -> None:
    """Build the one object, reconcile it, tell."""
    module = AwsModule(ARGUMENT_SPEC, required_if=REQUIRED_IF)
    options = module.params
    connection = Connection(
        name=options["name"],
        account=HERE,
        location=options["location"] or "",
        bandwidth=options["bandwidth"] or "",
        provider=options["provider"],
        request_macsec=options["request_macsec"],
        tags=options["tags"],
    )
    things = {"connections": (connection,)}
    module.perform(
        lambda aws: first(
            "connection",
            reconcile_single(options, things, "connections", aws, check_mode=module.check_mode),
        )
    )


if __name__ == "__main__":
    main()
