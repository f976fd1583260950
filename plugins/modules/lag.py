#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: lag
short_description: Order, change or take down a link aggregation group (LAG)
version_added: 0.1.0
description:
  - Manages one LAG, which is up to four ports of one AWS device in a bundle, and its ports.
  - Where neither the LAG nor a port is there, one order makes all of them; it is sent once, if the
    location has what is ordered, and the ports are given their names and tags right after it.
  - Where a port is there, the LAG is made of it, so that it lies on the same AWS device; other
    ports that are there join, those that are missing are ordered.
  - Location, bandwidth, provider and the request for MACsec are fixed at birth; a difference is an
    error.
  - What interrupts traffic or gives up a port needs a name in O(consent).
author:
  - The Crossconnect founders (@crossconnect)
extends_documentation_fragment:
  - crossconnect.dx.attributes
  - crossconnect.dx.aws
  - crossconnect.dx.single
options:
  name:
    description: The LAG's name.
    type: str
    required: true
  connections:
    description:
      - The names of all its ports.
      - A port that is not there is ordered; one that is there joins, with its name in O(consent) if
        a BGP session is up on it.
      - A member that is not in the list leaves, with its name in O(consent); AWS goes on billing
        it.
      - With O(state=absent) these ports are given up with the LAG, each with its name in
        O(consent); other members leave the LAG and stay.
    type: list
    elements: str
    default: []
  location:
    description: The code of the Direct Connect location.
    type: str
  bandwidth:
    description: The speed of each port, as V(10Gbps).
    type: str
  provider:
    description: The provider of the cross-connects, as AWS names it.
    type: str
  minimum_links:
    description:
      - How many ports must be up for the LAG to be up.
      - Without it, a new LAG has 1, and a LAG that has 0 gets 1; with 0 a LAG would stay up when
        all of its ports are down.
    type: int
  request_macsec:
    description: Whether to ask for ports that are capable of MACsec.
    type: bool
  encryption_mode:
    description: What becomes of traffic that MACsec does not protect.
    type: str
    choices: [no_encrypt, should_encrypt, must_encrypt]
  tags:
    description: Tags to set on the LAG and its ports; others stay.
    type: dict
    default: {}
"""

EXAMPLES = r"""
- name: Order a LAG of two ports in Frankfurt
  crossconnect.dx.lag:
    name: fra
    location: EqFA5
    bandwidth: 10Gbps
    connections: [fra-1, fra-2]
    provider: Equinix
    region: eu-central-1

- name: Add a third port, and be down with fewer than two
  crossconnect.dx.lag:
    name: fra
    location: EqFA5
    bandwidth: 10Gbps
    connections: [fra-1, fra-2, fra-3]
    minimum_links: 2
    region: eu-central-1

- name: Give up the LAG and all of its ports
  crossconnect.dx.lag:
    name: fra
    connections: [fra-1, fra-2, fra-3]
    state: absent
    consent: [fra-1, fra-2, fra-3]
    region: eu-central-1
"""

RETURN = r"""
lag:
  description: The LAG; null if it does not exist.
  returned: success
  type: dict
  sample:
    name: fra
    id: dxlag-u7syp6md
    state: pending
    location: EqFA5
    bandwidth: 10Gbps
    provider: Equinix
    minimum_links: 1
    jumbo_frame_capable: true
    aws_device: EqFA5-1a2b3c4d5e6f7
    aws_logical_device: EqFA5-1a2b3c4d5e6f7-1
    encryption_mode: null
    encryption_status: null
    macsec_keys: []
    ordered_at: '2026-11-22T23:26:56.118Z'
    connections: [fra-1, fra-2]
plan:
  description: The actions in the order of execution.
  returned: success
  type: list
  elements: dict
  sample:
    - verb: update
      kind: lag
      name: fra
      id: dxlag-u7syp6md
      changes: [{attribute: minimum_links, before: 1, after: 2}]
      waits_for: []
      reason: ''
      consent: null
plan_text:
  description: The same as text that a person can approve; empty when there is nothing to do.
  returned: success
  type: str
  sample: |
    Plan for account this account of estate acme: 1 to update
      ~ update lag fra: minimum_links 1 -> 2
awaited:
  description: What is not ready yet, and from whom it is awaited.
  returned: success
  type: list
  elements: dict
  sample:
    - kind: connection
      name: fra-1
      state: pending
      from: colocation
      what: the cross-connect, made as the LOA-CFA says
      since: '2026-11-22T23:26:56.118Z'
observed:
  description: The LAG and its ports, as far as they exist.
  returned: success
  type: dict
  sample: {account: this account, account_id: '111122223333', connections: [], lags: []}
calls:
  description: How often each operation of the AWS API was sent.
  returned: success
  type: dict
  sample: {DescribeConnections: 2, DescribeLags: 2, UpdateLag: 1}
done:
  description: What had been done before a call failed.
  returned: failure of a call
  type: list
  elements: str
  sample: [create lag fra, tag connection fra-1]
"""

from typing import TYPE_CHECKING, Any

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
from ansible_collections.crossconnect.dx.plugins.module_utils.core import estate_rules_lags
from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate_document_ports import LAG
from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import Connection, Lag

if TYPE_CHECKING:
    from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan import Scope

# What a single LAG has of the estate's: the others are of circuits, and macsec_key's.
_OF_THE_ESTATE = (
    *("location", "bandwidth", "provider"),
    *("minimum_links", "request_macsec", "encryption_mode"),
)
ARGUMENT_SPEC: dict[str, Any] = {
    **SINGLE_SPEC,
    **{name: {**options_of(LAG)[name], "required": False} for name in _OF_THE_ESTATE},
    "name": {"type": "str", "required": True},
    "connections": {"type": "list", "elements": "str", "default": []},
    "tags": {"type": "dict", "default": {}},
}
REQUIRED_IF = [("state", "present", ["location", "bandwidth"])]
SCOPE: frozenset[Scope] = frozenset({"lags", "connections"})


def things(options: dict[str, Any]) -> dict[str, tuple[Any, ...]]:
    """Return the LAG and its ports, which are all alike."""
    shared = {
        "account": HERE,
        "location": options["location"] or "",
        "bandwidth": options["bandwidth"] or "",
        "provider": options["provider"],
        "request_macsec": options["request_macsec"],
        "tags": options["tags"],
    }
    lag = Lag(
        name=options["name"],
        connections=tuple(options["connections"]),
        minimum_links=options["minimum_links"],
        encryption_mode=options["encryption_mode"],
        **shared,
    )
    ports = tuple(Connection(name=name, **shared) for name in dict.fromkeys(lag.connections))
    return {"lags": (lag,), "connections": ports}


def work(module: AwsModule, aws: Any) -> dict[str, Any]:
    """Judge the LAG, reconcile it with its ports, tell."""
    options = module.params
    parts = things(options)
    if options["state"] == "present":
        judge(single_estate(options, parts), estate_rules_lags.RULES)
    result = reconcile_single(options, parts, SCOPE, aws, check_mode=module.check_mode)
    return first("lag", result)


def main() -> None:
    """Do the work, and report."""
    module = AwsModule(ARGUMENT_SPEC, required_if=REQUIRED_IF)
    module.perform(lambda aws: work(module, aws))


if __name__ == "__main__":
    main()
