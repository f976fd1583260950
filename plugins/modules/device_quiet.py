#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: device_quiet
short_description: Wait until traffic has gone from a router's interfaces
version_added: 0.1.0
description:
  - Reads the interfaces' counters again and again, and returns as soon as each has carried next to
    nothing between two looks. A way that was drained is quiet when the work on it may begin.
  - Runs within Ansible itself, and needs the connection P(crossconnect.dx.napalm#connection).
author:
  - The Crossconnect founders (@crossconnect)
attributes:
  check_mode:
    description: Can run in check mode, and looks the same way.
    support: full
  diff_mode:
    description: Changes nothing, so there is no difference to show.
    support: none
options:
  interfaces:
    description:
      - The interfaces by the router's own names. One that the router does not count packets of, as
        some platforms do not for sub-interfaces, gets the verdict V(na); so does one whose counters
        stand at zero, since it has carried its BGP session at least.
    type: list
    elements: str
    required: true
  packets_per_second:
    description:
      - Up to this rate, both ways together, an interface is quiet. BGP and BFD at 300 ms stay below
        10 for each session.
    type: int
    default: 20
  interval:
    description: Seconds between two looks.
    type: int
    default: 5
  timeout:
    description: How long to wait, in seconds. There are two looks at least.
    type: int
    default: 120
  counted:
    description:
      - Those of O(interfaces) that fail, too, if the router does not count their packets. Name here
        what will be shut next.
    type: list
    elements: str
    default: []
"""

EXAMPLES = r"""
- name: Wait until the way is empty
  crossconnect.dx.device_quiet:
    interfaces: [eth1.101]
"""

RETURN = r"""
checks:
  description: One check record per interface.
  returned: always
  type: list
  elements: dict
  sample:
    - id: quiet
      target: eth1.101
      verdict: pass
      measured: 7.4 packets per second
      expected: at most 20 packets per second
counters:
  description: How often this session logged in and committed.
  returned: always
  type: dict
  sample: {logins: 1, commits: 0}
"""
