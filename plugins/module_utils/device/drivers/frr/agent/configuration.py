# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole configuration: links and FRR as one text, compared and applied as one thing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import frr, iproute, links
from .shell import AgentError

if TYPE_CHECKING:
    from pathlib import Path

INTERFACE = re.compile(r"^interface (\S+)", re.MULTILINE)


def running() -> str:
    """Return the running configuration, links first."""
    return "".join(f"{link.line}\n" for link in links.running()) + frr.running()


def check(text: str, workspace: Path) -> None:
    """Refuse what can be known to fail before anything is touched."""
    wanted, rest = links.split(text)
    links.check(wanted)
    frr.check_syntax(_written(rest, workspace))
    _refuse_strangers(wanted, rest)


def _refuse_strangers(wanted: list[links.Link], rest: str) -> None:
    """FRR takes a configuration for interfaces that do not exist, but will not remove it again."""
    known = {link.name for link in wanted} | set(iproute.interfaces())
    named = set(INTERFACE.findall(rest)) - known
    if named and (strange := named - set(INTERFACE.findall(frr.running()))):
        names = ", ".join(sorted(strange))
        raise AgentError(f"no such interface, and no link statement makes it: {names}", "load")


def compare(text: str, workspace: Path) -> dict[str, object]:
    """Tell what separates the router from the text: links, deletions, additions."""
    wanted, rest = links.split(text)
    delta = frr.compare(_written(rest, workspace))
    changes = links.compare(wanted, links.running())
    return {
        "links": [
            [change.before and change.before.line, change.after and change.after.line]
            for change in changes
        ],
        "delete": [[list(contexts), line] for contexts, line in delta.delete],
        "add": [[list(contexts), line] for contexts, line in delta.add],
    }


def converge(text: str, workspace: Path) -> list[links.Change]:
    """Make the router what the text says, and return how the links changed."""
    wanted, rest = links.split(text)
    changes = links.compare(wanted, links.running())
    links.make(changes)
    frr.converge(_written(rest, workspace), workspace)
    links.unmake(changes)
    frr.forget(
        [change.before.name for change in changes if change.before and not change.after], workspace
    )
    left = links.compare(wanted, links.running())
    if left:
        lines = ", ".join(link.line for change in left if (link := change.after or change.before))
        raise AgentError(f"links are not as configured: {lines}", "commit")
    return changes


def _written(rest: str, workspace: Path) -> Path:
    path = workspace / "wanted.conf"
    path.touch(mode=0o600)
    path.write_text(rest, encoding="utf-8")
    return path
