#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hosted_connection
short_description: Give a customer a hosted connection, move it, or take it back (partners)
version_added: 0.1.0
description:
  - Manages one hosted connection from the side of the Direct Connect partner, who gives a part of
    its own port to a customer's account.
  - It is allocated once. The customer confirms it, with the module
    M(crossconnect.dx.connection) for instance.
  - It is known by its name, else by its port and VLAN, of which AWS gives no second; its tags are
    the customer's.
  - Owner, bandwidth and VLAN are fixed at birth; a difference is an error.
  - Moving it to another port, once it was confirmed, and taking it back need its name in
    O(consent).
author:
  - The Crossconnect founders (@crossconnect)
seealso:
  - module: crossconnect.dx.connection
    description: The customer's side of a hosted connection.
extends_documentation_fragment:
  - crossconnect.dx.attributes
  - crossconnect.dx.aws
  - crossconnect.dx.single
options:
  name:
    description: The hosted connection's name.
    type: str
    required: true
  connection:
    description:
      - The partner's connection that hosts it, by its name or its id, or an interconnect by its id.
      - Another one than it is on moves it.
    type: str
  lag:
    description: The partner's LAG that hosts it, by its name or its id.
    type: str
  owner:
    description: The number of the customer's account, 12 digits in quotes.
    type: str
  bandwidth:
    description: Its share, as V(500Mbps).
    type: str
  vlan:
    description: Its VLAN id on the port.
    type: int
  tags:
    description: Tags to give it at birth; from then on they are the customer's.
    type: dict
    default: {}
"""

EXAMPLES = r"""
- name: Give a customer 500 Mbps
  crossconnect.dx.hosted_connection:
    name: acme-fra-500m
    connection: nni-fra-1
    owner: "444455556666"
    bandwidth: 500Mbps
    vlan: 301
    region: eu-central-1

- name: Move it to another port
  crossconnect.dx.hosted_connection:
    name: acme-fra-500m
    connection: nni-fra-2
    owner: "444455556666"
    bandwidth: 500Mbps
    vlan: 301
    consent: [acme-fra-500m]
    region: eu-central-1

- name: Take it back
  crossconnect.dx.hosted_connection:
    name: acme-fra-500m
    state: absent
    consent: [acme-fra-500m]
    region: eu-central-1
"""

RETURN = r"""
hosted_connection:
  description: The hosted connection; null if it does not exist.
  returned: success
  type: dict
  sample:
    name: acme-fra-500m
    id: dxcon-fh41dyv7
    state: ordering
    'on': nni-fra-1
    parent_id: dxcon-fg31dyv6
    owner: '444455556666'
    owner_account: '444455556666'
    bandwidth: 500Mbps
    vlan: 301
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
  sample:
    - kind: hosted_connection
      name: acme-fra-500m
      state: ordering
      from: the owner of account 444455556666
      what: confirmation of acme-fra-500m (dxcon-fh41dyv7)
      since: null
observed:
  description: The object and its parents, as far as they exist.
  returned: success
  type: dict
  sample:
    account: this account
    account_id: '111122223333'
    region: eu-central-1
    partition: aws
    connections: []
    lags: []
    hosted_connections: []
    gateways: []
    virtual_interfaces: []
calls:
  description: How often each operation of the AWS API was sent.
  returned: success
  type: dict
  sample: {AllocateHostedConnection: 1, DescribeConnections: 2, DescribeHostedConnections: 2}
done:
  description: What had been done before a call failed.
  returned: failure of a call
  type: list
  elements: str
  sample: []
"""

from typing import Any

from ansible_collections.crossconnect.dx.plugins.module_utils.aws.hosted_connections import IDS
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.module import AwsModule
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.single import (
    HERE,
    SINGLE_SPEC,
    first,
    judge,
    reconcile_single,
    single_estate,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core import estate_rules_hosted
from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import (
    Connection,
    HostedConnection,
    Lag,
)

ARGUMENT_SPEC: dict[str, Any] = {
    **SINGLE_SPEC,
    "name": {"type": "str", "required": True},
    "connection": {"type": "str"},
    "lag": {"type": "str"},
    "owner": {"type": "str"},
    "bandwidth": {"type": "str"},
    "vlan": {"type": "int"},
    "tags": {"type": "dict", "default": {}},
}
REQUIRED_IF = [
    ("state", "present", ["owner", "bandwidth", "vlan"]),
    ("state", "present", ["connection", "lag"], True),
]


def things_of(options: dict[str, Any]) -> dict[str, Any]:
    """Return the hosted connection and the port that it is on, if that goes by a name."""
    on = options["connection"] or options["lag"] or ""
    hosted = HostedConnection(
        name=options["name"],
        account=HERE,
        on=on,
        owner=options["owner"] or "",
        bandwidth=options["bandwidth"] or "",
        vlan=options["vlan"] or 0,
        tags=options["tags"],
    )
    port: dict[str, Any] = {"name": on, "account": HERE, "location": "", "bandwidth": ""}
    named = bool(on) and not on.startswith(IDS)
    return {
        "hosted_connections": (hosted,),
        "connections": (Connection(**port),) if named and options["connection"] else (),
        "lags": (Lag(**port, connections=()),) if named and options["lag"] else (),
    }


def work(module: AwsModule, aws: Any) -> dict[str, Any]:
    """Judge the hosted connection, reconcile it, tell."""
    options = module.params
    things = things_of(options)
    if options["state"] == "present":
        judge(single_estate(options, things), estate_rules_hosted.RULES)
    result = reconcile_single(
        options, things, "hosted_connections", aws, check_mode=module.check_mode
    )
    return first("hosted_connection", result)


def main() -> None:
    """Do the work, and report."""
    module = AwsModule(
        ARGUMENT_SPEC, required_if=REQUIRED_IF, mutually_exclusive=[("connection", "lag")]
    )
    module.perform(lambda aws: work(module, aws))


if __name__ == "__main__":
    main()
