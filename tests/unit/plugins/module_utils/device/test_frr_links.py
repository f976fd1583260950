# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Link statements: read, written, compared, kept for a reboot; VRFs among them."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.frr.agent import (
    links,
    persistence,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.frr.agent.shell import (  # noqa: E501
    AgentError,
)

INSIDE = "link eth1.101 vlan 101 mtu 8500 vrf DX"
PLAIN = "link eth1.101 vlan 101 mtu 8500"


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(PLAIN, id="in no VRF"),
        pytest.param(INSIDE, id="in a VRF"),
        pytest.param("link eth1.101 vlan 101 vrf DX", id="in a VRF, of any MTU"),
        pytest.param("link transit parent eth1 vlan 7 mtu 1500 vrf DX", id="named freely"),
    ],
)
def test_a_statement_is_written_as_it_was_read(line):
    assert links.parse(line).line == line


def test_a_statement_that_is_none_names_the_grammar():
    with pytest.raises(AgentError, match=r"\[vrf <name>\]"):
        links.parse("link eth1.101 vlan 101 vrf")


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
    (change,) = links.compare([links.parse(after)], [links.parse(before)])
    assert change.remake is remake


def test_a_link_that_is_as_wanted_is_no_change():
    wanted = links.parse("link eth1.101 vlan 101 vrf DX")
    assert links.compare([wanted], [links.parse(INSIDE)]) == []


@pytest.fixture
def places(tmp_path, monkeypatch):
    for name in ("IFUPDOWN", "NETWORKD"):
        monkeypatch.setattr(persistence, name, tmp_path / name)
    monkeypatch.setattr(persistence, "NETWORKD_ALL", (tmp_path / "NETWORKD",))
    monkeypatch.setattr(persistence, "IFUPDOWN2", tmp_path / "IFUPDOWN/ifupdown2")
    return tmp_path


def written(places, manager, line):
    link = links.parse(line)
    persistence.persist([links.Change(None, link)], manager)
    text = "".join(path.read_text("utf-8") for path in places.rglob("*") if path.is_file())
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
    (places / "IFUPDOWN/ifupdown2").mkdir(parents=True)
    assert "    vrf DX\n" in written(places, "ifupdown", INSIDE)
