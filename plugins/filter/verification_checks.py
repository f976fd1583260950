# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Offer the verification's judgement to playbooks."""

from __future__ import annotations

DOCUMENTATION = r"""
name: verification_checks
short_description: Whether sessions and routes are what the estate intends, on both sides
version_added: 0.1.0
author:
  - The Crossconnect founders (@crossconnect)
description:
  - Compares, for every session of every router, what AWS says and what the router says with what
    the estate intends. Sessions, prefixes both ways, communities and AS paths are judged.
extends_documentation_fragment:
  - crossconnect.dx.filters.judge
  - crossconnect.dx.filters.observed
positional: estate, observed, routers, limits
options:
  _input:
    description:
      - Virtual interfaces of all accounts, as
        RV(crossconnect.dx.virtual_interface_info#module:virtual_interfaces) has them, with routes.
    type: list
    elements: dict
    required: true
  routers:
    description:
      - What each router said, with the getter C(bgp_neighbors) of M(crossconnect.dx.device_facts).
      - With C(reasons), why a session is down by its target, as the checks of
        M(crossconnect.dx.device_check) tell it.
      - With C(drained), the owners of the ways that it drains, which AWS must hear of otherwise,
        and C(shut), those of them whose sessions are not looked at.
      - The side of a router that said nothing is not judged.
    type: dict
    default: {}
"""

EXAMPLES = r"""
- name: Judge both ends
  ansible.builtin.set_fact:
    checks: "{{ aws.virtual_interfaces | crossconnect.dx.verification_checks(
      dx_estate, [observed], {'edge-fra-1': router.facts}) }}"
"""

RETURN = r"""
_value:
  description: One record per check.
  type: list
  elements: dict
  sample:
    - id: prefixes_to_aws
      target: fra-a-transit ipv4
      verdict: pass
      measured: [192.168.10.0/24]
      expected: [192.168.10.0/24]
"""

from typing import TYPE_CHECKING, Any

from ansible_collections.crossconnect.dx.plugins.module_utils.core.attachments import attachments
from ansible_collections.crossconnect.dx.plugins.module_utils.core.drain import drained_names
from ansible_collections.crossconnect.dx.plugins.module_utils.core.verification import (
    BothEnds,
    verify,
)
from ansible_collections.crossconnect.dx.plugins.plugin_utils.estate_argument import (
    estate_and_limits,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ansible_collections.crossconnect.dx.plugins.module_utils.core.check import Check


class FilterModule:
    """Make the filter known to Ansible."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """Return the filter by its name."""
        return {"verification_checks": _verification_checks}


def _verification_checks(
    interfaces: Sequence[Mapping[str, Any]],
    estate: object,
    observed: Sequence[Mapping[str, Any]],
    routers: Mapping[str, Mapping[str, Any]] | None = None,
    limits: Mapping[str, Any] | None = None,
) -> list[Check]:
    wanted, in_force = estate_and_limits(estate, limits)
    aws = {thing["name"]: thing for thing in interfaces}
    names = dict.fromkeys(thing.router for thing in wanted.circuits if thing.router)
    said = routers or {}
    drained, shut = (
        drained_names(wanted, {name: told.get(state) or () for name, told in said.items()})
        for state in ("drained", "shut")
    )
    return [
        check
        for router in names
        for check in verify(
            attachments(wanted, observed, router, limits=in_force, drained=drained, shut=shut),
            BothEnds(
                aws=aws,
                router=said.get(router, {}).get("bgp_neighbors"),
                reasons=said.get(router, {}).get("reasons", {}),
            ),
        )
    ]
