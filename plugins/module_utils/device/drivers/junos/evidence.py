# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# mypy: disable-error-code="import-untyped"
"""What Junos knows of a BGP session: for the gates, and to say why one is not up.

No operation that we know of counts segments with a wrong signature, so a wrong key shows as a
session that stays in Connect or Active, with an address that is resolved.
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING

from ....core.diagnosis import Evidence
from ...bfd import BfdSession

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

    from .driver import JunosDriver

IPV4 = 4
# What Junos says where there was no error.
_NO_ERROR = {"", "None"}


def bfd_sessions(driver: JunosDriver) -> list[BfdSession]:
    """Return the state of each BFD session by the peer's address: up, down, init, admindown."""
    return parse_bfd(driver.device.rpc.get_bfd_session_information())


def parse_bfd(answer: _Element) -> list[BfdSession]:
    """Read the sessions of `show bfd session`, of both families; it names no VRF."""
    return [
        BfdSession(
            peer=_told(each, "session-neighbor"),
            state=_told(each, "session-state").lower(),
            interface=_told(each, "session-interface"),
        )
        for each in answer.iter("bfd-session")
    ]


def counters(driver: JunosDriver) -> dict[str, int]:
    """Return nothing: what could be counted is not told."""
    del driver
    return {}


def gather(driver: JunosDriver, session: Mapping[str, str], before: Mapping[str, int]) -> Evidence:
    """Collect what there is on one session."""
    del before
    rpc, address = driver.device.rpc, session["neighbor"]
    if ip_address(address).version == IPV4:
        entries = rpc.get_arp_table_information(no_resolve=True)
    else:
        entries = rpc.get_ipv6_nd_information()
    return evidence(
        rpc.get_bgp_neighbor_information(),
        rpc.get_interface_information(interface_name=session["interface"], terse=True),
        entries,
        address,
        vrf=session.get("vrf") or "",
    )


def evidence(
    sessions: _Element, interface: _Element, entries: _Element, address: str, *, vrf: str = ""
) -> Evidence:
    """Put Junos's answers together.

    Args:
        sessions: `show bgp neighbor`.
        interface: `show interfaces terse` of the one unit.
        entries: `show arp` or `show ipv6 neighbors`.
        address: The neighbor's.
        vrf: The routing instance that it is in; empty for the default one.
    """
    peers = (each for each in sessions.iter("bgp-peer") if _speaks_of(each, address, vrf))
    peer = next(peers, None)
    error, event = _told(peer, "last-error"), _told(peer, "last-flap-event")
    flaps = _told(peer, "flap-count")
    return Evidence(
        state=_told(peer, "peer-state") or "unknown",
        configured=peer is not None,
        interface_up=_is_up(interface),
        peer_resolved=address in _resolved(entries),
        last_error="" if error in _NO_ERROR else error,
        was_established=flaps.isdigit() and int(flaps) > 0,
        prefix_limit="prefix" in f"{error} {event}".lower(),
    )


def _speaks_of(peer: _Element, address: str, vrf: str) -> bool:
    """Tell whether a peer has the address; Junos puts the port of TCP behind it.

    Older software does not tell the routing instance.
    """
    told = _told(peer, "peer-address").partition("+")[0]
    here = _told(peer, "peer-fwd-rti") in {"", vrf or "master"}
    return here and bool(told) and ip_address(told) == ip_address(address)


def _is_up(answer: _Element) -> bool | None:
    """Tell whether the unit is up; None where Junos knows none of that name."""
    states = [_told(each, "oper-status") for each in answer.iter("logical-interface")]
    return states[0] == "up" if states else None


def _resolved(entries: _Element) -> set[str]:
    return {str(ip_address(told)) for told in _addresses(entries) if told}


def _addresses(entries: _Element) -> Iterator[str]:
    for entry in entries.iter("arp-table-entry"):
        if _told(entry, "mac-address"):
            yield _told(entry, "ip-address")
    for entry in entries.iter("ipv6-nd-entry"):
        # An incomplete entry has no address of the link: Junos writes none.
        if _told(entry, "ipv6-nd-neighbor-l2-address") not in {"", "none"}:
            yield _told(entry, "ipv6-nd-neighbor-address")


def _told(parent: _Element | None, name: str) -> str:
    found = None if parent is None else parent.findtext(name)
    return str(found or "").strip()
