# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Cisco's own parsers read from our candidates for NX-OS is what the attachments say.

What the parsers do not know is held against the intent word by word: `line` in the table.
"""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.languages import nxos
from ansible_collections.crossconnect.dx.plugins.module_utils.device.refusals import refused
from tests.fixtures.candidates import CASES, attachments_of
from tests.fixtures.golden import GOLDEN
from tests.fixtures.parse_back_nxos import (
    as_meant,
    interfaces_meant,
    interfaces_read,
    sessions_meant,
    sessions_read,
    ways_meant,
    ways_read,
)


def candidate(case):
    return (GOLDEN / f"candidates/nxos/{case}.cfg").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES)
def test_the_interfaces_are_read_back_as_they_were_meant(case):
    attachments = attachments_of(case, "nxos")
    assert interfaces_read(candidate(case)) == interfaces_meant(attachments)


@pytest.mark.parametrize("case", CASES)
def test_the_sessions_and_their_policies_are_read_back_as_they_were_meant(case):
    attachments = attachments_of(case, "nxos")
    assert sessions_read(candidate(case)) == sessions_meant(attachments)


@pytest.mark.parametrize("case", CASES)
def test_the_number_of_ways_stands_in_every_address_family(case):
    attachments = attachments_of(case, "nxos")
    assert ways_read(candidate(case)) == ways_meant(attachments)


# A wrong line, and what finds it: Cisco's parsers, our reading of what they do not know, or the
# refusals that every candidate is held against.
WRONG = [
    ("  encapsulation dot1q 101", "  encapsulation dot1qq 101", "parser"),
    ("  encapsulation dot1q 101", "  encapsulation dot1q 102", "parser"),
    ("  ip address 169.254.101.2/30", "  ip adress 169.254.101.2/30", "parser"),
    ("  ip address 169.254.101.2/30", "  ip address 169.254.101.2/29", "parser"),
    ("  ipv6 address 2001:db8:101::2", "  ipv6 adress 2001:db8:101::2", "parser"),
    ("  mtu 8500", "  mtu 1500", "parser"),
    ("  no shutdown", "  shutdown", "parser"),
    ("  bfd interval 300", "  bfd interval 3000", "line"),
    ("  no bfd echo", "  bfd echo", "line"),
    ("  no ip redirects", "  ip redirects", "parser"),
    ("remote-as 64512", "remote-ass 64512", "parser"),
    ("remote-as 64512", "remote-as 64513", "parser"),
    ("password 0 ", "passwrd 0 ", "parser"),
    ("timers 10 30", "timers 30 10", "parser"),
    ("    bfd\n", "    bdf\n", "parser"),
    ("    description DX-VIF101", "    descripton DX-VIF101", "line"),
    ("    address-family ipv6 unicast", "    adress-family ipv6 unicast", "parser"),
    ("send-community", "send-comunity", "parser"),
    ("route-map DX-VIF101-IN-V4 in", "route-map DX-VIF101-OUT-V4 in", "parser"),
    ("route-map DX-VIF101-OUT-V6 out", "route-map DX-VIF101-OUT-V4 out", "parser"),
    ("maximum-prefix 12 80", "maximum-prefix 120 80", "parser"),
    ("soft-reconfiguration inbound", "soft-reconfig inbound", "parser"),
    ("ip prefix-list DX-VIF101-IN-V4 seq 5", "ip prefix-lst DX-VIF101-IN-V4 seq 5", "parser"),
    ("permit 10.20.0.0/16", "permit 10.20.0.0/15", "parser"),
    ("permit 192.168.10.0/24", "permit 192.168.10.0/24 le 32", "refusals"),
    ("permit 10.20.0.0/16", "permit 0.0.0.0/0 le 32", "refusals"),
    ("seq 65535 deny 0.0.0.0/0 le 32", "seq 65535 permit 0.0.0.0/0 le 32", "refusals"),
    ("local-preference 200", "local-preference banana", "parser"),
    ("route-map DX-VIF101-IN-V4 deny 65535", "route-map DX-VIF101-IN-V4 permit 65535", "refusals"),
    ("set community 7224:7300 additive", "set community 7224:7300", "parser"),
    ("    timers 10 30", "    timers 10 30\n    ebgp-multihop 2", "refusals"),
    ("    timers 10 30", "    timers 10 30\n    ttl-security hops 1", "refusals"),
    ("  log-neighbor-changes", "  log-neighbor-changes\n  graceful-restart", "refusals"),
]
OURS_TO_READ = {"unparsed", "description"}


def known(records):
    """Return records without what no parser knows."""
    return {
        name: {key: value for key, value in record.items() if key not in OURS_TO_READ}
        for name, record in records.items()
    }


@pytest.mark.parametrize(
    ("right", "wrong", "finder"), WRONG, ids=[wrong.strip() for _, wrong, _ in WRONG]
)
def test_a_wrong_line_is_found(right, wrong, finder):
    text = candidate("dual-stack")
    assert right in text
    broken = text.replace(right, wrong)
    attachments = attachments_of("dual-stack", "nxos")
    assert bool(refused(broken)) == (finder == "refusals")
    if finder == "parser":
        assert not as_meant(broken, attachments)
    if finder == "line":
        assert not as_meant(broken, attachments)
        assert known(interfaces_read(broken)) == known(interfaces_meant(attachments))
        assert known(sessions_read(broken)) == known(sessions_meant(attachments))


@pytest.mark.parametrize("word", ["vrf membr DX", "vrf member DY"])
def test_a_wrong_vrf_is_found(word):
    broken = candidate("vrf").replace("vrf member DX", word)
    assert not as_meant(broken, attachments_of("vrf", "nxos"))


def test_a_wrong_name_leaves_its_owner_and_would_be_no_one_s():
    text = candidate("dual-stack").replace("DX-VIF101", "DX-VIV101")
    assert nxos.owners(text) == []
    assert nxos.owners(candidate("dual-stack")) == ["DX-VIF101"]
