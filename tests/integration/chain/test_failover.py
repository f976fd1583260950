# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A failover test by AWS on live sessions: the other circuit takes over, and all comes back."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.lab, pytest.mark.usefixtures("journey")]

CONSENT = {"dx_failover": "fra-a-transit", "dx_consent": ["fra-a-transit"]}


def test_the_other_circuit_takes_over_and_all_comes_back(operator):
    run = operator.play("playbooks/failover.yml", **CONSENT)

    assert run.rc == 0, run.output
    assert run.mutating == ["StartBgpFailoverTest", "StopBgpFailoverTest"]
    assert "passed: " in run.output
    verified = operator.play("playbooks/verify.yml")
    assert verified.rc == 0, verified.output


def test_check_mode_shows_it_and_starts_nothing(operator):
    run = operator.play("playbooks/failover.yml", "--check", "--diff", dx_failover="fra-a-transit")

    assert run.rc == 0, run.output
    assert "fra-a-transit" in run.output.partition("Start the failover test")[2]
    assert run.mutating == []


def test_without_consent_nothing_is_started(operator):
    run = operator.play("playbooks/failover.yml", dx_failover="fra-a-transit")

    assert run.rc == 2
    assert "consent" in run.output
    assert run.mutating == []


def test_where_there_is_no_other_way_nothing_is_started(operator):
    operator.lab("fault", "ams-a", "cable")
    try:
        run = operator.play("playbooks/failover.yml", **CONSENT)
    finally:
        operator.lab("heal", "ams-a")

    assert run.rc == 2
    assert "no other virtual interface" in run.output
    assert run.mutating == []


def test_a_test_host_that_is_gone_fails_the_test_and_all_comes_back(operator):
    run = operator.play("playbooks/failover.yml", **CONSENT, ansible_user="nobody-here")

    assert run.rc == 2
    assert "host-dc: could not send packets" in run.output
    assert run.mutating == ["StartBgpFailoverTest", "StopBgpFailoverTest"]


def test_an_interface_that_nobody_has_is_told(operator):
    run = operator.play("playbooks/failover.yml", dx_failover="lon-a-transit")

    assert run.rc == 2
    assert "there was no test of lon-a-transit: no account of this run owns it" in run.output
    assert run.mutating == []
