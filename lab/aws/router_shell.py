# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands on an AWS router of the lab. Keys travel on standard input only, never in arguments."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from lab.errors import LabError
from lab.nodes import run_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from .router_state import RouterInterface


_RULE = "-- next --"


class RouterError(Exception):
    """The router refused, or cannot be reached at present."""


def _run(lab: Path, node: str, argv: Sequence[str], text: str | None = None) -> str:
    try:
        done = run_in(lab, node, argv, input=text)
    except LabError as error:
        raise RouterError(str(error)) from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise RouterError(f"{node}: {argv[0]} ended with {done.returncode}: {said[-1:]}")
    return done.stdout


def configure(lab: Path, node: str, commands: str) -> None:
    """Put commands into the running configuration; raises on the first that FRR refuses."""
    if commands:
        _run(lab, node, ["vtysh", "-f", "/proc/self/fd/0"], commands)


def running_configuration(lab: Path, node: str) -> str:
    """Return the running configuration; it holds keys."""
    return _run(lab, node, ["vtysh", "-c", "show running-config no-header"])


def show(lab: Path, node: str, commands: Sequence[str]) -> list[dict[str, Any]]:
    """Return what each `show ... json` command prints; an empty object where it prints none."""
    script = "; ".join(f"vtysh -c '{command}'; echo; echo {_RULE}" for command in commands)
    parts = _run(lab, node, ["sh", "-c", script]).split(f"{_RULE}\n")[: len(commands)]
    return [next(iter(_documents(part)), {}) for part in parts]


def show_many(lab: Path, node: str, commands: Sequence[str]) -> list[dict[str, Any]]:
    """Return what many `show ... json` commands print, in one process; some may print none."""
    if not commands:
        return []
    argv = ["vtysh", *(part for command in commands for part in ("-c", command))]
    return _documents(_run(lab, node, argv))


def _documents(printed: str) -> list[dict[str, Any]]:
    """Return the JSON documents that stand behind one another in a text."""
    decoder, documents, start = json.JSONDecoder(), [], printed.find("{")
    while start >= 0:
        document, end = decoder.raw_decode(printed, start)
        documents.append(document)
        start = printed.find("{", end)
    return documents


def add_link(lab: Path, node: str, interface: RouterInterface) -> None:
    """Make the VLAN sub-interface, or give the present one its MTU."""
    name, port = interface.name, interface.port
    make = f"ip link add link {port} name {name} type vlan id {interface.vlan}"
    script = f"test -e /sys/class/net/{name} || {make}; ip link set {name} mtu {interface.mtu} up"
    _run(lab, node, ["sh", "-c", script])


def remove_link(lab: Path, node: str, name: str) -> None:
    """Remove a sub-interface; one that is not there is no error."""
    _run(lab, node, ["sh", "-c", f"test ! -e /sys/class/net/{name} || ip link del {name}"])


def look_at(lab: Path, node: str, ports: Sequence[str]) -> tuple[dict[str, bool], dict[str, Any]]:
    """Return, with one process, which ports see light and `show bgp summary` by family."""
    carriers = "; ".join(
        f"echo {port} $(cat /sys/class/net/{port}/carrier 2>/dev/null)" for port in ports
    )
    script = f"{carriers or ':'}; echo --; vtysh -c 'show bgp summary json'"
    light, _, summary = _run(lab, node, ["sh", "-c", script]).partition("--\n")
    lit = {line.split()[0]: line.split()[1:] == ["1"] for line in light.splitlines()}
    return lit, json.loads(summary or "{}")
