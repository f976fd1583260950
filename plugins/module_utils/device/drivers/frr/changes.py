# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The difference between candidate and router as text that a person approves."""

from __future__ import annotations

from typing import Any

Entry = tuple[list[str], "str | None"]


def render(delta: dict[str, Any]) -> str:
    """Write links, deletions, additions; lines without a sign only say where. Empty when equal."""
    lines: list[str] = []
    for before, after in delta["links"]:
        lines += [f"{sign} {line}" for sign, line in (("-", before), ("+", after)) if line]
    lines += _side("-", delta["delete"])
    lines += _side("+", delta["add"])
    return "\n".join(lines)


def _side(sign: str, entries: list[Entry]) -> list[str]:
    lines: list[str] = []
    shown: list[str] = []
    for contexts, line in entries:
        own = contexts if line is None else [*contexts, line]
        common = _common(shown, contexts)
        for depth in range(common, len(own)):
            last = depth == len(own) - 1
            marker, text = _marked(sign, own[depth]) if last else (" ", own[depth])
            lines.append(f"{marker} {' ' * depth}{text}")
        shown = list(contexts)
    return lines


def _marked(sign: str, line: str) -> tuple[str, str]:
    """FRR deletes some statements by adding their `no`: show what it means."""
    if sign == "+" and line.startswith(("no ip route ", "no ipv6 route ")):
        return "-", line.removeprefix("no ")
    return sign, line


def _common(shown: list[str], contexts: list[str]) -> int:
    count = 0
    for old, new in zip(shown, contexts, strict=False):
        if old != new:
            break
        count += 1
    return count
