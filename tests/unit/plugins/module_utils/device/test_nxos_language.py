# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What NX-OS prints otherwise than it was told, and what it must not be told."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.fingerprints import (
    Fingerprints,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.device.languages import nxos
from tests.fixtures.candidates import attachments_of, render

FEATURES = "feature bgp\nfeature bfd\n"
OURS = """\
interface Ethernet1/1.101
  description DX-VIF101 fra-a
  mtu 1500
  encapsulation dot1q 101
  ip address 192.0.2.2/30
  no shutdown
"""
POLICY = "route-map DX-VIF101-OUT-V4 permit 5\n  set community {}\n"
SESSION = """\
router bgp 65001
  address-family ipv4 unicast
  neighbor 192.0.2.1
    remote-as 64512
    description DX-VIF101 fra-a
    password {}
    timers 60 180
    address-family ipv4 unicast
      route-map DX-VIF101-IN-V4 in
"""
PRINTED = "3 9125d59c18a9b015"


def composed(running, rendered, **options):
    return nxos.compose(FEATURES + running, rendered, ["DX-VIF101"], **options)


def test_defaults_are_not_printed_and_not_missed():
    assert composed(OURS.replace("  mtu 1500\n", ""), OURS).text == ""
    running = SESSION.format("0 Key").replace("    timers 60 180\n", "")
    assert composed(running, SESSION.format("0 Key")).text == ""


@pytest.mark.parametrize(
    ("running", "change"),
    [
        pytest.param(
            OURS.replace("mtu 1500", "mtu 9000"),
            "interface Ethernet1/1.101\n mtu 1500\n",
            id="another MTU is there",
        ),
        pytest.param(OURS, "", id="it is printed all the same"),
    ],
)
def test_a_default_is_told_where_the_router_has_something_else(running, change):
    assert composed(running, OURS).text == change


@pytest.mark.parametrize(
    "printed",
    ["7224:7100 65535:0 additive", "65535:0 7224:7100 additive", "473439164 gshut additive"],
)
def test_communities_are_the_same_however_nx_os_prints_them(printed):
    assert composed(POLICY.format(printed), POLICY.format("65535:0 7224:7100 additive")).text == ""


def test_a_neighbor_that_older_software_introduces_in_one_line_is_the_same():
    running = SESSION.format("0 Key").replace(
        "  neighbor 192.0.2.1\n    remote-as 64512\n", "  neighbor 192.0.2.1 remote-as 64512\n"
    )
    assert composed(running, SESSION.format("0 Key")).text == ""


def test_a_new_session_is_shut_until_it_has_its_policy():
    lines = composed("", SESSION.format("0 Key")).text.splitlines()
    assert lines.index("  shutdown") == lines.index("  remote-as 64512") + 1
    assert lines[-3:] == ["router bgp 65001", " neighbor 192.0.2.1", "  no shutdown"]


def test_a_session_that_stays_is_never_shut():
    running = SESSION.format("0 Key")
    wanted = running + "      send-community\n"
    text = composed(running, wanted).text
    assert "send-community" in text
    assert "shutdown" not in text


def test_no_line_of_bgp_stands_behind_a_block_that_would_take_it_for_its_own():
    running = SESSION.format("0 Key") + "  vrf DX\n    neighbor 192.0.2.9\n      remote-as 64999\n"
    wanted = SESSION.format("0 Other").replace(
        "  address-family ipv4 unicast\n",
        "  address-family ipv4 unicast\n    maximum-paths 2\n",
        1,
    )
    lines = composed(running, wanted).text.splitlines()
    assert lines == [
        "router bgp 65001",
        " address-family ipv4 unicast",
        "  maximum-paths 2",
        " neighbor 192.0.2.1",
        "  password 0 Other",
    ]


def test_a_key_that_only_the_router_can_read_is_set_once_and_then_remembered():
    known, wanted = Fingerprints(), SESSION.format("0 Key")
    running = SESSION.format(PRINTED)
    assert "password 0 Key" in composed(running, wanted, recall=known.recall).text
    composed(running, wanted, recall=known.learn)
    assert composed(running, wanted, recall=known.recall).text == ""
    other = SESSION.format("0 Another")
    assert "password 0 Another" in composed(running, other, recall=known.recall).text
    changed = SESSION.format("3 aaaaaaaaaaaaaaaa")
    assert "password 0 Key" in composed(changed, wanted, recall=known.recall).text


def test_a_key_that_is_wanted_in_the_router_s_own_form_is_compared_as_text():
    known, wanted = Fingerprints(), SESSION.format(PRINTED)
    composed(wanted, wanted, recall=known.learn)
    assert composed(wanted, wanted, recall=known.recall).text == ""
    changed = SESSION.format("3 aaaaaaaaaaaaaaaa")
    assert f"password {PRINTED}" in composed(changed, wanted, recall=known.recall).text


def test_a_key_that_cannot_be_typed_is_refused_without_telling_it():
    with pytest.raises(ValueError, match=r"neighbor 192\.0\.2\.1 holds a question mark") as raised:
        composed("", SESSION.format("0 What?Key"))
    assert "What?Key" not in str(raised.value)


@pytest.mark.parametrize(
    ("running", "rendered", "told"),
    [
        pytest.param("", SESSION.format("0 Key"), "lacks `feature bgp`:", id="BGP"),
        pytest.param(
            "feature bgp\n", "interface Ethernet1/1.1\n  bfd interval 300\n", "bfd`:", id="BFD"
        ),
        pytest.param(
            FEATURES, "interface Vlan101\n  mtu 8500\n", "lacks `feature interface-vlan`:", id="SVI"
        ),
        pytest.param(
            "",
            "interface Vlan101\n  bfd interval 300\n" + SESSION.format("0 Key"),
            "lacks `feature bgp`, `feature bfd`, `feature interface-vlan`: configure it first",
            id="all at once",
        ),
    ],
)
def test_a_feature_that_is_off_is_named(running, rendered, told):
    with pytest.raises(ValueError, match=told):
        nxos.compose(running, rendered, ["DX-VIF101"])


def test_nothing_is_lacking_for_taking_everything_away():
    assert nxos.compose(OURS, "", ["DX-VIF101"]).text == "no interface Ethernet1/1.101\n"


def test_a_description_is_no_longer_than_nx_os_keeps_it():
    (attachment,) = attachments_of("dual-stack", "nxos")
    attachment["description"] = f"DX-VIF101 dxvif-ffabc123 {'x' * 300}"
    text = render({"nxos": {"long": [attachment]}})["nxos"]["long"]
    lengths = [len(line.split(None, 1)[1]) for line in text.splitlines() if " description " in line]
    assert lengths == [254, 80, 80]
    assert nxos.owners(text) == ["DX-VIF101"]
