# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bundles on FRR: their words, whose they are, what is refused; tests/kernel has them for real."""

from __future__ import annotations

import re
from functools import cache

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.frr import owned
from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.frr.agent import (
    bonds,
    links,
)
from tests.fixtures.candidates import attachments_of, render
from tests.fixtures.golden import assert_golden

OWNERS = ["DX-PORTbond0", "DX-VIF101"]
BUNDLE = {
    "name": "fra-a",
    "interface": "bond0",
    "members": ["eth1", "eth2"],
    "minimum_links": 2,
    "mtu": 8500,
    "owner": "DX-PORTbond0",
    "description": "DX-PORTbond0 fra-a",
}


@cache
def candidate():
    """Return the candidate of a bundle with an attachment on it."""
    ridden = [
        {**one, "interface": one["interface"].replace("eth1", "bond0")}
        for one in attachments_of("dual-stack")
    ]
    return render({"frr": {"": ridden}}, {"frr": [BUNDLE]})["frr"][""]


def test_a_bundle_and_what_rides_on_it_are_written_in_these_words():
    assert_golden("changes/frr/an-attachment-on-a-bundle.cfg", candidate())


def composed(running, wanted):
    return owned.compose(running, wanted, OWNERS).text


def test_a_bundle_comes_stays_the_same_and_goes():
    running = "link eth3.900 vlan 900 mtu 1500\nhostname edge\n"
    made = composed(running, candidate())
    assert "link bond0 bond eth1,eth2 min-links 2 mtu 8500\n" in made
    assert owned.owners(made) == OWNERS
    again = composed(made, candidate())
    assert sorted(again.splitlines()) == sorted(made.splitlines())
    gone = composed(made, "")
    assert "bond0" not in gone
    assert set(running.splitlines()) <= set(gone.splitlines())


def test_the_bundle_of_somebody_else_is_refused_with_the_description_that_hands_it_over():
    running = "interface bond0\n description core\nexit\n"
    with pytest.raises(ValueError, match=r"interface bond0 .* not ours: .* `DX-PORTbond0 fra-a`"):
        composed(running, candidate())


def port(name, **more):
    return {"ifname": name, "mtu": 1500, "max_mtu": 9216, "flags": ["UP"], **more}


def bond(name, alias=bonds.MADE, mode="802.3ad"):
    info = {"info_kind": "bond", "info_data": {"mode": mode, "min_links": 0}}
    return {**port(name), "linkinfo": info, "ifalias": alias}


def router(*entries):
    return {entry["ifname"]: entry for entry in entries}


BOTH = (port("eth1"), port("eth2"))
REFUSED = {
    "a port that is not there": (router(bond("bond0"), port("eth1")), "no port eth2"),
    "a port in another bundle": (
        router(bond("bond0"), bond("core", "by hand"), port("eth1", master="core"), port("eth2")),
        "port eth1 is in core: take it out first",
    ),
    "a port that is shut": (
        router(bond("bond0"), port("eth1", flags=[]), port("eth2")),
        "port eth1 is shut down: set it up first",
    ),
    "a port for shorter packets": (
        router(bond("bond0"), port("eth1", max_mtu=1500), port("eth2")),
        "port eth1 has an MTU of 1500 at most",
    ),
    "the management": (
        router(bond("bond0"), port("eth1"), port("eth2", addressed=True)),
        "port eth2 has addresses: take them away first",
    ),
    "a bond made by hand": (
        router(bond("bond0", "uplink"), *BOTH),
        "bond0 is there and not ours: .* `ip link set dev bond0 alias 'Made by Crossconnect'`",
    ),
    "a bond without LACP": (router(bond("bond0", mode="active-backup"), *BOTH), "not speak LACP"),
    "a port of that name": (router(port("bond0"), *BOTH), "bond0 is there, and is no bond"),
}


def faults(present, *lines):
    addressed = {name for name, entry in present.items() if entry.get("addressed")}
    wanted = [links.parse(line) for line in lines]
    return list(bonds.faults(wanted, present, addressed))


@pytest.mark.parametrize(("present", "words"), REFUSED.values(), ids=list(REFUSED))
def test_what_would_fail_or_harm_is_refused_with_what_to_do(present, words):
    (fault,) = faults(present, "link bond0 bond eth1,eth2 mtu 8500")
    assert re.match(f"link bond0 bond eth1,eth2 mtu 8500: .*{words}", fault)


def test_a_port_may_move_from_one_of_our_bundles_to_another():
    present = router(bond("bond0"), bond("bond1"), port("eth1", master="bond0"), port("eth2"))
    assert faults(present, "link bond1 bond eth1,eth2") == []
    (fault,) = faults(present, "link bond0 bond eth1", "link bond1 bond eth1,eth2")
    assert "port eth1 is in bond0" in fault
