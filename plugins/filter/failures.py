# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Offer a run's failures to the end of a playbook."""

from __future__ import annotations

DOCUMENTATION = r"""
name: failures
short_description: What makes this run end in failure
version_added: 0.1.0
author:
  - The Crossconnect founders (@crossconnect)
description:
  - Returns a sentence for every router that does not answer, transaction that was taken back, and
    check that failed. What is merely awaited is no failure.
options:
  _input:
    description: What P(crossconnect.dx.findings#filter) returned.
    type: dict
    required: true
"""

EXAMPLES = r"""
- name: End in failure if anything has failed
  ansible.builtin.assert:
    that: hostvars | crossconnect.dx.findings(groups) | crossconnect.dx.failures | length == 0
"""

RETURN = r"""
_value:
  description: One sentence per failure.
  type: list
  elements: str
  sample: ["edge-fra-1: reachable: no route to host; expected: a login"]
"""

from typing import TYPE_CHECKING, Any

from ansible_collections.crossconnect.dx.plugins.module_utils.core.findings import failures

if TYPE_CHECKING:
    from collections.abc import Callable


class FilterModule:
    """Make the filter known to Ansible."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """Return the filter by its name."""
        return {"failures": failures}
