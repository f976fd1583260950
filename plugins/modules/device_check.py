#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: device_check
short_description: Wait until a router's sessions are up, and nothing else is down
version_added: 0.1.0
description:
  - Looks until every BGP session of O(bgp) is established, with O(bfd) until BFD is up, with
    O(prefixes) until the prefixes have come that must, and all that was up in O(baseline) still is.
    It returns as soon as that is so.
  - If it is not so in time, the task fails, and says for each session its interface and why it did
    not come up.
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
  bgp:
    description: The sessions that must be up.
    type: list
    elements: dict
    default: []
    suboptions:
      neighbor:
        description: The address of the other side, without length.
        type: str
        required: true
      interface:
        description: The interface towards it.
        type: str
        required: true
      name:
        description: The virtual interface.
        type: str
        required: true
      family:
        description: The address family.
        type: str
        choices: [ipv4, ipv6]
        required: true
      vrf:
        description:
          - The VRF that it is in; empty for the default one.
          - Another VRF may have a neighbor of the same address.
        type: str
        default: ""
      expect:
        description:
          - The prefixes that it brings as soon as it is up; empty where that is not known before.
          - P(crossconnect.dx.sessions#filter) fills it in.
        type: list
        elements: str
        default: []
  bfd:
    description: Whether BFD must be up for each of them.
    type: bool
    default: false
  prefixes:
    description:
      - Whether each of them must bring at least as many prefixes as it has in C(expect). What is
        counted are those that the router's policy has taken; a router that does not tell is not
        judged.
    type: bool
    default: false
  management:
    description:
      - Whether the router must take a new connection from here, once all the rest is well. A
        session that stands says nothing of the next login.
      - Where the router is reached through a jump host, nothing is judged.
    type: bool
    default: false
  baseline:
    description:
      - >-
        How the router stood before the change: RV(crossconnect.dx.device_facts#module:facts) with
        V(bgp_neighbors) or V(interfaces) or both, and
        RV(crossconnect.dx.device_facts#module:taken_at) beside them.
      - Sessions that the last M(crossconnect.dx.device_config) changed are not held against it.
    type: dict
  timeout:
    description: Seconds to wait.
    type: int
    default: 30
"""

EXAMPLES = r"""
- name: Hold the change against the gates
  crossconnect.dx.device_check:
    bgp:
      - neighbor: 169.254.101.1
        interface: eth1.101
        name: fra-a-transit
        family: ipv4
    bfd: true
    baseline: "{{ before.facts | combine({'taken_at': before.taken_at}) }}"
    timeout: 60
"""

RETURN = r"""
checks:
  description:
    - One record per check. RV(ignore:id) is V(bgp), V(bfd), V(prefixes), V(bgp_kept),
      V(interface_kept) or V(management).
  returned: always
  type: list
  elements: dict
  sample:
    - id: bgp
      target: fra-a-transit ipv4
      verdict: pass
      measured: established
      expected: established
problems:
  description: A sentence per check that failed.
  returned: always
  type: list
  elements: str
  sample:
    - >-
      edge-fra-1: eth1.101 (fra-a-transit, 169.254.101.1): the BGP session did not establish within
      30 s: the two sides have different keys (4 TCP segments came with another MD5 signature)
counters:
  description: How often this session logged in and committed.
  returned: always
  type: dict
  sample: {logins: 1, commits: 1}
"""
