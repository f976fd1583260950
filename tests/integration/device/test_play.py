# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The device modules in a play: one login, honest check mode, no key in any output."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from ansible_collections.crossconnect.dx.plugins.plugin_utils.warm import SESSION, WARM
from tests.fixtures.polling import until
from tests.integration.device.attachment import GOLDEN

pytestmark = pytest.mark.lab

REPOSITORY = Path(__file__).parents[3]
KEY = "Zq9-secret-of-the-play"
MODULE = "crossconnect.dx.device_"
CHANGE = {
    MODULE + "config": {
        "config": "{{ lookup('ansible.builtin.file', golden) }}",
        "keys": "{{ keys }}",
        "mode": "owned",
        "owners": ["DX-VIF101"],
        "revert_in": 60,
    }
}


@pytest.fixture
def play(router, tmp_path):
    """Run tasks against the router; returns the process."""
    inventory = tmp_path / "hosts.yml"
    variables = {
        "ansible_connection": "crossconnect.dx.napalm",
        "ansible_host": router.address,
        "ansible_port": 2222,
        "ansible_user": "automation",
        "ansible_ssh_private_key_file": router.options["key_file"],
        "dx_known_hosts_file": router.options["alt_key_file"],
        "dx_platform": "frr",
        "golden": str(GOLDEN),
    }
    inventory.write_text(yaml.safe_dump({"all": {"hosts": {router.name: variables}}}))
    vault = tmp_path / "vault.yml"
    vault.write_text(yaml.safe_dump({"keys": {"fra-a-transit": KEY}}))

    def start(*tasks, options=(), extra=None):
        plays = [{"hosts": "all", "gather_facts": False, "tasks": list(tasks)}]
        playbook = tmp_path / "play.yml"
        playbook.write_text(yaml.safe_dump(plays))
        program = Path(sys.executable).parent / "ansible-playbook"
        words = ["-i", inventory, "-e", f"@{vault}", "-e", json.dumps(extra or {}), *options]
        return subprocess.Popen(
            [program, playbook, *words],
            cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "ANSIBLE_LOCAL_TEMP": str(tmp_path)},
        )  # fmt: skip

    def run(*tasks, **how):
        process = start(*tasks, **how)
        out, err = process.communicate()
        return SimpleNamespace(
            pid=process.pid, returncode=process.returncode, stdout=out, stderr=err
        )

    run.start = start
    return run


def sessions(run, *names):
    """Return the processes that hold sessions of a run: its number is among their arguments."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            name = (path.parent / "comm").read_text().strip()
            if name in (names or [SESSION]) and str(run.pid).encode() in path.read_bytes().split(
                b"\0"
            ):
                found.append(int(path.parent.name))
    return found


def logins(router):
    log = router.state / "logins.jsonl"
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return sum(json.loads(line)["node"] == router.name for line in lines)


def task(name, **options):
    return {MODULE + name: options}


def test_a_whole_transaction_takes_one_login_and_shows_no_key(router, play):
    before = logins(router)
    done = play(
        task("facts", getters=["facts", "bgp_neighbors", "config"]),
        CHANGE,
        task("exec", commands=["show running-config"], ping=[{"destination": "10.255.1.2"}]),
        task("confirm"),
        CHANGE,
        {**task("config", config="", mode="owned", owners=["DX-VIF101"])},
        options=["-vvv", "--diff"],
    )
    assert done.returncode == 0, done.stdout
    assert logins(router) == before + 1
    assert "password @@KEY:fra-a-transit@@" in done.stdout
    assert KEY not in done.stdout + done.stderr
    assert "changed=3" in done.stdout  # commit, confirm, removal; the second change was none


def test_check_mode_predicts_and_changes_nothing(router, play):
    before = router.running()
    done = play(CHANGE, options=["--check", "--diff"])
    assert done.returncode == 0, done.stdout
    assert "+ link eth1.101 vlan 101 mtu 8500" in done.stdout
    assert "changed=1" in done.stdout
    assert router.running() == before


def test_a_candidate_that_is_held_changes_nothing_until_it_is_committed(router, play):
    before = router.running()
    hold = {MODULE + "config": {**CHANGE[MODULE + "config"], "hold": True}}
    show = {**task("exec", commands=["show running-config"]), "register": "shown"}
    changed = "'DX-VIF101' in shown.output[0].output"
    done = play(
        hold,
        show,
        {"ansible.builtin.assert": {"that": f"not ({changed})"}},
        task("commit"),
        show,
        {"ansible.builtin.assert": {"that": changed}},
        task("rollback"),
        hold,
        task("rollback"),
        task("commit"),
    )
    assert "ok=9" in done.stdout, done.stdout
    assert "edge-fra-1: there is no candidate to commit: load one" in " ".join(done.stdout.split())
    assert router.running() == before


def test_a_failed_gate_fails_the_play_and_the_rescue_takes_the_change_back(router, play):
    before = router.running()
    session = {"neighbor": "169.254.101.1", "interface": "eth1.101", "name": "fra-a-transit"}
    check = task("check", bgp=[{**session, "family": "ipv4"}], timeout=1)
    done = play({"block": [CHANGE, check], "rescue": [task("rollback")]})
    assert "edge-fra-1: eth1.101 (fra-a-transit, 169.254.101.1)" in done.stdout
    assert "did not establish within 1 s" in done.stdout
    assert "rescued=1" in done.stdout
    assert router.running() == before


def test_an_unknown_host_key_fails_the_task_says_what_to_do_and_can_be_rescued(play):
    show = {"ansible.builtin.debug": {"msg": "unreachable: {{ found.router_unreachable }}"}}
    block = [{**task("facts"), "register": "found"}]
    done = play({"block": block, "rescue": [show]}, extra={"dx_known_hosts_file": "/dev/null"})
    assert done.returncode == 0, done.stdout
    assert "unreachable: True" in done.stdout
    assert "is unknown: verify it with" in " ".join(done.stdout.split())


def test_the_router_reverts_alone_after_a_play_that_does_not_confirm(router, play):
    before = router.running()
    change = {MODULE + "config": {**CHANGE[MODULE + "config"], "revert_in": 4}}
    done = play(change)
    assert done.returncode == 0, done.stdout
    assert "DX-VIF101" in router.running()
    until(lambda: router.running() == before, "the router's own revert", 15)


@pytest.mark.parametrize(
    "tasks",
    [
        pytest.param([task("facts")], id="a task"),
        pytest.param([{**task("facts"), "loop": ["1", "2"]}], id="a loop"),
        pytest.param([task("facts", getter="a wrong option")], id="a task with a wrong option"),
    ],
)
def test_no_process_outlives_its_run(play, tasks):
    run = play(*tasks)
    until(lambda: not sessions(run, SESSION, WARM), "the end of all processes of the run", 5)


def pause(path):
    """Say by `<path>.reached` that the play is here, and wait for the path."""
    say = {"ansible.builtin.copy": {"content": "", "dest": f"{path}.reached"}}
    wait = {"ansible.builtin.wait_for": {"path": str(path), "timeout": 60}}
    return [{**one, "delegate_to": "localhost"} for one in (say, wait)]


def test_a_killed_run_takes_its_commit_back_and_lets_go_of_the_router(router, play, tmp_path):
    before = router.running()
    run = play.start(CHANGE, *pause(tmp_path / "never"))
    until(lambda: "DX-VIF101" in router.running(), "the commit", 30)
    run.kill()  # ansible-playbook alone: its connection process hears nothing of it
    run.communicate()
    until(lambda: not sessions(run), "the end of the persistent process", 5)
    assert router.running() == before
    with router.driver() as driver:
        driver.load_merge_candidate(config="hostname other\n")
        driver.discard_config()


def test_a_session_whose_process_was_killed_is_opened_anew(play, tmp_path):
    run = play.start(task("facts"), *pause(tmp_path / "go"), task("facts"))
    until((tmp_path / "go.reached").exists, "the end of the first task", 30)
    (session,) = sessions(run)
    os.kill(session, signal.SIGKILL)
    (tmp_path / "go").touch()
    out, _ = run.communicate()
    assert run.returncode == 0, out
