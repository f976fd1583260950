# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""FRR's configuration: read, check, compare and apply, with no line of it in any argument list.

frr-reload.py knows best what differs between two configurations, so its comparison is used as a
library. Its way of applying is not: it hands deletions to `vtysh -c`, where a key would stand in
/proc, and logs every line. Here both directions go through `vtysh -f` and a root-only file, and
the outcome is judged by comparing again: `vtysh -f` goes on after errors and some "errors" are
harmless (seen with FRR 8.4.4).
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

from .shell import AgentError, Result, run

VTYSH = "vtysh"
STDIN = "/proc/self/fd/0"  # vtysh knows "-" only where it marks
STARTUP = Path("/etc/frr/frr.conf")
RELOAD_SCRIPTS = ("/usr/lib/frr/frr-reload.py", "/usr/libexec/frr/frr-reload.py")
FAILED_LINE = re.compile(r"^line (\d+): ", re.MULTILINE)
# The number of a grammar's node may follow: `Unknown command[25]:  neighbour 192.0.2.1 bfd`.
FAULT = re.compile(r"^line \d+: % ([^:\[]+)(?:\[\d+\])?: +(.*)$", re.MULTILINE)
DELAY = re.compile(r"^\s*(bgp route-map delay-timer (\d+))$", re.MULTILINE)
PASSES = 4
SHORTEST_DELETION = 2  # words: never shorten "no description" to "no"

Entry = tuple[tuple[str, ...], "str | None"]


class Delta(NamedTuple):
    """What to delete and to add, each with the contexts that it stands in."""

    delete: list[Entry]
    add: list[Entry]


def running() -> str:
    """FRR's running configuration, as vtysh prints it."""
    answer = run([VTYSH, "-c", "show running-config no-header"])
    if answer.rc or not answer.out.strip():
        raise AgentError(f"vtysh does not show the running configuration: {answer.words}")
    return answer.out


def startup() -> str:
    """FRR's saved configuration; empty when there is none."""
    return STARTUP.read_text(encoding="utf-8") if STARTUP.exists() else ""


def save() -> None:
    """Write the running configuration to the startup file."""
    answer = run([VTYSH, "-c", "write memory"])
    if answer.rc:
        raise AgentError(f"FRR does not save its configuration: {answer.words}", "commit")


def compare(path: Path, present: str) -> Delta:
    """Tell what separates the present configuration from the one in the file.

    Raises:
        AgentError: FRR's grammar lacks a line of the file; all such lines are told.
    """
    reload = _reload()
    then, now = reload.Config(_Marker(present)), reload.Config(_Marker(present))
    try:
        then.load_from_file(str(path))
        now.load_from_show_running("")
    except reload.VtyshException as error:
        raise AgentError(f"FRR does not understand the configuration: {error}", "load") from None
    add, delete = reload.compare_context_objects(then, now)
    return Delta(*([entry for entry in side if entry[1] != "!"] for side in (delete, add)))


class _Marker:
    """Stands where the library has its vtysh: texts with their contexts' ends marked, each once."""

    def __init__(self, present: str) -> None:
        """Keep what runs."""
        self._present = present

    def mark_file(self, name: str) -> str:
        """Return the text of a file."""
        return _marked(Path(name).read_text(encoding="utf-8"))

    def mark_show_run(self, _: str) -> str:
        """Return the running configuration."""
        return _marked(self._present)


@lru_cache(maxsize=8)
def _marked(text: str) -> str:
    answer = run([VTYSH, "-m", "-f", "-"], text)
    if answer.rc:
        raise AgentError(f"FRR does not understand the configuration: {_faults(text)}", "load")
    return answer.out


def _faults(text: str) -> str:
    """Have vtysh read it to the end, which marking does not, and applies nothing either."""
    answer = run([VTYSH, "-C", "-f", STDIN], text)
    found = [f"{what}: {line}" for what, line in FAULT.findall(answer.words)]
    return "; ".join(found) or answer.words


def converge(path: Path, present: str, workspace: Path) -> None:
    """Make the present configuration that of the file, or say in FRR's words why not.

    More than one pass, since deleting a neighbor takes lines along that are wanted.
    """
    words: list[str] = []
    at_once = _at_once(path.read_text(encoding="utf-8"))
    for _ in range(PASSES):
        delta = compare(path, present)
        if not delta.delete and not delta.add:
            return
        words = _apply(delta, at_once, workspace)
        present = running()
    left = compare(path, present)
    if left.delete or left.add:
        raise AgentError(
            f"FRR refused a part of the configuration:\n{_complaint(left, words)}", "commit"
        )


def forget(interfaces: list[str], workspace: Path) -> None:
    """Have zebra drop its memory of interfaces that are gone; it may refuse, and that is fine."""
    if interfaces:
        _feed([[f"no interface {name}"] for name in interfaces], workspace)


def _complaint(left: Delta, words: list[str]) -> str:
    open_lines = [" / ".join(_commands(entry, delete=False)) for entry in left.add]
    open_lines += [" / ".join(_commands(entry, delete=True)) for entry in left.delete]
    return "\n".join([*words, *(f"not applied: {line}" for line in open_lines)])


def _at_once(wanted: str) -> list[list[str]]:
    """Return what has bgpd act on changed route maps now, and then as the configuration says.

    It waits for more changes to come (5 seconds by default), holds new sessions for as long, and
    applies no changed policy: nothing that a gate sees meanwhile is what was committed. A timer
    of 0 runs an expired one at once, see bgp_route_map_update_timer in bgpd. Who has 0 in the
    configuration wants to clear sessions by hand.
    """
    own = DELAY.search(wanted)
    if "router bgp" not in wanted or (own and own[2] == "0"):
        return []
    return [["bgp route-map delay-timer 0"], [own[1] if own else "no bgp route-map delay-timer"]]


def _apply(delta: Delta, at_once: list[list[str]], workspace: Path) -> list[str]:
    words = _delete([_commands(entry, delete=True) for entry in delta.delete], workspace)
    add = [_commands(entry, delete=False) for entry in delta.add]
    return words + _said(_feed(add + at_once, workspace)) if add else words


def _delete(commands: list[list[str]], workspace: Path) -> list[str]:
    """Delete, shortening what FRR does not take in full (`no description TEXT`) word by word."""
    words: list[str] = []
    while commands:
        answer = _feed(commands, workspace)
        words = _said(answer)
        failed = _failed(commands, answer)
        commands = [shorter for command in failed if (shorter := _shorter(command))]
    return words


def _shorter(command: list[str]) -> list[str] | None:
    words = command[-1].split()
    if len(words) <= SHORTEST_DELETION:
        return None
    # A description is free text: all of it goes at once.
    keep = words[:2] if words[1] == "description" else words[:-1]
    return [*command[:-1], " ".join(keep)] if keep != words else None


def _failed(commands: list[list[str]], answer: Result) -> list[list[str]]:
    numbers = {int(number) for number in FAILED_LINE.findall(answer.err)}
    failed, line = [], 0
    for command in commands:
        line += len(command)
        if line in numbers:
            failed.append(command)
    return failed


def _feed(commands: list[list[str]], workspace: Path) -> Result:
    """Have vtysh read the commands from a root-only file, which is gone afterwards."""
    path = workspace / "commands.conf"
    path.touch(mode=0o600)
    try:
        path.write_text("".join(f"{line}\n" for command in commands for line in command), "utf-8")
        return run([VTYSH, "-f", str(path)])
    finally:
        path.unlink()


def _said(answer: Result) -> list[str]:
    lines = f"{answer.out}\n{answer.err}".splitlines()
    return [line.strip() for line in lines if line.strip()]


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
