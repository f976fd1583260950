# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What NX-OS knows of a BGP session: for the gates, and to say why one is not up.

All of it is read from the text for people: the keys of `| json` are others from release to release.
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import TYPE_CHECKING

from ....core.diagnosis import Evidence
from ...bfd import BfdSession, vrf_told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .driver import NXOSDriver

_PEER = re.compile(r"^\s*BGP neighbor is (\S+?),", re.MULTILINE)
_BFD = re.compile(r"BFD live-detection is configured(?: and \w+, state is (\w+))?")
_IN_VRF = re.compile(r"^\s*Neighbor vrf: (\S+)", re.MULTILINE)
_ON = re.compile(r"Peer is directly attached, interface (\S+)")
_STATE = re.compile(r"BGP state = (\w+)")
_ESTABLISHED = re.compile(r"Connections established (\d+)")
_RESET = re.compile(r"Last reset by (?:us|peer) \S+, due to (.+)")
_MAC = re.compile(r"\b(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}\b")
_LINE = re.compile(r"^(\S+) is (up|down)", re.MULTILINE)
_VRF = re.compile(r"vrf member (\S+)")
_SHUT = re.compile(r"BGP state = .*\bAdmin\b|Administratively shut", re.IGNORECASE)
_LIMIT = re.compile(
    r"BGP state = .*\b(?:PfxCt|MaxPfx)|max(?:imum)?[- ]?(?:prefix|pfx)\S* .*\b(?:exceeded|reached)",
    re.IGNORECASE,
)
# The status and the kind of a path stand before its prefix, and may touch it.
_PREFIX = re.compile(
    r"[\s*>|&sxSdh]*[ieclarI]?\s*((?:\d+(?:\.\d+){3}|[0-9a-f]*:[0-9a-f:]*)/\d+)(?=\s|$)"
)
NOTHING = "No error"
# What the diagnosis calls what NX-OS calls otherwise.
_WORDS = (
    (re.compile(r".*\b(?:wrong|bad|incorrect)\b.*\bAS\b.*", re.IGNORECASE), "Bad Peer AS"),
    (re.compile(r".*\bBFD\b.*", re.IGNORECASE), "BFD Down"),
)


def bfd_sessions(driver: NXOSDriver) -> list[BfdSession]:
    """Return the state of each neighbor's BFD session by its address: up, down, absent..."""
    return parse_bfd(driver.show("show bgp vrf all all neighbors"))


def parse_bfd(text: str) -> list[BfdSession]:
    """Read what BGP says of its neighbors' BFD sessions, in every VRF and family.

    Older software names the interface only, and that of a neighbor that was up.
    """
    sessions = []
    starts = [*_PEER.finditer(text)]
    ends = [each.start() for each in starts[1:]] + [len(text)]
    for start, end in zip(starts, ends, strict=False):
        if found := _BFD.search(text, start.end(), end):
            vrf, interface = (each.search(text, start.end(), end) for each in (_IN_VRF, _ON))
            sessions.append(
                BfdSession(
                    peer=start[1],
                    state=(found[1] or "down").lower(),
                    vrf=vrf_told(vrf[1]) if vrf else None,
                    interface=interface[1] if interface else "",
                )
            )
    return sessions


def counters(driver: NXOSDriver) -> dict[str, int]:
    """Return nothing: NX-OS counts no segments with a wrong signature for each neighbor."""
    del driver
    return {}


def gather(driver: NXOSDriver, session: Mapping[str, str], before: Mapping[str, int]) -> Evidence:
    """Collect what there is on one session."""
    del before
    address, interface = session["neighbor"], session["interface"]
    family = f"ipv{ip_address(address).version}"
    vrf = _in_vrf(driver, interface)
    table = "ip arp" if family == "ipv4" else "ipv6 neighbor"
    return evidence(
        driver.show(f"show bgp {family} unicast neighbors {address}{vrf}"),
        driver.show(f"show interface {interface}"),
        driver.show(f"show {table} {address}{vrf}"),
    )


def _in_vrf(driver: NXOSDriver, interface: str) -> str:
    """Return the words for the VRF that an interface is in; empty for the default."""
    found = _VRF.search(driver.show(f"show running-config interface {interface}"))
    return f" vrf {found[1]}" if found else ""


def received(driver: NXOSDriver, session: Mapping[str, str]) -> list[str]:
    """Return the prefixes that were taken from a neighbor."""
    vrf = _in_vrf(driver, session["interface"])
    about = f"{session['family']} unicast neighbors {session['neighbor']}"
    return parse_routes(driver.show(f"show bgp {about} routes{vrf}"))


def parse_routes(text: str) -> list[str]:
    """Read the prefixes of a BGP table."""
    return [found[1] for line in text.splitlines() if (found := _PREFIX.match(line))]


def evidence(peer: str, line: str, entries: str) -> Evidence:
    """Put NX-OS's answers together.

    Args:
        peer: `show bgp ... neighbors` of the one neighbor.
        line: `show interface` of the session's interface.
        entries: ARP's or ND's table with the neighbor's entry.
    """
    state, established, up = _STATE.search(peer), _ESTABLISHED.search(peer), _LINE.search(line)
    return Evidence(
        state=state[1] if state else "unknown",
        configured=_PEER.search(peer) is not None,
        shut_down=_SHUT.search(peer) is not None,
        interface_up=up[2] == "up" if up else None,
        peer_resolved=None if "%" in entries else _MAC.search(entries) is not None,
        last_error=_last_error(peer),
        was_established=established is not None and int(established[1]) > 0,
        prefix_limit=_LIMIT.search(peer) is not None,
    )


def _last_error(peer: str) -> str:
    told = [found[1].strip() for found in _RESET.finditer(peer)]
    text = next((each for each in told if each != NOTHING), "")
    return next((words for pattern, words in _WORDS if pattern.fullmatch(text)), text)
