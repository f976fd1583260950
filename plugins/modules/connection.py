#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: connection
short_description: Order, confirm, change or give up a connection
version_added: 0.1.0
description:
  - Manages one connection, which is a physical port at a Direct Connect location, or, with
    O(hosted), the part of a port that a partner provides.
  - The order of a port is sent once, if the location has what is ordered. Name, billing mode and
    encryption mode are changed in place; location, bandwidth, provider and the request for MACsec
    are fixed at birth, a difference is an error.
  - A hosted connection is never ordered. Until its provider has provisioned it, it is awaited; then
    it is confirmed, once, from when on AWS bills its hours.
  - Giving a connection up needs its name in O(consent).
author:
  - The Crossconnect founders (@crossconnect)
seealso:
  - module: crossconnect.dx.hosted_connection
    description: The partner's side of a hosted connection.
  - module: crossconnect.dx.macsec_key
extends_documentation_fragment:
  - crossconnect.dx.attributes
  - crossconnect.dx.aws
  - crossconnect.dx.single
options:
  name:
    description:
      - The connection's name.
      - Of a hosted connection, the name that its provider gave it.
    type: str
    required: true
  location:
    description: The code of the Direct Connect location.
    type: str
  bandwidth:
    description: The port speed, as V(10Gbps), or the share of a hosted connection, as V(500Mbps).
    type: str
  provider:
    description: The provider of the cross-connect or of the hosted connection, as AWS names it.
    type: str
  hosted:
    description: Whether a partner provides it; it is then confirmed, never ordered.
    type: bool
  vlan:
    description:
      - The VLAN id that the partner gave a hosted connection; another one at AWS is an error.
      - A virtual interface on it has this VLAN id.
    type: int
  billing_mode:
    description:
      - How AWS bills the port, changed in place.
      - A flat-rate port that AWS bills as one of a pair is taken for the tier that it has.
    type: str
    choices: [PayAsYouGo, FlatRateTier1, FlatRateTier2, FlatRateTier3, FlatRateTier4, FlatRateTier5]
  request_macsec:
    description: Whether to ask for a port that is capable of MACsec.
    type: bool
  encryption_mode:
    description:
      - What becomes of traffic that MACsec does not protect; AWS takes it once the port is
        available.
      - V(must_encrypt) waits until encryption is up, for before it the port would pass nothing;
        with the connection's name in O(consent) it does not wait.
    type: str
    choices: [no_encrypt, should_encrypt, must_encrypt]
  tags:
    description: Tags to set; others stay.
    type: dict
    default: {}
"""

EXAMPLES = r"""
- name: Order a port in Frankfurt that can have MACsec, at a flat rate
  crossconnect.dx.connection:
    name: fra-a
    location: EqFA5
    bandwidth: 10Gbps
    provider: Equinix
    request_macsec: true
    billing_mode: FlatRateTier1
    region: eu-central-1

- name: Let it pass encrypted traffic only, once encryption is up
  crossconnect.dx.connection:
    name: fra-a
    location: EqFA5
    bandwidth: 10Gbps
    request_macsec: true
    encryption_mode: must_encrypt
    region: eu-central-1

- name: Confirm what a partner has provisioned
  crossconnect.dx.connection:
    name: acme-fra-500m
    location: EqFA5
    bandwidth: 500Mbps
    hosted: true
    vlan: 301
    region: eu-central-1

- name: Give the port up
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
  sample:
    name: fra-a
    id: dxcon-fg31dyv6
    state: pending
    location: EqFA5
    bandwidth: 10Gbps
    provider: Equinix
    jumbo_frame_capable: true
    aws_device: EqFA5-aaaaaaaa
    aws_logical_device: EqFA5-aaaaaaaa-1
    loa_issue_time: null
    partner: null
    vlan: null
    billing_mode: PayAsYouGo
    macsec_capable: true
    encryption_mode: should_encrypt
    encryption_status: Encryption Down
    macsec_keys: []
    ordered_at: '2026-11-22T10:00:00Z'
    lag: null
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
        - {attribute: location, before: null, after: EqFA5}
      waits_for: []
      reason: ORDERS A PHYSICAL PORT, AWS bills its hours
      consent: null
plan_text:
  description: The same as text that a person can approve; empty when there is nothing to do.
  returned: success
  type: str
  sample: |
    Plan for account this account of estate acme: 1 to create
      + create connection fra-a: bandwidth 10Gbps, location EqFA5; ORDERS A PHYSICAL PORT, AWS bills
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
  sample: {CreateConnection: 1, DescribeConnections: 3}
done:
  description: What had been done before a call failed.
  returned: failure of a call
  type: list
  elements: str
  sample: []
"""

from typing import Any

from ansible_collections.crossconnect.dx.plugins.module_utils.aws.estate_options import options_of
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
    estate_rules_connections,
    estate_rules_hosted,
    estate_rules_macsec,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate_document_ports import (
    CONNECTION,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import Connection

# What a single connection has of the estate's: the others are of circuits, and macsec_key's.
_OF_THE_ESTATE = (
    *("location", "bandwidth", "provider", "hosted", "vlan"),
    *("billing_mode", "request_macsec", "encryption_mode"),
)
RULES = (
    *estate_rules_connections.RULES,
    *estate_rules_hosted.RULES,
    *estate_rules_macsec.RULES,
)
ARGUMENT_SPEC: dict[str, Any] = {
    **SINGLE_SPEC,
    **{name: {**options_of(CONNECTION)[name], "required": False} for name in _OF_THE_ESTATE},
    "name": {"type": "str", "required": True},
    "tags": {"type": "dict", "default": {}},
}
REQUIRED_IF = [("state", "present", ["location", "bandwidth"])]


def connection_of(options: dict[str, Any]) -> Connection:
    """Return the one connection."""
    return Connection(
        name=options["name"],
        account=HERE,
        location=options["location"] or "",
        bandwidth=options["bandwidth"] or "",
        provider=options["provider"],
        hosted=bool(options["hosted"]),
        vlan=options["vlan"],
        billing_mode=options["billing_mode"],
        request_macsec=options["request_macsec"],
        encryption_mode=options["encryption_mode"],
        tags=options["tags"],
    )


def work(module: AwsModule, aws: Any) -> dict[str, Any]:
    """Judge the connection, reconcile it, tell."""
    options = module.params
    things = {"connections": (connection_of(options),)}
    if options["state"] == "present":
        judge(single_estate(options, things), RULES)
    result = reconcile_single(options, things, "connections", aws, check_mode=module.check_mode)
    return first("connection", result)


def main() -> None:
    """Do the work, and report."""
    module = AwsModule(ARGUMENT_SPEC, required_if=REQUIRED_IF)
    module.perform(lambda aws: work(module, aws))


if __name__ == "__main__":
    main()
