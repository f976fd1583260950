# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter crossconnect.dx.macsec_ports."""

from __future__ import annotations

DOCUMENTATION = r"""
name: macsec_ports
short_description: The ports of a router that MACsec protects
version_added: 0.1.0
author:
  - The Crossconnect founders (@crossconnect)
description:
  - Turns the MACsec keys of the estate's connections and LAGs into the secured ports of one router,
    by port, in a form that knows no platform. Each port of a LAG has the LAG's keys.
  - A port counts if its connection or LAG has C(router) and C(port), and a key with C(ckn) and
    C(cak).
  - A port whose list of keys is empty, or whose encryption mode is V(no_encrypt), is returned
    without keys. It shall not encrypt. Without a word on keys a port is not returned.
extends_documentation_fragment:
  - crossconnect.dx.filters
positional: router, limits
"""

EXAMPLES = r"""
- name: Show the ports that encrypt
  ansible.builtin.debug:
    msg: "{{ dx_estate | crossconnect.dx.macsec_ports(inventory_hostname) }}"
"""

RETURN = r"""
_value:
  description:
    - One mapping per port. C(owner) begins every name on the router that belongs to it.
    - C(keys) are in the order of the estate. A key's C(ckn) is its name and no secret; its CAK is
      what P(crossconnect.dx.attachment_keys#filter) returns under C(key_name).
    - C(must_secure) says that nothing passes without encryption.
  type: list
  elements: dict
  sample:
    - name: fra-a
      port: GigabitEthernet0/0/1
      owner: DX-PORTGigabitEthernet0_0_1
      keys:
        - ckn: 5ec2da6e9f1b4c0d8a7736d1f0b2e4c85ec2da6e9f1b4c0d8a7736d1f0b2e4c8
          key_name: fra-a/5ec2da6e9f1b4c0d8a7736d1f0b2e4c85ec2da6e9f1b4c0d8a7736d1f0b2e4c8
      must_secure: false
"""

from typing import TYPE_CHECKING, Any

from ansible_collections.crossconnect.dx.plugins.module_utils.core.macsec_ports import macsec_ports
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
        return {"macsec_ports": _macsec_ports}


def _macsec_ports(
    document: object, router: str, limits: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    estate, _ = estate_and_limits(document, limits)
    return records(macsec_ports(estate, router))
