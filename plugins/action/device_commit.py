# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The action plugin crossconnect.dx.device_commit, documented by the module of that name."""

from __future__ import annotations

from typing import Any, ClassVar

from ansible_collections.crossconnect.dx.plugins.plugin_utils.device_action import DeviceAction


class ActionModule(DeviceAction):
    """Commit the candidate that device_config has loaded and held."""

    argument_spec: ClassVar[dict[str, Any]] = {}

    def ask(self, session: Any, options: dict[str, Any]) -> dict[str, Any]:
        """Return the pending commit; check mode has loaded nothing that it could commit."""
        del options
        if self._task.check_mode:
            return {"changed": True, "pending": None}
        answer: dict[str, Any] = session.device_commit()
        return answer
