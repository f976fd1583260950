# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Make one result of two rounds."""

from __future__ import annotations

DOCUMENTATION = r"""
name: merge_passes
short_description: One result of two rounds
version_added: 0.1.0
author:
  - The Crossconnect founders (@crossconnect)
description:
  - Returns the first round's plan with the last round's outcome; what either changed is changed.
options:
  _input:
    description: What M(crossconnect.dx.estate) returned at first.
    type: dict
    required: true
  last:
    description: What it returned at last.
    type: dict
    required: true
positional: last
"""

EXAMPLES = r"""
- name: Keep one result
  ansible.builtin.set_fact:
    result: "{{ first | crossconnect.dx.merge_passes(last) }}"
"""

RETURN = r"""
_value:
  description: The result, as M(crossconnect.dx.estate) returns it.
  type: dict
  sample: {changed: true, plan: [], plan_text: '', awaited: [], calls: {}}
"""

from typing import TYPE_CHECKING, Any

from ansible_collections.crossconnect.dx.plugins.module_utils.core.passes import merged

if TYPE_CHECKING:
    from collections.abc import Callable


class FilterModule:
    """Make the filter known to Ansible."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """Return the filter by its name."""
        return {"merge_passes": merged}
