# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter crossconnect.dx.attachments."""

from __future__ import annotations

DOCUMENTATION = r"""
name: attachments
short_description: The virtual interfaces that a router shall have now
version_added: 0.1.0
author:
  - The Crossconnect founders (@crossconnect)
description:
  - Turns the estate and what AWS has into the attachments of one router, by VLAN, in a form that
    knows no platform. Templates render them, and preflight and verification check them.
  - A virtual interface is an attachment once AWS has made it and every address of every peer is
    known. The others are what P(crossconnect.dx.not_ready#filter) returns.
  - Keys are never part of it. Each peer names the key that belongs to it.
extends_documentation_fragment:
  - crossconnect.dx.filters
  - crossconnect.dx.filters.observed
positional: observed, router, limits, drained, shut
options:
  drained:
    description: The names of the virtual interfaces that shall carry no traffic.
    type: list
    elements: str
    default: []
  shut:
    description: The names of those among O(drained) whose sessions the router keeps down.
    type: list
    elements: str
    default: []
"""

EXAMPLES = r"""
- name: Show what the router shall have
  ansible.builtin.debug:
    msg: "{{ dx_estate | crossconnect.dx.attachments(observed, inventory_hostname) }}"
  vars:
    observed: "{{ groups['aws_accounts'] | map('extract', hostvars, 'dx_network_result')
      | map(attribute='observed') }}"
"""

RETURN = r"""
_value:
  description:
    - One mapping per attachment. The MTU is in bytes, and it is the one that AWS has now.
    - C(owner) begins every name on the router that belongs to the attachment.
    - C(accept_longest) is the longest prefix length to take within C(accept), or null to take those
      prefixes exactly.
    - C(maximum_prefixes) is a fifth above the routes to be expected, and 10 at least. What AWS has
      associated with the gateway beside the estate is expected, too.
      C(maximum_prefixes_out) stays below what AWS takes before it cuts the session.
    - C(expect) has those of C(accept) that AWS announces as soon as the session is up. It is empty
      where that depends on what is behind the gateway.
  type: list
  elements: dict
  sample:
    - name: fra-a-transit
      id: dxvif-fg3kx7wq
      type: transit
      router: edge-fra-1
      port: eth1
      interface: eth1.101
      landing: subinterface
      vlan: 101
      vrf: ""
      mtu: 8500
      owner: DX-VIF101
      description: DX-VIF101 dxvif-fg3kx7wq fra-a-transit
      local_asn: 65001
      bfd: {interval_ms: 300, multiplier: 3}
      timers: {keepalive_seconds: 10, hold_seconds: 30}
      multipath: null
      drain: null
      last_resort:
        local_preference: 10
        prepend: 4
        communities: ['7224:7100', '65535:0']
        shut: false
      peers:
        - family: ipv4
          local_address: 169.254.101.2/30
          remote_address: 169.254.101.1
          remote_asn: 64512
          key_name: fra-a-transit
          advertise: [192.168.10.0/24]
          accept: [10.20.0.0/16]
          accept_longest: null
          local_preference: 200
          communities: ["7224:7300"]
          prepend: 0
          maximum_prefixes: 10
          maximum_prefixes_out: 90
          expect: [10.20.0.0/16]
"""

from typing import TYPE_CHECKING, Any

from ansible_collections.crossconnect.dx.plugins.module_utils.core.attachments import attachments
from ansible_collections.crossconnect.dx.plugins.plugin_utils.estate_argument import (
    estate_and_limits,
    records,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


class FilterModule:
    """Make the filter known to Ansible."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """Return the filter by its name."""
        return {"attachments": _attachments}


def _attachments(  # noqa: PLR0913, PLR0917 - a filter's options
    document: object,
    observed: Sequence[Mapping[str, Any]],
    router: str,
    limits: Mapping[str, Any] | None = None,
    drained: Sequence[str] = (),
    shut: Sequence[str] = (),
) -> list[dict[str, Any]]:
    estate, in_force = estate_and_limits(document, limits)
    found = attachments(estate, observed, router, limits=in_force, drained=drained, shut=shut)
    return records(found)
