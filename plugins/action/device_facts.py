# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The action plugin crossconnect.dx.device_facts, documented by the module of that name."""

from __future__ import annotations

from typing import Any, ClassVar

from ansible_collections.crossconnect.dx.plugins.plugin_utils.device_action import DeviceAction


class ActionModule(DeviceAction):
    """Run getters over the router's session."""

    argument_spec: ClassVar[dict[str, Any]] = {
        "getters": {"type": "list", "elements": "str", "default": ["facts"]},
    }

    def ask(self, session: Any, options: dict[str, Any]) -> dict[str, Any]:
        """Return the facts by getter."""
        answer: dict[str, Any] = session.device_facts(options["getters"])
        return {"changed": False, **answer}
