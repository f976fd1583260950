# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The action plugin crossconnect.dx.device_check, documented by the module of that name."""

from __future__ import annotations

from typing import Any, ClassVar

from ansible_collections.crossconnect.dx.plugins.plugin_utils.device_action import DeviceAction

SESSION = {
    "neighbor": {"type": "str", "required": True},
    "interface": {"type": "str", "required": True},
    "name": {"type": "str", "required": True},
    "family": {"type": "str", "choices": ["ipv4", "ipv6"], "required": True},
    "vrf": {"type": "str", "default": ""},
    "expect": {"type": "list", "elements": "str", "default": []},
}


class ActionModule(DeviceAction):
    """Hold the router's sessions against what they shall be, and what they were."""

    argument_spec: ClassVar[dict[str, Any]] = {
        "bgp": {"type": "list", "elements": "dict", "default": [], "options": SESSION},
        "bfd": {"type": "bool", "default": False},
        "prefixes": {"type": "bool", "default": False},
        "management": {"type": "bool", "default": False},
        "baseline": {"type": "dict"},
        "timeout": {"type": "int", "default": 30},
    }

    def ask(self, session: Any, options: dict[str, Any]) -> dict[str, Any]:
        """Return the check records; fails with a sentence per gate that did not open."""
        answer: dict[str, Any] = session.device_check(options)
        result = {"changed": False, **answer}
        if answer["problems"]:
            return result | {"failed": True, "msg": "\n".join(answer["problems"])}
        return result
