# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""iproute2 of the router: what the kernel has, and commands that change it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from .shell import AgentError, run

if TYPE_CHECKING:
    Interface = dict[str, Any]  # one of `ip -j -d link show`


def interfaces() -> dict[str, Interface]:
    """All of the router's interfaces as iproute2 shows them, by name."""
    answer = run(["ip", "-j", "-d", "link", "show"])
    if answer.rc:
        raise AgentError(f"iproute2 does not list the links: {answer.words}")
    return {entry["ifname"]: entry for entry in json.loads(answer.out or "[]") if "ifname" in entry}


def addressed() -> set[str]:
    """Return the interfaces that have an address which somebody gave them."""
    answer = run(["ip", "-j", "address", "show"])
    if answer.rc:
        raise AgentError(f"iproute2 does not list the addresses: {answer.words}")
    return {
        entry["ifname"]
        for entry in json.loads(answer.out or "[]")
        if any(one.get("scope") != "link" for one in entry.get("addr_info", []))
    }


def kind(entry: Interface) -> str:
    """Tell what an interface is: vlan, bond, vrf; empty for a port."""
    return str(entry.get("linkinfo", {}).get("info_kind", ""))


def data(entry: Interface) -> Interface:
    """Return what is particular to an interface of its kind."""
    return dict(entry.get("linkinfo", {}).get("info_data", {}))


def lacks(*device: str) -> bool:
    """Whether the kernel does not know a kind of device; `device` makes one, here of no effect."""
    # In a namespace of its own, which ends with the command.
    able = run(["unshare", "--net", "ip", "link", "add", "name", *device])
    return "Unknown device type" in able.words


def ip(*arguments: str) -> None:
    """Run one command that changes something."""
    answer = run(["ip", *arguments])
    if answer.rc:
        raise AgentError(f"ip {' '.join(arguments)}: {answer.words}", "commit")


def batch(*lines: str) -> None:
    """Run commands of which none is the last, even if this program is killed."""
    answer = run(["ip", "-batch", "-"], "".join(f"{line}\n" for line in lines))
    if answer.rc:
        raise AgentError(f"ip {'; '.join(lines)}: {answer.words}", "commit")
