#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: alarms
short_description: Watch connections and virtual interfaces with alarms of CloudWatch
version_added: 0.1.0
description:
  - Manages one set of alarms, which watches the same metrics of some circuits and tells the same
    people.
  - Each metric of each object is an alarm of its own. Its name, as
    C(crossconnect/acme/operations/fra-a/connection_state), is what it is known by; its tags are set
    when it is made.
  - An alarm is made once its connection is available, or its virtual interface is made; before that
    the plan shows it as waiting.
  - Whether actions are enabled, and who is told that data is missing, stays as it is found.
author:
  - The Crossconnect founders (@crossconnect)
extends_documentation_fragment:
  - crossconnect.dx.attributes
  - crossconnect.dx.aws
  - crossconnect.dx.single
options:
  name:
    description: The name of the set.
    type: str
    required: true
  notify:
    description:
      - The ARNs, as of SNS topics, that are told of an alarm and of its end; what is there stays if
        left out.
    type: list
    elements: str
  connections:
    description: The names or ids of connections to watch.
    type: list
    elements: str
    default: []
  bandwidth:
    description: The bandwidth of these connections, of which a utilisation is a share.
    type: str
  virtual_interfaces:
    description: The virtual interfaces to watch.
    type: list
    elements: dict
    default: []
    suboptions:
      name:
        description: Its name or id.
        type: str
        required: true
      connection:
        description: The connection that carries it, by name or id.
        type: str
        required: true
      families:
        description: The families of its BGP sessions, each of which has metrics of its own.
        type: list
        elements: str
        choices: [ipv4, ipv6]
        default: [ipv4]
  watch:
    description:
      - The metrics; V(connection_state) and V(bgp_status) if left out.
    type: list
    elements: dict
    suboptions:
      metric:
        description: What to watch.
        type: str
        required: true
        choices:
          - connection_state
          - encryption_state
          - light_level_rx
          - light_level_tx
          - error_count
          - discards
          - utilisation_egress
          - utilisation_ingress
          - bgp_status
          - prefixes_accepted
          - prefixes_advertised
      below:
        description: The alarm goes off below this number.
        type: int
      above:
        description: The alarm goes off above this number.
        type: int
      below_dbm:
        description: The alarm goes off below this optical level, in dBm.
        type: int
      above_dbm:
        description: The alarm goes off above this optical level, in dBm.
        type: int
      above_percent:
        description: The alarm goes off above this share of the connection's bandwidth.
        type: int
      lanes:
        description:
          - The optical lanes to watch, as CloudWatch numbers them (C(OpticalLaneNumber)).
        type: list
        elements: str
      metric_name:
        description: The metric's name at AWS, if it is another than ours.
        type: str
      period_seconds:
        description:
          - How long a period is; AWS publishes every V(300) seconds, which is the default.
        type: int
      evaluation_periods:
        description: How many periods are looked at.
        type: int
      datapoints_to_alarm:
        description: How many of them must be bad; all of them if left out.
        type: int
      missing_data:
        description: How a period without data counts.
        type: str
        choices: [breaching, notBreaching, ignore, missing]
  tags:
    description: Tags that an alarm gets when it is made.
    type: dict
    default: {}
"""

EXAMPLES = r"""
- name: Tell the operators of a port and a session that are down
  crossconnect.dx.alarms:
    name: operations
    notify: [arn:aws:sns:eu-central-1:111122223333:noc]
    connections: [fra-a]
    virtual_interfaces:
      - {name: fra-a-transit, connection: fra-a, families: [ipv4, ipv6]}
    region: eu-central-1

- name: Tell of a port that is full, and of light that fades
  crossconnect.dx.alarms:
    name: capacity
    notify: [arn:aws:sns:eu-central-1:111122223333:noc]
    connections: [fra-a]
    bandwidth: 10Gbps
    watch:
      - {metric: utilisation_egress, above_percent: 70}
      - {metric: light_level_rx, below_dbm: -14, lanes: ["1"]}
    region: eu-central-1

- name: Delete the set
  crossconnect.dx.alarms:
    name: capacity
    state: absent
    region: eu-central-1
"""

RETURN = r"""
alarms:
  description: The alarms of the set, as CloudWatch has them.
  returned: success
  type: list
  elements: dict
  sample:
    - name: operations/fra-a/connection_state
      id: crossconnect/-/operations/fra-a/connection_state
      state: OK
      metric_name: ConnectionState
      dimensions: {ConnectionId: dxcon-fgabcdef}
      statistic: Minimum
      comparison: LessThanThreshold
      threshold: 1.0
      period_seconds: 300
      evaluation_periods: 1
      missing_data: breaching
      notify: [arn:aws:sns:eu-central-1:111122223333:noc]
      actions_enabled: true
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
  description: The alarms and what they watch, as far as it exists.
  returned: success
  type: dict
  sample:
    account: this account
    account_id: '111122223333'
    connections: []
    alarms: []
calls:
  description: How often each operation of the AWS API was sent.
  returned: success
  type: dict
  sample: {DescribeAlarms: 1, DescribeConnections: 1, DescribeVirtualInterfaces: 1}
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
from ansible_collections.crossconnect.dx.plugins.module_utils.core import estate_rules_alarms
from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate_document_alarms import (
    WATCH,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate_fault import (
    EstateError,
    Fault,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import (
    Connection,
    MacsecKey,
    Peer,
    VirtualInterface,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.model_alarms import Alarms, Watch

INTERFACE_SPEC: dict[str, Any] = {
    "name": {"type": "str", "required": True},
    "connection": {"type": "str", "required": True},
    "families": {
        "type": "list",
        "elements": "str",
        "choices": ["ipv4", "ipv6"],
        "default": ["ipv4"],
    },
}
ARGUMENT_SPEC: dict[str, Any] = {
    **SINGLE_SPEC,
    "name": {"type": "str", "required": True},
    "notify": {"type": "list", "elements": "str"},
    "connections": {"type": "list", "elements": "str", "default": []},
    "bandwidth": {"type": "str"},
    "virtual_interfaces": {
        "type": "list",
        "elements": "dict",
        "options": INTERFACE_SPEC,
        "default": [],
    },
    "watch": {"type": "list", "elements": "dict", "options": options_of(WATCH)},
    "tags": {"type": "dict", "default": {}},
}


def things(options: dict[str, Any]) -> dict[str, tuple[Any, ...]]:
    """Return the set and what it watches, which is taken as found."""
    watch = None if options["watch"] is None else tuple(map(_watch, options["watch"]))
    entry = Alarms(
        name=options["name"],
        account=HERE,
        notify=None if options["notify"] is None else tuple(options["notify"]),
        only=(*options["connections"], *(each["name"] for each in options["virtual_interfaces"])),
        watch=watch,
        tags=options["tags"],
    )
    # Who asks for the state of encryption says that there are keys.
    encrypted = any(each.metric == "encryption_state" for each in watch or ())
    carriers = (each["connection"] for each in options["virtual_interfaces"])
    ports = tuple(
        Connection(
            name=name,
            account=HERE,
            location="",
            bandwidth=options["bandwidth"] or "",
            macsec_keys=(MacsecKey(),) if encrypted else None,
        )
        for name in dict.fromkeys((*options["connections"], *carriers))
    )
    rides = tuple(map(_interface, options["virtual_interfaces"]))
    return {"alarms": (entry,), "connections": ports, "virtual_interfaces": rides}


def _watch(given: dict[str, Any]) -> Watch:
    lanes = tuple(given["lanes"] or ())
    return Watch(**{**given, "lanes": lanes})


def _interface(given: dict[str, Any]) -> VirtualInterface:
    return VirtualInterface(
        name=given["name"],
        on=given["connection"],
        type="private",
        vlan=0,
        customer_asn=0,
        peers=tuple(Peer(family=family) for family in given["families"]),
    )


def check(options: dict[str, Any], parts: dict[str, tuple[Any, ...]]) -> None:
    """Hold the set to the rules of an estate, before any call.

    Raises:
        EstateError: With every fault at once.
    """
    judge(single_estate(options, parts), estate_rules_alarms.RULES)
    shares = any(each["metric"].startswith("utilisation") for each in options["watch"] or ())
    if shares and not options["bandwidth"]:
        told = "is missing: give the bandwidth of the connections, as 10Gbps"
        raise EstateError([Fault("bandwidth", told)])


def work(module: AwsModule, aws: Any) -> dict[str, Any]:
    """Judge the set, reconcile it, tell."""
    options = module.params
    parts = things(options)
    if options["state"] == "present":
        check(options, parts)
    result = reconcile_single(options, parts, "alarms", aws, check_mode=module.check_mode)
    return first("alarms", result)


def main() -> None:
    """Do the work, and report."""
    module = AwsModule(ARGUMENT_SPEC)
    module.perform(lambda aws: work(module, aws))


if __name__ == "__main__":
    main()
