# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role edge_router leaves routers alone: one that cannot go back, and who stands in for it."""

from __future__ import annotations

import pytest

from tests.fixtures import two_sites
from tests.fixtures.nxos_transactions import is_clean, stranger
from tests.fixtures.simulated_hosts import listening

FRA, AMS, PAR = "edge-fra-1", "edge-ams-1", "edge-par-1"
# Only what is not asked of AWS, and no patience: no neighbor here has the keys of the estate.
COMMON = {
    "dx_make_macsec": True,
    "edge_router_observed": two_sites.observed(),
    "edge_router_compare_with_aws": False,
    "edge_router_gate_seconds": 2,
}


def estate():
    """Return two sites that stand in for each other, and a port of another group to secure."""
    wish = two_sites.document()
    for connection in wish["connections"]:
        connection["port"] = "Ethernet1/1"
    wish["connections"].append(
        {
            **wish["connections"][0],
            "name": "par-a",
            "location": "EqPA3",
            "router": PAR,
            "request_macsec": True,
            "encryption_mode": "should_encrypt",
            "macsec_keys": [{"ckn": "ab01" * 16, "cak": "1c4f" * 16}],
        }
    )
    groups = ((FRA, "north"), (AMS, "north"), (PAR, "south"))
    wish["routers"] = [{"name": name, "redundancy_group": group} for name, group in groups]
    return wish


def plays(hosts="all", **words):
    told = {"ansible.builtin.debug": {"msg": "{{ inventory_hostname }}: {{ edge_router_result }}"}}
    play = {"hosts": hosts, "gather_facts": False, **words}
    return [{**play, "roles": ["crossconnect.dx.edge_router"], "post_tasks": [told]}]


def without_a_timer():
    router = stranger()
    router.take(("no feature scheduler",))
    return router


@pytest.fixture
def routers():
    found = {FRA: without_a_timer(), AMS: stranger(), PAR: stranger()}
    found[PAR].take(("feature macsec",))
    return found


def test_a_router_that_cannot_go_back_stops_its_own_group_and_no_other(routers, tmp_path):
    before = {name: router.running for name, router in routers.items()}
    with listening(tmp_path, "nxos", routers) as hosts:
        done = hosts.play(plays(serial=1), dx_estate=estate(), **COMMON)
    assert done.rc == 0, done.output
    assert "its scheduler is off, so it could not take a commit back by itself" in done.output
    assert f"not touched, because {FRA} failed before it" in done.output
    assert {name: router.running == before[name] for name, router in routers.items()} == {
        FRA: True, AMS: True, PAR: False,
    }  # fmt: skip
    assert "DX-PORTEthernet1_1-CAK" in routers[PAR].running


def test_routers_that_stand_in_for_each_other_are_not_changed_in_one_batch(tmp_path):
    routers = {FRA: stranger(), AMS: stranger()}
    before = {name: router.running for name, router in routers.items()}
    with listening(tmp_path, "nxos", routers) as hosts:
        done = hosts.play(plays(), dx_estate=estate(), **COMMON)
        logins = [server.logins for server in hosts.servers.values()]
    assert done.rc == 0, done.output
    told = " ".join(done.output.split())
    for other in (FRA, AMS):
        assert f"not touched, because {other} stands in for it and would change at the same" in told
    assert logins == [0, 0]
    assert {name: router.running for name, router in routers.items()} == before


def test_a_router_that_was_named_is_changed_without_a_timer_and_taken_back_by_the_run(tmp_path):
    router = without_a_timer()
    before = router.running
    with listening(tmp_path, "nxos", {FRA: router}) as hosts:
        done = hosts.play(plays(), dx_estate=estate(), edge_router_allow_no_revert=[FRA], **COMMON)
    assert done.rc == 0, done.output
    assert "did not establish within 2 s" in done.output
    assert "neighbor 169.254.101.1" in done.output  # of the difference: it was there
    assert router.running == before
    assert is_clean(router)


def test_a_commit_without_a_timer_that_could_not_be_saved_is_taken_back(tmp_path):
    router = without_a_timer()
    router.saves = False
    before = router.running
    with listening(tmp_path, "nxos", {FRA: router}) as hosts:
        done = hosts.play(plays(), dx_estate=estate(), edge_router_allow_no_revert=[FRA], **COMMON)
    assert done.rc == 0, done.output
    assert "update aborted" in done.output
    assert router.running == before
    assert is_clean(router)


def test_a_commit_that_is_kept_and_could_not_be_saved_is_no_old_configuration(routers, tmp_path):
    router = routers[PAR]
    router.saves = False
    with listening(tmp_path, "nxos", {PAR: router}) as hosts:
        done = hosts.play(plays(), dx_estate=estate(), **COMMON)
    assert done.rc == 0, done.output
    told = " ".join(done.output.replace("''", "'").split())
    assert "the commit is kept, but the router did not save it: " in told
    assert "'configured': False, 'changed': True," in told
    assert "DX-PORTEthernet1_1-CAK" in router.running


def test_gates_that_outlast_the_way_back_are_refused_before_anything_is_changed(tmp_path):
    router = stranger()
    before = router.running
    with listening(tmp_path, "nxos", {FRA: router}) as hosts:
        done = hosts.play(
            plays(), dx_estate=estate(), **{**COMMON, "edge_router_gate_seconds": 210}
        )
    assert done.rc == 0, done.output
    told = " ".join(done.output.split())
    assert "edge_router_revert_seconds is 300, and the gates may take 300 s" in told
    assert router.running == before
