# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which ports a cable joins is worked out from the topology."""

from __future__ import annotations

import pytest

from lab.cables import refuse_used_ports
from lab.errors import LabError
from lab.faults import cable_fault
from lab.filters import rules
from lab.panel import free_customer_port, panel

LAB = {
    "name": "t",
    "nodes": {
        "edge": {"labels": {"dx-role": "edge-router"}},
        "aws": {"labels": {"dx-role": "aws-router"}},
        "here": {"labels": {"dx-location": "Here"}},
        "there": {"labels": {"dx-location": "There"}},
    },
    "links": [
        {"endpoints": ["edge:eth1", "here:eth1"]},
        {"endpoints": ["here:eth2", "aws:eth1"]},
        {"endpoints": ["edge:eth2", "there:eth1"]},
        {"endpoints": ["edge:eth3", "there:eth2"]},
        {"endpoints": ["aws:eth2", "there:eth3"]},
        {"endpoints": ["edge:eth9", "aws:eth9"]},
    ],
}


def test_the_panel_is_where_both_ports_end():
    place = panel(LAB, "edge:eth1", "aws:eth1")
    assert (place.namespace, place.location) == ("clab-t-here", "Here")
    assert (place.ports, place.bridge) == (("eth1", "eth2"), "x-eth1")


@pytest.mark.parametrize(
    ("customer", "aws", "message"),
    [
        pytest.param("edge:eth1", "aws:eth2", "no cable joins the two", id="two locations"),
        pytest.param("edge:eth9", "aws:eth1", "edge:eth9 does not end at", id="no location"),
        pytest.param("edge:eth5", "aws:eth1", "edge:eth5 does not end at", id="no such port"),
    ],
)
def test_ports_that_no_cable_can_join_are_refused(customer, aws, message):
    with pytest.raises(LabError, match=message):
        panel(LAB, customer, aws)


def test_the_free_port_at_the_location_is_taken():
    assert free_customer_port(LAB, "aws:eth1", {}) == "edge:eth1"
    cables = {"x": {"customer": "edge:eth2", "aws": "aws:eth2"}}
    assert free_customer_port(LAB, "aws:eth2", cables) == "edge:eth3"


def test_a_choice_between_free_ports_is_left_to_the_caller():
    with pytest.raises(LabError, match="edge:eth2, edge:eth3; name one with --port"):
        free_customer_port(LAB, "aws:eth2", {})


def test_one_port_takes_one_cable():
    cables = {"first": {"customer": "edge:eth1", "aws": "aws:eth1"}}
    with pytest.raises(LabError, match="the cable of first is in aws:eth1 already"):
        refuse_used_ports(cables, "edge:eth2", "aws:eth1")


def test_the_rules_lose_what_the_faults_say():
    place = panel(LAB, "edge:eth1", "aws:eth1")
    vlan, loss = {"kind": "vlan", "vlan": 101}, {"kind": "loss", "percent": 20}
    text = rules(place, [vlan, loss, {"kind": "cable"}, {"kind": "silent"}])
    assert text == (
        "add table bridge x_eth1\n"
        "delete table bridge x_eth1\n"
        "table bridge x_eth1 {\n"
        "  chain forward {\n"
        "    type filter hook forward priority 0; policy accept;\n"
        '    iifname { "eth1", "eth2" } vlan id 101 drop\n'
        '    iifname { "eth1", "eth2" } numgen random mod 100 < 20 drop\n'
        '    iifname { "eth1", "eth2" } drop\n'
        "  }\n"
        "}\n"
    )


def test_without_a_fault_the_rules_go():
    place = panel(LAB, "edge:eth1", "aws:eth1")
    assert rules(place, []) == "add table bridge x_eth1\ndelete table bridge x_eth1\n"


@pytest.mark.parametrize(
    ("kind", "vlan", "percent"),
    [
        pytest.param("vlan", None, None, id="a VLAN fault without a VLAN"),
        pytest.param("loss", None, None, id="a loss of nobody knows how much"),
        pytest.param("silent", 101, None, id="a silent fault of one VLAN"),
        pytest.param("cable", None, 20, id="a cable cut in part"),
    ],
)
def test_a_fault_takes_what_it_needs_and_no_more(kind, vlan, percent):
    with pytest.raises(LabError, match="which need them"):
        cable_fault(kind, vlan=vlan, percent=percent)
