#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: device_confirm
short_description: Keep the pending commit of a router
version_added: 0.1.0
description:
  - Stops the router's revert timer and saves the configuration, links included.
  - Fails when the router has taken the commit back already, or when it is another run's.
  - Runs within Ansible itself, and needs the connection P(crossconnect.dx.napalm#connection).
author:
  - The Crossconnect founders (@crossconnect)
attributes:
  check_mode:
    description: Can run in check mode. It tells whether there is anything to confirm.
    support: full
  diff_mode:
    description: The difference was shown when it was committed.
    support: none
"""

EXAMPLES = r"""
- name: Keep the change, now that all gates are open
  crossconnect.dx.device_confirm:
"""

RETURN = r"""
counters:
  description: How often this session logged in and committed.
  returned: success, outside check mode
  type: dict
  sample: {logins: 1, commits: 1}
"""
