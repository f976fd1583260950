#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: device_facts
short_description: Ask a router for facts
version_added: 0.1.0
description:
  - Runs NAPALM getters over the router's session and returns their answers in NAPALM's shapes.
  - Runs within Ansible itself, and needs the connection P(crossconnect.dx.napalm#connection).
author:
  - The Crossconnect founders (@crossconnect)
attributes:
  check_mode:
    description: Can run in check mode, and returns the same.
    support: full
  diff_mode:
    description: Changes nothing, so there is no difference to show.
    support: none
options:
  getters:
    description:
      - Names of getters without C(get_), such as V(facts), V(interfaces), V(interfaces_ip),
        V(bgp_neighbors), V(bgp_neighbors_detail), V(arp_table), V(ipv6_neighbors_table) and
        V(config).
      - V(drained) is one of ours, the owners (C(DX-VIF101)) whose way carries no traffic, as the
        playbook C(drain.yml) leaves it. V(shut) has those owners all of whose sessions are shut.
      - The configurations of V(config) are returned without their secrets.
    type: list
    elements: str
    default: [facts]
"""

EXAMPLES = r"""
- name: See how the router stands before the change
  crossconnect.dx.device_facts:
    getters: [bgp_neighbors, interfaces]
  register: before
"""

RETURN = r"""
facts:
  description: The getters' answers by name.
  returned: success
  type: dict
  sample: {facts: {hostname: edge-fra-1, vendor: FRRouting, os_version: 8.4.4}}
taken_at:
  description:
    - When they were taken, in seconds since 1970. O(crossconnect.dx.device_check#module:baseline)
      wants it beside the facts.
  returned: success
  type: float
  sample: 1795375648.5
counters:
  description: How often this session logged in and committed.
  returned: success
  type: dict
  sample: {logins: 1, commits: 0}
"""
