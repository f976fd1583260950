# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The getters answer in NAPALM's shapes, on a router that lives."""

from __future__ import annotations

import pytest
from napalm.base import models
from napalm.base.exceptions import CommandErrorException
from napalm.base.test.getters import BaseTestGetters
from napalm.base.test.helpers import test_model as fits

from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.frr.driver import (
    FRRDriver,
)

pytestmark = pytest.mark.lab


class TestSignatures:
    driver = FRRDriver
    test_the_methods_have_napalms_signatures = BaseTestGetters.test_method_signatures


def test_is_alive_tells_the_state_of_the_session(router):
    driver = router.driver()
    assert driver.is_alive() == {"is_alive": False}
    driver.open()
    assert fits(models.AliveDict, driver.is_alive())
    assert driver.is_alive() == {"is_alive": True}
    driver.close()
    assert driver.is_alive() == {"is_alive": False}


def test_facts_name_the_router(driver):
    facts = driver.get_facts()
    assert fits(models.FactsDict, facts)
    assert (facts["hostname"], facts["vendor"]) == ("edge-fra-1", "FRRouting")
    assert facts["os_version"].split(".")[0].isdigit()
    assert {"eth1", "eth2", "eth3", "lo"} <= set(facts["interface_list"])


def test_interfaces_have_their_state_and_mtu(driver):
    interfaces = driver.get_interfaces()
    assert all(fits(models.InterfaceDict, entry) for entry in interfaces.values())
    assert interfaces["eth2"]["is_up"]
    assert interfaces["eth2"]["mtu"] == 9001


def test_interfaces_tell_what_they_have_carried(driver):
    counters = driver.get_interfaces_counters()
    assert all(fits(models.InterfaceCounterDict, entry) for entry in counters.values())
    before = counters["eth2"]["tx_unicast_packets"]
    driver.ping("10.255.1.2", count=3)
    assert driver.get_interfaces_counters()["eth2"]["tx_unicast_packets"] >= before + 3


def test_addresses_come_by_interface_and_family(driver):
    addresses = driver.get_interfaces_ip()["eth2"]
    assert addresses["ipv4"] == {"10.255.1.1": {"prefix_length": 30}}
    assert addresses["ipv6"]["2001:db8:ff:1::1"] == {"prefix_length": 64}


def test_all_that_is_in_no_vrf_is_in_the_default_one(driver):
    instances = driver.get_network_instances()
    assert all(fits(models.NetworkInstanceDict, entry) for entry in instances.values())
    assert {"eth1", "eth2", "eth3", "lo"} <= set(instances["default"]["interfaces"]["interface"])
    assert driver.get_network_instances("DX") == {}


def test_bgp_neighbors_have_their_counts(driver):
    table = driver.get_bgp_neighbors()["global"]
    assert table["router_id"] == "10.255.0.11"
    for peer in table["peers"].values():
        assert fits(models.PeerDict, peer)
        assert all(fits(models.AFDict, family) for family in peer["address_family"].values())
    assert table["peers"]["10.255.1.2"]["is_up"]
    assert table["peers"]["10.255.1.2"]["remote_as"] == 65001


def test_bgp_neighbors_detail_come_by_table_and_asn(driver):
    rows = driver.get_bgp_neighbors_detail("10.255.1.2")["global"][65001]
    assert fits(models.PeerDetailsDict, rows[0])
    assert len(rows) == 1
    assert rows[0]["connection_state"] == "Established"
    assert rows[0]["configured_holdtime"] == 9


def test_a_route_tells_where_it_leads(driver):
    (route,) = driver.get_route_to("192.168.10.0/24")["192.168.10.0/24"]
    assert fits(models.RouteDict, route)
    assert (route["protocol"], route["outgoing_interface"]) == ("connected", "eth3")


def test_a_route_of_bgp_has_its_attributes(routers):
    with routers["edge-ams-1"].driver() as driver:
        (route,) = driver.get_route_to("192.168.10.0/24", protocol="bgp")["192.168.10.0/24"]
    assert fits(models.RouteDict, route)
    assert route["next_hop"] == "10.255.1.1"
    assert route["protocol_attributes"]["local_preference"] == 100


def test_a_route_of_another_protocol_is_left_out(driver):
    assert driver.get_route_to("192.168.10.0/24", protocol="bgp") == {}


def test_the_neighbor_tables_hold_the_other_router(driver):
    driver.ping("10.255.1.2", count=1)
    table = driver.get_arp_table()
    assert all(fits(models.ARPTableDict, entry) for entry in table)
    assert "10.255.1.2" in {entry["ip"] for entry in table}
    driver.ping("2001:db8:ff:1::2", count=1)
    table = driver.get_ipv6_neighbors_table()
    assert all(fits(models.IPV6NeighborDict, entry) for entry in table)
    assert "2001:db8:ff:1::2" in {entry["ip"] for entry in table}


@pytest.mark.parametrize("destination", ["10.255.1.2", "2001:db8:ff:1::2"])
def test_a_ping_counts_its_echoes(driver, destination):
    answer = driver.ping(destination, count=2)["success"]
    assert fits(models.PingDict, answer)
    assert (answer["probes_sent"], answer["packet_loss"], len(answer["results"])) == (2, 0, 2)


def test_a_ping_without_a_route_is_an_error(driver):
    assert "unreachable" in driver.ping("203.0.113.1", count=1)["error"]


def test_a_traceroute_names_its_hops(driver):
    hops = driver.traceroute("10.255.1.2")["success"]
    assert hops[1]["probes"][1]["ip_address"] == "10.255.1.2"


def test_cli_answers_each_command(driver):
    answers = driver.cli(["show version", "show bgp summary"])
    assert "FRRouting" in answers["show version"]
    assert "65001" in answers["show bgp summary"]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        pytest.param("show nonsense", "Unknown command", id="unknown"),
        pytest.param("show bgp neighbor 10.255.1.2 graceful", "incomplete", id="incomplete"),
        pytest.param("show b", "Ambiguous command", id="ambiguous"),
    ],
)
def test_cli_refuses_what_frr_does_not_take(driver, command, words):
    with pytest.raises(CommandErrorException, match=f"{command}: % .*{words}"):
        driver.cli(["show version", command])


def test_the_configurations_are_told_apart(driver):
    found = driver.get_config()
    assert fits(models.ConfigurationDict, found)
    assert "router bgp 65001" in found["running"]
    assert "router bgp 65001" in found["startup"]
    assert found["candidate"] == ""
    assert driver.get_config(retrieve="startup")["running"] == ""
