#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: virtual_interface
short_description: Make, change or delete a private or transit virtual interface
version_added: 0.1.0
description:
  - Manages one virtual interface with its BGP peers, of both address families if need be.
  - Name, MTU and SiteLink are changed in place; what AWS fixes at birth is an error that says so.
  - An interface on a connection that is not available is planned and left for a later run.
author:
  - The Crossconnect founders (@crossconnect)
extends_documentation_fragment:
  - crossconnect.dx.attributes
  - crossconnect.dx.aws
  - crossconnect.dx.single
options:
  name:
    description: The interface's name.
    type: str
    required: true
  connection:
    description: The connection that carries it, by name or id.
    type: str
  type:
    description: The interface's type.
    type: str
    choices: [private, transit]
  gateway:
    description: The Direct Connect gateway that it ends on, by name or id.
    type: str
  vlan:
    description: The VLAN id.
    type: int
  customer_asn:
    description: The router's ASN.
    type: int
  mtu:
    description: The largest packet in bytes.
    type: int
  site_link:
    description: Whether SiteLink is on.
    type: bool
  peers:
    description: The BGP peers, one per address family; AWS makes one of V(ipv4) if there is none.
    type: list
    elements: dict
    default: []
    suboptions:
      family:
        description: The address family.
        type: str
        choices: [ipv4, ipv6]
        required: true
      amazon_address:
        description: AWS's address in CIDR form; without it AWS assigns both.
        type: str
      customer_address:
        description: The router's address in CIDR form.
        type: str
      key:
        description: The BGP key; without it AWS makes one.
        type: str
  tags:
    description: Tags to set; others stay.
    type: dict
    default: {}
"""

EXAMPLES = r"""
- name: Make a transit interface for both address families
  crossconnect.dx.virtual_interface:
    name: fra-a-transit
    connection: fra-a
    type: transit
    gateway: core
    vlan: 101
    customer_asn: 65001
    mtu: 8500
    peers:
      - family: ipv4
        amazon_address: 169.254.101.1/30
        customer_address: 169.254.101.2/30
        key: "{{ vault_bgp_key }}"
      - family: ipv6
        key: "{{ vault_bgp_key }}"
    region: eu-central-1

- name: Delete it although its session is up
  crossconnect.dx.virtual_interface:
    name: fra-a-transit
    state: absent
    consent: [fra-a-transit]
    region: eu-central-1
"""

RETURN = r"""
virtual_interface:
  description: The interface; null if it does not exist.
  returned: success
  type: dict
  sample:
    name: fra-a-transit
    id: dxvif-fgx20yf7
    type: transit
    state: available
    vlan: 101
    peers:
      - family: ipv4
        id: dxpeer-fh6ovdy6
        status: up
        asn: 65001
        amazon_address: 169.254.101.1/30
        customer_address: 169.254.101.2/30
plan:
  description: The actions in the order of execution.
  returned: success
  type: list
  elements: dict
  sample: []
plan_text:
  description: The same as text that a person can approve; empty when there is nothing to do.
  returned: success
  type: str
  sample: ''
awaited:
  description: What is not ready yet, and from whom it is awaited.
  returned: success
  type: list
  elements: dict
  sample: []
observed:
  description: The object and its parents, as far as they exist.
  returned: success
  type: dict
  sample:
    account: this account
    account_id: '111122223333'
    connections: []
    gateways: []
    virtual_interfaces: []
calls:
  description: How often each operation of the AWS API was sent.
  returned: success
  type: dict
  sample: {DescribeConnections: 1}
done:
  description: What had been done before a call failed.
  returned: failure of a call
  type: list
  elements: str
  sample: []
"""

from typing import Any

from ansible_collections.crossconnect.dx.plugins.module_utils.aws.estate_options import (
    ESTATE_SPEC,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.module import AwsModule
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.single import (
    HERE,
    SINGLE_SPEC,
    first,
    reconcile_single,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import (
    Connection,
    Gateway,
    Peer,
    VirtualInterface,
)

PEERS = ESTATE_SPEC["virtual_interfaces"]["options"]["peers"]
ARGUMENT_SPEC: dict[str, Any] = {
    **SINGLE_SPEC,
    "name": {"type": "str", "required": True},
    "connection": {"type": "str"},
    "type": {"type": "str", "choices": ["private", "transit"]},
    "gateway": {"type": "str"},
    "vlan": {"type": "int"},
    "customer_asn": {"type": "int"},
    "mtu": {"type": "int"},
    "site_link": {"type": "bool"},
    "peers": {**PEERS, "default": []},
    "tags": {"type": "dict", "default": {}},
}
REQUIRED_IF = [("state", "present", ["connection", "type", "gateway", "vlan", "customer_asn"])]


def things_of(options: dict[str, Any]) -> dict[str, Any]:
    """Return the interface and what it hangs on."""
    connection, gateway = options["connection"] or "", options["gateway"] or ""
    interface = VirtualInterface(
        name=options["name"],
        on=connection,
        type=options["type"] or "private",
        gateway=gateway,
        vlan=options["vlan"] or 0,
        customer_asn=options["customer_asn"] or 0,
        mtu=options["mtu"],
        site_link=options["site_link"],
        peers=tuple(Peer(**peer) for peer in options["peers"]),
        tags=options["tags"],
    )
    return {
        "connections": (Connection(name=connection, account=HERE, location="", bandwidth=""),),
        "gateways": (Gateway(name=gateway, account=HERE),),
        "virtual_interfaces": (interface,),
    }


def main() -> None:
    """Build the one object, reconcile it, tell."""
    module = AwsModule(ARGUMENT_SPEC, required_if=REQUIRED_IF)
    options = module.params
    things = things_of(options)
    module.perform(
        lambda aws: first(
            "virtual_interface",
            reconcile_single(
                options, things, "virtual_interfaces", aws, check_mode=module.check_mode
            ),
        )
    )


if __name__ == "__main__":
    main()
