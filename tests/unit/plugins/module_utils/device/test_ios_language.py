# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What IOS prints otherwise than it was told, and what it must not be told."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.languages import ios
from tests.fixtures.candidates import attachments_of, render

OURS = """\
interface GigabitEthernet0/0/1.101
 description DX-VIF101 fra-a
 encapsulation dot1Q 101
 ip address 192.0.2.2 255.255.255.252
 ip mtu 1500
"""
PORT = "interface GigabitEthernet0/0/1\n mtu {}\n"
POLICY = "route-map DX-VIF101-OUT-V4 permit 5\n set community {}\n"
SESSION = """\
router bgp 65001
 neighbor 2001:DB8::1 remote-as 64512
 neighbor 2001:DB8::1 description DX-VIF101 fra-a
 neighbor 2001:DB8::1 password 0 {}
 address-family ipv6
  neighbor 2001:DB8::1 activate
 exit-address-family
"""


def composed(running, rendered):
    return ios.compose(running, rendered, ["DX-VIF101"])


@pytest.mark.parametrize(
    "running",
    [
        pytest.param("", id="the port has no MTU of its own"),
        pytest.param(PORT.format(1500), id="the port has the same MTU"),
    ],
)
def test_an_mtu_that_the_port_has_anyway_is_not_printed_and_not_missed(running):
    running += OURS.replace(" ip mtu 1500\n", "")
    assert composed(running, OURS).text == ""


def test_an_mtu_that_the_port_has_not_is_set():
    running = PORT.format(9216) + OURS.replace(" ip mtu 1500\n", "")
    assert composed(running, OURS).text == "interface GigabitEthernet0/0/1.101\n ip mtu 1500\n"


def test_an_mtu_that_is_to_be_the_port_s_again_goes():
    running = OURS.replace("1500", "1400")
    assert composed(running, OURS).text == "interface GigabitEthernet0/0/1.101\n no ip mtu 1400\n"


@pytest.mark.parametrize(
    "printed",
    [
        "7224:7100 65535:0 additive",
        "7224:7100 gshut additive",
        "65535:0 7224:7100 additive",
        "473439164 gshut additive",
    ],
)
def test_communities_are_the_same_however_ios_prints_them(printed):
    assert composed(POLICY.format(printed), POLICY.format("65535:0 7224:7100 additive")).text == ""


def test_a_new_session_is_shut_until_it_has_its_policy():
    lines = composed("", SESSION.format("Key")).text.splitlines()
    assert lines.index(" neighbor 2001:DB8::1 shutdown") == 2
    assert lines[-2:] == ["router bgp 65001", " no neighbor 2001:DB8::1 shutdown"]


def test_a_session_that_stays_is_never_shut():
    running = SESSION.format("Key")
    wanted = running.replace("activate\n", "activate\n  neighbor 2001:DB8::1 send-community\n")
    assert "shutdown" not in composed(running, wanted).text


def test_an_ipv6_neighbor_is_touched_under_the_name_that_its_session_has():
    assert "2001:db8::1" in composed("", SESSION.format("Key")).touched


def test_a_key_that_ios_would_cut_off_is_refused_without_telling_it():
    key = "K" * 26
    with pytest.raises(ValueError, match="takes keys of 25") as raised:
        composed("service password-encryption\n", SESSION.format(key))
    assert "2001:DB8::1 (26)" in str(raised.value)
    assert key not in str(raised.value)


@pytest.mark.parametrize(("service", "length"), [("service password-encryption\n", 25), ("", 80)])
def test_a_key_that_ios_keeps_is_set(service, length):
    key = "K" * length
    assert f"password 0 {key}" in composed(service, SESSION.format(key)).text


def test_a_key_that_only_the_router_can_read_is_let_alone_when_it_is_remembered():
    running = SESSION.format("x").replace("password 0 x", "password 6 dYgTC^[cZ")
    wanted = SESSION.format("Key")
    kept = ios.compose(running, wanted, ["DX-VIF101"], lambda _, told: told == "Key")
    assert kept.text == ""
    assert "password 0 Key" in composed(running, wanted).text


def test_a_description_is_no_longer_than_ios_keeps_it():
    (attachment,) = attachments_of("dual-stack", "ios")
    attachment["description"] = f"DX-VIF101 dxvif-ffabc123 {'x' * 300}"
    text = render({"ios": {"long": [attachment]}})["ios"]["long"]
    lengths = {
        line.split()[0]: len(line.partition("description ")[2])
        for line in text.splitlines()
        if "description " in line
    }
    assert lengths == {"description": 200, "neighbor": 80}
    assert ios.owners(text) == ["DX-VIF101"]
