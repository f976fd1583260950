#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: device_rollback
short_description: Take a router's commit back at once
version_added: 0.1.0
description:
  - Brings the configuration back that ran before this run's unconfirmed commit. Does nothing when
    there is none, so that it can stand in any C(rescue).
  - Runs within Ansible itself, and needs the connection P(crossconnect.dx.napalm#connection).
author:
  - The Crossconnect founders (@crossconnect)
attributes:
  check_mode:
    description: Can run in check mode. It tells whether a commit is pending.
    support: full
  diff_mode:
    description: Not supported.
    support: none
options:
  force:
    description:
      - Take back what is there, whoever committed it, the pending commit first, else the last
        confirmed one. For a person's hand, never for a playbook that runs by itself.
    type: bool
    default: false
"""

EXAMPLES = r"""
- name: Take the change back
  crossconnect.dx.device_rollback:
"""

RETURN = r"""
counters:
  description: How often this session logged in and committed.
  returned: success, outside check mode
  type: dict
  sample: {logins: 1, commits: 1}
"""
