# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The action plugin crossconnect.dx.device_config, documented by the module of that name."""

from __future__ import annotations

from typing import Any, ClassVar

from ansible_collections.crossconnect.dx.plugins.plugin_utils.device_action import DeviceAction


class ActionModule(DeviceAction):
    """Load, compare and commit a candidate over the router's session."""

    argument_spec: ClassVar[dict[str, Any]] = {
        "config": {"type": "str", "required": True},
        "keys": {"type": "dict", "default": {}, "no_log": True},
        "mode": {"type": "str", "choices": ["merge", "replace", "owned"], "default": "merge"},
        "owners": {"type": "list", "elements": "str", "default": []},
        "commit": {"type": "bool", "default": True},
        "hold": {"type": "bool", "default": False},
        "revert_in": {"type": "int"},
        "probation": {"type": "bool", "default": False},
        "message": {"type": "str", "default": ""},
    }

    def ask(self, session: Any, options: dict[str, Any]) -> dict[str, Any]:
        """Return whether anything changes, the masked difference, and the pending commit."""
        commit = options["commit"] and not self._task.check_mode
        answer: dict[str, Any] = session.device_config({**options, "commit": commit})
        diff = answer.pop("diff")
        return {**answer, "diff": {"prepared": f"{diff}\n" if diff else ""}}
