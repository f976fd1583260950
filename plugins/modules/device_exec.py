#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: device_exec
short_description: Run show commands and pings on a router
version_added: 0.1.0
description:
  - Gives show commands and pings to the router over its session. Secrets in the answers are
    masked. A command that the router does not take fails the task with the router's own words.
  - Runs within Ansible itself, and needs the connection P(crossconnect.dx.napalm#connection).
author:
  - The Crossconnect founders (@crossconnect)
attributes:
  check_mode:
    description: Can run in check mode, and does the same.
    support: full
  diff_mode:
    description: Changes nothing, so there is no difference to show.
    support: none
options:
  commands:
    description: Show commands in the platform's language.
    type: list
    elements: str
    default: []
  ping:
    description: Pings from the router. What is not set is NAPALM's default.
    type: list
    elements: dict
    default: []
    suboptions:
      destination:
        description: The address to ping.
        type: str
        required: true
      source:
        description: The address to ping from.
        type: str
      source_interface:
        description: The interface to ping from.
        type: str
      ttl:
        description: Hops that a packet may take.
        type: int
      timeout:
        description: Seconds to wait for an answer.
        type: int
      size:
        description: Octets of payload.
        type: int
      count:
        description: How many.
        type: int
      vrf:
        description: The VRF.
        type: str
"""

EXAMPLES = r"""
- name: Reach AWS from the router
  crossconnect.dx.device_exec:
    ping:
      - destination: 169.254.101.1
        source: 169.254.101.2
        count: 10
"""

RETURN = r"""
output:
  description: The answers to O(commands), in their order.
  returned: success
  type: list
  elements: dict
  sample: [{command: show version, output: "FRRouting 8.4.4 (edge-fra-1) on Linux(6.1.0)."}]
pings:
  description:
    - The answers to O(ping), in their order, each with the destination and NAPALM's V(success) or
      V(error).
  returned: success
  type: list
  elements: dict
  sample:
    - destination: 169.254.101.1
      success: {probes_sent: 10, packet_loss: 0, rtt_min: 0.2, rtt_avg: 0.3, rtt_max: 0.6}
counters:
  description: How often this session logged in and committed.
  returned: success
  type: dict
  sample: {logins: 1, commits: 0}
"""
