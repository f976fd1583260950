# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Junos's answers say of a session, in the form of its NETCONF replies."""

from __future__ import annotations

import pytest
from lxml import etree

from ansible_collections.crossconnect.dx.plugins.module_utils.core.diagnosis import diagnose
from ansible_collections.crossconnect.dx.plugins.module_utils.device.bfd import BfdSession
from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.junos.evidence import (
    evidence,
    parse_bfd,
)

ADDRESS, ADDRESS_V6 = "169.254.101.1", "2001:db8:101::1"
UNIT = (
    "<interface-information><physical-interface><logical-interface>"
    "<name>\nxe-0/0/1.101\n</name><admin-status>\nup\n</admin-status>"
    "<oper-status>\n{}\n</oper-status></logical-interface></physical-interface>"
    "</interface-information>"
)
UP = UNIT.format("up")
ARP = (
    "<arp-table-information><arp-table-entry><mac-address>00:00:5e:00:53:01</mac-address>"
    f"<ip-address>{ADDRESS}</ip-address></arp-table-entry></arp-table-information>"
)
ND = (
    "<ipv6-nd-information><ipv6-nd-entry>"
    "<ipv6-nd-neighbor-address>2001:db8:101:0::1</ipv6-nd-neighbor-address>"
    "<ipv6-nd-neighbor-l2-address>{}</ipv6-nd-neighbor-l2-address>"
    "</ipv6-nd-entry></ipv6-nd-information>"
)


def peer(address=ADDRESS, state="Active", **more):
    inner = "".join(f"<{name.replace('_', '-')}>{text}</{name.replace('_', '-')}>"
                    for name, text in more.items())  # fmt: skip
    return (
        "<bgp-information><bgp-peer><peer-address>10.255.1.2+179</peer-address>"
        "<peer-state>Established</peer-state></bgp-peer>"
        f"<bgp-peer><peer-address>{address}+179</peer-address><peer-state>{state}</peer-state>"
        f"{inner}</bgp-peer></bgp-information>"
    )


def said(sessions, *, unit=UP, entries=ARP, address=ADDRESS):
    return evidence(*map(etree.fromstring, (sessions, unit, entries)), address)


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        pytest.param(
            said("<bgp-information/>"), "the router has no such neighbor", id="no neighbor"
        ),
        pytest.param(said(peer(), unit=UNIT.format("down")), "no carrier", id="no light"),
        pytest.param(
            said(peer(), entries="<arp-table-information/>"),
            "does not answer on the link",
            id="nobody on the link",
        ),
        pytest.param(
            said(peer(ADDRESS_V6), entries=ND.format("none"), address=ADDRESS_V6),
            "does not answer on the link",
            id="an incomplete entry of IPv6",
        ),
        pytest.param(
            said(peer(ADDRESS_V6, last_error="None"), entries=ND.format("00:00:5e:00:53:01"),
                 address=ADDRESS_V6),
            "does not answer TCP port 179 (state Active)",
            id="IPv6 on the link",
        ),
        pytest.param(
            said(peer(last_error="Open Message Error")),
            "the session ended: Open Message Error",
            id="a notification",
        ),
        pytest.param(
            said(peer(state="Idle", flap_count="1")),
            "the session was up and has fallen to Idle",
            id="a session that fell",
        ),
        pytest.param(
            said(peer(state="Idle", last_error="Cease", last_flap_event="PrefixLimitExceeded")),
            "announced more prefixes than the router accepts",
            id="too many prefixes",
        ),
    ],
)  # fmt: skip
def test_what_junos_tells_becomes_a_reason(seen, words):
    assert words in diagnose(seen)


def test_a_unit_that_is_not_there_is_not_called_down():
    assert said(peer(), unit="<interface-information/>").interface_up is None


def test_a_neighbor_of_the_same_address_in_another_instance_is_no_evidence():
    others = "".join(
        f"<bgp-peer><peer-address>{ADDRESS}+179</peer-address><peer-fwd-rti>{name}</peer-fwd-rti>"
        f"<peer-state>{state}</peer-state></bgp-peer>"
        for name, state in (("DX", "Established"), ("master", "Idle"))
    )
    texts = (f"<bgp-information>{others}</bgp-information>", UP, ARP)
    answers = [etree.fromstring(text) for text in texts]
    states = {vrf: evidence(*answers, ADDRESS, vrf=vrf).state for vrf in ("", "DX", "OTHER")}
    assert states == {"": "Idle", "DX": "Established", "OTHER": "unknown"}


def test_bfd_sessions_of_both_families_are_read():
    answer = (
        "<bfd-session-information>"
        f"<bfd-session><session-neighbor>{ADDRESS}</session-neighbor>"
        "<session-state>Up</session-state>"
        "<session-interface>xe-0/0/1.101</session-interface></bfd-session>"
        "<bfd-session><session-neighbor>2001:DB8:101:0::1</session-neighbor>"
        "<session-state>Down</session-state></bfd-session></bfd-session-information>"
    )
    assert parse_bfd(etree.fromstring(answer)) == [
        BfdSession(peer=ADDRESS, state="up", interface="xe-0/0/1.101"),
        BfdSession(peer="2001:DB8:101:0::1", state="down"),
    ]
