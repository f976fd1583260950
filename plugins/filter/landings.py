# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter crossconnect.dx.landings."""

from __future__ import annotations

DOCUMENTATION = r"""
name: landings
short_description: What a router must have free for its virtual interfaces
version_added: 0.1.0
author:
  - The Crossconnect founders (@crossconnect)
description:
  - Returns ports, VLANs and addresses that the estate asks of a router, as far as they are
    declared. It needs nothing from AWS, so a preflight can look while the cross-connect is still
    awaited.
extends_documentation_fragment:
  - crossconnect.dx.filters
positional: router, limits
"""

EXAMPLES = r"""
- name: List the ports that must be there
  ansible.builtin.debug:
    msg: "{{ landings | map(attribute='port') | unique }}"
  vars:
    landings: "{{ dx_estate | crossconnect.dx.landings(inventory_hostname) }}"
"""

RETURN = r"""
_value:
  description: One mapping per virtual interface, by VLAN.
  type: list
  elements: dict
  sample:
    - name: fra-a-transit
      circuit: fra-a
      bandwidth: 10Gbps
      port: eth1
      interface: eth1.101
      vlan: 101
      mtu: 8500
      owner: DX-VIF101
      local_asn: 65001
      families: [ipv4, ipv6]
      addresses: [169.254.101.2/30]
      neighbors: [169.254.101.1/30]
"""

from typing import TYPE_CHECKING, Any

from ansible_collections.crossconnect.dx.plugins.module_utils.core.landings import landings
from ansible_collections.crossconnect.dx.plugins.plugin_utils.estate_argument import (
    estate_and_limits,
    records,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class FilterModule:
    """Make the filter known to Ansible."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """Return the filter by its name."""
        return {"landings": _landings}


def _landings(
    document: object, router: str, limits: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    estate, _ = estate_and_limits(document, limits)
    return records(landings(estate, router))
