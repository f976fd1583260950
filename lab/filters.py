# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Frames that a location loses, by nftables on the bridge of a cable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .commands import run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .panel import Panel

# What each kind of fault matches; a cut cable is no matter of frames.
MATCHES: Mapping[str, str] = {
    "silent": "",
    "vlan": "vlan id {vlan} ",
    "loss": "numgen random mod 100 < {percent} ",
}
HOOK = "    type filter hook forward priority 0; policy accept;\n"


def rules(place: Panel, faults: Sequence[Mapping[str, Any]]) -> str:
    """Return the nftables text that loses what the faults say, in place of any before it."""
    table = f"bridge {place.bridge.replace('-', '_')}"
    ports = ", ".join(f'"{port}"' for port in place.ports)
    drops = [
        f"    iifname {{ {ports} }} {MATCHES[fault['kind']].format(**fault)}drop\n"
        for fault in faults
        if fault["kind"] in MATCHES
    ]
    forget = f"add table {table}\ndelete table {table}\n"
    if not drops:
        return forget
    return f"{forget}table {table} {{\n  chain forward {{\n{HOOK}{''.join(drops)}  }}\n}}\n"


def lose(place: Panel, faults: Sequence[Mapping[str, Any]]) -> None:
    """Make a location lose what the faults say, and nothing else."""
    run(["ip", "netns", "exec", place.namespace, "nft", "-f", "-"], text=rules(place, faults))
