#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file documents the action plugin of the same name, which does the work on the controller.

DOCUMENTATION = r"""
module: validate
short_description: Check every value of an estate offline
version_added: 0.1.0
description:
  - Reads the estate and judges it by every rule that needs neither AWS nor a router, from names and
    references to VLANs, addresses, ASNs, MTUs, keys, prefixes and quotas.
  - Fails with one message that lists every fault at once, each with its path in the document, the
    rule that it breaks and what to do.
  - Runs on the controller within Ansible's own process. It calls no API, logs in nowhere, and shows
    no key.
author:
  - The Crossconnect founders (@crossconnect)
attributes:
  action:
    description: Runs on the controller, as an action plugin.
    support: full
  check_mode:
    description: Can run in check mode. It judges all the same, since judging changes nothing.
    support: full
  diff_mode:
    description: Nothing is changed, so there is nothing to show.
    support: none
options:
  estate:
    description: The estate, C(dx_estate).
    type: raw
    required: true
  accounts:
    description:
      - The names of the accounts that the inventory has.
      - Not set, any account will do.
    type: list
    elements: str
  routers:
    description:
      - The names of the edge routers that the inventory has.
      - Not set, any router will do.
    type: list
    elements: str
  limits:
    description: Limits that AWS has raised for you, by name, C(dx_limits).
    type: dict
    default: {}
seealso:
  - module: crossconnect.dx.estate
"""

EXAMPLES = r"""
- name: Check every value of the estate
  crossconnect.dx.validate:
    estate: "{{ dx_estate }}"
    accounts: "{{ groups['aws_accounts'] }}"
    routers: "{{ groups['edge_routers'] }}"

- name: Check an estate for an account where AWS allows more transit interfaces
  crossconnect.dx.validate:
    estate: "{{ dx_estate }}"
    limits: {transit_interfaces_per_connection: 8}
"""

RETURN = r"""
msg:
  description: How many faults there are, then one a line, in the document's order.
  returned: failure
  type: str
  sample: |-
    The estate has 1 fault; nothing was touched.
    virtual_interfaces[2].vlan: 5000 is not a VLAN id (1 to 4094)
"""
