# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The action plugin crossconnect.dx.device_exec, documented by the module of that name."""

from __future__ import annotations

from typing import Any, ClassVar

from ansible_collections.crossconnect.dx.plugins.plugin_utils.device_action import DeviceAction

PING = {
    "destination": {"type": "str", "required": True},
    "source": {"type": "str"},
    "source_interface": {"type": "str"},
    "ttl": {"type": "int"},
    "timeout": {"type": "int"},
    "size": {"type": "int"},
    "count": {"type": "int"},
    "vrf": {"type": "str"},
}


class ActionModule(DeviceAction):
    """Run show commands and pings over the router's session."""

    argument_spec: ClassVar[dict[str, Any]] = {
        "commands": {"type": "list", "elements": "str", "default": []},
        "ping": {"type": "list", "elements": "dict", "default": [], "options": PING},
    }

    def ask(self, session: Any, options: dict[str, Any]) -> dict[str, Any]:
        """Return the router's answers, masked."""
        answer: dict[str, Any] = session.device_exec(options["commands"], options["ping"])
        return {"changed": False, **answer}
