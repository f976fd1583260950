# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole configuration: links and FRR as one text, compared and applied as one thing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from . import frr, iproute, links
from .difference import compare
from .shell import AgentError

if TYPE_CHECKING:
    from pathlib import Path

    from .difference import Delta
    from .iproute import Interface

INTERFACE = re.compile(r"^interface (\S+)", re.MULTILINE)


class Present(NamedTuple):
    """What a router has: its running configuration, links first, and the interfaces behind it."""

    text: str
    interfaces: dict[str, Interface]


def present() -> Present:
    """Read what the router has."""
    interfaces = iproute.interfaces()
    lines = "".join(f"{link.line}\n" for link in links.among(interfaces))
    return Present(lines + frr.running(), interfaces)


def running() -> str:
    """Return the running configuration."""
    return present().text


def check(text: str, now: Present) -> dict[str, object]:
    """Refuse what can be known to fail before anything is touched.

    Returns what separates the present configuration from the text: links, deletions, additions.
    """
    wanted, rest = links.split(text)
    running_links, running_rest = links.split(now.text)
    links.check(wanted, now.interfaces)
    delta = compare(rest, running_rest)
    _refuse_strangers({link.name for link in wanted} | set(now.interfaces), rest, running_rest)
    return _told(links.compare(wanted, running_links), delta)


def _refuse_strangers(known: set[str], wanted: str, present: str) -> None:
    """FRR takes a configuration for interfaces that do not exist, but will not remove it again."""
    if strange := {*INTERFACE.findall(wanted)} - known - {*INTERFACE.findall(present)}:
        names = ", ".join(sorted(strange))
        raise AgentError(f"no such interface, and no link statement makes it: {names}", "load")


def _told(changes: list[links.Change], delta: Delta) -> dict[str, object]:
    return {
        "links": [
            [change.before and change.before.line, change.after and change.after.line]
            for change in changes
        ],
        "delete": [[list(contexts), line] for contexts, line in delta.delete],
        "add": [[list(contexts), line] for contexts, line in delta.add],
    }


def converge(text: str, before: str, workspace: Path) -> list[links.Change]:
    """Make the router, which has `before`, what the text says; return how the links changed."""
    wanted, rest = links.split(text)
    running_links, running_rest = links.split(before)
    changes = links.compare(wanted, running_links)
    links.make(changes)
    frr.converge(rest, running_rest, workspace)
    links.unmake(changes)
    frr.forget(
        [change.before.name for change in changes if change.before and not change.after], workspace
    )
    left = links.compare(wanted, links.running())
    if left:
        lines = ", ".join(link.line for change in left if (link := change.after or change.before))
        raise AgentError(f"links are not as configured: {lines}", "commit")
    return changes
