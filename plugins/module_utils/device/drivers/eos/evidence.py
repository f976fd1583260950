# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What EOS knows of a BGP session: for the gates, and to say why one is not up.

EOS counts no segments with a wrong signature where eAPI could read them.
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from ....core.diagnosis import Evidence
from ...bfd import BfdSession, vrf_told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .driver import EOSDriver

PEERS = {4: "show ip bgp neighbors vrf all", 6: "show ipv6 bgp peers vrf all"}
ENTRIES = {
    4: ("show ip arp vrf {}", "ipV4Neighbors"),
    6: ("show ipv6 neighbors vrf {}", "ipV6Neighbors"),
}


def bfd_sessions(driver: EOSDriver) -> list[BfdSession]:
    """Return the state of each BFD session by the peer's address: up, down, init."""
    return parse_bfd(driver.show("show bfd peers"))


def parse_bfd(answer: Mapping[str, Any]) -> list[BfdSession]:
    """Read the sessions of all VRFs and of both families."""
    return [
        BfdSession(peer=address, state=str(each["status"]).lower(), vrf=vrf_told(name))
        for name, vrf in answer.get("vrfs", {}).items()
        for family in ("ipv4Neighbors", "ipv6Neighbors")
        for address, record in vrf.get(family, {}).items()
        for each in record.get("peerStats", {}).values()
    ]


def counters(driver: EOSDriver) -> dict[str, int]:
    """Return nothing: EOS has no such counters."""
    del driver
    return {}


def gather(driver: EOSDriver, session: Mapping[str, str], before: Mapping[str, int]) -> Evidence:
    """Collect what there is on one session."""
    del before
    address, interface = session["neighbor"], session["interface"]
    family = ip_address(address).version
    vrf = session.get("vrf") or "default"
    peers = driver.show(PEERS[family]).get("vrfs", {}).get(vrf, {}).get("peerList", [])
    found = {str(ip_address(peer["peerAddress"])): peer for peer in peers}
    command, table = ENTRIES[family]
    rows = driver.show(command.format(vrf)).get(table, [])
    links = driver.show(f"show interfaces {interface}").get("interfaces", {})
    return evidence(
        found.get(address), links.get(interface, {}), [row["address"] for row in rows], address
    )


def evidence(
    peer: Mapping[str, Any] | None,
    link: Mapping[str, Any],
    resolved: list[str],
    address: str,
) -> Evidence:
    """Put EOS's answers together.

    Args:
        peer: The neighbor's record; None where there is none.
        link: The interface's record.
        resolved: Addresses that ARP or ND has an entry of.
        address: The neighbor's.
    """
    seen = peer or {}
    reason = str(seen.get("idleReason", ""))
    status = link.get("lineProtocolStatus")
    return Evidence(
        state=str(seen.get("state", "unknown")),
        configured=peer is not None,
        shut_down="shut" in reason.lower(),
        interface_up=None if status is None else status == "up",
        peer_resolved=address in resolved,
        last_error=reason,
        was_established=int(seen.get("prefixesReceived", 0) or 0) > 0,
        prefix_limit="maximum" in reason.lower() and "route" in reason.lower(),
    )
