#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: device_commit
short_description: Commit the candidate that a router holds
version_added: 0.1.0
description:
  - Commits what M(crossconnect.dx.device_config) has loaded with C(hold=true), on the terms that
    were given there. Between the two the difference is known and nothing is changed yet, so that
    it can be held against what others say.
  - Fails when there is no such candidate.
  - Runs within Ansible itself, and needs the connection P(crossconnect.dx.napalm#connection).
author:
  - The Crossconnect founders (@crossconnect)
attributes:
  check_mode:
    description: Can run in check mode. It changes nothing, and tells that it would.
    support: full
  diff_mode:
    description: The difference was shown when it was loaded.
    support: none
"""

EXAMPLES = r"""
- name: Load the candidate and compare
  crossconnect.dx.device_config:
    config: "{{ candidate }}"
    revert_in: 120
    hold: true
  register: change

- name: Commit it
  crossconnect.dx.device_commit:
  when: change is changed
"""

RETURN = r"""
pending:
  description: The commit that awaits its confirmation; null when there is none.
  returned: success
  type: dict
  sample:
    owner: netadmin@control (ansible-playbook 4711)
    since: "2026-11-22T19:20:36Z"
    deadline: "2026-11-22T19:22:36Z"
counters:
  description: How often this session logged in and committed.
  returned: success, outside check mode
  type: dict
  sample: {logins: 1, commits: 1}
"""
