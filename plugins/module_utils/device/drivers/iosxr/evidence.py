# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# mypy: disable-error-code="no-untyped-call"
"""What IOS XR knows of a BGP session: for the gates, and to say why one is not up.

Over NETCONF it tells nothing of segments with a wrong signature, so a wrong key shows as a session
that stays in Connect or Active, with an address that is resolved.
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from lxml import etree  # type: ignore[import-untyped]
from napalm.iosxr_netconf import constants

from ....core.diagnosis import Evidence
from ...bfd import BfdSession

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .driver import IOSXRDriver

# The briefs of both families, of the model Cisco-IOS-XR-ip-bfd-oper.
BFD_FILTER = """
<bfd xmlns="http://cisco.com/ns/yang/Cisco-IOS-XR-ip-bfd-oper">
  <ipv4-single-hop-session-briefs/>
  <ipv6-single-hop-session-briefs/>
</bfd>"""
_STATES = {
    "bgp-st-idle": "Idle",
    "bgp-st-active": "Active",
    "bgp-st-connect": "Connect",
    "bgp-st-opensent": "OpenSent",
    "bgp-st-openconfirm": "OpenConfirm",
    "bgp-st-estab": "Established",
}


def bfd_sessions(driver: IOSXRDriver) -> list[BfdSession]:
    """Return the state of each BFD session by the peer's address: up, down, init."""
    return parse_bfd(driver.device.get(filter=("subtree", BFD_FILTER)).xml)


def parse_bfd(answer: str) -> list[BfdSession]:
    """Read the briefs of BFD sessions; they name no VRF."""
    briefs = _tree(answer).xpath("//*[contains(local-name(), '-session-brief')][*]")
    return [
        BfdSession(
            peer=address,
            state=_told(brief, "state").removeprefix("bfd-mgmt-session-state-"),
            interface=_told(brief, "interface-name"),
        )
        for brief in briefs
        if (address := _told(brief, "destination-address"))
    ]


def counters(driver: IOSXRDriver) -> dict[str, int]:
    """Return nothing: what could be counted is not told."""
    del driver
    return {}


def gather(driver: IOSXRDriver, session: Mapping[str, str], before: Mapping[str, int]) -> Evidence:
    """Collect what there is on one session."""
    del before
    answer = driver.device.get(filter=("subtree", constants.BGP_NEIGHBOR_REQ_FILTER)).xml
    found = driver.get_interfaces().get(session["interface"])
    up = None if found is None else found["is_up"]
    return evidence(answer, session["neighbor"], up, vrf=session.get("vrf") or "")


def evidence(answer: str, address: str, interface_up: bool | None, *, vrf: str = "") -> Evidence:  # noqa: FBT001 - a fact
    """Put XR's answers together.

    Args:
        answer: The BGP sessions, of the model Cisco-IOS-XR-ipv4-bgp-oper.
        address: The neighbor's.
        interface_up: None where there is no such interface.
        vrf: The VRF that it is in; empty for the default one.
    """
    wanted = ip_address(address)
    for peer in _tree(answer).xpath("//*[local-name()='neighbor']"):
        told = _told(peer, "neighbor-address")
        if told and ip_address(told) == wanted and _vrf(peer) == vrf:
            state = _told(peer, "connection-state")
            return Evidence(
                state=_STATES.get(state, state or "unknown"),
                shut_down=_told(peer, "is-administratively-shut-down") == "true",
                interface_up=interface_up,
            )
    return Evidence(state="unknown", configured=False, interface_up=interface_up)


def _vrf(peer: Any) -> str:
    names = peer.xpath("ancestor::*[local-name()='vrf']/*[local-name()='vrf-name']/text()")
    return str(names[0]).strip() if names else ""


def _tree(answer: str) -> Any:
    return etree.fromstring(answer.encode())


def _told(parent: Any, name: str) -> str:
    found = parent.xpath(f"./*[local-name()='{name}']/text()")
    return str(found[0]).strip() if found else ""
