# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A way goes out of use and back with traffic on it: nothing is lost, and every run keeps it so."""

from __future__ import annotations

import re
import signal
import subprocess

import pytest

pytestmark = [pytest.mark.lab, pytest.mark.usefixtures("journey")]

DRAIN = {"dx_drain": ["fra-a-transit"], "dx_drain_interval_seconds": 2}


@pytest.fixture(scope="module")
def drained(operator):
    """Drain the preferred way while a host sends through it."""
    node = ["ip", "netns", "exec", f"clab-{operator.name}-host-dc"]
    sender = subprocess.Popen(
        [*node, "ping", "-i", "0.05", "-w", "600", "10.20.0.10"], stdout=subprocess.PIPE, text=True
    )
    try:
        run = operator.play("playbooks/drain.yml", **DRAIN)
    finally:
        sender.send_signal(signal.SIGINT)
        words, _ = sender.communicate(timeout=10)
    return run, words


def test_traffic_goes_the_other_way_and_nothing_is_lost(drained, operator):
    run, words = drained

    assert run.rc == 0, run.output
    assert run.mutating == []
    counts = re.search(r"(\d+) packets transmitted, (\d+) received", words)
    sent, received = map(int, counts.groups())
    assert sent > 20
    assert received >= sent - 1  # the last one is under way when the sender ends
    assert "drained: fra-a-transit" in run.output
    assert " route-map DX-VIF101-OUT-V4-DRAIN out" in operator.running("edge-fra-1")


@pytest.mark.usefixtures("drained")
def test_it_stays_so_whatever_runs(operator):
    before = operator.running("edge-fra-1")

    again = operator.play("playbooks/drain.yml", **DRAIN)
    site = operator.play("site.yml")

    for run in (again, site):
        assert run.rc == 0, run.output
        assert {host: n for host, n in run.changed.items() if n and host != "localhost"} == {}
        assert "drained: fra-a-transit" in run.output
    assert operator.running("edge-fra-1") == before


@pytest.mark.usefixtures("drained")
def test_the_way_that_stands_in_is_not_drained_too(operator):
    run = operator.play("playbooks/drain.yml", dx_drain=["ams-a", "lon-a"])

    assert run.rc == 2
    assert "ams-a-transit: no other way carries" in run.output
    assert "dx_drain[1]: lon-a is no virtual interface on a router" in run.output
    assert len(run.logins) == 2  # both routers are asked what is drained


@pytest.mark.usefixtures("drained")
def test_what_is_empty_is_shut_where_it_is_asked_for_and_stays_so(operator):
    run = operator.play("playbooks/drain.yml", **DRAIN, dx_drain_shut=True)
    before = operator.running("edge-fra-1")
    site = operator.play("site.yml")

    # The model of AWS gives the address of the IPv6 session by chance.
    over_ipv6 = r"2001:db8:7224:\w+::1"
    assert re.search(
        rf"neighbor 169\.254\.101\.1 shutdown\n(.*\n)*?.*{over_ipv6} shutdown\n", before
    )
    for each in (run, site):
        assert each.rc == 0, each.output
        assert "drained, shut: fra-a-transit" in each.output
    assert run.changed["edge-fra-1"] > 0
    assert {host: n for host, n in site.changed.items() if n and host != "localhost"} == {}
    assert operator.running("edge-fra-1") == before


def test_a_name_for_the_other_playbook_drains_nothing(operator):
    run = operator.play("playbooks/drain.yml", dx_undrain=["fra-a"])

    assert run.rc == 2
    assert "dx_drain: names nothing" in run.output


@pytest.mark.usefixtures("drained")
def test_undrained_it_is_as_it_was(operator):
    run = operator.play("playbooks/undrain.yml", dx_undrain=["fra-a"])
    verified = operator.play("playbooks/verify.yml")

    assert run.rc == 0, run.output
    after = operator.running("edge-fra-1")
    assert "-DRAIN out" not in after
    assert not re.search(r"neighbor \S+ shutdown", after)
    assert verified.rc == 0, verified.output
    assert "in service" in verified.output
