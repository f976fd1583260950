#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: virtual_interface_info
short_description: Tell how AWS sees virtual interfaces, their BGP sessions and routes
version_added: 0.1.0
description:
  - Reads virtual interfaces, and waits for their BGP sessions to be up if asked to.
  - With O(routes=true), adds what AWS has accepted from the router and advertises to it.
author:
  - The Crossconnect founders (@crossconnect)
extends_documentation_fragment:
  - crossconnect.dx.attributes.info
  - crossconnect.dx.aws
options:
  names:
    description:
      - The interfaces, by name or id; without any, all that the account has.
    type: list
    elements: str
    default: []
  estate:
    description:
      - The name of the estate that the interfaces belong to; with it, the tags decide.
    type: str
  wait_bgp:
    description:
      - With V(up), waits until every BGP session of the interfaces is up, and fails if one is not.
    type: str
    choices: [none, up]
    default: none
  wait_seconds:
    description:
      - How long to wait for the sessions.
    type: int
    default: 60
  routes:
    description:
      - Whether to list the routes of each interface, which costs a call per interface.
    type: bool
    default: false
"""

EXAMPLES = r"""
- name: Wait until AWS sees the sessions up
  crossconnect.dx.virtual_interface_info:
    names: [fra-a-transit]
    estate: acme
    wait_bgp: up
    wait_seconds: 90
    region: eu-central-1

- name: List the routes in both directions
  crossconnect.dx.virtual_interface_info:
    names: [fra-a-transit]
    routes: true
    region: eu-central-1
"""

RETURN = r"""
virtual_interfaces:
  description: The interfaces, in the order of O(names).
  returned: always, once they have been read
  type: list
  elements: dict
  contains:
    name:
      description: The interface's name, as asked for.
      type: str
      returned: always
      sample: fra-a-transit
    id:
      description: The interface's id.
      type: str
      returned: always
      sample: dxvif-fgx20yf7
    state:
      description: The interface's state.
      type: str
      returned: always
      sample: available
    peers:
      description: The BGP peers.
      type: list
      elements: dict
      returned: always
      sample:
        - family: ipv4
          id: dxpeer-fh6ovdy6
          state: available
          status: up
          asn: 65001
          amazon_address: 169.254.101.1/30
          customer_address: 169.254.101.2/30
    routes:
      description:
        - The routes as AWS sees them.
        - C(accepted) ones came from the router, C(advertised) ones went to it.
      type: list
      elements: dict
      returned: with O(routes=true)
      sample:
        - prefix: 192.168.10.0/24
          direction: accepted
          family: ipv4
          as_path: [65001]
          communities: ['7224:7300']
calls:
  description: How often each operation of the AWS API was sent.
  returned: success
  type: dict
  sample: {DescribeVirtualInterfaces: 3}
"""

from typing import Any

from ansible_collections.crossconnect.dx.plugins.module_utils.aws.bgp import look_at_interfaces
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.module import AwsModule

ARGUMENT_SPEC: dict[str, Any] = {
    "names": {"type": "list", "elements": "str", "default": []},
    "estate": {"type": "str"},
    "wait_bgp": {"type": "str", "choices": ["none", "up"], "default": "none"},
    "wait_seconds": {"type": "int", "default": 60},
    "routes": {"type": "bool", "default": False},
}


def main() -> None:
    """Read, wait, tell."""
    module = AwsModule(ARGUMENT_SPEC)
    module.perform(lambda aws: look_at_interfaces(module.params, aws))


if __name__ == "__main__":
    main()
