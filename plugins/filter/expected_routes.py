# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter crossconnect.dx.expected_routes."""

from __future__ import annotations

DOCUMENTATION = r"""
name: expected_routes
short_description: The routes that must cross each virtual interface
version_added: 0.1.0
author:
  - The Crossconnect founders
description:
  - Returns, for each virtual interface and family, what the router must announce to AWS and what it
    takes from AWS, from the estate alone. For playbooks of one's own; the role C(dx_verify)
    has the same from the attachments.
positional: limits
options:
  _input:
    description: The estate, C(dx_estate).
    type: dict
    required: true
  limits:
    description: Limits that AWS has raised for you, by name, C(dx_limits).
    type: dict
    default: {}
"""

EXAMPLES = r"""
- name: Show what AWS must have accepted over one virtual interface
  ansible.builtin.debug:
    msg: "{{ dx_estate | crossconnect.dx.expected_routes | selectattr('name', 'eq', 'fra-a-transit')
      | map(attribute='to_aws') | flatten }}"
"""

RETURN = r"""
_value:
  description:
    - One mapping per virtual interface and family.
    - C(from_aws_longest) is the longest prefix length within C(from_aws), or null for those
      exactly.
  type: list
  elements: dict
  sample:
    - name: fra-a-transit
      account: network
      router: edge-fra-1
      family: ipv4
      to_aws: [192.168.10.0/24]
      from_aws: [10.20.0.0/16]
      from_aws_longest: null
"""

from typing import TYPE_CHECKING, Any

from ansible_collections.crossconnect.dx.plugins.module_utils.core.expected_routes import (
    expected_routes,
)
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
        return {"expected_routes": _expected_routes}


def _expected_routes(
    document: object, limits: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    estate, _ = estate_and_limits(document, limits)
    return records(expected_routes(estate))
