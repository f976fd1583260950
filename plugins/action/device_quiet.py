# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The action plugin crossconnect.dx.device_quiet, documented by the module of that name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from ansible_collections.crossconnect.dx.plugins.plugin_utils.device_action import DeviceAction

if TYPE_CHECKING:
    from collections.abc import Iterator


class ActionModule(DeviceAction):
    """Wait until traffic has gone from interfaces."""

    argument_spec: ClassVar[dict[str, Any]] = {
        "interfaces": {"type": "list", "elements": "str", "required": True},
        "packets_per_second": {"type": "int", "default": 20},
        "interval": {"type": "int", "default": 5},
        "timeout": {"type": "int", "default": 120},
        "counted": {"type": "list", "elements": "str", "default": []},
    }

    def ask(self, session: Any, options: dict[str, Any]) -> dict[str, Any]:
        """Return a check record per interface; fails with a sentence for each that is not quiet.

        Of those that must be counted it fails for each that nobody counts, too.
        """
        asked = {name: value for name, value in options.items() if name != "counted"}
        answer: dict[str, Any] = session.device_quiet(asked)
        result = {"changed": False, **answer}
        faults = [*_busy(answer["checks"], options), *_uncounted(answer["checks"], options)]
        return result | {"failed": True, "msg": "\n".join(faults)} if faults else result


def _busy(checks: list[dict[str, Any]], options: dict[str, Any]) -> Iterator[str]:
    for each in checks:
        if each["verdict"] == "fail":
            yield f"{each['target']} still carries {each['measured']} after {options['timeout']} s"


def _uncounted(checks: list[dict[str, Any]], options: dict[str, Any]) -> Iterator[str]:
    for each in checks:
        if each["verdict"] == "na" and each["target"] in options["counted"]:
            yield (
                f"{each['target']}: the router does not count its packets, so nothing shows that it"
                " is empty; see for yourself, and consent to it by name (playbooks: dx_consent)"
            )
