# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Link statements: read, written, compared, kept for a reboot; VRFs and bundles among them."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.frr.agent import (
    ifupdown,
    links,
    networkd,
    persistence,
    vlans,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.frr.agent.shell import (  # noqa: E501
    AgentError,
)
from tests.fixtures.golden import assert_golden

INSIDE = "link eth1.101 vlan 101 mtu 8500 vrf DX"
PLAIN = "link eth1.101 vlan 101 mtu 8500"
BUNDLE = "link bond0 bond eth1,eth2 min-links 2 mtu 8500"


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(PLAIN, id="in no VRF"),
        pytest.param(INSIDE, id="in a VRF"),
        pytest.param("link eth1.101 vlan 101 vrf DX", id="in a VRF, of any MTU"),
        pytest.param("link transit parent eth1 vlan 7 mtu 1500 vrf DX", id="named freely"),
        pytest.param(BUNDLE, id="a bundle"),
        pytest.param("link uplink bond eth1", id="a bundle of one port, of any MTU"),
        pytest.param("link bond0 bond none mtu 1500", id="a bundle of no port yet"),
    ],
)
def test_a_statement_is_written_as_it_was_read(line):
    assert links.parse(line).line == line


@pytest.mark.parametrize(
    ("line", "grammar"),
    [
        pytest.param("link eth1.101 vlan 101 vrf", r"vlan <id> .*\[vrf <name>\]", id="of a VLAN"),
        pytest.param("link bond0 bond eth1,", r"bond <port>\[,<port>...\]", id="of a bundle"),
    ],
)
def test_a_statement_that_is_none_names_the_grammar(line, grammar):
    with pytest.raises(AgentError, match=grammar):
        links.parse(line)


def test_the_order_in_which_ports_are_named_is_no_difference():
    other = links.parse("link bond0 bond eth2,eth1 min-links 2 mtu 8500")
    assert links.compare([other], [links.parse(BUNDLE)]) == []


def test_bundles_stand_before_what_rides_on_them():
    text = f"link bond0.7 vlan 7\n{PLAIN}\n{BUNDLE}\n"
    found, rest = links.split(f"{text}hostname edge\n")
    assert [link.name for link in found] == ["bond0", "bond0.7", "eth1.101"]
    assert rest == "hostname edge\n"


@pytest.mark.parametrize(
    ("before", "after", "remake"),
    [
        pytest.param(PLAIN, INSIDE, True, id="into a VRF"),
        pytest.param(INSIDE, PLAIN, True, id="out of a VRF"),
        pytest.param(INSIDE, INSIDE.replace("DX", "DY"), True, id="into another VRF"),
        pytest.param(INSIDE, INSIDE.replace("8500", "1500"), False, id="another MTU"),
        pytest.param(PLAIN, "link eth1.101 parent eth2 vlan 101", True, id="another port"),
    ],
)
def test_what_the_kernel_cannot_change_in_place_is_made_anew(before, after, remake):
    ((old, new),) = links.compare([links.parse(after)], [links.parse(before)])
    assert vlans.remake(old, new) is remake


def test_a_link_that_is_as_wanted_is_no_change():
    wanted = links.parse("link eth1.101 vlan 101 vrf DX")
    assert links.compare([wanted], [links.parse(INSIDE)]) == []


@pytest.fixture
def places(tmp_path, monkeypatch):
    monkeypatch.setattr(ifupdown, "FOLDER", tmp_path)
    monkeypatch.setattr(ifupdown, "SUCCESSOR", tmp_path / "ifupdown2")
    monkeypatch.setattr(networkd, "FOLDER", tmp_path)
    monkeypatch.setattr(networkd, "FOLDERS", (tmp_path,))
    return tmp_path


def written(places, manager, line):
    link = links.parse(line)
    persistence.persist([links.Change(None, link)], manager)
    files = sorted(path for path in places.rglob("*") if path.is_file())
    text = "".join(f"== {path.relative_to(places)}\n{path.read_text('utf-8')}" for path in files)
    persistence.persist([links.Change(link, None)], manager)
    return text


@pytest.mark.parametrize(
    ("manager", "words"),
    [
        pytest.param("ifupdown", "    up ip link set dev eth1.101 master DX\n", id="ifupdown"),
        pytest.param("systemd-networkd", "\nVRF=DX\n", id="networkd"),
    ],
)
def test_the_vrf_outlives_a_reboot(places, manager, words):
    assert words in written(places, manager, INSIDE)
    assert "DX" not in written(places, manager, PLAIN)


def test_ifupdown2_is_told_of_the_vrf_in_its_own_word(places):
    (places / "ifupdown2").mkdir(parents=True)
    assert "    vrf DX\n" in written(places, "ifupdown", INSIDE)


@pytest.mark.parametrize("manager", ["ifupdown", "ifupdown2", "systemd-networkd"])
def test_a_bundle_outlives_a_reboot_by_these_files(places, manager):
    if manager == "ifupdown2":
        (places / "ifupdown2").mkdir()
    text = written(places, manager.removesuffix("2"), BUNDLE)
    assert_golden(f"frr_links/{manager}.txt", text)


def test_the_files_go_with_the_bundle_and_what_rode_on_it(places):
    made = [links.parse(line) for line in (BUNDLE, "link bond0.101 vlan 101 mtu 8500")]
    for manager in ("ifupdown", "systemd-networkd"):
        persistence.persist([links.Change(None, link) for link in made], manager)
        persistence.persist([links.Change(link, None) for link in made], manager)
    assert [path for path in places.rglob("*") if path.is_file()] == []


def test_the_files_of_a_bundle_stay_when_a_vlan_goes(places):
    bundle, rider = (links.parse(line) for line in (BUNDLE, "link bond0.101 vlan 101"))
    persistence.persist([links.Change(None, bundle)], "systemd-networkd")
    before = sorted(path for path in places.rglob("*") if path.is_file())
    persistence.persist([links.Change(None, rider)], "systemd-networkd")
    persistence.persist([links.Change(rider, None)], "systemd-networkd")
    assert sorted(path for path in places.rglob("*") if path.is_file()) == before
