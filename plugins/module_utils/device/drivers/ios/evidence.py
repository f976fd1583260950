# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What IOS knows of a BGP session: for the gates, and to say why one is not up."""

from __future__ import annotations

import re
from collections import Counter
from ipaddress import ip_address
from typing import TYPE_CHECKING

from ....core.diagnosis import Evidence
from ...bfd import BfdSession

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .driver import IOSDriver

_ADDRESS = r"(?P<address>[0-9A-Fa-f:]*:[0-9A-Fa-f:]+|\d+(?:\.\d+){3})"
# A long address stands on a line of its own.
_BFD = re.compile(
    rf"^{_ADDRESS}\s+\d+/\d+\s+\S+\s+(?P<state>\S+)[ \t]+(?P<interface>\S+)",
    re.MULTILINE,
)
_BAD_MD5 = re.compile(
    rf"BADAUTH: (?P<kind>Invalid|No|Unexpected) MD5 digest from {_ADDRESS}(?=[(:\s])"
)
_MAC = re.compile(r"\b(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}\b")
_STATE = re.compile(r"BGP state = (\w+)")
_ESTABLISHED = re.compile(r"Connections established (\d+)")
_RESET = re.compile(r"Last reset \S+, due to (.+)")
_VRF = re.compile(r"vrf forwarding (\S+)")
_LIMIT = re.compile(r"max(?:imum|\.)?.{0,8} no\. of prefixes|max(?:imum)?[- ]prefix", re.IGNORECASE)
# What the diagnosis calls what IOS calls otherwise.
_WORDS = (
    (re.compile(r".*\bwrong AS\b.*", re.IGNORECASE), "Bad Peer AS"),
    (re.compile(r"BFD adjacency down.*", re.IGNORECASE), "BFD Down"),
)


def bfd_sessions(driver: IOSDriver) -> list[BfdSession]:
    """Return the state of each BFD session by the peer's address: up, down, init."""
    return parse_bfd(driver.show("show bfd neighbors"))


def parse_bfd(text: str) -> list[BfdSession]:
    """Read the tables of `show bfd neighbors`, of both families; they name no VRF."""
    return [
        BfdSession(
            peer=found["address"], state=found["state"].lower(), interface=found["interface"]
        )
        for found in _BFD.finditer(text)
    ]


def counters(driver: IOSDriver) -> dict[str, int]:
    """Return how many segments the log complains of, by kind and peer: `Invalid 192.0.2.1`."""
    return parse_log(driver.show("show logging | include BADAUTH"))


def parse_log(text: str) -> dict[str, int]:
    """Count the messages %TCP-6-BADAUTH."""
    return dict(
        Counter(
            f"{found['kind']} {ip_address(found['address'])}" for found in _BAD_MD5.finditer(text)
        )
    )


def gather(driver: IOSDriver, session: Mapping[str, str], before: Mapping[str, int]) -> Evidence:
    """Collect what there is on one session since the counters were read."""
    address, interface = session["neighbor"], session["interface"]
    family = f"ipv{ip_address(address).version}"
    found = _VRF.search(driver.show(f"show running-config interface {interface}"))
    vrf = f" vrf {found[1]}" if found else ""
    name = f"vpnv{family[-1]} unicast{vrf}" if vrf else f"{family} unicast"
    table = "ip arp" if family == "ipv4" else "ipv6 neighbors"
    now = counters(driver)
    counted = {key: now[key] - before.get(key, 0) for key in now}
    return evidence(
        driver.show(f"show bgp {name} neighbors {address}"),
        driver.show(f"show interfaces {interface} | include line protocol"),
        driver.show(f"show {table}{vrf} {address}"),
        {kind: counted.get(f"{kind} {address}", 0) for kind in ("Invalid", "No", "Unexpected")},
    )


def evidence(peer: str, line: str, entries: str, counted: Mapping[str, int]) -> Evidence:
    """Put IOS's answers together.

    Args:
        peer: `show bgp ... neighbors` of the one neighbor.
        line: The interface's line with its state.
        entries: ARP's or ND's entry of the neighbor.
        counted: Segments with another signature (Invalid), without one (No), with one too many.
    """
    state, established = _STATE.search(peer), _ESTABLISHED.search(peer)
    return Evidence(
        state=state[1] if state else "unknown",
        configured="BGP neighbor is" in peer,
        shut_down="Administratively shut down" in peer,
        interface_up=None if "line protocol" not in line else "line protocol is up" in line,
        peer_resolved=None if "%" in entries else _MAC.search(entries) is not None,
        md5_failures=counted.get("Invalid", 0),
        md5_missing=counted.get("No", 0),
        md5_unexpected=counted.get("Unexpected", 0),
        last_error=_last_error(peer),
        was_established=established is not None and int(established[1]) > 0,
        prefix_limit=_LIMIT.search(peer) is not None and "exceeded" in peer,
    )


def _last_error(peer: str) -> str:
    found = _RESET.search(peer)
    text = found[1].strip() if found else ""
    return next((words for pattern, words in _WORDS if pattern.fullmatch(text)), text)
