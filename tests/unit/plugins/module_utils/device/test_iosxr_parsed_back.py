# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Cisco's own parsers read from our candidates for IOS XR is what the attachments say."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.languages import iosxr
from ansible_collections.crossconnect.dx.plugins.module_utils.device.refusals import refused
from tests.fixtures.candidates import CASES, attachments_of
from tests.fixtures.golden import GOLDEN
from tests.fixtures.parse_back_iosxr import (
    as_meant,
    families_meant,
    families_read,
    interfaces_meant,
    interfaces_read,
    sessions_meant,
    sessions_read,
)


def candidate(case):
    return (GOLDEN / f"candidates/iosxr/{case}.cfg").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES)
def test_the_interfaces_are_read_back_as_they_were_meant(case):
    assert interfaces_read(candidate(case)) == interfaces_meant(attachments_of(case, "iosxr"))


@pytest.mark.parametrize("case", CASES)
def test_the_sessions_and_their_policies_are_read_back_as_they_were_meant(case):
    assert sessions_read(candidate(case)) == sessions_meant(attachments_of(case, "iosxr"))


@pytest.mark.parametrize("case", CASES)
def test_the_families_and_the_number_of_ways_are_read_back_as_they_were_meant(case):
    assert families_read(candidate(case)) == families_meant(attachments_of(case, "iosxr"))


# A wrong line, and what finds it: Cisco's parsers; our reading of what they do not know (line); the
# refusals that every candidate is held against; or the language, before anything is sent.
WRONG = [
    (" encapsulation dot1q 101", " encapsulation dot1qq 101", "line"),
    (" encapsulation dot1q 101", " encapsulation dot1q 102", "line"),
    (" ipv4 address 169.254.101.2", " ipv4 adress 169.254.101.2", "parser"),
    ("255.255.255.252", "255.255.255.248", "parser"),
    (" ipv4 mtu 8500", " ipv4 mtu 1500", "parser"),
    (" ipv6 mtu 8500", " ipv6 mtuu 8500", "line"),
    ("  10.20.0.0/16", "  10.20.0.0/15", "line"),
    ("  10.20.0.0/16", "  10.20.0.0/16 lee 24", "line"),
    ("prefix-set DX-VIF101-OUT-V4", "prefix-sett DX-VIF101-OUT-V4", "line"),
    ("  10.20.0.0/16", "  0.0.0.0/0 le 32", "refusals"),
    ("  192.168.10.0/24", "  192.168.10.0/24 le 32", "language"),
    ("set local-preference 200", "set local-preference banana", "line"),
    ("set community (7224:7300) additive", "set community (7224:7300)", "line"),
    ("  else\n    drop", "  else\n    pass", "language"),
    ("    pass\n  else\n    drop\n  endif", "  endif\n  pass", "language"),
    ("destination in DX-VIF101-IN-V4", "destination in DX-VIF101-OUT-V4", "line"),
    ("remote-as 64512", "remote-ass 64512", "parser"),
    ("remote-as 64512", "remote-as 64513", "parser"),
    ("bfd fast-detect", "fall-over bfd", "parser"),
    ("bfd multiplier 3", "bfd multiplier 30", "parser"),
    ("bfd minimum-interval 300", "bfd minimum-interval 3000", "parser"),
    ("timers 10 30", "timers 30 10", "parser"),
    ("password clear ", "passwrd clear ", "line"),
    ("  address-family ipv6 unicast", "  adress-family ipv6 unicast", "parser"),
    ("send-community-ebgp", "send-comunity-ebgp", "parser"),
    ("route-policy DX-VIF101-IN-V4 in", "route-policy DX-VIF101-OUT-V4 in", "parser"),
    ("route-policy DX-VIF101-OUT-V6 out\n", "\n", "parser"),
    ("maximum-prefix 12 80", "maximum-prefix 120 80", "parser"),
    ("soft-reconfiguration inbound always", "soft-reconfiguration inbound", "parser"),
    ("  bfd fast-detect", "  ttl-security", "refusals"),
    ("  bfd fast-detect", "  ebgp-multihop 2", "refusals"),
    ("  bfd fast-detect", "  graceful-restart", "refusals"),
]


@pytest.mark.parametrize(
    ("right", "wrong", "finder"), WRONG, ids=[wrong.strip() or "nothing" for _, wrong, _ in WRONG]
)
def test_a_wrong_line_is_found(right, wrong, finder):
    text = candidate("dual-stack")
    assert right in text
    broken = text.replace(right, wrong)
    attachments = attachments_of("dual-stack", "iosxr")
    assert not as_meant(broken, attachments)
    assert bool(refused(broken)) == (finder == "refusals")
    if finder == "language":
        with pytest.raises(ValueError, match="is refused"):
            iosxr.compose("", broken, ["DX-VIF101"])
    else:
        assert iosxr.compose("", broken, ["DX-VIF101"]).text


def test_a_wrong_name_leaves_its_owner_and_would_be_no_one_s():
    text = candidate("dual-stack").replace("DX-VIF101", "DX-VIV101")
    assert iosxr.owners(text) == []
    assert iosxr.owners(candidate("dual-stack")) == ["DX-VIF101"]
