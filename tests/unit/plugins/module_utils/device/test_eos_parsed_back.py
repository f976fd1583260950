# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our candidates for EOS say what the attachments say: to Arista's parsers and as pyavd has it."""

from __future__ import annotations

import json

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.languages import (
    eos,
    eos_secrets,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.device.refusals import refused
from tests.fixtures.candidates import CASES, attachments_of
from tests.fixtures.parse_back_eos import (
    as_parsers_read,
    candidate,
    interfaces_meant,
    interfaces_read,
    lists_meant,
    lists_read,
    ours,
    sessions_meant,
    sessions_read,
    theirs,
)
from tests.fixtures.reference_eos import KEYS, NEIGHBORS, REFERENCE, model


@pytest.mark.parametrize("case", CASES)
def test_what_pyavd_was_given_is_what_the_attachments_say_today(case):
    given = json.loads((REFERENCE / f"{case}.json").read_text(encoding="utf-8"))
    assert given == json.loads(json.dumps(model(attachments_of(case, "eos"))))


@pytest.mark.parametrize("case", CASES)
def test_every_statement_is_one_of_pyavd_s_and_none_is_missing(case):
    assert ours(candidate(case)) == theirs(case)


@pytest.mark.parametrize("case", CASES)
def test_the_parsers_read_the_interfaces_as_they_were_meant(case):
    assert interfaces_read(candidate(case)) == interfaces_meant(attachments_of(case, "eos"))


@pytest.mark.parametrize("case", CASES)
def test_the_parsers_read_the_lists_as_they_were_meant(case):
    assert lists_read(candidate(case)) == lists_meant(attachments_of(case, "eos"))


@pytest.mark.parametrize("case", CASES)
def test_the_parsers_read_the_sessions_as_they_were_meant(case):
    assert sessions_read(candidate(case)) == sessions_meant(attachments_of(case, "eos"))


# A wrong line, and what finds it. pyavd's rendering finds each of them; where Arista's parsers do
# so as well, or what is refused of any candidate, it says so.
WRONG = [
    ("encapsulation dot1q vlan 101", "encapsulation dot1q vlan 102", "pyavd"),
    ("ip address 169.254.101.2/30", "ip adress 169.254.101.2/30", "parser"),
    ("   mtu 8500", "   mtu 1500", "parser"),
    ("bfd interval 300", "bfd interval 3000", "pyavd"),
    ("remote-as 64512", "remote-ass 64512", "parser"),
    ("remote-as 64512", "remote-as 64513", "parser"),
    ("neighbor 169.254.101.1 bfd", "neighbor 169.254.101.1 bdf", "parser"),
    ("password 0 ", "passwrd 0 ", "parser"),
    ("timers 10 30", "timers 10 90", "pyavd"),
    ("timers 10 30", "timers 30 10", "parser"),
    ("maximum-routes 12", "maximum-routes 120", "parser"),
    ("maximum-advertised-routes 90", "maximum-advertised-routes 900", "pyavd"),
    ("169.254.101.1 activate", "169.254.101.1 actvate", "pyavd"),
    ("no neighbor 2001:db8:101::1 activate", "neighbor 2001:db8:101::1 activate", "pyavd"),
    ("DX-VIF101-IN-V4 in", "DX-VIF101-OUT-V4 in", "pyavd"),
    ("permit 10.20.0.0/16", "permit 10.20.0.0/15", "parser"),
    ("permit 192.168.10.0/24", "permit 192.168.10.0/24 le 32", "refusals"),
    ("permit 10.20.0.0/16", "permit 0.0.0.0/0 le 32", "refusals"),
    ("seq 65535 deny 0.0.0.0/0 le 32", "seq 65535 permit 0.0.0.0/0 le 32", "refusals"),
    ("local-preference 200", "local-preference banana", "pyavd"),
    ("route-map DX-VIF101-IN-V4 deny 65535", "route-map DX-VIF101-IN-V4 permit 65535", "refusals"),
    ("community 7224:7300 additive", "community 7224:7300", "pyavd"),
    ("neighbor 169.254.101.1 bfd", "neighbor 169.254.101.1 ebgp-multihop 2", "refusals"),
]


@pytest.mark.parametrize(
    ("right", "wrong", "finder"), WRONG, ids=[wrong.strip() for _, wrong, _ in WRONG]
)
def test_a_wrong_line_is_found(right, wrong, finder):
    text = candidate("dual-stack")
    assert right in text
    broken = text.replace(right, wrong)
    assert ours(broken) != theirs("dual-stack")
    assert bool(refused(broken)) == (finder == "refusals")
    if finder != "refusals":
        found = not as_parsers_read(broken, attachments_of("dual-stack", "eos"))
        assert found == (finder == "parser")


def test_a_key_is_hidden_as_arista_s_own_code_hides_it_and_read_again():
    known = json.loads((REFERENCE / "type_7.json").read_text(encoding="utf-8"))
    assert len(known) == len(KEYS) * len(NEIGHBORS)
    for neighbor, key, hidden in known:
        assert eos_secrets.encode(neighbor, key) == hidden
        assert eos_secrets.decode(neighbor, hidden) == key
        assert eos_secrets.decode("192.0.2.99", hidden) is None


@pytest.mark.parametrize("word", ["", "no base64!", "c2hvcnQ=", "AAAAAAAAAAA="])
def test_what_is_no_type_7_is_not_read(word):
    assert eos_secrets.decode("169.254.101.1", word) is None


def test_a_key_of_type_8a_is_nobody_s_to_read():
    assert eos.decode(("router bgp 1", "neighbor 192.0.2.1 password 8a abc")) is None


DEFAULTS = [
    pytest.param("public", "   mtu 1500\n", "", id="an MTU that the port has anyway"),
    pytest.param("dual-stack", "   bfd interval 300 min-rx 300 multiplier 3\n", "", id="BFD's own"),
    pytest.param(
        "dual-stack",
        "      no neighbor 2001:db8:101::1 activate\n",
        "   no bgp default ipv4-unicast\n",
        id="IPv4 that no neighbor has",
    ),
]


@pytest.mark.parametrize(("case", "line", "instead"), DEFAULTS)
def test_what_eos_does_not_print_because_it_is_its_default_is_not_missing(case, line, instead):
    text = candidate(case)
    assert line in text
    running = text.replace(line, "").replace("router bgp 65001\n", f"router bgp 65001\n{instead}")
    assert eos.compose(running, text, ["DX-VIF101"]).text == ""


def test_what_is_not_eos_s_default_is_missing():
    text = candidate("dual-stack")
    line = "   bfd interval 300 min-rx 300 multiplier 3\n"
    running = text.replace(line, "") + "router bfd\n   interval 1000 min-rx 1000 multiplier 5\n"
    assert "bfd interval 300" in eos.compose(running, text, ["DX-VIF101"]).text
