# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""FRR's routes, with what BGP says of them, in NAPALM's shape; pure."""

from __future__ import annotations

from .getters import DEFAULT, Document, table_name


def routes(document: Document, paths: Document, protocol: str = "") -> dict[str, list[Document]]:
    """From `show ip route ... json`, with BGP's attributes from `show bgp ... json`."""
    wanted = protocol.lower()
    result: dict[str, list[Document]] = {}
    for prefix, entries in document.items():
        for entry in entries:
            if wanted in {"", entry["protocol"]}:
                rows = [_route(entry, hop, paths) for hop in entry.get("nexthops", [])]
                result.setdefault(prefix, []).extend(rows)
    return {prefix: rows for prefix, rows in result.items() if rows}


def _route(entry: Document, hop: Document, paths: Document) -> Document:
    return {
        "protocol": entry["protocol"].upper() if entry["protocol"] == "bgp" else entry["protocol"],
        "current_active": bool(entry.get("selected")),
        "last_active": bool(entry.get("selected")),
        "age": _age(entry.get("uptime", "")),
        "next_hop": hop.get("ip", ""),
        "outgoing_interface": hop.get("interfaceName", ""),
        "selected_next_hop": bool(hop.get("fib")),
        "preference": int(entry.get("distance", 0)),
        "inactive_reason": "" if entry.get("selected") else "not selected",
        "routing_table": table_name(entry.get("vrfName", DEFAULT)),
        "protocol_attributes": _attributes(entry, hop, paths),
    }


def _age(uptime: str) -> int:
    """Seconds of `hh:mm:ss`; -1 for FRR's coarser forms (`1d02h03m`)."""
    parts = uptime.split(":")
    if len(parts) != len("hms") or not all(part.isdigit() for part in parts):
        return -1
    hours, minutes, seconds = map(int, parts)
    return hours * 3600 + minutes * 60 + seconds


def _attributes(entry: Document, hop: Document, paths: Document) -> Document:
    if entry["protocol"] != "bgp":
        return {}
    found = _path(hop, paths.get("paths", []))
    peer = found.get("peer", {})
    return {
        "as_path": found.get("aspath", {}).get("string", ""),
        "communities": found.get("community", {}).get("list", []),
        "local_preference": int(found.get("locPrf", 0)),
        "metric2": int(found.get("metric", 0)),
        "preference2": int(found.get("locPrf", 0)),
        "remote_address": peer.get("peerId", ""),
        "local_as": 0,
        "remote_as": 0,
    }


def _path(hop: Document, paths: list[Document]) -> Document:
    for path in paths:
        if hop.get("ip") in [next_hop.get("ip") for next_hop in path.get("nexthops", [])]:
            return path
    best = [path for path in paths if path.get("bestpath", {}).get("overall")]
    return best[0] if best else {}
