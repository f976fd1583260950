# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Offer the BGP sessions of attachments to playbooks."""

from __future__ import annotations

DOCUMENTATION = r"""
name: sessions
short_description: The BGP sessions of attachments
version_added: 0.1.0
author:
  - The Crossconnect founders (@crossconnect)
description:
  - Returns one mapping per BGP session, as the option O(crossconnect.dx.device_check#module:bgp)
    takes them. Of an attachment that is drained and shut there is none.
options:
  _input:
    description: Attachments, as P(crossconnect.dx.attachments#filter) returns them.
    type: list
    elements: dict
    required: true
"""

EXAMPLES = r"""
- name: Wait for the sessions
  crossconnect.dx.device_check:
    bgp: "{{ dx_estate | crossconnect.dx.attachments(observed, inventory_hostname)
      | crossconnect.dx.sessions }}"
"""

RETURN = r"""
_value:
  description: One mapping per session, in the order of the attachments.
  type: list
  elements: dict
  sample:
    - name: fra-a-transit
      interface: eth1.101
      neighbor: 169.254.101.1
      family: ipv4
      vrf: ""
      expect: [10.20.0.0/16]
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


class FilterModule:
    """Make the filter known to Ansible."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """Return the filter by its name."""
        return {"sessions": _sessions}


def _sessions(attachments: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "name": attachment["name"],
            "interface": attachment["interface"],
            "neighbor": peer["remote_address"],
            "family": peer["family"],
            "vrf": attachment["vrf"],
            "expect": peer["expect"],
        }
        for attachment in attachments
        if not (attachment["drain"] or {}).get("shut")
        for peer in attachment["peers"]
    ]
