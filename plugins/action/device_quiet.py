# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The action plugin crossconnect.dx.device_quiet, documented by the module of that name."""

from __future__ import annotations

from typing import Any, ClassVar

from ansible_collections.crossconnect.dx.plugins.plugin_utils.device_action import DeviceAction


class ActionModule(DeviceAction):
    """Wait until traffic has gone from interfaces."""

    argument_spec: ClassVar[dict[str, Any]] = {
        "interfaces": {"type": "list", "elements": "str", "required": True},
        "packets_per_second": {"type": "int", "default": 20},
        "interval": {"type": "int", "default": 5},
        "timeout": {"type": "int", "default": 120},
    }

    def ask(self, session: Any, options: dict[str, Any]) -> dict[str, Any]:
        """Return a check record per interface; fails with a sentence for each that is not quiet."""
        answer: dict[str, Any] = session.device_quiet(options)
        result = {"changed": False, **answer}
        busy = [
            f"{each['target']} still carries {each['measured']} after {options['timeout']} s"
            for each in answer["checks"]
            if each["verdict"] == "fail"
        ]
        return result | {"failed": True, "msg": "\n".join(busy)} if busy else result
