#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: device_config
short_description: Change a router's configuration in one transaction
version_added: 0.1.0
description:
  - Loads a candidate, compares it with what runs, and commits it if there is a difference.
  - With O(revert_in) the router takes the change back by itself unless
    M(crossconnect.dx.device_confirm) keeps it in time, also when the controller dies.
  - Runs within Ansible itself, and needs the connection P(crossconnect.dx.napalm#connection).
notes:
  - The candidate is locked while it is loaded. A second run is refused and learns who holds it.
  - A pending commit of another run is refused, too, with its owner and its deadline. One whose run
    has no session any more is taken back first, since nobody is left to confirm it.
author:
  - The Crossconnect founders (@crossconnect)
attributes:
  check_mode:
    description: Can run in check mode. It loads, compares and discards.
    support: full
  diff_mode:
    description: Shows what changes on the router, without keys.
    support: full
options:
  config:
    description:
      - The configuration in the platform's language.
      - >-
        A BGP key is written as a placeholder, C(@@KEY:name@@), and given by name in O(keys).
      - >-
        For FRR, VLAN interfaces are a part of the configuration: C(link eth1.101 vlan 101 mtu
        8500). Blocks are indented as C(show running-config) shows them.
    type: str
    required: true
  keys:
    description: The keys that O(config) has placeholders for, by name.
    type: dict
    default: {}
  mode:
    description:
      - V(merge) adds to the running configuration, C(no) takes away.
      - V(replace) takes O(config) as the whole configuration.
      - V(owned) replaces all that the O(owners) have by O(config), and touches nothing else.
    type: str
    choices: [merge, replace, owned]
    default: merge
  owners:
    description:
      - >-
        With O(mode=owned), whose objects O(config) replaces: names such as V(DX-VIF101). An owner
        has the policy objects whose names start with C(DX-VIF101-), and the interfaces and
        neighbors whose descriptions start with it.
      - An owner without a part in O(config) is removed from the router.
    type: list
    elements: str
    default: []
  commit:
    description: V(false) compares and discards.
    type: bool
    default: true
  hold:
    description:
      - Leaves the candidate loaded and the router locked, for M(crossconnect.dx.device_commit) in
        the same play, which commits on the terms given here. What the router lacks is told now.
      - M(crossconnect.dx.device_rollback) and the end of the play let go of it.
    type: bool
    default: false
  revert_in:
    description:
      - Seconds after which the router takes the commit back unless it is confirmed. Not set, the
        commit is final.
      - Not every platform can, and some only in whole minutes.
    type: int
  probation:
    description:
      - Without O(revert_in), for a router that cannot take a commit back by itself. The commit
        counts as unconfirmed, and M(crossconnect.dx.device_rollback) in the same play takes it
        back.
      - When the play dies meanwhile, the commit stays.
    type: bool
    default: false
  message:
    description: What the commit is for. Platforms without such messages ignore it.
    type: str
    default: ""
"""

EXAMPLES = r"""
- name: Configure all attachments of the router, on probation
  crossconnect.dx.device_config:
    config: "{{ candidate }}"
    keys: "{{ dx_estate | crossconnect.dx.attachment_keys(inventory_hostname) }}"
    mode: owned
    owners: "{{ attachments | map(attribute='owner') }}"
    revert_in: 120
    message: change 4711
  register: change

- name: Remove one attachment
  crossconnect.dx.device_config:
    config: ""
    mode: owned
    owners: [DX-VIF101]
"""

RETURN = r"""
diff:
  description: What the candidate changes, in RV(ignore:prepared); placeholders stand for keys.
  returned: success
  type: dict
  sample:
    prepared: |
      + link eth1.101 vlan 101 mtu 8500
        router bgp 65001
      +  neighbor 169.254.101.1 remote-as 64512
      +  neighbor 169.254.101.1 password @@KEY:fra-a-transit@@
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
  returned: success
  type: dict
  sample: {logins: 1, commits: 1}
"""
