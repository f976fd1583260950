# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""FRR's configuration: read, saved and applied, with no line of it in any argument list.

frr-reload.py hands deletions to `vtysh -c`, where a key would stand in /proc, and logs every line.
Here both directions go through `vtysh -f` and a root-only file, and the outcome is judged by
comparing again: `vtysh -f` goes on after errors and some "errors" are harmless (seen with FRR
8.4.4).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from .difference import commands, compare
from .shell import AgentError, Result, run

if TYPE_CHECKING:
    from .difference import Delta

VTYSH = "vtysh"
STARTUP = Path("/etc/frr/frr.conf")
FAILED_LINE = re.compile(r"^line (\d+): ", re.MULTILINE)
END = "\nend\n"
WRITTEN = re.compile(r"onfiguration saved to (\S+)")
DELAY = re.compile(r"^\s*(bgp route-map delay-timer (\d+))$", re.MULTILINE)
PASSES = 4
SHORTEST_DELETION = 2  # words: never shorten "no description" to "no"


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
    """Write the running configuration to the startup file, or leave that as it was.

    On a full disk vtysh says [OK] over an empty file (seen with FRR 8.4.4), with which the router
    would start next time: so what it has written is read.
    """
    answer = run([VTYSH, "-c", "show running-config no-header", "-c", "write memory"])
    files = [Path(name) for name in WRITTEN.findall(answer.out)]
    lost = set(_lines(answer.out.partition(END)[0])) - {
        line for file in files for line in _lines(file.read_text(encoding="utf-8"))
    }
    if not answer.rc and not lost:
        return
    for file in files:
        if (before := file.with_name(f"{file.name}.sav")).exists():
            before.replace(file)
    words = "the disk may be full" if lost and not answer.rc else answer.words
    raise AgentError(f"FRR does not save its configuration: {words}", "commit")


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip() not in {"", "!"}]


def converge(wanted: str, present: str, workspace: Path) -> None:
    """Make the present configuration the wanted one, or say in FRR's words why not.

    More than one pass, since deleting a neighbor takes lines along that are wanted.
    """
    delta = compare(wanted, present)
    if not any(delta):
        return
    words: list[str] = []
    for _ in range(PASSES):
        words = _apply(delta, workspace)
        delta = compare(wanted, running())
        if not any(delta):
            _act_now(wanted, workspace)
            return
    raise AgentError(
        f"FRR refused a part of the configuration:\n{_complaint(delta, words)}", "commit"
    )


def _act_now(wanted: str, workspace: Path) -> None:
    """Have bgpd act on changed route maps now that all are there.

    It waits for more changes to come (5 seconds by default), holds new sessions for as long, and
    applies no changed policy: nothing that a gate sees meanwhile is what was committed. A timer
    of 0 runs an expired one at once, see bgp_route_map_update_timer in bgpd. Who has 0 in the
    configuration wants to clear sessions by hand.
    """
    own = DELAY.search(wanted)
    if "router bgp" not in wanted or (own and own[2] == "0"):
        return
    back = own[1] if own else "no bgp route-map delay-timer"
    _feed([["bgp route-map delay-timer 0"], [back]], workspace)


def forget(interfaces: list[str], workspace: Path) -> None:
    """Have zebra drop its memory of interfaces that are gone; it may refuse, and that is fine."""
    if interfaces:
        _feed([[f"no interface {name}"] for name in interfaces], workspace)


def _complaint(left: Delta, words: list[str]) -> str:
    delete, add = commands(left)
    open_lines = [" / ".join(command) for command in (*add, *delete)]
    return "\n".join([*words, *(f"not applied: {line}" for line in open_lines)])


def _apply(delta: Delta, workspace: Path) -> list[str]:
    delete, add = commands(delta)
    words = _delete(delete, workspace)
    return words + _said(_feed(add, workspace)) if add else words


def _delete(left: list[list[str]], workspace: Path) -> list[str]:
    """Delete, shortening what FRR does not take in full (`no description TEXT`) word by word."""
    words: list[str] = []
    while left:
        answer = _feed(left, workspace)
        words = _said(answer)
        failed = _failed(left, answer)
        left = [shorter for command in failed if (shorter := _shorter(command))]
    return words


def _shorter(command: list[str]) -> list[str] | None:
    words = command[-1].split()
    if len(words) <= SHORTEST_DELETION:
        return None
    # A description is free text: all of it goes at once.
    keep = words[:2] if words[1] == "description" else words[:-1]
    return [*command[:-1], " ".join(keep)] if keep != words else None


def _failed(fed: list[list[str]], answer: Result) -> list[list[str]]:
    numbers = {int(number) for number in FAILED_LINE.findall(answer.err)}
    failed, line = [], 0
    for command in fed:
        line += len(command)
        if line in numbers:
            failed.append(command)
    return failed


def _feed(lines: list[list[str]], workspace: Path) -> Result:
    """Have vtysh read the commands from a root-only file, which is gone afterwards."""
    path = workspace / "commands.conf"
    path.touch(mode=0o600)
    try:
        path.write_text("".join(f"{line}\n" for command in lines for line in command), "utf-8")
        return run([VTYSH, "-f", str(path)])
    finally:
        path.unlink()


def _said(answer: Result) -> list[str]:
    lines = f"{answer.out}\n{answer.err}".splitlines()
    return [line.strip() for line in lines if line.strip()]
