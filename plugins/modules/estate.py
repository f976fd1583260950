#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: estate
short_description: Reconcile all that one AWS account owns of an estate
version_added: 0.1.0
description:
  - Reads the account once, plans the way from what exists to what the estate says, and carries the
    plan out.
  - Goes as far as it can today and tells what is awaited; the next run goes on from there.
  - A create call is sent once; if its answer is lost, the object is looked for before anything is
    decided.
  - Before anything is ordered, AWS is asked what the locations have; what they lack is refused,
    with the locations that have it.
  - Whatever interrupts traffic, gives up a physical port, or orders one under a name that a port of
    other tags bears already needs its name in O(consent).
author:
  - The Crossconnect founders (@crossconnect)
extends_documentation_fragment:
  - crossconnect.dx.attributes
  - crossconnect.dx.aws
  - crossconnect.dx.estate
options:
  state:
    description:
      - Whether the account's part of the estate shall be there.
      - With V(absent), alarms go first, then interfaces, associations, gateways and ports.
    type: str
    choices: [present, absent]
    default: present
  prune:
    description:
      - Also delete what carries the estate's tag and is no longer declared.
      - Every single name must stand in O(consent).
    type: bool
    default: false
  consent:
    description:
      - Names for which an outage, the loss of a physical port, or a second port of the same name is
        agreed to.
    type: list
    elements: str
    default: []
  replace:
    description:
      - Names of virtual interfaces, of single peers as V(fra-a-transit/ipv4), of VPN connections,
        and of customer gateways at which none begins, that may be deleted and made anew where AWS
        fixes at birth what differs.
      - Each takes its name in O(consent) too.
    type: list
    elements: str
    default: []
  neighbours:
    description:
      - What the estate's other accounts know and AWS tells nobody but them, as their own runs of
        this module have observed it.
      - Without it, an association across accounts is tied as far as the estate's document names
        account numbers and ids.
    type: list
    elements: dict
    suboptions:
      account:
        description: The account's name in the estate.
        type: str
        required: true
      account_id:
        description: The account's number at AWS.
        type: str
        required: true
      gateways:
        description: Its gateways.
        type: list
        elements: dict
        suboptions: &things
          name:
            description: The name in the estate.
            type: str
            required: true
          id:
            description: The id at AWS.
            type: str
            required: true
      targets:
        description: Its transit gateways and virtual private gateways, as associations name them.
        type: list
        elements: dict
        suboptions: *things
  settle_seconds:
    description:
      - How long to wait for AWS's own quick transitions, counted from the last call that was sent.
    type: int
    default: 60
  wait_seconds:
    description:
      - How long to wait for what people bring about, as the cross-connect.
    type: int
    default: 0
"""

EXAMPLES = r"""
- name: Show what would be ordered and built
  crossconnect.dx.estate:
    estate: "{{ dx_estate }}"
    account: network
    region: eu-central-1
  check_mode: true
  diff: true

- name: Order the connections
  crossconnect.dx.estate:
    estate: "{{ dx_estate }}"
    account: network
    scope: [connections]
    region: eu-central-1

- name: Give an interface another VLAN, which takes another interface
  crossconnect.dx.estate:
    estate: "{{ dx_estate }}"
    account: network
    replace: [fra-a-transit]
    consent: [fra-a-transit]
    region: eu-central-1

- name: Accept what the account of the transit gateways proposes
  crossconnect.dx.estate:
    estate: "{{ dx_estate }}"
    account: network
    scope: [associations]
    neighbours:
      - account: applications
        account_id: '444455556666'
        targets:
          - {name: tgw-apps, id: tgw-0a1b2c3d4e5f60718}
    region: eu-central-1

- name: Delete everything but the ports
  crossconnect.dx.estate:
    estate: "{{ dx_estate }}"
    account: network
    scope: [gateways, associations, virtual_interfaces]
    state: absent
    consent: [fra-a-transit]
    region: eu-central-1
"""

RETURN = r"""
plan:
  description: The actions in the order of execution.
  returned: success
  type: list
  elements: dict
  sample:
    - verb: create
      kind: connection
      name: fra-a
      id: null
      changes:
        - {attribute: bandwidth, before: null, after: 10Gbps}
      waits_for: []
      reason: ORDERS A PHYSICAL PORT, AWS bills its hours
      consent: null
plan_text:
  description: The same as text that a person can approve; empty when there is nothing to do.
  returned: success
  type: str
  sample: |
    Plan for account network of estate acme: 1 to create
      + create gateway core: amazon_asn 64512
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
      - name: fra-a
        id: dxcon-fg31dyv6
        state: available
        location: EqFA5
        bandwidth: 10Gbps
        provider: Equinix
        jumbo_frame_capable: true
        aws_device: EqFA5-1a2b3c4d5e6f7
        aws_logical_device: EqFA5-1a2b3c4d5e6f7-1
        loa_issue_time: '2026-11-20T09:12:00Z'
        partner: null
        vlan: null
        billing_mode: PayAsYouGo
        macsec_capable: false
        encryption_mode: null
        encryption_status: null
        macsec_keys: []
        ordered_at: '2026-11-19T10:00:00.076Z'
        lag: null
    lags: []
    hosted_connections: []
    resiliency_groups: []
    gateways:
      - name: core
        id: 434b12e6-a8db-4068-9597-cda902ea57b2
        state: available
        amazon_asn: 64512
        ordered_at: '2026-11-19T10:00:00.314Z'
        associations:
          - id: 5d71cfab-a332-452d-a295-603cbafa925d
            target: tgw-core
            target_id: tgw-0dc361d305ead1802
            target_type: transitGateway
            state: associated
            allowed_prefixes: [10.20.0.0/16]
            edge_locations: []
        undeclared_associations: []
    virtual_gateways: []
    customer_gateways: []
    vpn_connections: []
    offered_associations: []
    alarms: []
    virtual_interfaces:
      - name: fra-a-transit
        id: dxvif-fgx20yf7
        type: transit
        state: available
        connection: fra-a
        connection_id: dxcon-fg31dyv6
        vlan: 101
        mtu: 8500
        gateway: core
        gateway_id: 434b12e6-a8db-4068-9597-cda902ea57b2
        customer_asn: 65001
        amazon_asn: 64512
        virtual_gateway: null
        account: null
        owner_account: '111122223333'
        site_link: false
        route_filter_prefixes: []
        rate_limit: null
        prefix_pool_allocated_count_ipv4: 100
        prefix_pool_allocated_count_ipv6: 100
        ordered_at: '2026-11-21T08:30:00.785Z'
        peers:
          - family: ipv4
            id: dxpeer-fh6ovdy6
            state: available
            status: up
            asn: 65001
            amazon_address: 169.254.101.1/30
            customer_address: 169.254.101.2/30
calls:
  description: How often each operation of the AWS API was sent.
  returned: success
  type: dict
  sample: {CreateConnection: 1, DescribeConnections: 3}
done:
  description: What had been done before a call failed.
  returned: failure of a call
  type: list
  elements: str
  sample: [create connection fra-a]
"""

from typing import Any

from ansible_collections.crossconnect.dx.plugins.module_utils.aws.estate_options import (
    ESTATE_MODULE_SPEC,
    estate_of,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.module import AwsModule
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.reconcile import Task, reconcile
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.waits import Patience
from ansible_collections.crossconnect.dx.plugins.module_utils.core.limits_reader import read_limits
from ansible_collections.crossconnect.dx.plugins.module_utils.core.neighbours import (
    Neighbour,
    read_neighbours,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan import Terms

THING_SPEC: dict[str, Any] = {
    "name": {"type": "str", "required": True},
    "id": {"type": "str", "required": True},
}
ARGUMENT_SPEC: dict[str, Any] = {
    **ESTATE_MODULE_SPEC,
    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    "prune": {"type": "bool", "default": False},
    "consent": {"type": "list", "elements": "str", "default": []},
    "replace": {"type": "list", "elements": "str", "default": []},
    "neighbours": {
        "type": "list",
        "elements": "dict",
        "options": {
            "account": {"type": "str", "required": True},
            "account_id": {"type": "str", "required": True},
            "gateways": {"type": "list", "elements": "dict", "options": THING_SPEC},
            "targets": {"type": "list", "elements": "dict", "options": THING_SPEC},
        },
    },
    "settle_seconds": {"type": "int", "default": 60},
    "wait_seconds": {"type": "int", "default": 0},
}


def neighbours_of(options: dict[str, Any]) -> tuple[Neighbour, ...] | None:
    """Return what other accounts know; None where nobody has asked them."""
    given = options["neighbours"]
    return None if given is None else read_neighbours(given)


def task_of(options: dict[str, Any], *, check_mode: bool) -> Task:
    """Return what the options ask for; raises EstateError before anything is called."""
    return Task(
        estate=estate_of(options),
        terms=Terms(
            account=options["account"],
            scope=frozenset(options["scope"]),
            consent=frozenset(options["consent"]),
            replace=frozenset(options["replace"]),
            prune=options["prune"],
            neighbours=neighbours_of(options),
            limits=read_limits(options["limits"]),
        ),
        state=options["state"],
        patience=Patience(
            settle_seconds=options["settle_seconds"], wait_seconds=options["wait_seconds"]
        ),
        check_mode=check_mode,
    )


def main() -> None:
    """Read, plan, carry out, tell."""
    module = AwsModule(ARGUMENT_SPEC)
    module.perform(lambda aws: reconcile(task_of(module.params, check_mode=module.check_mode), aws))


if __name__ == "__main__":
    main()
