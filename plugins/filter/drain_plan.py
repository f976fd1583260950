# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter crossconnect.dx.drain_plan."""

from __future__ import annotations

DOCUMENTATION = r"""
name: drain_plan
short_description: What to drain on which routers, and what stands against it
version_added: 0.1.0
author:
  - The Crossconnect founders (@crossconnect)
description:
  - Finds the virtual interfaces that are meant, and says all at once which names are unknown and
    whose traffic has no other way. Another way leads to the same gateway, carries the same
    prefixes, is up in all its sessions at AWS, and is not drained.
extends_documentation_fragment:
  - crossconnect.dx.filters
  - crossconnect.dx.filters.observed
positional: observed, wanted, limits
options:
  wanted:
    description: Names of virtual interfaces, or of connections and LAGs for all that ride on them.
    type: list
    elements: str
    required: true
  drained:
    description:
      - What is drained already, the owners that C(device_facts) tells, by router. What ends on a
        router that is not in it is no other way, for it may be drained.
    type: dict
    default: {}
  consent:
    description: The virtual interfaces whose traffic may be lost for having no other way.
    type: list
    elements: str
    default: []
  undrain:
    description: Whether they shall carry traffic again instead, which nothing stands against.
    type: bool
    default: false
"""

EXAMPLES = r"""
- name: Refuse what would leave no way
  ansible.builtin.assert:
    that: plan.faults | length == 0
    fail_msg: "{{ plan.faults | join('\n') }}"
  vars:
    plan: "{{ dx_estate | crossconnect.dx.drain_plan(observed, ['fra-a-transit']) }}"
"""

RETURN = r"""
_value:
  description: The names of the virtual interfaces, their routers, and a sentence per fault.
  type: dict
  sample:
    names: [fra-a-transit]
    routers: [edge-fra-1]
    faults: []
"""

from typing import TYPE_CHECKING, Any

from ansible_collections.crossconnect.dx.plugins.module_utils.core.drain import (
    plan_drain,
    plan_undrain,
)
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
        return {"drain_plan": _drain_plan}


def _drain_plan(  # noqa: PLR0913 - a filter's options
    document: object,
    observed: Sequence[Mapping[str, Any]],
    wanted: Sequence[str],
    limits: Mapping[str, Any] | None = None,
    *,
    drained: Mapping[str, Sequence[str]] | None = None,
    consent: Sequence[str] = (),
    undrain: bool = False,
) -> dict[str, Any]:
    estate, _ = estate_and_limits(document, limits)
    if undrain:
        plan = plan_undrain(estate, wanted)
    else:
        plan = plan_drain(estate, observed, wanted, drained=drained or {}, consent=consent)
    return records([plan])[0]
