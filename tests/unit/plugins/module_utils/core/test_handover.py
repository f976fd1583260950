# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The handover record holds every detail of step 6, and null for what is not assigned yet."""

from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate import read_estate
from ansible_collections.crossconnect.dx.plugins.module_utils.core.handover import build_handover
from tests.fixtures.demo_run import DOCUMENT, NOON, evidence, papers

PEERS_WITHOUT_KEYS = [{"family": "ipv4"}, {"family": "ipv6"}]


def thing(moment, circuit=0):
    return papers(moment)[1]["circuits"][circuit]["virtual_interfaces"][0]


def test_a_circuit_is_told_with_all_its_names():
    record = papers("in service")[1]["circuits"][0]
    record.pop("virtual_interfaces")
    assert record == {
        "name": "fra-a",
        "account": "network",
        "account_id": "111122223333",
        "region": "eu-central-1",
        "connection_id": "dxcon-ffabc123",
        "state": "available",
        "location": "EqFA5",
        "bandwidth": "10Gbps",
        "provider": "Equinix",
        "aws_device": "EqFA5-2xk7q",
        "aws_logical_device": "EqFA5-2xk7q1",
        "router": "edge-fra-1",
        "port": "eth1",
        "minimum_links": None,
        "ports": [],
    }


def test_a_virtual_interface_is_told_as_aws_has_it_and_as_the_router_will():
    record = thing("in service")
    assert record.pop("peers")[1] == {
        "family": "ipv6",
        "amazon_address": "2001:db8:ffff:1::1/125",
        "customer_address": "2001:db8:ffff:1::2/125",
        "key": "not recorded: the estate's vault has it, for virtual interface fra-a-transit",
        "bgp": {"aws": "up", "router": "up"},
    }
    assert record == {
        "name": "fra-a-transit",
        "id": "dxvif-ffaa1111",
        "type": "transit",
        "state": "available",
        "vlan": 101,
        "mtu": 8500,
        "gateway": "core",
        "gateway_id": "5f294f92",
        "account": "network",
        "virtual_gateway": None,
        "route_filter_prefixes": [],
        "rate_limit": None,
        "amazon_asn": 64512,
        "customer_asn": 65001,
        "router": "edge-fra-1",
        "port": "eth1",
        "interface": "eth1.101",
        "routing_policy": {
            "advertise": ["192.168.10.0/24"],
            "accept": ["10.20.0.0/16", "2001:db8:20::/48"],
            "preference": "high",
            "prepend": 0,
        },
    }


def test_what_aws_has_not_assigned_is_as_declared_or_null():
    declared, assigned_later = thing("ordered"), thing("ordered", circuit=1)
    assert declared["id"] is None
    assert declared["vlan"] == 101
    assert declared["amazon_asn"] == 64512
    assert declared["peers"][0]["amazon_address"] == "169.254.101.1/30"
    assert assigned_later["peers"][0]["amazon_address"] is None
    assert assigned_later["peers"][0]["bgp"] == {"aws": "unknown", "router": "unknown"}


def test_a_key_that_aws_made_is_to_be_had_from_aws():
    connections = [{**DOCUMENT["connections"][0], "router": None, "port": None}]
    interface = {**DOCUMENT["virtual_interfaces"][0], "peers": PEERS_WITHOUT_KEYS}
    estate = read_estate(DOCUMENT | {"connections": connections, "virtual_interfaces": [interface]})
    record = build_handover(estate, evidence("ordered"), generated_at=NOON)["circuits"][0]
    note = record["virtual_interfaces"][0]["peers"][0]["key"]
    assert note == "not recorded: AWS made it, and shows it with the virtual interface"
