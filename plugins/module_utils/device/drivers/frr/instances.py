# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The kernel's VRFs in NAPALM's shape; pure."""

from __future__ import annotations

from .getters import DEFAULT, Document


def network_instances(links: list[Document], wanted: str = "") -> dict[str, Document]:
    """From `ip -j -d link show`; FRR calls the default one so, too."""
    result = {DEFAULT: _instance(DEFAULT, "DEFAULT_INSTANCE")}
    for entry in links:
        if entry.get("linkinfo", {}).get("info_kind") == "vrf":
            result[entry["ifname"]] = _instance(entry["ifname"], "L3VRF")
    for entry in links:
        slave = entry.get("linkinfo", {}).get("info_slave_kind") == "vrf"
        table = entry["master"] if slave else DEFAULT
        if entry["ifname"] not in result:
            result[table]["interfaces"]["interface"][entry["ifname"]] = {}
    return {name: entry for name, entry in result.items() if wanted in {"", name}}


def _instance(name: str, kind: str) -> Document:
    state = {"route_distinguisher": ""}
    return {"name": name, "type": kind, "state": state, "interfaces": {"interface": {}}}
