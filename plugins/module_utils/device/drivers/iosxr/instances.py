# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The VRFs of an IOS XR configuration in NAPALM's shape; pure."""

from __future__ import annotations

from typing import Any

from ...languages.iosxr import LANGUAGE
from ...languages.tree import Path, parse

DEFAULT = "default"


def network_instances(text: str, wanted: str = "") -> dict[str, Any]:
    """Return the VRFs with their interfaces and route distinguishers, the default one first.

    Args:
        text: The running configuration.
        wanted: The one to return; empty for all.
    """
    paths = parse(text, LANGUAGE.pieces)
    names = [path[0].removeprefix("vrf ") for path in paths if len(path) == 1 and _is_vrf(path[0])]
    vrf_of = {path[0]: DEFAULT for path in paths if path[0].startswith("interface ")}
    vrf_of |= {
        path[0]: path[1].removeprefix("vrf ")
        for path in paths
        if path[0] in vrf_of and len(path) > 1 and _is_vrf(path[1])
    }
    found = {name: _instance(name, paths) for name in (DEFAULT, *names)}
    for interface, name in vrf_of.items():
        # An interface in a VRF that nobody has defined does not make it.
        if name in found:
            members = found[name]["interfaces"]["interface"]
            members[interface.removeprefix("interface ")] = {}
    return {name: each for name, each in found.items() if wanted in {"", name}}


def _is_vrf(line: str) -> bool:
    return line.startswith("vrf ")


def _instance(name: str, paths: list[Path]) -> dict[str, Any]:
    told = (
        path[-1].removeprefix("rd ")
        for path in paths
        if path[0].startswith("router bgp ")
        and path[1:-1] == (f"vrf {name}",)
        and path[-1].startswith("rd ")
    )
    return {
        "name": name,
        "type": "DEFAULT_INSTANCE" if name == DEFAULT else "L3VRF",
        "state": {"route_distinguisher": next(told, "")},
        "interfaces": {"interface": {}},
    }
