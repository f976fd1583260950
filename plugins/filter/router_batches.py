# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter crossconnect.dx.router_batches."""

from __future__ import annotations

DOCUMENTATION = r"""
name: router_batches
short_description: Which routers may change together
version_added: 0.1.0
author:
  - The Crossconnect founders (@crossconnect)
description:
  - Returns routers in batches, each with one router at most of every C(redundancy_group) of the
    estate. Routers without a group share one, so they go one by one.
  - A play that takes the routers in this order, and the sizes of the batches as its C(serial),
    never changes two routers together that stand in for each other.
positional: routers, limits
options:
  _input:
    description: The estate, C(dx_estate).
    type: dict
    required: true
  routers:
    description: The routers of the play, by their names in the inventory.
    type: list
    elements: str
    required: true
  limits:
    description: Limits that AWS has raised for you, by name, C(dx_limits).
    type: dict
    default: {}
"""

EXAMPLES = r"""
- name: Show the batches
  ansible.builtin.debug:
    msg: "{{ dx_estate | crossconnect.dx.router_batches(groups['edge_routers']) }}"
"""

RETURN = r"""
_value:
  description: The batches, in the order in which they go.
  type: list
  elements: list
  sample: [[edge-fra-1, edge-ams-1], [edge-fra-2]]
"""

from typing import TYPE_CHECKING, Any

from ansible_collections.crossconnect.dx.plugins.module_utils.core.router_batches import (
    router_batches,
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
        return {"router_batches": _router_batches}


def _router_batches(
    document: object, routers: Sequence[str], limits: Mapping[str, Any] | None = None
) -> list[list[str]]:
    estate, _ = estate_and_limits(document, limits)
    return [list(batch) for batch in router_batches(estate, routers)]
