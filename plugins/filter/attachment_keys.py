# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter crossconnect.dx.attachment_keys."""

from __future__ import annotations

DOCUMENTATION = r"""
name: attachment_keys
short_description: The keys of a router
version_added: 0.1.0
author:
  - The Crossconnect founders (@crossconnect)
description:
  - Returns the BGP keys of all virtual interfaces that land on a router, and the CAKs of its ports,
    by what P(crossconnect.dx.attachments#filter) and P(crossconnect.dx.macsec_ports#filter) call
    C(key_name).
  - What it returns is secret. Give it to an option that does not log, and to nothing else.
extends_documentation_fragment:
  - crossconnect.dx.filters
positional: router, limits
"""

EXAMPLES = r"""
- name: Configure the router
  crossconnect.dx.device_config:
    config: "{{ candidate }}"
    keys: "{{ dx_estate | crossconnect.dx.attachment_keys(inventory_hostname) }}"
"""

RETURN = r"""
_value:
  description: The keys by their names.
  type: dict
  sample: {fra-a-transit: a key from the vault}
"""

from typing import TYPE_CHECKING, Any

from ansible_collections.crossconnect.dx.plugins.module_utils.core.attachments import keys
from ansible_collections.crossconnect.dx.plugins.module_utils.core.macsec_ports import (
    macsec_secrets,
)
from ansible_collections.crossconnect.dx.plugins.plugin_utils.estate_argument import (
    estate_and_limits,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class FilterModule:
    """Make the filter known to Ansible."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """Return the filter by its name."""
        return {"attachment_keys": _attachment_keys}


def _attachment_keys(
    document: object, router: str, limits: Mapping[str, Any] | None = None
) -> dict[str, str]:
    estate, _ = estate_and_limits(document, limits)
    return keys(estate, router) | macsec_secrets(estate, router)
