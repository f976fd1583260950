#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vpn_connection
short_description: Make, move, change or delete a VPN connection
version_added: 0.1.0
description:
  - Manages one VPN connection, two IPsec tunnels between a customer gateway and a virtual private
    gateway or a transit gateway, as a backup path for Direct Connect.
  - It is moved to other gateways in place. The options of a tunnel are changed in place too, one
    tunnel after the other; AWS interrupts each for minutes, so that takes O(consent).
  - What AWS fixes at birth is an error that says so, unless O(replace) and O(consent) name it.
  - Keys are compared and never shown. AWS makes the keys that are not given; the module
    M(crossconnect.dx.vpn_configuration) writes them to a file for the device.
  - The device itself is not configured.
author:
  - The Crossconnect founders (@crossconnect)
extends_documentation_fragment:
  - crossconnect.dx.attributes
  - crossconnect.dx.aws
  - crossconnect.dx.single
seealso:
  - module: crossconnect.dx.customer_gateway
  - module: crossconnect.dx.vpn_configuration
options:
  name:
    description: The Name tag, or the id of one that exists.
    type: str
    required: true
  customer_gateway:
    description:
      - The customer gateway that it begins at, by Name tag or id; needed where it shall be there.
    type: str
  virtual_gateway:
    description: The virtual private gateway that it ends on, by Name tag or id.
    type: str
  transit_gateway:
    description: The transit gateway that it ends on, by Name tag or id.
    type: str
  static_routes:
    description:
      - Your prefixes, where there is no BGP; without the list there is BGP.
      - The list is exact; what leaves it needs its name in O(consent).
    type: list
    elements: str
  outside_address_type:
    description:
      - Whether it runs over the internet, as it does if this is left out, or over a transit virtual
        interface (private).
    type: str
    choices: [public, private]
  transport:
    description:
      - The Direct Connect gateway, by name or id, over whose association with the transit gateway a
        private one runs.
    type: str
  tunnels:
    description: What is wanted of its two tunnels.
    type: list
    elements: dict
    default: []
    suboptions:
      inside_cidr:
        description: The C(/30) of C(169.254.0.0/16) within the tunnel; it tells the tunnels apart.
        type: str
        required: true
      key:
        description: The pre-shared key; without it AWS makes one at birth.
        type: str
      ike_versions:
        description: The versions of IKE that AWS takes.
        type: list
        elements: str
        choices: [ikev1, ikev2]
      startup_action:
        description: Whether AWS begins the negotiation (start) or waits (add).
        type: str
        choices: [add, start]
      dpd_timeout_action:
        description: What AWS does when your device falls silent.
        type: str
        choices: [clear, none, restart]
  replace:
    description: Its name, if it may be deleted and made anew; that takes O(consent) too.
    type: list
    elements: str
    default: []
  tags:
    description: Tags to set; others stay.
    type: dict
    default: {}
"""

EXAMPLES = r"""
- name: Back a circuit up over the internet
  crossconnect.dx.vpn_connection:
    name: fra-backup
    customer_gateway: fra-edge
    transit_gateway: tgw-core
    tunnels:
      - {inside_cidr: 169.254.10.0/30, key: "{{ vault_vpn_keys['fra-backup'] }}"}
      - {inside_cidr: 169.254.10.4/30, key: "{{ vault_vpn_keys['fra-backup'] }}"}
    region: eu-central-1

- name: Encrypt what rides on a transit virtual interface
  crossconnect.dx.vpn_connection:
    name: fra-inside
    customer_gateway: fra-inner
    transit_gateway: tgw-core
    outside_address_type: private
    transport: core
    region: eu-central-1

- name: Delete it although a tunnel is up
  crossconnect.dx.vpn_connection:
    name: fra-backup
    state: absent
    consent: [fra-backup]
    region: eu-central-1
"""

RETURN = r"""
vpn_connection:
  description: The VPN connection, without its keys; null if it does not exist.
  returned: success
  type: dict
  sample:
    name: fra-backup
    id: vpn-0a1b2c3d4e5f60718
    state: available
    customer_gateway: fra-edge
    customer_gateway_id: cgw-0a1b2c3d4e5f60718
    target: tgw-core
    target_id: tgw-0a1b2c3d4e5f60718
    routing: bgp
    static_routes: []
    outside_address_type: public
    transport_attachment_id: null
    tunnels:
      - outside_address: 198.51.100.1
        inside_cidr: 169.254.10.0/30
        status: DOWN
        since: '2026-11-23T10:00:00Z'
        accepted_routes: 0
        ike_versions: [ikev1, ikev2]
        startup_action: add
        dpd_timeout_action: clear
    backs_up: []
    ordered_at: null
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
    customer_gateways: []
    vpn_connections: []
calls:
  description: How often each operation of the AWS API was sent.
  returned: success
  type: dict
  sample: {DescribeCustomerGateways: 1, DescribeVpnConnections: 1}
done:
  description: What had been done before a call failed.
  returned: failure of a call
  type: list
  elements: str
  sample: []
"""

from typing import Any

from ansible_collections.crossconnect.dx.plugins.module_utils.aws.estate_options import options_of
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.module import AwsModule
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.single import (
    HERE,
    SINGLE_SPEC,
    first,
    judge,
    reconcile_single,
    single_estate,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core import (
    estate_rules_tunnels,
    estate_rules_vpn,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate_document_vpn import (
    VPN_CONNECTION,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import (
    Association,
    Gateway,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.model_vpn import (
    CustomerGateway,
    VpnConnection,
    VpnTunnel,
)

_OF_THE_ESTATE = (
    *("customer_gateway", "virtual_gateway", "transit_gateway", "static_routes"),
    *("outside_address_type", "transport"),
)
_OPTIONS = options_of(VPN_CONNECTION)
# The customer gateway is another object's affair.
RULES = (
    estate_rules_tunnels.names,
    estate_rules_tunnels.tunnel_counts,
    estate_rules_tunnels.inside_cidrs,
    estate_rules_tunnels.inside_cidrs_once,
    estate_rules_tunnels.keys,
    estate_rules_tunnels.ike_versions,
    estate_rules_vpn.one_target,
    estate_rules_vpn.transports,
    estate_rules_vpn.static_routes,
)
ARGUMENT_SPEC: dict[str, Any] = {
    **SINGLE_SPEC,
    **{name: {**_OPTIONS[name], "required": False} for name in _OF_THE_ESTATE},
    "name": {"type": "str", "required": True},
    "tunnels": {**_OPTIONS["tunnels"], "default": []},
    "replace": {"type": "list", "elements": "str", "default": []},
    "tags": {"type": "dict", "default": {}},
}
REQUIRED_IF = [
    ("state", "present", ["customer_gateway"]),
    ("outside_address_type", "private", ["transport"]),
]


def vpn_of(options: dict[str, Any]) -> VpnConnection:
    """Return the VPN connection that the options describe."""
    given = {name: options[name] for name in _OF_THE_ESTATE}
    routes = options["static_routes"]
    return VpnConnection(
        **{
            **given,
            "customer_gateway": options["customer_gateway"] or "",
            "static_routes": None if routes is None else tuple(routes),
        },
        name=options["name"],
        account=HERE,
        tunnels=tuple(map(tunnel_of, options["tunnels"])),
        tags=options["tags"],
    )


def tunnel_of(options: dict[str, Any]) -> VpnTunnel:
    """Return a tunnel that the options describe."""
    versions = options["ike_versions"]
    return VpnTunnel(**{**options, "ike_versions": None if versions is None else tuple(versions)})


def parents_of(vpn: VpnConnection) -> dict[str, tuple[Any, ...]]:
    """Return what it hangs on, as it is: nothing of that is judged."""
    customer = CustomerGateway(name=vpn.customer_gateway, account=HERE, asn=0)
    if not vpn.transport:
        return {"customer_gateways": (customer,)}
    tie = Association(transit_gateway=vpn.transit_gateway)
    carrying = Gateway(name=vpn.transport, account=HERE, associations=(tie,))
    return {"customer_gateways": (customer,), "gateways": (carrying,)}


def work(module: AwsModule, aws: Any) -> dict[str, Any]:
    """Judge the VPN connection, reconcile it, tell."""
    options = module.params
    vpn = vpn_of(options)
    things = {"vpn_connections": (vpn,), **parents_of(vpn)}
    if options["state"] == "present":
        judge(single_estate(options, things), RULES)
    result = reconcile_single(options, things, "vpn_connections", aws, check_mode=module.check_mode)
    return first("vpn_connection", result)


def main() -> None:
    """Do the work, and report."""
    module = AwsModule(ARGUMENT_SPEC, required_if=REQUIRED_IF)
    module.perform(lambda aws: work(module, aws))


if __name__ == "__main__":
    main()
