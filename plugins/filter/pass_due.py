# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tell whether the accounts of a play may get further by another round."""

from __future__ import annotations

DOCUMENTATION = r"""
name: pass_due
short_description: Whether accounts of a play wait for each other
version_added: 0.1.0
author:
  - The Crossconnect founders (@crossconnect)
description:
  - Returns true where one account awaits what another of the play can do, and the last round got
    somewhere.
options:
  _input:
    description: What M(crossconnect.dx.estate) returned in each account of the play.
    type: list
    elements: dict
    required: true
"""

EXAMPLES = r"""
- name: Go round again
  ansible.builtin.include_tasks: pass.yml
  when: results | crossconnect.dx.pass_due
"""

RETURN = r"""
_value:
  description: Whether another round is due.
  type: bool
  sample: true
"""

from typing import TYPE_CHECKING, Any

from ansible_collections.crossconnect.dx.plugins.module_utils.core.passes import pass_due

if TYPE_CHECKING:
    from collections.abc import Callable


class FilterModule:
    """Make the filter known to Ansible."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """Return the filter by its name."""
        return {"pass_due": pass_due}
