# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What separates two configurations of FRR, and the commands that lead from one to the other.

frr-reload.py knows best what differs, so its comparison is used as a library.
"""

from __future__ import annotations

import importlib.util
import logging
import re
import sys
import warnings
from functools import lru_cache
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import Any, NamedTuple

from .shell import AgentError, run

STDIN = "/proc/self/fd/0"  # vtysh knows "-" only where it marks
RELOAD_SCRIPTS = ("/usr/lib/frr/frr-reload.py", "/usr/libexec/frr/frr-reload.py")
# The number of a grammar's node may follow: `Unknown command[25]:  neighbour 192.0.2.1 bfd`.
FAULT = re.compile(r"^line \d+: % ([^:\[]+)(?:\[\d+\])?: +(.*)$", re.MULTILINE)
NEIGHBOR = re.compile(r"neighbor (\S+) ")
SESSION = re.compile(r"neighbor (\S+) remote-as \S+$")

Entry = tuple[tuple[str, ...], "str | None"]


class Delta(NamedTuple):
    """What to delete and to add, each with the contexts that it stands in."""

    delete: list[Entry]
    add: list[Entry]


def compare(wanted: str, present: str) -> Delta:
    """Tell what separates the present configuration from the wanted one.

    Raises:
        AgentError: FRR's grammar lacks a line; all such lines are told.
    """
    reload = _reload()
    then, now = (reload.Config(_Marker(text)) for text in (wanted, present))
    then.load_from_file("")  # which writes a text as FRR prints it
    now.load_from_show_running("")
    add, delete = reload.compare_context_objects(then, now)
    return Delta(*([entry for entry in side if entry[1] != "!"] for side in (delete, add)))


class _Marker:
    """Stands where the library has its vtysh, and knows one text: its contexts' ends are marked."""

    def __init__(self, text: str) -> None:
        """Keep the text."""
        self._text = text

    def mark_file(self, _: str) -> str:
        """Return the text as that of a file."""
        return _marked(self._text)

    def mark_show_run(self, _: str) -> str:
        """Return the text as what runs."""
        return _marked(self._text)


@lru_cache(maxsize=8)
def _marked(text: str) -> str:
    answer = run(["vtysh", "-m", "-f", "-"], text)
    if answer.rc:
        raise AgentError(f"FRR does not understand the configuration: {_faults(text)}", "load")
    return answer.out


def _faults(text: str) -> str:
    """Have vtysh read it to the end, which marking does not, and applies nothing either."""
    answer = run(["vtysh", "-C", "-f", STDIN], text)
    found = [f"{what}: {line}" for what, line in FAULT.findall(answer.words)]
    return "; ".join(found) or answer.words


def commands(delta: Delta) -> tuple[list[list[str]], list[list[str]]]:
    """Return what deletes and what adds: each command with the contexts that it stands in."""
    return (
        [_commands(entry, delete=True) for entry in _sessions_first(delta.delete)],
        [_commands(entry, delete=False) for entry in delta.add],
    )


def _sessions_first(entries: list[Entry]) -> list[Entry]:
    """End sessions first, and with one line each: none must outlive its policy."""
    ends = {
        (contexts, found[1]): (contexts, line)
        for contexts, line in entries
        if (found := SESSION.match(line or ""))
    }
    gone = {(contexts[0], neighbor) for contexts, neighbor in ends}
    rest = [
        (contexts, line)
        for contexts, line in entries
        if not ((found := NEIGHBOR.match(line or "")) and (contexts[0], found[1]) in gone)
    ]
    return [*ends.values(), *rest]


def _commands(entry: Entry, *, delete: bool) -> list[str]:
    contexts, line = entry
    return list(_reload().lines_to_config(contexts, line, delete))


_LOADED: list[Any] = []


def _reload() -> Any:
    """Return frr-reload.py as a library; its own main program does not run."""
    if not _LOADED:
        script = next((path for path in RELOAD_SCRIPTS if Path(path).exists()), None)
        if script is None:
            raise AgentError("the router lacks frr-reload.py: install the package frr-pythontools")
        sys.dont_write_bytecode = True  # else a .pyc would be left beside the script
        logging.getLogger("frr_reload").disabled = True  # it logs configuration lines
        spec = importlib.util.spec_from_loader("frr_reload", SourceFileLoader("frr_reload", script))
        if spec is None or spec.loader is None:
            raise AgentError(f"cannot load {script}")
        module = importlib.util.module_from_spec(spec)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            spec.loader.exec_module(module)
        _LOADED.append(module)
    return _LOADED[0]
