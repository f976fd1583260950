# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every driver does alike: shapes that getters return, and what a transaction leaves.

FRR has no simulator: its driver has tests of its own on live routers, tests/integration/device.
"""

from __future__ import annotations

import inspect
import logging
from ipaddress import ip_address

import pytest
from napalm.base import NetworkDriver, models
from napalm.base.test.helpers import test_model as fits

from ansible_collections.crossconnect.dx.plugins.module_utils.device.platforms import (
    PLATFORMS,
    load,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.device.session import (
    DeviceError,
    DeviceLostError,
)
from tests.fixtures.routers.contract import KEY, NEIGHBORS, OFFERS, OWNER, Bench

ADDRESSES = {"169.254.101.2": 30, "2001:db8:101::2": 125}
COUNTS = {"received_prefixes", "accepted_prefixes", "sent_prefixes"}
CONTRACTED = [offer.platform for offer in OFFERS]


@pytest.fixture(params=OFFERS, ids=CONTRACTED)
def bench(request, tmp_path):
    return Bench.of(request.param, tmp_path)


@pytest.mark.parametrize("name", [name for name in PLATFORMS if name != "mock"])
def test_a_driver_s_methods_take_what_napalm_s_take(name):
    driver = load(PLATFORMS[name].driver)
    others = {
        method
        for method, meant in inspect.getmembers(NetworkDriver, inspect.isfunction)
        if not method.startswith("_")
        and inspect.getfullargspec(getattr(driver, method))[:4] != inspect.getfullargspec(meant)[:4]
    }
    assert others == set()


def test_interfaces_are_told_in_napalm_s_shape(bench):
    with bench.session() as opened:
        found = opened.facts(["interfaces"])["interfaces"]
    assert found
    assert [name for name, each in found.items() if not fits(models.InterfaceDict, each)] == []


def test_a_router_tells_what_it_is_in_napalm_s_shape(bench):
    with bench.session() as opened:
        found = opened.facts(["facts"])["facts"]
    assert fits(models.FactsDict, found)
    assert found["hostname"] == "edge-fra-1"
    assert found["uptime"] > 0
    assert [name for name in ("model", "os_version", "serial_number") if not found[name]] == []
    assert found["interface_list"]


def test_addresses_are_told_in_napalm_s_shape_under_the_names_of_the_interfaces(bench):
    with bench.session() as opened:
        before = opened.facts(["interfaces_ip"])["interfaces_ip"]
        bench.load(opened)
        opened.commit(revert_in=120)
        after = opened.facts(["interfaces", "interfaces_ip"])
        opened.rollback()
    held = {address for _, address, _ in _entries(before)}
    assert "10.255.1.1" in held
    assert not held & ADDRESSES.keys()
    entries = _entries(after["interfaces_ip"])
    assert [each for each in entries if not fits(models.InterfacesIPDictEntry, each[2])] == []
    ours = [each for each in entries if each[1] in ADDRESSES]
    assert {address: entry["prefix_length"] for _, address, entry in ours} == ADDRESSES
    assert {interface.rpartition(".")[2] for interface, _, _ in ours} == {"101"}
    assert after["interfaces_ip"].keys() <= after["interfaces"].keys()


def _entries(found):
    """Return interface, address as Python writes it, and what is told of it."""
    return [
        (interface, str(ip_address(address)), entry)
        for interface, families in found.items()
        for addresses in families.values()
        for address, entry in addresses.items()
    ]


def test_vrfs_are_told_in_napalm_s_shape_with_their_interfaces(bench):
    if not PLATFORMS[bench.offer.platform].vrf:
        pytest.skip("this platform's templates have no VRF")
    with bench.session() as opened:
        bench.load(opened, "vrf")
        opened.commit(revert_in=120)
        found = opened.facts(["network_instances"])["network_instances"]
        opened.rollback()
    assert [each for each in found.values() if not fits(models.NetworkInstanceDict, each)] == []
    assert found["default"]["type"] == "DEFAULT_INSTANCE"
    # Of Junos NAPALM tells the router's own word.
    assert found["DX"]["type"] in {"L3VRF", "virtual-router"}
    members = {name: each["interfaces"]["interface"] for name, each in found.items()}
    landed = [(vrf, name[-4:]) for vrf, names in members.items() for name in names if "101" in name]
    assert landed == [("DX", ".101")]


def test_a_show_command_answers_without_keys(bench):
    if not bench.offer.shows:
        pytest.skip("it takes no show commands: test_a_command_that_it_does_not_take_is_an_error")
    with bench.session() as opened:
        bench.load(opened)
        opened.commit(revert_in=120)
        found = opened.run([bench.offer.shows])
        opened.confirm()
    assert list(found) == [bench.offer.shows]
    assert "DX-VIF101" in found[bench.offer.shows]
    assert KEY not in str(found)


def test_a_command_that_it_does_not_take_is_an_error_and_the_session_goes_on(bench):
    with bench.session() as opened:
        with pytest.raises(DeviceError) as raised:
            opened.run(["show nonsense"])
        assert opened.facts(["interfaces"])["interfaces"]
    assert type(raised.value) is DeviceError
    assert str(raised.value).startswith("edge-fra-1: ")
    assert ("show nonsense" if bench.offer.shows else "no show commands") in str(raised.value)


def test_bgp_sessions_are_told_in_napalm_s_shape(bench):
    with bench.session() as opened:
        bench.load(opened)
        opened.commit(revert_in=120)
        found = opened.facts(["bgp_neighbors"])["bgp_neighbors"]
        opened.rollback()
    assert {"router_id", "peers"} == set(found["global"])
    peers = found["global"]["peers"]
    assert [name for name, each in peers.items() if not fits(models.PeerDict, each)] == []
    for address in NEIGHBORS:
        assert peers[address]["is_up"]
        families = peers[address]["address_family"].values()
        assert families
        assert all(set(each) == COUNTS for each in families)


def test_a_configuration_that_is_read_hides_its_keys(bench):
    with bench.session() as opened:
        bench.load(opened)
        opened.commit(revert_in=120)
        found = opened.facts(["config"])["config"]
        opened.confirm()
    assert set(found) == {"running", "candidate", "startup"}
    assert "DX-VIF101" in found["running"]
    assert KEY not in str(found)


def test_a_candidate_that_is_forgotten_leaves_nothing(bench):
    old = bench.running
    with bench.session() as opened:
        diff = bench.load(opened)
        assert bench.running == old
        opened.discard()
        assert bench.left == []
    assert "DX-VIF101" in diff
    assert KEY not in diff
    assert bench.running == old


def test_a_commit_waits_under_its_owner_s_name_and_stays_once_it_is_confirmed(bench, caplog):
    caplog.set_level(logging.DEBUG)
    with bench.session() as opened:
        opened.require(revert_in=120)
        bench.load(opened)
        record = opened.commit(revert_in=120)
        assert opened.pending() == record
        assert opened.confirm() is True
        assert opened.pending() is None
        assert opened.confirm() is False
        assert bench.load(opened) == ""
        opened.discard()
        counted = opened.counters
    assert set(record) == {"owner", "since", "deadline"}
    assert record["owner"] == OWNER
    assert record["since"] < record["deadline"]
    assert counted == {"logins": 1, "commits": 1}
    assert "DX-VIF101" in bench.running
    assert bench.left == []
    own = [each for each in caplog.records if not each.name.startswith("paramiko")]
    assert [each for each in own if KEY in each.getMessage()] == []


def test_a_commit_that_is_taken_back_leaves_nothing(bench):
    old = bench.running
    with bench.session() as opened:
        bench.load(opened)
        opened.commit(revert_in=120)
        assert bench.running != old
        assert opened.rollback() is True
        assert bench.running == old
        assert opened.pending() is None
        assert opened.rollback() is False
    assert bench.running == old
    assert bench.left == []


def test_a_commit_on_probation_is_taken_back_by_the_session_that_made_it(bench):
    old = bench.running
    with bench.session() as opened:
        bench.load(opened)
        assert opened.commit(probation=True) is None
        assert bench.running != old
        assert opened.rollback() is True
    assert bench.running == old
    assert bench.left == []


def test_what_the_router_refuses_changes_nothing_and_does_not_tell_the_key(bench):
    old = bench.running
    bench.offer.refuse(bench.router)
    with bench.session() as opened:
        with pytest.raises(DeviceError) as raised:
            _ = bench.load(opened), opened.commit(revert_in=120)
        opened.discard()
    assert "edge-fra-1: " in str(raised.value)
    assert "a complaint about" in str(raised.value)
    assert KEY not in str(raised.value)
    assert bench.running == old
    assert bench.left == []


def test_somebody_else_s_change_is_refused_with_the_name_and_let_alone(bench):
    name = bench.offer.wait(bench.router)
    before, left = bench.running, bench.left
    with bench.session() as opened:
        with pytest.raises(DeviceError, match=name):
            opened.require(revert_in=120)
        assert opened.rollback() is False
    assert (bench.running, bench.left) == (before, left)


def test_a_session_is_closed_twice_and_then_says_that_it_is_over(bench):
    with bench.session() as opened:
        assert opened.is_alive()
        assert fits(models.AliveDict, opened.driver.is_alive())
        opened.close()
        opened.close()
        with pytest.raises(DeviceError) as raised:
            opened.facts(["interfaces"])
    assert str(raised.value).startswith("edge-fra-1: ")
    assert "Traceback" not in str(raised.value)
    assert "NoneType" not in str(raised.value)


def test_a_login_that_is_refused_does_not_tell_the_password(bench):
    with bench.session() as opened:
        again = type(opened)(
            platform_name=bench.offer.platform,
            host=opened.driver.hostname,
            name="edge-fra-1",
            user="dx",
            password="A-Wrong-Password",  # noqa: S106 - nobody's
            timeout=10,
            optional_args=opened.driver.optional_args,
        )
        with pytest.raises(DeviceLostError) as raised:
            again.open()
    assert "A-Wrong-Password" not in str(raised.value)
