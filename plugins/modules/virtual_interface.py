#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: virtual_interface
short_description: Make, change, move, replace, confirm or delete a virtual interface
version_added: 0.1.0
description:
  - Manages one private, public or transit virtual interface with its BGP peers, of both address
    families if need be.
  - Name, MTU, SiteLink, rate limit and prefix allocation are changed in place by one call, and the
    interface is moved to another connection or LAG.
  - What AWS fixes at birth is an error that says so, unless O(replace) and O(consent) name the
    interface or the peer.
  - An interface on a connection that is not available is planned and left for a later run.
  - An interface for another account is allocated; without O(connection) and O(lag) it is one that
    another account has allocated, and is confirmed.
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
  lag:
    description: The LAG that carries it, by name or id.
    type: str
  account:
    description: The number of the account to allocate it for, if that is another one.
    type: str
  type:
    description: The interface's type.
    type: str
    choices: [private, public, transit]
  gateway:
    description: The Direct Connect gateway that it ends on, by name or id.
    type: str
  virtual_gateway:
    description: The virtual private gateway that a private interface ends on, by Name tag or id.
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
  route_filter_prefixes:
    description: The public prefixes that a public interface announces to AWS.
    type: list
    elements: str
  rate_limit:
    description:
      - Its share of the connection, as V(500Mbps). AWS knows a few values, and no way to take a
        limit off again.
    type: str
  prefix_pool_allocated_count_ipv4:
    description: How many IPv4 routes AWS takes from the router, out of the connection's pool.
    type: int
  prefix_pool_allocated_count_ipv6:
    description: How many IPv6 routes AWS takes from the router, out of the connection's pool.
    type: int
  peers:
    description:
      - The BGP peers, one per address family; AWS makes one of V(ipv4) if there is none.
      - A list that is given is exact. A peer that is not in it is deleted, which takes its name, as
        V(fra-a-transit/ipv6), in O(consent).
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
  replace:
    description:
      - The interface's name, or that of a peer as V(fra-a-transit/ipv4), to delete it and make it
        anew where AWS fixes at birth what differs. It takes the same name in O(consent).
    type: list
    elements: str
    default: []
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

- name: Make a public interface
  crossconnect.dx.virtual_interface:
    name: fra-a-public
    connection: fra-a
    type: public
    vlan: 201
    customer_asn: 65001
    route_filter_prefixes: [192.0.2.0/24]
    peers:
      - family: ipv4
        amazon_address: 192.0.2.1/30
        customer_address: 192.0.2.2/30
        key: "{{ vault_bgp_key }}"
    region: eu-central-1

- name: Allocate an interface for another account
  crossconnect.dx.virtual_interface:
    name: fra-a-workload
    connection: fra-a
    account: '444455556666'
    type: transit
    vlan: 301
    customer_asn: 65001
    region: eu-central-1

- name: Confirm it there
  crossconnect.dx.virtual_interface:
    name: fra-a-workload
    type: transit
    gateway: theirs
    vlan: 301
    customer_asn: 65001
    profile: workload
    region: eu-central-1

- name: Move it to a LAG
  crossconnect.dx.virtual_interface:
    name: fra-a-transit
    lag: fra
    type: transit
    gateway: core
    vlan: 101
    customer_asn: 65001
    consent: [fra-a-transit]
    region: eu-central-1

- name: Give it another VLAN, which takes another interface
  crossconnect.dx.virtual_interface:
    name: fra-a-transit
    lag: fra
    type: transit
    gateway: core
    vlan: 111
    customer_asn: 65001
    replace: [fra-a-transit]
    consent: [fra-a-transit]
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

from typing import TYPE_CHECKING, Any

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
    estate_rules_interfaces,
    estate_rules_peers,
    estate_rules_public,
    estate_rules_shares,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate_document_interfaces import (  # noqa: E501
    VIRTUAL_INTERFACE,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import (
    Connection,
    Gateway,
    Lag,
    Peer,
    VirtualInterface,
)

if TYPE_CHECKING:
    from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate_ground import Rule

# What a single interface has of the estate's: its carrier goes by its kind, routing is a router's.
_OF_THE_ESTATE = (
    *("account", "type", "gateway", "virtual_gateway", "vlan", "customer_asn", "mtu", "site_link"),
    *("route_filter_prefixes", "rate_limit"),
    *("prefix_pool_allocated_count_ipv4", "prefix_pool_allocated_count_ipv6"),
)
_OPTIONS = options_of(VIRTUAL_INTERFACE)
# Without peers AWS makes one of IPv4.
_PEERS = tuple(rule for rule in estate_rules_peers.RULES if rule is not estate_rules_peers.families)
RULES: tuple[Rule, ...] = (
    *estate_rules_interfaces.RULES,
    *_PEERS,
    *estate_rules_public.RULES,
    *estate_rules_shares.RULES,
)
ARGUMENT_SPEC: dict[str, Any] = {
    **SINGLE_SPEC,
    **{name: {**_OPTIONS[name], "required": False} for name in _OF_THE_ESTATE},
    "name": {"type": "str", "required": True},
    "connection": {"type": "str"},
    "lag": {"type": "str"},
    "peers": {**_OPTIONS["peers"], "default": []},
    "replace": {"type": "list", "elements": "str", "default": []},
    "tags": {"type": "dict", "default": {}},
}
REQUIRED_IF = [("state", "present", ["type", "vlan", "customer_asn"])]


def interface_of(options: dict[str, Any]) -> VirtualInterface:
    """Return the interface; one without a carrier is another account's to carry, and ours."""
    given = {name: options[name] for name in _OF_THE_ESTATE}
    carrier = options["connection"] or options["lag"] or ""
    filters = options["route_filter_prefixes"]
    given |= {
        "account": options["account"] or (None if carrier else HERE),
        "type": options["type"] or "private",
        "vlan": options["vlan"] or 0,
        "customer_asn": options["customer_asn"] or 0,
        "route_filter_prefixes": None if filters is None else tuple(filters),
    }
    peers = tuple(Peer(**peer) for peer in options["peers"])
    return VirtualInterface(
        name=options["name"], on=carrier, peers=peers, tags=options["tags"], **given
    )


def carriers_of(options: dict[str, Any]) -> dict[str, Any]:
    """Return what carries the interface."""
    place: dict[str, Any] = {"account": HERE, "location": "", "bandwidth": ""}
    connection, lag = options["connection"], options["lag"]
    return {
        "connections": (Connection(name=connection, **place),) if connection else (),
        "lags": (Lag(name=lag, connections=(), **place),) if lag else (),
    }


def rules_for(options: dict[str, Any]) -> tuple[Rule, ...]:
    """Return what an interface is held to; its end is for the account that it is allocated for."""
    if options["account"]:
        return tuple(rule for rule in RULES if rule is not estate_rules_interfaces.one_end)
    return RULES


def work(module: AwsModule, aws: Any) -> dict[str, Any]:
    """Judge the interface, reconcile it, tell."""
    options = module.params
    things = {**carriers_of(options), "virtual_interfaces": (interface_of(options),)}
    if options["state"] == "present":
        judge(single_estate(options, things), rules_for(options))
    gateway = options["gateway"]
    things["gateways"] = (Gateway(name=gateway, account=HERE),) if gateway else ()
    result = reconcile_single(
        options, things, "virtual_interfaces", aws, check_mode=module.check_mode
    )
    return first("virtual_interface", result)


def main() -> None:
    """Do the work, and report."""
    module = AwsModule(
        ARGUMENT_SPEC, required_if=REQUIRED_IF, mutually_exclusive=[("connection", "lag")]
    )
    module.perform(lambda aws: work(module, aws))


if __name__ == "__main__":
    main()
