# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of the estate as an option."""

from __future__ import annotations


class ModuleDocFragment:
    """The estate, the account and the scope."""

    DOCUMENTATION = r"""
options:
  estate:
    description:
      - The whole estate, as in the variable C(dx_estate).
      - An attribute that is not set means that its value does not matter; it is never reset.
    type: dict
    required: true
    suboptions:
      name:
        description: The estate's name, which goes into the tag C(crossconnect:estate).
        type: str
        required: true
      tags:
        description: Tags for everything that the estate makes.
        type: dict
      connections:
        description: The dedicated connections, which are physical ports.
        type: list
        elements: dict
        suboptions:
          name: {description: The connection's name., type: str, required: true}
          account: {description: The account that orders it., type: str, required: true}
          location:
            description: The code of the Direct Connect location, as V(EqFA5).
            type: str
            required: true
          bandwidth: {description: 'The port speed, as V(10Gbps).', type: str, required: true}
          provider: {description: 'The provider of the cross-connect, as AWS names it.', type: str}
          router: {description: The router that the cable ends on., type: str}
          port: {description: The router's port., type: str}
          request_macsec:
            description: Whether to ask for a port that is capable of MACsec.
            type: bool
          tags: {description: Tags of this connection., type: dict}
      gateways:
        description: The Direct Connect gateways.
        type: list
        elements: dict
        suboptions:
          name: {description: The gateway's name., type: str, required: true}
          account: {description: The account that owns it., type: str, required: true}
          amazon_asn: {description: The gateway's ASN., type: int}
          associations:
            description: What the gateway is tied to, each a transit gateway or a virtual gateway.
            type: list
            elements: dict
            suboptions:
              transit_gateway: {description: 'A transit gateway, by id or Name tag.', type: str}
              virtual_gateway:
                description: A virtual private gateway, by id or Name tag.
                type: str
              transit_gateway_asn:
                description: The ASN of the transit gateway, to check offline.
                type: int
              allowed_prefixes:
                description: What is announced to the routers.
                type: list
                elements: str
          tags: {description: Tags of this gateway., type: dict}
      virtual_interfaces:
        description: The virtual interfaces.
        type: list
        elements: dict
        suboptions:
          name: {description: The interface's name., type: str, required: true}
          'on':
            description: The connection that carries it.
            type: str
            required: true
            aliases: ['true']
          type:
            description: The interface's type.
            type: str
            required: true
            choices: [private, transit]
          gateway: {description: The gateway that it ends on., type: str, required: true}
          vlan: {description: The VLAN id., type: int, required: true}
          customer_asn: {description: The router's ASN., type: int, required: true}
          mtu: {description: The largest packet in bytes., type: int}
          site_link: {description: Whether SiteLink is on., type: bool}
          peers:
            description: The BGP peers, one per address family.
            type: list
            elements: dict
            suboptions:
              family:
                description: The address family.
                type: str
                required: true
                choices: [ipv4, ipv6]
              amazon_address:
                description: AWS's address in CIDR form; without it AWS assigns both.
                type: str
              customer_address: {description: The router's address in CIDR form., type: str}
              key: {description: The BGP key; without it the other peer's is taken., type: str}
          routing:
            description: What the router says and believes.
            type: dict
            suboptions:
              advertise:
                description: The prefixes that the router announces.
                type: list
                elements: str
              accept:
                description: The prefixes that the router accepts.
                type: list
                elements: str
              preference:
                description: How much AWS prefers this way.
                type: str
                choices: [low, medium, high]
              prepend: {description: How often the router prepends its ASN., type: int}
          tags: {description: Tags of this interface., type: dict}
  account:
    description:
      - The account of the estate whose part is looked at.
    type: str
    required: true
  scope:
    description:
      - The kinds to look at; the others are taken as found.
    type: list
    elements: str
    choices: [connections, gateways, associations, virtual_interfaces]
    default: [connections, gateways, associations, virtual_interfaces]
  limits:
    description:
      - Limits that AWS has raised for this account, by name, as in the variable C(dx_limits).
    type: dict
    default: {}
"""
