# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the device actions share: options in, one request to the session, a masked result out."""

from __future__ import annotations

from typing import Any, ClassVar

from ansible.module_utils.connection import Connection
from ansible.module_utils.connection import ConnectionError as RpcError
from ansible.plugins.action import ActionBase

from ansible_collections.crossconnect.dx.plugins.module_utils.device.masking import mask

CONNECTION = "crossconnect.dx.napalm"
UNREACHABLE = 1


class DeviceAction(ActionBase):
    """An action that asks the persistent session of its router."""

    _requires_connection = True
    _supports_check_mode = True
    _supports_diff = True
    argument_spec: ClassVar[dict[str, Any]] = {}

    def run(
        self, tmp: str | None = None, task_vars: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Validate, ask, return; a router's error is a failed result, not a traceback."""
        result: dict[str, Any] = super().run(tmp, task_vars)
        _, options = self.validate_argument_spec(self.argument_spec)  # type: ignore[no-untyped-call]
        if self._connection.transport != CONNECTION:
            words = (
                f"this task needs ansible_connection: {CONNECTION} on {self._task.action}'s host"
            )
            return result | {"failed": True, "msg": words}
        # By this the strategy finds the session and closes it at the end of the play.
        self._task.args["_ansible_socket"] = self._connection.socket_path
        try:
            return result | self.ask(Connection(self._connection.socket_path), options)
        except RpcError as error:
            words = mask(str(error), options.get("keys"))
            if getattr(error, "code", None) == UNREACHABLE:
                return result | {"unreachable": True, "msg": words}
            return result | {"failed": True, "msg": words}

    def ask(self, session: Any, options: dict[str, Any]) -> dict[str, Any]:
        """Send the request and shape the answer."""
        raise NotImplementedError
