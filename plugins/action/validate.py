# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ansible.plugins.action import ActionBase

from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate import (
    EstateError,
    Fault,
    read_estate,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.limits import Limits
from ansible_collections.crossconnect.dx.plugins.module_utils.core.limits_reader import read_limits
from ansible_collections.crossconnect.dx.plugins.plugin_utils.origin import origin_of

if TYPE_CHECKING:
    from collections.abc import Mapping

ARGUMENT_SPEC: dict[str, dict[str, Any]] = {
    "estate": {"type": "raw", "required": True},
    "accounts": {"type": "list", "elements": "str"},
    "routers": {"type": "list", "elements": "str"},
    "limits": {"type": "dict", "default": {}},
}


class ActionModule(ActionBase):
    """Judge an estate within Ansible's own process."""

    _requires_connection = False
    _supports_check_mode = True
    _supports_async = False

    def run(
        self, tmp: str | None = None, task_vars: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return no faults, or fail with all of them."""
        result: dict[str, Any] = super().run(tmp, task_vars)
        _, options = self.validate_argument_spec(ARGUMENT_SPEC)  # type: ignore[no-untyped-call]
        faults = find_faults(options)
        result["changed"] = False
        if faults:
            result["failed"] = True
            result["msg"] = message(faults, options["estate"])
        return result


def find_faults(options: Mapping[str, Any]) -> tuple[Fault, ...]:
    """Return the faults of the limits and of the estate; faulty limits do not hide the estate's."""
    limits = Limits()
    faults: tuple[Fault, ...] = ()
    try:
        limits = read_limits(options["limits"])
    except EstateError as error:
        faults = error.faults
    try:
        read_estate(
            options["estate"],
            accounts=options["accounts"],
            routers=options["routers"],
            limits=limits,
        )
    except EstateError as error:
        faults = (*faults, *error.faults)
    return faults


def message(faults: tuple[Fault, ...], document: object) -> str:
    """Return the one message for people: how many faults, then one a line with file and line."""
    count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    lines = "\n".join(_line(fault, document) for fault in faults)
    return f"The estate has {count}; nothing was touched.\n{lines}"


def _line(fault: Fault, document: object) -> str:
    place = origin_of(document, fault.path)
    return f"{fault} ({place})" if place else str(fault)
