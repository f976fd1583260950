# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong at night: a wrong key, a killed run, an answer that never came."""

from __future__ import annotations

import json
import os
import signal
from collections import Counter

import pytest

from tests.fixtures.polling import until
from tests.integration.chain.secrets import KEYS_BY_NAME

# All of it happens to circuits that are in service.
pytestmark = [pytest.mark.lab, pytest.mark.usefixtures("journey")]

WRONG_KEY = "Some-Other-Key-That-Aws-Does-Not-Have"


def kill(process):
    """End a run as a crash of the control node would: the whole process group, at once."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=30)


def created(operator, operation):
    """How often an operation has been called so far, whatever came of it."""
    return Counter(call["operation"] for call in operator.log("calls"))[operation]


def uptime(operator, node, peer):
    """Return since when a session is up; FRR computes it anew each time, to the second."""
    answer = json.loads(operator.on(node, "vtysh", "-c", f"show bgp neighbors {peer} json"))
    return answer[peer]["bgpTimerUpEstablishedEpoch"]


def one_port(estate):
    """Return an estate that orders one port."""
    port = {"name": f"{estate}-a", "account": "network", "location": "EqFA5", "bandwidth": "1Gbps"}
    return {"name": estate, "connections": [port]}


def test_an_order_whose_answer_was_lost_is_not_placed_again(operator):
    before = created(operator, "CreateConnection")
    operator.lab(
        "fault", "aws", "--operation", "CreateConnection", "--mode", "drop-answer", "--count", "1"
    )
    lost = operator.play("playbooks/order.yml", dx_estate=one_port("lost"))
    operator.lab("heal", "aws")

    again = operator.play("playbooks/order.yml", dx_estate=one_port("lost"))

    assert again.rc == 0, lost.output + again.output
    assert created(operator, "CreateConnection") == before + 1
    assert [circuit["step"] for circuit in operator.report("lost")["circuits"]] == [3]


def test_an_order_whose_run_was_killed_is_not_placed_again(operator):
    before = created(operator, "CreateConnection")
    operator.lab(
        "fault", "aws", "--operation", "CreateConnection", "--mode", "slow", "--count", "1"
    )
    process = operator.start("playbooks/order.yml", dx_estate=one_port("killed"))
    until(lambda: created(operator, "CreateConnection") > before, "the order", 60)
    kill(process)
    operator.lab("heal", "aws")

    again = operator.play("playbooks/order.yml", dx_estate=one_port("killed"))

    assert again.rc == 0, again.output
    assert created(operator, "CreateConnection") == before + 1


def test_a_wrong_key_is_found_before_it_takes_the_session_down(operator):
    before = operator.running("edge-fra-1")
    since = uptime(operator, "edge-fra-1", "169.254.101.1")
    keys = {"fra-a-transit": WRONG_KEY}

    run = operator.play("playbooks/configure.yml", vault_dx_keys={**KEYS_BY_NAME, **keys})

    assert run.rc == 2
    assert "edge-fra-1 would get another BGP key than AWS has for fra-a-transit ipv4" in run.output
    assert operator.running("edge-fra-1") == before
    assert uptime(operator, "edge-fra-1", "169.254.101.1") == pytest.approx(since, abs=2)
    assert WRONG_KEY not in run.output


def test_a_wrong_key_ends_in_the_old_configuration_and_says_so(operator):
    before = operator.running("edge-fra-1")
    other = uptime(operator, "edge-fra-1", "10.255.1.2")
    keys = {"fra-a-transit": WRONG_KEY}

    run = operator.play(
        "playbooks/configure.yml",
        vault_dx_keys={**KEYS_BY_NAME, **keys},
        edge_router_compare_with_aws=False,
        edge_router_gate_seconds=15,
    )

    assert run.rc == 2
    assert operator.running("edge-fra-1") == before
    assert uptime(operator, "edge-fra-1", "10.255.1.2") == pytest.approx(other, abs=2)
    assert "eth1.101" in run.output
    assert "169.254.101.1" in run.output
    assert "key" in run.output
    assert WRONG_KEY not in run.output
    assert "__pending" not in run.output


def test_after_a_failure_the_redundant_router_is_left_alone(operator):
    before = operator.running("edge-ams-1")
    keys = {"fra-a-transit": WRONG_KEY, "ams-a-transit": WRONG_KEY}

    run = operator.play(
        "playbooks/configure.yml",
        vault_dx_keys={**KEYS_BY_NAME, **keys},
        edge_router_gate_seconds=10,
    )

    assert run.rc == 2
    assert operator.running("edge-ams-1") == before
    assert operator.report()["circuits"]


def test_what_aws_does_not_have_is_left_on_the_router_as_it_is(operator):
    before = operator.running("edge-fra-1")
    nothing = {"account": "network", "connections": [], "gateways": [], "virtual_interfaces": []}

    run = operator.play("playbooks/configure.yml", edge_router_observed=[nothing])

    assert operator.running("edge-fra-1") == before
    assert "fra-a-transit is left as it is on edge-fra-1: not made in AWS yet" in run.output


def test_a_router_that_cannot_be_reached_is_reported_and_the_other_circuit_goes_on(
    operator, tmp_path
):
    unknown = tmp_path / "known_hosts"
    unknown.touch()
    wrong = tmp_path / "wrong.yml"
    wrong.write_text(f"all: {{hosts: {{edge-fra-1: {{dx_known_hosts_file: {unknown}}}}}}}")

    run = operator.play("site.yml", "-i", "inventories/lab", "-i", str(wrong))

    assert run.rc == 2, run.output
    told = {circuit["name"]: circuit for circuit in operator.report()["circuits"]}
    assert told["ams-a"]["step"] == 8
    assert told["fra-a"]["step"] < 8
    assert told["fra-a"]["awaited"]["from"] == "own team"
    assert "edge-fra-1" in told["fra-a"]["state"]
    assert f"is unknown: verify it with the router's owner, then add it to {unknown}" in run.output


def test_a_run_killed_after_the_commit_is_undone_and_the_next_one_goes_on(operator):
    before = operator.running("edge-fra-1")
    keys = {"fra-a-transit": WRONG_KEY}
    process = operator.start(
        "playbooks/configure.yml",
        vault_dx_keys={**KEYS_BY_NAME, **keys},
        edge_router_compare_with_aws=False,
        edge_router_gate_seconds=60,
    )
    until(lambda: operator.running("edge-fra-1") != before, "the commit", 60)
    kill(process)

    # Sooner than the router's own timer, which has 300 s: the connection process sees to it.
    until(lambda: operator.running("edge-fra-1") == before, "the old configuration", 30)
    again = operator.play("site.yml")

    assert again.rc == 0, again.output
    assert [circuit["step"] for circuit in operator.report()["circuits"]] == [8, 8]
