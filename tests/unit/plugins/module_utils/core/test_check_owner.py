# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every check lands with the circuits that it is about, and none gets lost."""

from dataclasses import replace

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.check_owner import (
    checks_by_circuit,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate import read_estate
from tests.fixtures.demo_run import DOCUMENT, check, evidence

ESTATE = read_estate(DOCUMENT)


def owners(target, moment="in service"):
    found = replace(evidence(moment), checks=[check("bgp", target) | {"more": "is dropped"}])
    return [name for name, checks in checks_by_circuit(ESTATE, found).items() if checks]


@pytest.mark.parametrize(
    ("target", "circuits"),
    [
        pytest.param("fra-a-transit ipv4", ["fra-a"], id="virtual interface"),
        pytest.param("dxvif-ffaa2222", ["ams-a"], id="virtual interface id"),
        pytest.param("169.254.101.1", ["fra-a"], id="AWS's address"),
        pytest.param("edge-fra-1: 2001:db8:ffff:1::2", ["fra-a"], id="own address"),
        pytest.param("edge-ams-1:eth1.102", ["ams-a"], id="sub-interface"),
        pytest.param("edge-ams-1 eth1.102 (bfd)", ["ams-a"], id="router and sub-interface"),
        pytest.param("ams-a", ["ams-a"], id="circuit"),
        pytest.param("dxcon-ffabc123", ["fra-a"], id="connection id"),
        pytest.param("edge-fra-1", ["fra-a"], id="router"),
        pytest.param("edge-fra-1:eth1", ["fra-a"], id="port"),
        pytest.param("host-vpc 10.20.0.10", ["fra-a", "ams-a"], id="address both accept"),
        pytest.param("10.20.0.0/16", ["fra-a", "ams-a"], id="prefix both accept"),
        pytest.param("host-vpc (2001:db8:20::10)", ["fra-a"], id="address one accepts"),
        pytest.param("everything", ["fra-a", "ams-a"], id="no word that is known"),
    ],
)
def test_the_most_telling_word_of_the_target_decides(target, circuits):
    assert owners(target) == circuits


def test_a_circuit_that_does_not_stand_yet_has_carried_no_packet():
    assert owners("host-vpc 10.20.0.10", "one in service") == ["fra-a"]


def test_a_record_is_cut_to_the_report_s_five_words():
    found = replace(evidence("in service"), checks=[check("bgp", "fra-a") | {"more": 1}])
    record = checks_by_circuit(ESTATE, found)["fra-a"][0]
    assert list(record) == ["id", "target", "verdict", "measured", "expected"]


def test_an_estate_without_circuits_has_no_checks():
    assert checks_by_circuit(read_estate({"name": "empty"}), evidence("in service")) == {}
