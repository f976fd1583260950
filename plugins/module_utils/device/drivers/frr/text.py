# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""FRR's configuration as a tree: read, merged and written in one canonical order.

The text is what `show running-config` prints: a statement's block is what is indented below it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...languages.asns import with_plain_asns

if TYPE_CHECKING:
    from collections.abc import Iterable

BLOCK = re.compile(
    r"(router|interface|route-map|vrf|bfd$|key chain|segment-routing|nexthop-group|pbr-map"
    r"|line vty|mpls ldp|l2vpn|rpki$|pseudowire|address-family|peer|profile|vni|vnc|vrf-policy)\b"
)
# FRR prints these in the order of their creation, so that one deleted and made again moves to the
# end. Sorted by name (stable, as entries are sequenced) the same configuration is the same text.
SORTED = re.compile(
    r"(?P<kind>(?:ip |ipv6 )?prefix-list|route-map|access-list|bgp (?:large-|ext)?community-list"
    r" (?:standard|expanded)|bgp as-path access-list) (?P<name>\S+)"
)
# Statements of which there is one each: a merged one replaces its like.
SINGLE = tuple(
    re.compile(pattern)
    for pattern in (
        r"(link \S+) ",
        r"(hostname) ",
        r"(description) ",
        r"(bgp router-id) ",
        r"(timers bgp) ",
        r"(maximum-paths(?: ibgp)?) ",
        r"(set (?:local-preference|metric|community|as-path prepend|weight|origin|ip next-hop)) ",
        r"(match (?:ip|ipv6) address(?: prefix-list)?) ",
        r"((?:ip|ipv6) prefix-list \S+ (?:seq \d+|description)) ",
        r"(neighbor \S+ (?:remote-as|description|password|local-as|update-source)) ",
        r"(neighbor \S+ (?:timers connect|timers|advertisement-interval|weight|ebgp-multihop)) ",
        r"(neighbor \S+ (?:maximum-prefix-out|maximum-prefix|peer-group|port|bfd profile)) ",
    )
)
DIRECTED = re.compile(
    r"(neighbor \S+ (?:route-map|prefix-list|filter-list|distribute-list)) \S+ (in|out)$"
)
_PROCESS = re.compile(r"(router bgp \S+(?: (?:vrf|view) \S+)?)(?: as-notation \S+)?$")
# Statements that FRR itself prints with "no": their positive form is the default.
NEGATIVE = re.compile(
    r"no (bgp (default|ebgp-requires-policy|network import-check|suppress|hard|graceful)|ip forward"
    r"|ipv6 (forward|nd suppress-ra)|neighbor \S+ (activate|send-community|capability)"
    r"|service |zebra |fpm )"
)


@dataclass(slots=True, kw_only=True)
class Node:
    """A statement and what stands in its block."""

    line: str
    children: list[Node] = field(default_factory=list)


def parse(text: str) -> list[Node]:
    """Read a configuration; separators and closing words carry nothing."""
    root = Node(line="")
    path: list[tuple[int, Node]] = [(-1, root)]
    for raw in text.splitlines():
        line = " ".join(raw.split())
        if not line or line[0] in "!#" or line in {"end", "exit"} or line.startswith("exit-"):
            continue
        depth = len(raw) - len(raw.lstrip())
        while path[-1][0] >= depth:
            path.pop()
        node = Node(line=line)
        path[-1][1].children.append(node)
        path.append((depth, node))
    return root.children


def render(nodes: Iterable[Node]) -> str:
    """Write a configuration the way FRR prints it, in the canonical order."""
    lines: list[str] = []
    kind = None
    for node in canonical(nodes):
        block = _is_block(node)
        now = "block" if block else _kind(node.line)
        if kind is not None and (block or now != kind):
            lines.append("!")
        kind = now
        lines += _block(node, 0) if block else [node.line]
    return "".join(f"{line}\n" for line in lines)


def _kind(line: str) -> str:
    found = SORTED.match(line)
    if found:
        return found[0]
    return "link" if line.startswith("link ") else ""


def _is_block(node: Node) -> bool:
    return bool(node.children) or bool(BLOCK.match(node.line))


def _block(node: Node, depth: int) -> list[str]:
    indent = " " * depth
    lines = [f"{indent}{node.line}"]
    # A statement behind a block of its own depth would read as if it stood in the block.
    for child in sorted(node.children, key=_is_block):
        family = child.line.startswith("address-family")
        if family and not child.children:
            continue  # FRR prints none that holds nothing: it would differ for ever
        if _is_block(child):
            separator = [f"{indent} !"] if family else []
            lines += separator + _block(child, depth + 1)
        else:
            lines.append(f"{indent} {child.line}")
    closing = "exit-address-family" if node.line.startswith("address-family") else "exit"
    closing = "exit-vrf" if node.line.startswith("vrf ") else closing
    return [*lines, f"{indent}{closing}"]


def canonical(nodes: Iterable[Node]) -> list[Node]:
    """Links first, sorted; policy objects sorted by kind and name where the first one stands."""
    found = list(nodes)
    links = [node for node in found if node.line.startswith("link ")]
    rest = [node for node in found if not node.line.startswith("link ")]
    groups: dict[str, list[Node]] = {}
    for node in rest:
        if match := SORTED.match(node.line):
            groups.setdefault(match["kind"], []).append(node)
    result, written = sorted(links, key=_link_key), set()
    for node in rest:
        match = SORTED.match(node.line)
        if match is None:
            result.append(node)
        elif match["kind"] not in written:
            written.add(match["kind"])
            result += sorted(groups[match["kind"]], key=lambda item: _name(item.line))
    return result


def _link_key(node: Node) -> tuple[str, int, str]:
    words = node.line.split()
    tag = words[words.index("vlan") + 1] if "vlan" in words else "0"
    return words[1].rpartition(".")[0], int(tag), words[1]


def _name(line: str) -> str:
    found = SORTED.match(line)
    return found["name"] if found else ""


def merge(base: list[Node], extra: Iterable[Node]) -> list[Node]:
    """Add statements to a configuration; `no` takes away, single-valued statements replace."""
    merged = list(base)
    for node in extra:
        if node.line.startswith("no "):
            merged = _without(merged, node)
        else:
            _put(merged, node)
    return merged


def _without(nodes: list[Node], node: Node) -> list[Node]:
    target = node.line.removeprefix("no ")
    kept = [
        item for item in nodes if item.line != target and not item.line.startswith(f"{target} ")
    ]
    if NEGATIVE.match(node.line) and node.line not in {item.line for item in kept}:
        kept.append(node)
    return kept


def _put(nodes: list[Node], node: Node) -> None:
    key = _single(node.line)
    for index, item in enumerate(nodes):
        if item.line == node.line or is_same_process(item.line, node.line):
            children = merge(item.children, node.children)
            nodes[index] = Node(line=item.line, children=children)
            return
        if key and _single(item.line) == key:
            nodes[index] = Node(line=node.line, children=item.children)
            return
    nodes.append(Node(line=node.line, children=merge([], node.children)))


def is_same_process(one: str, other: str) -> bool:
    """Whether two lines begin one BGP process: FRR prints its AS as it was typed, with a dot too.

    The router's own line stays: in other words the process would be another one, and begin anew.
    """
    return process(one) == process(other) != ""


def process(line: str) -> str:
    """Return the words that begin a BGP process, its AS without a dot; empty for other lines."""
    found = _PROCESS.match(with_plain_asns(line))
    return found[1] if found else ""


def _single(line: str) -> str | None:
    if directed := DIRECTED.match(line):
        return " ".join(directed.groups())
    return next((found[1] for pattern in SINGLE if (found := pattern.match(line))), None)
