# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter crossconnect.dx.not_ready."""

from __future__ import annotations

DOCUMENTATION = r"""
name: not_ready
short_description: The virtual interfaces that a router cannot have yet, and why
version_added: 0.1.0
author:
  - The Crossconnect founders (@crossconnect)
description:
  - Returns what the estate lands on a router and P(crossconnect.dx.attachments#filter) leaves out.
  - What an owner in this list has on the router already must stay there.
extends_documentation_fragment:
  - crossconnect.dx.filters
  - crossconnect.dx.filters.observed
positional: observed, router, limits
"""

EXAMPLES = r"""
- name: Say what is awaited
  ansible.builtin.debug:
    msg: "{{ dx_estate | crossconnect.dx.not_ready(observed, inventory_hostname) }}"
"""

RETURN = r"""
_value:
  description: One mapping per virtual interface; C(awaited_from) is null when nobody is awaited.
  type: list
  elements: dict
  sample:
    - name: fra-a-private
      router: edge-fra-1
      owner: DX-VIF103
      reason: AWS has not assigned its ipv4 addresses yet
      awaited_from: AWS
"""

from typing import TYPE_CHECKING, Any

from ansible_collections.crossconnect.dx.plugins.module_utils.core.attachments import not_ready
from ansible_collections.crossconnect.dx.plugins.plugin_utils.estate_argument import (
    estate_and_limits,
    records,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


class FilterModule:
    """Make the filter known to Ansible."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """Return the filter by its name."""
        return {"not_ready": _not_ready}


def _not_ready(
    document: object,
    observed: Sequence[Mapping[str, Any]],
    router: str,
    limits: Mapping[str, Any] | None = None,
) -> list[dict[str, Any]]:
    estate, _ = estate_and_limits(document, limits)
    return records(not_ready(estate, observed, router))
