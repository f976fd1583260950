# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter crossconnect.dx.bundles."""

from __future__ import annotations

DOCUMENTATION = r"""
name: bundles
short_description: The LACP bundles that a router shall have
version_added: 0.1.0
author:
  - The Crossconnect founders (@crossconnect)
description:
  - Turns the estate's LAGs into the bundles of one router, by interface, in a form that knows no
    platform.
  - A LAG is a bundle if it has C(router) and C(port), and each of its connections has a C(port).
extends_documentation_fragment:
  - crossconnect.dx.filters
positional: router, limits
"""

EXAMPLES = r"""
- name: Show the bundles of the router
  ansible.builtin.debug:
    msg: "{{ dx_estate | crossconnect.dx.bundles(inventory_hostname) }}"
"""

RETURN = r"""
_value:
  description:
    - One mapping per bundle. C(owner) begins every name on the router that belongs to it.
    - C(mtu) is the largest that the estate gives to a virtual interface on it, in bytes, or null.
  type: list
  elements: dict
  sample:
    - name: fra-a
      interface: Port-channel10
      members: [GigabitEthernet0/0/1, GigabitEthernet0/0/2]
      minimum_links: 1
      mtu: 8500
      owner: DX-PORTPortchannel10
      description: DX-PORTPortchannel10 fra-a
"""

from typing import TYPE_CHECKING, Any

from ansible_collections.crossconnect.dx.plugins.module_utils.core.bundles import bundles
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
        return {"bundles": _bundles}


def _bundles(
    document: object, router: str, limits: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    estate, _ = estate_and_limits(document, limits)
    return records(bundles(estate, router))
