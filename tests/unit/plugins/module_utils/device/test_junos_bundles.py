# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bundles on Junos: made, changed and taken away, with the ports let alone."""

from __future__ import annotations

from functools import cache

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.languages import junos
from ansible_collections.crossconnect.dx.plugins.module_utils.device.languages.set_lines import (
    parse,
)
from tests.fixtures.candidates import render
from tests.fixtures.golden import assert_golden
from tests.fixtures.junos_grammar import is_list
from tests.fixtures.simulated_junos import SimulatedJunos

OWNER = "DX-PORTae10"
COUNT = "set chassis aggregated-devices ethernet device-count 16\n"
CORE = (
    "set interfaces xe-0/0/0 unit 0 family inet address 10.255.1.1/30\n"
    "set interfaces xe-0/0/1 description rack-7\n"
    "set interfaces xe-0/0/2 gigether-options no-flow-control\n"
)
JOB = {
    "name": "fra-a",
    "interface": "ae10",
    "members": ["xe-0/0/1", "xe-0/0/2", "xe-0/0/3"],
    "minimum_links": 2,
    "mtu": 8500,
    "owner": OWNER,
    "description": f"{OWNER} fra-a",
}


@cache
def candidates():
    """Return two candidates: three ports, and one port with the defaults."""
    one = {**JOB, "members": ["xe-0/0/1"], "minimum_links": 1, "mtu": 1500}
    return tuple(
        render({"junos": {"": []}}, {"junos": [bundle]})["junos"][""] for bundle in (JOB, one)
    )


def composed(router, wanted):
    return junos.compose(router.running, wanted, [OWNER])


def made():
    router = SimulatedJunos(COUNT + CORE)
    router.merge(composed(router, candidates()[0]).text)
    return router


def test_every_statement_is_one_of_junos():
    assert [path for path in parse(candidates()[0]).there if is_list(path) is None] == []


def test_a_bundle_is_made_in_these_words_and_then_there_is_nothing_to_change():
    router = SimulatedJunos(COUNT + CORE)
    candidate = composed(router, candidates()[0])
    assert_golden("changes/junos/a-bundle-that-comes.cfg", candidate.text)
    assert candidate.touched == {"ae10", *JOB["members"]}
    router.merge(candidate.text)
    assert composed(router, candidates()[0]).text == ""
    assert OWNER in junos.owners(router.running)


def test_ports_leave_a_bundle_in_these_words_and_then_there_is_nothing_to_change():
    router = made()
    text = composed(router, candidates()[1]).text
    assert_golden("changes/junos/ports-that-leave-their-bundle.cfg", text)
    router.merge(text)
    assert composed(router, candidates()[1]).text == ""


def test_a_bundle_goes_in_these_words_and_its_ports_are_as_they_were_to_the_byte():
    router = made()
    text = composed(router, "").text
    assert_golden("changes/junos/a-bundle-that-goes.cfg", text)
    router.merge(text)
    assert router.running == COUNT + CORE


def test_a_bundle_and_a_unit_of_ours_on_it_go_in_one_piece():
    router = made()
    rider = 'set interfaces ae10 unit 101 description "DX-VIF101 dxvif-1 fra-a"\n'
    ridden = SimulatedJunos(router.running + rider)
    text = junos.compose(ridden.running, "", [OWNER, "DX-VIF101"]).text
    assert "delete interfaces ae10\n" in text
    assert "unit 101" not in text
    ridden.merge(text)
    assert ridden.running == COUNT + CORE


def test_drift_in_a_bundle_is_ours_to_mend_but_the_rate_of_lacp_and_the_ports_are_the_operator_s():
    router = SimulatedJunos(
        made().running
        + "set interfaces ae10 aggregated-ether-options link-speed 10g\n"
        + "set interfaces ae10 aggregated-ether-options lacp periodic fast\n"
        + "set interfaces xe-0/0/1 hold-time up 2000\n"
    )
    text = composed(router, candidates()[0]).text
    assert text == "delete interfaces ae10 aggregated-ether-options link-speed 10g\n"


BUNDLED = "set interfaces xe-0/0/1 gigether-options 802.3ad ae5\n"
REFUSED = {
    "no bundles at all": (CORE, "makes 0 bundles, and ae10 needs 11: .* device-count 11"),
    "too few bundles": (COUNT.replace("16", "10"), "makes 10 bundles, and ae10 needs 11"),
    "a port in another bundle": (COUNT + BUNDLED, "xe-0/0/1 is in ae5, which is not ours"),
    "a port with a unit": (
        COUNT + "set interfaces xe-0/0/1 unit 0 family inet\n",
        "xe-0/0/1 shall be in ae10, and has unit 0 of its own",
    ),
    "a port with tags": (
        COUNT + "set interfaces xe-0/0/1 flexible-vlan-tagging\nset interfaces xe-0/0/1 mtu 9192\n",
        "has flexible-vlan-tagging, mtu of its own",
    ),
    "somebody else's bundle": (
        COUNT + "set interfaces ae10 description core\n",
        "interfaces ae10 is there and not ours: to hand it over, give it the description",
    ),
}


@pytest.mark.parametrize(("running", "words"), REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_be_a_bundle_is_refused_with_what_to_do(running, words):
    with pytest.raises(ValueError, match=words):
        composed(SimulatedJunos(running), candidates()[0])


def test_a_lag_that_is_called_as_elsewhere_is_refused_by_its_name():
    with pytest.raises(ValueError, match=r"bond1 is no name of a bundle on Junos: .* ae<number>"):
        composed(SimulatedJunos(COUNT), candidates()[0].replace("ae10", "bond1"))


def test_a_port_that_stands_there_without_a_word_may_join():
    assert composed(SimulatedJunos(COUNT + "set interfaces xe-0/0/1\n"), candidates()[0]).text


def test_a_group_that_is_applied_may_say_how_many_bundles_there_are():
    grouped = COUNT.replace("set ", "set groups CHASSIS ")
    assert composed(SimulatedJunos(grouped), candidates()[0]).text


def test_units_of_ours_go_from_a_port_that_joins_a_bundle():
    unit = 'set interfaces xe-0/0/1 unit 101 description "DX-VIF101 dxvif-1 fra-a"\n'
    text = junos.compose(COUNT + unit, candidates()[0], [OWNER, "DX-VIF101"]).text
    assert text.startswith("delete interfaces xe-0/0/1 unit 101\n")


def test_a_bundle_that_others_ride_on_stays():
    rider = "set interfaces ae10 unit 900 description branch\n"
    router = SimulatedJunos(made().running + rider)
    with pytest.raises(ValueError, match=r"ae10 would go, and ae10\.900 on it is not ours"):
        composed(router, "")


def test_a_port_that_changes_its_bundle_changes_it_at_once():
    other = f"{OWNER[:-2]}11"
    wanted = candidates()[1].replace("ae10", "ae11")
    router = made()
    router.merge(junos.compose(router.running, wanted, [OWNER, other]).text)
    assert "set interfaces xe-0/0/1 gigether-options 802.3ad ae11\n" in router.running
    assert "ae10" not in router.running


def test_switches_that_call_it_ether_options_are_understood():
    running = made().running.replace("gigether-options 802", "ether-options 802")
    wanted = candidates()[0].replace("gigether-options 802", "ether-options 802")
    assert composed(SimulatedJunos(running), wanted).text == ""
    assert "delete interfaces xe-0/0/3\n" in composed(SimulatedJunos(running), "").text
