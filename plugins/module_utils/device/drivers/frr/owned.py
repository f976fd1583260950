# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What belongs to Crossconnect in FRR's configuration, known by its names.

An owner is `DX-VIF<vlan>`, or `DX-PORT<bond>` for a bundle. It owns the policy objects whose names
start with `<owner>-`, and the interfaces, links and neighbors whose description starts with
`<owner> `.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...candidate import Candidate
from .strangers import of_others
from .text import SORTED, Node, merge, parse, render

if TYPE_CHECKING:
    from collections.abc import Collection

    from .driver import FRRDriver

OWNER = re.compile(r"^DX-(?:VIF\d+|PORT[^\s-]+)(?=[ -])")
NEIGHBOR = re.compile(r"^(?:no )?neighbor (\S+) ")
DESCRIPTION = re.compile(r"^(?:neighbor (\S+) )?description (.+)$")


def locked(driver: FRRDriver) -> str:
    """Take the candidate lock, and return the running configuration that a change starts from.

    Raises:
        LockError: Somebody else has it, or has a commit pending.
    """
    return render(parse(driver.agent.call("lock")))


def compose(running: str, rendered: str, owners: Collection[str]) -> Candidate:
    """Replace what the owners have by the rendered text; everything else stays as it is.

    Raises:
        ValueError: An interface or a neighbor is there without our name.
    """
    others, wanted = without(parse(running), owners), parse(rendered)
    if faults := list(of_others(others, wanted)):
        raise ValueError("; ".join(faults))
    return Candidate(mode="replace", text=render(merge(others, wanted)))


def owners(running: str) -> list[str]:
    """Return all owners that have something in the configuration."""
    found = set()
    for node in _all(parse(running)):
        description = DESCRIPTION.match(node.line)
        named = SORTED.match(node.line)
        word = description[2] if description else named["name"] if named else ""
        if match := OWNER.match(word):
            found.add(match[0])
    return sorted(found)


def shut(running: str) -> list[str]:
    """Return the owners all of whose neighbors are shut."""
    of: list[tuple[str, bool]] = []
    for router in parse(running):
        lines = {child.line for child in router.children}
        for line in lines:
            found = DESCRIPTION.match(line)
            if found and found[1] and (mark := OWNER.match(found[2])):
                of.append((mark[0], f"neighbor {found[1]} shutdown" in lines))
    return sorted({owner for owner, _ in of} - {owner for owner, is_shut in of if not is_shut})


def _all(nodes: list[Node]) -> list[Node]:
    return [item for node in nodes for item in (node, *_all(node.children))]


def without(nodes: list[Node], names: Collection[str]) -> list[Node]:
    """Take away all that the owners have."""
    interfaces = {
        node.line.split()[1]
        for node in nodes
        if node.line.startswith("interface ") and _described(node, names)
    }
    kept = []
    for node in nodes:
        words = node.line.split()
        gone = words[0] in {"interface", "link"} and words[1] in interfaces
        if gone or _named(node.line, names):
            continue
        kept.append(_without_neighbors(node, names) if node.line.startswith("router bgp") else node)
    return kept


def _described(node: Node, names: Collection[str]) -> bool:
    return any(
        child.line.startswith(f"description {name} ") for child in node.children for name in names
    )


def _named(line: str, names: Collection[str]) -> bool:
    found = SORTED.match(line)
    return found is not None and any(found["name"].startswith(f"{name}-") for name in names)


def _without_neighbors(router: Node, names: Collection[str]) -> Node:
    found = [DESCRIPTION.match(child.line) for child in router.children]
    gone = {
        match[1]
        for match in found
        if match and match[1] and any(match[2].startswith(f"{name} ") for name in names)
    }
    return _drop(router, gone)


def _drop(node: Node, addresses: set[str]) -> Node:
    children = []
    for child in node.children:
        neighbor = NEIGHBOR.match(child.line)
        if not (neighbor and neighbor[1] in addresses):
            children.append(_drop(child, addresses))
    return Node(line=node.line, children=children)
