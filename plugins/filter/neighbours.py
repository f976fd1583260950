# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tell one account of a play what the others know."""

from __future__ import annotations

DOCUMENTATION = r"""
name: neighbours
short_description: What the other accounts of a play know
version_added: 0.1.0
author:
  - The Crossconnect founders (@crossconnect)
description:
  - Returns what M(crossconnect.dx.estate) takes as O(crossconnect.dx.estate#module:neighbours).
options:
  _input:
    description: What M(crossconnect.dx.estate) returned in each account of the play.
    type: list
    elements: dict
    required: true
  account:
    description: The account that is told.
    type: str
    required: true
positional: account
"""

EXAMPLES = r"""
- name: Accept what the others propose
  crossconnect.dx.estate:
    estate: "{{ dx_estate }}"
    account: network
    neighbours: "{{ results | crossconnect.dx.neighbours('network') }}"
    region: eu-central-1
"""

RETURN = r"""
_value:
  description: One mapping per other account.
  type: list
  elements: dict
  sample:
    - account: applications
      account_id: '444455556666'
      gateways: []
      targets:
        - {name: tgw-apps, id: tgw-0a1b2c3d4e5f60718}
"""

from typing import TYPE_CHECKING, Any

from ansible_collections.crossconnect.dx.plugins.module_utils.core.passes import neighbours_of

if TYPE_CHECKING:
    from collections.abc import Callable


class FilterModule:
    """Make the filter known to Ansible."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """Return the filter by its name."""
        return {"neighbours": neighbours_of}
