# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Cisco's own parsers read from our candidates for IOS is what the attachments say.

What the parsers do not know is held against the intent word by word: `line` in the table.
"""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.languages import ios
from ansible_collections.crossconnect.dx.plugins.module_utils.device.refusals import refused
from tests.fixtures.candidates import CASES, attachments_of
from tests.fixtures.golden import GOLDEN
from tests.fixtures.parse_back_ios import (
    as_meant,
    interfaces_meant,
    interfaces_read,
    read,
    sessions_meant,
    sessions_read,
)


def candidate(case):
    return (GOLDEN / f"candidates/ios/{case}.cfg").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES)
def test_the_interfaces_are_read_back_as_they_were_meant(case):
    attachments = attachments_of(case, "ios")
    assert interfaces_read(candidate(case)) == interfaces_meant(attachments)


@pytest.mark.parametrize("case", CASES)
def test_the_sessions_and_their_policies_are_read_back_as_they_were_meant(case):
    attachments = attachments_of(case, "ios")
    assert sessions_read(candidate(case)) == sessions_meant(attachments)


@pytest.mark.parametrize("case", CASES)
def test_the_number_of_ways_stands_in_every_address_family(case):
    ways = [each["multipath"] for each in attachments_of(case, "ios")]
    families = read("bgp_address_family", candidate(case), "router bgp") or {}
    for family in families.get("address_family", []):
        assert family.get("maximum_paths", {}).get("paths") == ways[0]
    assert bool(families) == bool(ways)


# A wrong line, and what finds it: Cisco's parsers, our reading of what they do not know, or the
# refusals that every candidate is held against.
WRONG = [
    (" encapsulation dot1Q 101", " encapsulation dot1Qq 101", "line"),
    (" encapsulation dot1Q 101", " encapsulation dot1Q 102", "line"),
    (" ip address 169.254.101.2", " ip adress 169.254.101.2", "parser"),
    ("255.255.255.252", "255.255.255.248", "parser"),
    (" ip mtu 8500", " ip mtu 1500", "parser"),
    (" ipv6 mtu 8500", " ipv6 mtuu 8500", "line"),
    (" bfd interval 300", " bfd interval 3000", "line"),
    (" no ip redirects", " ip redirects", "line"),
    ("remote-as 64512", "remote-ass 64512", "parser"),
    ("remote-as 64512", "remote-as 64513", "parser"),
    ("password 0 ", "passwrd 0 ", "parser"),
    ("timers 10 30", "timers 30 10", "parser"),
    ("fall-over bfd", "fall-over bdf", "parser"),
    ("address-family ipv6", "adress-family ipv6", "parser"),
    ("169.254.101.1 activate", "169.254.101.1 actvate", "parser"),
    ("169.254.101.1 send-community", "169.254.101.1 send-comunity", "parser"),
    ("DX-VIF101-IN-V4 in", "DX-VIF101-OUT-V4 in", "parser"),
    ("DX-VIF101-OUT-V6 out", "DX-VIF101-OUT-V4 out", "parser"),
    ("maximum-prefix 12 80", "maximum-prefix 120 80", "parser"),
    ("ip prefix-list DX-VIF101-IN-V4 seq 5", "ip prefix-lst DX-VIF101-IN-V4 seq 5", "parser"),
    ("permit 10.20.0.0/16", "permit 10.20.0.0/15", "parser"),
    ("permit 192.168.10.0/24", "permit 192.168.10.0/24 le 32", "refusals"),
    ("permit 10.20.0.0/16", "permit 0.0.0.0/0 le 32", "refusals"),
    ("seq 65535 deny 0.0.0.0/0 le 32", "seq 65535 permit 0.0.0.0/0 le 32", "refusals"),
    ("local-preference 200", "local-preference banana", "parser"),
    ("route-map DX-VIF101-IN-V4 deny 65535", "route-map DX-VIF101-IN-V4 permit 65535", "refusals"),
    ("set community 7224:7300 additive", "set community 7224:7300", "parser"),
    (
        "neighbor 169.254.101.1 fall-over bfd",
        "neighbor 169.254.101.1 ttl-security hops 1",
        "refusals",
    ),
    (" no bgp default ipv4-unicast", " bgp graceful-restart", "refusals"),
    (" no bgp default ipv4-unicast\n", "", "parser"),
]


@pytest.mark.parametrize(
    ("right", "wrong", "finder"),
    WRONG,
    ids=[f"{wrong.strip() or 'nothing'}" for _, wrong, _ in WRONG],
)
def test_a_wrong_line_is_found(right, wrong, finder):
    text = candidate("dual-stack")
    assert right in text
    broken = text.replace(right, wrong)
    attachments = attachments_of("dual-stack", "ios")
    assert not as_meant(broken, attachments)
    assert bool(refused(broken)) == (finder == "refusals")
    known = {
        name: {**record, "unparsed": None} for name, record in interfaces_meant(attachments).items()
    }
    if finder == "line":
        seen = interfaces_read(broken)
        assert {name: {**record, "unparsed": None} for name, record in seen.items()} == known
        assert sessions_read(broken) == sessions_meant(attachments)


def test_a_wrong_name_leaves_its_owner_and_would_be_no_one_s():
    text = candidate("dual-stack").replace("DX-VIF101", "DX-VIV101")
    assert ios.owners(text) == []
    assert ios.owners(candidate("dual-stack")) == ["DX-VIF101"]
