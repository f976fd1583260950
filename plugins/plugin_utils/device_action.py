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
UNFINISHED = 3
# By this argument the strategy finds the session and closes it at the end of the play.
SOCKET = "_ansible_socket"
GONE = (
    "the process that held the session with the router has ended; a commit that was not confirmed"
    " is taken back by the router itself"
)


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
        self._task.args.pop(SOCKET, None)  # a retry finds the one of the attempt before
        if self._connection.transport == CONNECTION:
            connection: Any = self._connection
            connection.begin(self._task._uuid)  # noqa: SLF001 - as Ansible's own executor does
        try:
            _, options = self.validate_argument_spec(self.argument_spec)  # type: ignore[no-untyped-call]
        finally:
            self._task.args[SOCKET] = getattr(self._connection, "socket_path", None)
        if self._connection.transport != CONNECTION:
            words = (
                f"this task needs ansible_connection: {CONNECTION} on {self._task.action}'s host"
            )
            return result | {"failed": True, "msg": words}
        try:
            return result | self.ask(Connection(self._connection.socket_path), options)
        except RpcError as error:
            return result | _failure(error, options)

    def ask(self, session: Any, options: dict[str, Any]) -> dict[str, Any]:
        """Send the request and shape the answer."""
        raise NotImplementedError


def _failure(error: RpcError, options: dict[str, Any]) -> dict[str, Any]:
    """Make a failed result, never Ansible's own `unreachable`.

    An unreachable host gets no rescue and drops out of the playbook, so that no report would say
    what became of its router. It says `changed` where the router did it, and what follows failed.
    """
    code = getattr(error, "code", None)
    # What comes without a code comes from this end: it would repeat the whole request.
    words = GONE if code is None else mask(str(error), options.get("keys"))
    unreachable = code is None or code == UNREACHABLE
    failure = {"failed": True, "router_unreachable": unreachable, "msg": words}
    return failure | ({"changed": True} if code == UNFINISHED else {})
