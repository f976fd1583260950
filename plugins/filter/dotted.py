# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter crossconnect.dx.dotted."""

from __future__ import annotations

DOCUMENTATION = r"""
name: dotted
short_description: An IPv4 address or prefix with its mask in dots
version_added: 0.1.0
author:
  - The Crossconnect founders (@crossconnect)
description:
  - Writes an IPv4 address with its prefix length the way IOS and IOS XR do.
options:
  _input:
    description: The address or prefix with its length.
    type: str
    required: true
"""

EXAMPLES = r"""
- name: Write 169.254.101.2 255.255.255.252
  ansible.builtin.debug:
    msg: "{{ '169.254.101.2/30' | crossconnect.dx.dotted }}"
"""

RETURN = r"""
_value:
  description: The address and the mask, with a blank between.
  type: str
  sample: 169.254.101.2 255.255.255.252
"""

from ipaddress import IPv4Interface
from typing import TYPE_CHECKING, Any

from ansible.errors import AnsibleFilterError

if TYPE_CHECKING:
    from collections.abc import Callable


class FilterModule:
    """Make the filter known to Ansible."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """Return the filter by its name."""
        return {"dotted": _dotted}


def _dotted(text: str) -> str:
    try:
        return IPv4Interface(text).with_netmask.replace("/", " ")
    except ValueError as error:
        raise AnsibleFilterError(f"{text!r} is no IPv4 address with its length") from error
