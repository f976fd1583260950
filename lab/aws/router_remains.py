# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an earlier life of the model left on a router, found in its running configuration.

The model's state lives as long as its process, the router's longer: at first contact everything of
ours is cleared away before anything is built.
"""

from __future__ import annotations

import re

from .router_text import AMAZON_ASN, POLICY_ORIGINATE, PUBLIC_TAGS, ROUTE_TAG, epilogue

_DX_LIST = re.compile(r"^(ip|ipv6) prefix-list (DX-\S+) seq", re.MULTILINE)
_DX_NEIGHBOR = re.compile(r"^ neighbor (\S+) description DX ", re.MULTILINE)
_DX_INTERFACE = re.compile(r"^interface (\S+\.\d+)$", re.MULTILINE)
_TAGS = "|".join(str(tag) for tag in (ROUTE_TAG, *PUBLIC_TAGS.values()))
_DX_ROUTE = re.compile(rf"^((?:ip|ipv6) route \S+ Null0 tag (?:{_TAGS}) \d+)$", re.MULTILINE)


def remains(running: str) -> str:
    """Return the commands that remove everything of ours from a running configuration."""
    neighbors = sorted(set(_DX_NEIGHBOR.findall(running)))
    lines = [f"no {route}" for route in _DX_ROUTE.findall(running)]
    if neighbors:
        lines += [f"router bgp {AMAZON_ASN}"]
        lines += [f" no neighbor {neighbor}" for neighbor in neighbors]
        lines += ["exit"]
    lines += [
        f"no {word} prefix-list {name}" for word, name in sorted(set(_DX_LIST.findall(running)))
    ]
    if POLICY_ORIGINATE in running:
        lines += epilogue()
    return "\n".join(lines) + "\n" if lines else ""


def remaining_interfaces(running: str) -> list[str]:
    """Return the sub-interfaces in a running configuration; the base configuration has none."""
    return _DX_INTERFACE.findall(running)
