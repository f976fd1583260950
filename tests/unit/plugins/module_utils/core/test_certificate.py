# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A certificate is for circuits that work, as far as anybody has looked, and for no others."""

import copy

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.certificate import (
    certificates,
    in_service,
)
from tests.fixtures.demo_run import papers

SERVING = papers("in service")[0]["circuits"][0]


def changed(**parts):
    return copy.deepcopy(SERVING) | parts


def with_session(**parts):
    circuit = changed()
    circuit["virtual_interfaces"][0]["bgp"][0] |= parts
    return circuit


@pytest.mark.parametrize(
    ("circuit", "wanted"),
    [
        pytest.param(SERVING, True, id="all is well"),
        pytest.param(with_session(router="unknown"), True, id="router's sessions not read"),
        pytest.param(with_session(router="down"), False, id="down at the router"),
        pytest.param(with_session(aws="down"), False, id="down at AWS"),
        pytest.param(with_session(aws="unknown"), False, id="AWS does not know"),
        pytest.param(changed(step=7), False, id="not at the last step"),
        pytest.param(changed(checks=[]), False, id="nothing tested"),
        pytest.param(
            changed(awaited={"from": "AWS", "what": "it", "since": None}), False, id="awaited"
        ),
        pytest.param(
            changed(checks=[SERVING["checks"][0] | {"verdict": "fail"}]), False, id="failed"
        ),
        pytest.param(
            changed(checks=[SERVING["checks"][0] | {"verdict": "warn"}]), True, id="warned"
        ),
    ],
)
def test_a_circuit_is_in_service_when_nothing_speaks_against_it(circuit, wanted):
    assert in_service(circuit) is wanted


def test_only_circuits_in_service_get_a_certificate():
    assert [one["circuit"] for one in certificates(*papers("in service"))] == ["fra-a", "ams-a"]
    assert [one["circuit"] for one in certificates(*papers("one in service"))] == ["fra-a"]
    assert certificates(*papers("ordered")) == []


def test_a_certificate_says_what_was_tested_when_and_on_what():
    certificate = certificates(*papers("in service"))[0]
    assert certificate["issued_at"] == "2026-11-22T12:00:00Z"
    assert certificate["verdicts"] == {"fail": 0, "warn": 0, "na": 1, "pass": 4}
    assert certificate["record"]["connection_id"] == "dxcon-ffabc123"
    assert len(certificate["checks"]) == 5
