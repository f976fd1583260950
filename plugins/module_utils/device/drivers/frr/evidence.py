# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an FRR router knows of a BGP session: for the gates, and to say why one is not up."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ....core.diagnosis import Evidence
from ...bfd import BfdSession, vrf_told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .driver import FRRDriver

DEFAULT = "default"
NETSTAT = "/proc/net/netstat"
FAILURES, MISSING, UNEXPECTED = "TCPMD5Failure", "TCPMD5NotFound", "TCPMD5Unexpected"


def bfd_sessions(driver: FRRDriver) -> list[BfdSession]:
    """Return the state of each BFD session by the peer's address."""
    (peers,) = driver.agent.documents("show bfd peers json")
    return parse_bfd(peers)


def parse_bfd(peers: Sequence[Mapping[str, Any]]) -> list[BfdSession]:
    """Read the sessions of all VRFs."""
    return [
        BfdSession(
            peer=entry["peer"],
            state=entry.get("status", "unknown"),
            vrf=vrf_told(entry.get("vrf")),
            interface=entry.get("interface", ""),
        )
        for entry in peers
    ]


def counters(driver: FRRDriver) -> dict[str, int]:
    """Return the kernel's counters of TCP extensions, for this network namespace."""
    (content,) = driver.agent.call("read", paths=[NETSTAT])
    return parse_counters(content)


def parse_counters(content: str) -> dict[str, int]:
    """Read the two lines of `TcpExt:`, names and numbers."""
    rows = [line.split()[1:] for line in content.splitlines() if line.startswith("TcpExt:")]
    return dict(zip(rows[0], map(int, rows[1]), strict=True)) if len(rows) == len("ab") else {}


def gather(driver: FRRDriver, session: Mapping[str, Any], before: Mapping[str, int]) -> Evidence:
    """Collect what there is on one session since the counters were read."""
    address, interface = session["neighbor"], session["interface"]
    neighbor, links, entries = driver.agent.run(
        ["vtysh", "-c", "show bgp vrf all neighbors json"],
        ["ip", "-j", "link", "show", "dev", interface],
        ["ip", "-j", "neigh", "show", address, "dev", interface],
    )
    now = counters(driver)
    counted = {name: now.get(name, 0) - before.get(name, 0) for name in now}
    link = _list(links[1])
    peer = find(json.loads(neighbor[1] or "{}"), address, link)
    return evidence(peer, link, _list(entries[1]), counted)


def received(driver: FRRDriver, session: Mapping[str, Any]) -> list[str]:
    """Return the prefixes that the router has taken from a session."""
    (links,) = driver.agent.run(["ip", "-j", "link", "show", "dev", session["interface"]])
    found = _list(links[1])
    table = (found[0].get("master") if found else None) or DEFAULT
    words = f"{session['family']} unicast neighbors {session['neighbor']} routes json"
    (routes,) = driver.agent.run(["vtysh", "-c", f"show bgp vrf {table} {words}"])
    return list(json.loads(routes[1] or "{}").get("routes", {}))


def find(
    tables: Mapping[str, Any], address: str, links: list[dict[str, Any]]
) -> dict[str, Any] | None:
    """Find a session among those of all VRFs: in the one that its interface is in."""
    master = links[0].get("master") if links else None
    table: dict[str, Any] = tables.get(master or DEFAULT) or tables.get(DEFAULT) or {}
    return table.get(address)


def _list(text: str) -> list[dict[str, Any]]:
    return list(json.loads(text or "[]"))


def evidence(
    peer: dict[str, Any] | None,
    links: list[dict[str, Any]],
    entries: list[dict[str, Any]],
    counted: Mapping[str, int],
) -> Evidence:
    """Put FRR's and the kernel's answers together."""
    found = peer or {}
    return Evidence(
        state=found.get("bgpState", "unknown"),
        configured=peer is not None,
        shut_down=bool(found.get("adminShutDown")),
        interface_up=bool(links) and links[0].get("operstate") in {"UP", "UNKNOWN"},
        peer_resolved=any("lladdr" in entry for entry in entries),
        md5_failures=counted.get(FAILURES, 0),
        md5_missing=counted.get(MISSING, 0),
        md5_unexpected=counted.get(UNEXPECTED, 0),
        last_error=found.get("lastNotificationReason", ""),
        was_established=int(found.get("connectionsEstablished", 0)) > 0,
        prefix_limit=bool(found.get("prefixesExceeded")) or "max-prefix" in _reset(found),
    )


def _reset(peer: dict[str, Any]) -> str:
    return str(peer.get("lastResetDueTo", "")).lower().replace("maximum-prefix", "max-prefix")
