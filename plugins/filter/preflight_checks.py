# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Offer the preflight's judgement to playbooks."""

from __future__ import annotations

DOCUMENTATION = r"""
name: preflight_checks
short_description: Whether a router has room for what will land on it
version_added: 0.1.0
author:
  - The Crossconnect founders (@crossconnect)
description:
  - Compares what the estate asks of a router with what the router says of itself. Ports, speeds,
    MTU, VLANs, addresses and the local ASN are judged; landings and VRFs where the estate asks for
    them.
  - A port whose link is down is no fault, because it stays down until the cross-connect is plugged.
extends_documentation_fragment:
  - crossconnect.dx.filters.judge
positional: estate, router, limits, platform
options:
  _input:
    description:
      - What M(crossconnect.dx.device_facts) returned for the getters C(interfaces),
        C(interfaces_ip) and C(bgp_neighbors); for C(network_instances), too, where VRFs are to
        be judged.
      - A result without C(facts), of a router that did not answer, gives one failed check.
    type: dict
    required: true
  router:
    description: The router's name in the inventory.
    type: str
    required: true
  platform:
    description: The router's platform, as P(crossconnect.dx.napalm#connection) knows it.
    type: str
    default: frr
  make_bundles:
    description: Whether the run makes the bundles of P(crossconnect.dx.bundles#filter) by itself.
    type: bool
    default: false
  make_macsec:
    description: Whether the run secures the ports of P(crossconnect.dx.macsec_ports#filter) itself.
    type: bool
    default: false
  observed:
    description:
      - What AWS has, one mapping per account, as RV(crossconnect.dx.estate#module:observed).
      - With it, a port that shall no longer encrypt is warned of while AWS says V(must_encrypt).
    type: list
    elements: dict
    default: []
"""

EXAMPLES = r"""
- name: Read the router
  crossconnect.dx.device_facts:
    getters: [interfaces, interfaces_ip, bgp_neighbors]
  register: router

- name: Refuse a router that is not ready
  ansible.builtin.assert:
    that: router | crossconnect.dx.preflight_checks(dx_estate, inventory_hostname)
          | selectattr('verdict', 'equalto', 'fail') | length == 0
"""

RETURN = r"""
_value:
  description: One record per check.
  type: list
  elements: dict
  sample:
    - id: vlan_free
      target: edge-fra-1:eth1.101
      verdict: pass
      measured: free
      expected: free, or this circuit's
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ansible_collections.crossconnect.dx.plugins.module_utils.core.bundles import bundles
from ansible_collections.crossconnect.dx.plugins.module_utils.core.evidence import Evidence
from ansible_collections.crossconnect.dx.plugins.module_utils.core.landings import landings
from ansible_collections.crossconnect.dx.plugins.module_utils.core.macsec_ports import (
    macsec_checks,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.preflight import (
    RouterView,
    preflight,
    unreachable,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.device.platforms import platform
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
        return {"preflight_checks": _preflight_checks}


def _preflight_checks(  # noqa: PLR0913 - as the playbooks give it
    result: Mapping[str, Any],
    document: object,
    router: str,
    limits: Mapping[str, Any] | None = None,
    platform_name: str = "frr",
    *,
    make_bundles: bool = False,
    make_macsec: bool = False,
    observed: Sequence[Mapping[str, Any]] = (),
) -> list[Check]:
    if "facts" not in result:
        return unreachable(router, str(result.get("msg", "no answer")))
    estate, _ = estate_and_limits(document, limits)
    facts, can = result["facts"], platform(platform_name)
    view = RouterView(
        name=router,
        interfaces=facts["interfaces"],
        interfaces_ip=facts["interfaces_ip"],
        bgp_neighbors=facts["bgp_neighbors"],
        landings=can.landings,
        vrf=can.vrf,
        instances=facts.get("network_instances"),
        makes=[one.interface for one in bundles(estate, router)] if make_bundles else (),
    )
    asked = landings(estate, router)
    seen = Evidence(observed=observed)
    secured = macsec_checks(estate, router, most_keys=can.macsec_keys, evidence=seen)
    return (secured if make_macsec else []) + preflight(
        view, [replace(one, interface=can.interface(one.interface)) for one in asked]
    )
