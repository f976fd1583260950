# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter crossconnect.dx.redundant_with."""

from __future__ import annotations

DOCUMENTATION = r"""
name: redundant_with
short_description: Which routers must not change together with a certain one
version_added: 0.1.0
author:
  - The Crossconnect founders (@crossconnect)
description:
  - Returns the routers that are in the C(redundancy_group) of a router, without itself. Routers
    without a group share one.
extends_documentation_fragment:
  - crossconnect.dx.filters
positional: router, routers, limits
options:
  routers:
    description: The routers to look among, by their names in the inventory.
    type: list
    elements: str
    required: true
"""

EXAMPLES = r"""
- name: Show who stands in for this router
  ansible.builtin.debug:
    msg: "{{ dx_estate | crossconnect.dx.redundant_with(inventory_hostname, routers) }}"
  vars:
    routers: "{{ groups['edge_routers'] }}"
"""

RETURN = r"""
_value:
  description: The names of the routers.
  type: list
  elements: str
  sample: [edge-fra-2]
"""

from typing import TYPE_CHECKING, Any

from ansible_collections.crossconnect.dx.plugins.module_utils.core.router_batches import (
    redundant_with,
)
from ansible_collections.crossconnect.dx.plugins.plugin_utils.estate_argument import (
    estate_and_limits,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


class FilterModule:
    """Make the filter known to Ansible."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """Return the filter by its name."""
        return {"redundant_with": _redundant_with}


def _redundant_with(
    document: object,
    router: str,
    routers: Sequence[str],
    limits: Mapping[str, Any] | None = None,
) -> list[str]:
    estate, _ = estate_and_limits(document, limits)
    return list(redundant_with(estate, router, routers))
