# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Print where every circuit is, when a playbook that reported has ended."""

from __future__ import annotations

DOCUMENTATION = r"""
name: circuits
type: aggregate
short_description: Print where every circuit is when a playbook ends
version_added: 0.1.0
description:
  - Prints one table after the recap, with the circuit, the step that it is at, its state, who is
    awaited, and what to do next.
  - The table comes from the result of the last M(crossconnect.dx.report) task of each estate. A
    playbook without one prints nothing.
  - The text is plain, so that it reads the same in a terminal, in a log and in AWX.
author:
  - The Crossconnect founders (@crossconnect)
requirements:
  - enabled with C(callbacks_enabled = crossconnect.dx.circuits) in C(ansible.cfg)
"""

from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

from ansible import constants
from ansible.plugins.callback import CallbackBase

from ansible_collections.crossconnect.dx.plugins.module_utils.core.circuit_table import (
    circuit_table,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

REPORT = "crossconnect.dx.report"
NARROW = 100
WIDE = 120
COLOURS = {"good": "COLOR_OK", "wait": "COLOR_CHANGED", "bad": "COLOR_ERROR"}


class CallbackModule(CallbackBase):
    """Remembers what each report said, and prints it at the end."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "crossconnect.dx.circuits"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self) -> None:
        """Start with nothing to print."""
        super().__init__()
        self.results: dict[str, Mapping[str, Any]] = {}
        self.check_mode = False

    def v2_runner_on_ok(self, result: Any) -> None:
        """Remember the result of a report; the last one of an estate counts."""
        if result.task.resolved_action == REPORT and "report" in result.result:
            self.results[result.result["report"]["estate"]] = result.result
            self.check_mode = bool(result.task.check_mode)

    def v2_playbook_on_stats(self, stats: Any) -> None:  # noqa: ARG002 (Ansible names it)
        """Print the table of each estate, and where its report is."""
        width = min(max(get_terminal_size((NARROW, 24)).columns - 1, NARROW), WIDE)
        for estate, result in self.results.items():
            self._display.banner(f"CIRCUITS [{estate}]")
            for line, tone in circuit_table(result["report"], width=width):
                self._display.display(line, color=_colour(tone))
            self._display.display("")
            for line in closing_lines(result, check_mode=self.check_mode):
                self._display.display(line)


def closing_lines(result: Mapping[str, Any], *, check_mode: bool) -> Iterator[str]:
    """Say what the run changed, what it took, and where its papers are."""
    for verdict in result["report"]["resiliency"]:
        # What it lacks is in the report; here it would hide what matters today.
        yield f"Relies:   {verdict['sentence'].partition(';')[0]}{_beside(verdict)}"
    changed = result["report"]["changed"]
    yield f"Changed:  {changed['aws']} in AWS, {changed['routers']} on routers"
    if figures := result.get("figures"):
        yield f"Took:     {', '.join(map(counted, figures, figures.values()))}"
    if check_mode:
        yield "Report:   not written, because this was check mode"
        return
    yield f"Report:   {result['paths']['page']}"
    yield f"Handover: {result['paths']['handover']}"


def _beside(verdict: Mapping[str, Any]) -> str:
    """Name the VPN connections that stand in."""
    backups = verdict.get("vpn_backups")
    return f"; VPN backup by {' and '.join(backups)}" if backups else ""


def counted(name: str, value: Any) -> str:
    """Put a figure in words: api_calls and 1 are 1 API call."""
    words = name.replace("_", " ").replace("api ", "API ")
    return f"{value} {words.removesuffix('s') if value == 1 else words}"


def _colour(tone: str) -> str | None:
    name = COLOURS.get(tone)
    return getattr(constants, name) if name else None
