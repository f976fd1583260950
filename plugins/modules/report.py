#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: report
short_description: Say where every circuit is, what was measured, and who is awaited
version_added: 0.1.0
description:
  - >-
    Puts together what a run has seen of AWS, of the routers and of the paths, and writes three
    files: C(report.json) for programs (its schema is C(docs/report.schema.json)), C(report.html)
    for people (one page that needs nothing beside itself, with the turn-up certificates of the
    circuits in service), and C(handover.yml), the details of every circuit as AWS assigned them.
  - No key is ever written or returned. The handover record says where each key lives.
  - Runs on the controller, within Ansible itself, and makes no call to AWS or to a router.
notes:
  - >-
    The task is RV(ignore:changed) when the report says something of the world that the last one in
    the same folder did not: a step, a state, a session, a verdict. The time of the report, the
    measured values and the counts of what a run changed differ from run to run, and do not count.
  - >-
    C(report.json) and C(report.html) are the record of a run, and are written by every run.
    C(handover.yml) is written only when one of its details has changed, so that it can be kept
    under version control.
author:
  - The Crossconnect founders (@crossconnect)
attributes:
  check_mode:
    description: Can run in check mode. It returns the same and writes nothing.
    support: full
  diff_mode:
    description: Shows what the report says of the world that the last one did not.
    support: full
options:
  estate:
    description: The estate, as in the variable C(dx_estate).
    type: dict
    required: true
  observed:
    description:
      - What AWS has, one item per account, as RV(crossconnect.dx.estate_info#module:observed).
    type: list
    elements: dict
    default: []
  routers:
    description:
      - What the run did with each router, and what the router said, by inventory name.
      - >-
        Each value may have V(preflight), the check records of the preflight; V(configured),
        whether the router holds what it shall (not set, when the run did not come to it);
        V(reason), why it does not; and V(bgp_neighbors), V(drained) and V(shut), the getters of
        those names as M(crossconnect.dx.device_facts) returns them.
    type: dict
    default: {}
  checks:
    description:
      - The check records of step 8, of any origin, each with V(id), V(target), V(verdict),
        V(measured) and V(expected).
      - >-
        A check belongs to the circuits that its target names: by the virtual interface, its id, its
        addresses or its C(router:interface); else by the circuit or its connection's id; else by
        an address within what one of its virtual interfaces accepts; else by the router. A check
        that names none of them belongs to every circuit.
    type: list
    elements: dict
    default: []
  changed:
    description: How many objects this run changed.
    type: dict
    default: {}
    suboptions:
      aws:
        description: In AWS.
        type: int
        default: 0
      routers:
        description: How many routers.
        type: int
        default: 0
  figures:
    description: Other counts of this run by name, which the table at the end shows.
    type: dict
    default: {}
  letters:
    description:
      - Where the LOA-CFA of each connection was saved, by the connection's name, so that the report
        can say which file to send to the colocation.
    type: dict
    default: {}
  state:
    description:
      - Whether the circuits shall be in service, or V(absent), which they shall be after a
        teardown.
    type: str
    choices: [present, absent]
    default: present
  limits:
    description: Overrides of the built-in limits, as in the variable C(dx_limits).
    type: dict
    default: {}
  dest:
    description:
      - The folder to write to. It is made if need be.
      - Not set, it is C(artifacts/<estate>) in the folder that Ansible was started from.
    type: path
seealso:
  - module: crossconnect.dx.estate_info
  - module: crossconnect.dx.path_test
"""

EXAMPLES = r"""
- name: Say where every circuit is
  crossconnect.dx.report:
    estate: "{{ dx_estate }}"
    observed: "{{ groups['aws_accounts'] | map('extract', hostvars, 'seen') }}"
    routers:
      edge-fra-1: {configured: true}
    checks: "{{ hostvars['host-dc'].path.checks }}"
    changed: {aws: 0, routers: 1}
    figures: {api_calls: 11, logins: 2}
    letters: {ams-a: artifacts/demo/loa/ams-a.pdf}
    dest: artifacts/demo
"""

RETURN = r"""
report:
  description: The report, as C(report.json) has it.
  returned: success
  type: dict
  sample:
    estate: demo
    generated_at: "2026-11-22T19:12:04Z"
    circuits:
      - name: ams-a
        account: network
        location: EqAM3
        step: 3
        state: LOA-CFA issued, waiting for the cross-connect
        awaited: {from: colocation, what: the cross-connect at EqAM3, since: "2026-11-19T10:00:00Z"}
        next_action: >-
          send artifacts/demo/loa/ams-a.pdf to the colocation with the order of a cross-connect
        virtual_interfaces:
          - name: ams-a-transit
            id: null
            vlan: 102
            bgp:
              - {family: ipv4, aws: unknown, router: unknown, received: null, advertised: null}
        checks: []
    changed: {aws: 3, routers: 0}
certificates:
  description: One turn-up certificate per circuit in service.
  returned: success
  type: list
  elements: dict
  sample: []
figures:
  description: The counts of O(figures).
  returned: success
  type: dict
  sample: {api_calls: 11, logins: 2}
paths:
  description: Where the three files are. In check mode, where they would be.
  returned: success
  type: dict
  sample:
    report: artifacts/demo/report.json
    page: artifacts/demo/report.html
    handover: artifacts/demo/handover.yml
"""
