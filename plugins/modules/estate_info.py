#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: estate_info
short_description: Tell what an AWS account has of an estate, and what it lacks
version_added: 0.1.0
description:
  - Reads the account once and compares it with the estate; changes nothing.
  - With O(everything=true) it also returns all that the account has as an estate's document, which
    plans nothing when it is fed back; so circuits that were made by hand come under the estate.
author:
  - The Crossconnect founders (@crossconnect)
extends_documentation_fragment:
  - crossconnect.dx.attributes.info
  - crossconnect.dx.aws
  - crossconnect.dx.estate
options:
  everything:
    description:
      - Whether to read all that the account has, and to return it as RV(document).
      - Costs a call for each gateway and two for each resiliency group.
    type: bool
    default: false
"""

EXAMPLES = r"""
- name: Look at the account
  crossconnect.dx.estate_info:
    estate: "{{ dx_estate }}"
    account: network
    region: eu-central-1
  register: network

- name: Tell who is awaited
  ansible.builtin.debug:
    var: network.awaited

- name: Begin an estate with what is there
  crossconnect.dx.estate_info:
    estate: {name: acme}
    account: network
    everything: true
    region: eu-central-1
"""

RETURN = r"""
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
plan:
  description: What M(crossconnect.dx.estate) would do, in the order of execution.
  returned: success
  type: list
  elements: dict
  sample: []
plan_text:
  description: The same as text that a person can approve; empty when there is nothing to do.
  returned: success
  type: str
  sample: ''
faults:
  description: Why the estate cannot be reached from what exists.
  returned: success
  type: list
  elements: str
  sample: []
resiliency:
  description:
    - Which of AWS's resiliency models is met, for each gateway (or other end) that virtual
      interfaces lead to, then for each resiliency group.
    - Judged by the locations and AWS devices of what is built, not of what is declared.
    - VPN connections that stand in are told beside it (C(vpn_backups)); they raise
      no SLA.
  returned: success
  type: list
  elements: dict
  sample:
    - of: gateway core
      model: high-resiliency
      sla: '99.9'
      wanted: null
      goal: maximum-resiliency
      meets: true
      locations:
        - {location: EqAM3, devices: [EqAM3-2xk7q1]}
        - {location: EqFA5, devices: [EqFA5-9rt3b4]}
      circuits: [fra-a, ams-a]
      missing:
        - a circuit on a second AWS device at EqAM3 (all end on EqAM3-2xk7q1)
        - a circuit on a second AWS device at EqFA5 (all end on EqFA5-9rt3b4)
      vpn_backups: []
      sentence: >-
        gateway core meets high-resiliency (99.9 %); for maximum-resiliency it lacks a circuit on a
        second AWS device at EqAM3 (all end on EqAM3-2xk7q1) and a circuit on a second AWS device at
        EqFA5 (all end on EqFA5-9rt3b4)
document:
  description:
    - All that the account has, as the document of an estate of this name.
    - What is not to be written into files (keys) or cannot be told by a name is left out.
  returned: success and O(everything=true)
  type: dict
  sample:
    name: acme
    adopt: false
    connections:
      - {name: fra-a, account: network, location: EqFA5, bandwidth: 10Gbps}
notes:
  description: What RV(document) leaves out, one sentence each.
  returned: success and O(everything=true)
  type: list
  elements: str
  sample: ['BGP keys are left out: put them into the vault before the routers are configured']
calls:
  description: How often each operation of the AWS API was sent.
  returned: success
  type: dict
  sample: {DescribeConnections: 1, DescribeDirectConnectGateways: 1}
"""

from typing import Any

from ansible_collections.crossconnect.dx.plugins.module_utils.aws.estate_options import (
    ESTATE_MODULE_SPEC,
    estate_of,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.everything import (
    document_of_everything,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.module import AwsModule
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.reconcile import Task, inspect
from ansible_collections.crossconnect.dx.plugins.module_utils.core.limits_reader import read_limits
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan import Terms
from ansible_collections.crossconnect.dx.plugins.module_utils.core.resiliency import verdicts

ARGUMENT_SPEC: dict[str, Any] = {
    **ESTATE_MODULE_SPEC,
    "everything": {"type": "bool", "default": False},
}


def look(options: dict[str, Any], aws: Any) -> dict[str, Any]:
    """Compare the account with the estate, and tell all that it has if that is asked for."""
    terms = Terms(
        account=options["account"],
        scope=frozenset(options["scope"]),
        limits=read_limits(options["limits"]),
    )
    estate = estate_of(options)
    result = inspect(Task(estate=estate, terms=terms), aws)
    result["resiliency"] = verdicts(estate, [result["observed"]])
    if not options["everything"]:
        return result
    told = document_of_everything(aws, estate.name, options["account"])
    return {**result, **told, "calls": dict(sorted(aws.calls.items()))}


def main() -> None:
    """Read, compare, tell."""
    module = AwsModule(ARGUMENT_SPEC)
    module.perform(lambda aws: look(module.params, aws))


if __name__ == "__main__":
    main()
