# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Offer a run's findings to the report."""

from __future__ import annotations

DOCUMENTATION = r"""
name: findings
short_description: What the roles of this run have found
version_added: 0.1.0
author:
  - The Crossconnect founders (@crossconnect)
description:
  - Gathers what the roles of the collection left on their hosts in this run, as the options of
    M(crossconnect.dx.report).
  - Accounts are the hosts of the group C(aws_accounts), routers those of C(edge_routers), and test
    hosts those of C(probes).
positional: groups
options:
  _input:
    description: What every host knows, the variable C(hostvars).
    type: dict
    required: true
  groups:
    description: The inventory's groups, the variable C(groups).
    type: dict
    required: true
"""

EXAMPLES = r"""
- name: Show what the run changed
  ansible.builtin.debug:
    msg: "{{ (hostvars | crossconnect.dx.findings(groups)).changed }}"
"""

RETURN = r"""
_value:
  description: Options of the report, which are observed, routers, checks, changed, figures and
    letters.
  type: dict
"""

from typing import TYPE_CHECKING, Any

from ansible_collections.crossconnect.dx.plugins.module_utils.core.findings import findings

if TYPE_CHECKING:
    from collections.abc import Callable


class FilterModule:
    """Make the filter known to Ansible."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """Return the filter by its name."""
        return {"findings": findings}
