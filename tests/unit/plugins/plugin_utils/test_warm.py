# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The warm process of a run: one for all sessions, gone with the run."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from ansible.playbook.play_context import PlayContext

from ansible_collections.crossconnect.dx.plugins.module_utils.device.watch import Process
from ansible_collections.crossconnect.dx.plugins.plugin_utils.warm import (
    SESSION,
    WARM,
    UnavailableError,
    ask,
    payload,
)
from tests.fixtures.polling import until

ROOT = Path(__file__).parents[4]


@pytest.fixture
def run():
    """Stand for a run: a process that ends when the test says so."""
    with subprocess.Popen(["sleep", "60"]) as process:
        yield process
        process.kill()


@pytest.fixture
def folder():
    """Return a folder with a path as short as a socket's must be."""
    with TemporaryDirectory(prefix="dx-") as name:
        yield Path(name)


def processes(run, name):
    """Return the run's processes of that name."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (folder / "cmdline").read_bytes().split(b"\0")
            if (folder / "comm").read_text().strip() == name and str(run.pid).encode() in words:
                found.append(int(folder.name))
    return found


def request(run, folder, router):
    """Return what begins a session with a router: nobody logs in before the first question."""
    context = PlayContext()
    context.remote_addr, context.connection = router, "crossconnect.dx.napalm"
    options = {"persistent_connect_timeout": 60, "persistent_command_timeout": 60}
    environment = {
        **os.environ,
        "ANSIBLE_COLLECTIONS_PATH": str(ROOT / "collections"),
        "ANSIBLE_PERSISTENT_CONTROL_PATH_DIR": str(folder),
    }
    return {
        "words": [str(run.pid), "a-task"],
        "environment": environment,
        "payload": payload(options, context.serialize()),
        "platform": "frr",
    }


def test_sessions_that_begin_at_once_come_from_one_process_and_end_with_the_run(run, folder):
    routers = [f"edge-{number}" for number in range(4)]
    with ThreadPoolExecutor() as pool:
        answers = list(
            pool.map(lambda router: ask(folder, run.pid, request(run, folder, router)), routers)
        )

    assert [answer["rc"] for answer in answers] == [0] * 4, answers
    sockets = {json.loads(answer["out"])["socket_path"] for answer in answers}
    assert len(sockets) == 4
    until(lambda: len(processes(run, SESSION)) == 4, "one process per router, no helper left")
    assert len(processes(run, WARM)) == 1
    run.kill()
    run.wait()
    until(lambda: not processes(run, WARM) + processes(run, SESSION), "the end of all of them")
    assert list(folder.iterdir()) == []


def test_a_process_that_was_killed_is_followed_by_another(run, folder):
    ask(folder, run.pid, request(run, folder, "edge-1"))
    (first,) = processes(run, WARM)
    dying = Process(first)
    os.kill(first, signal.SIGKILL)
    until(lambda: not dying.alive, "its end, its socket's included")

    assert ask(folder, run.pid, request(run, folder, "edge-2"))["rc"] == 0
    assert processes(run, WARM) != [first]
    until(lambda: len(processes(run, SESSION)) == 2, "the first session lives on")


@pytest.mark.parametrize(
    "name", [pytest.param("missing", id="no folder"), pytest.param("long" * 40, id="a long path")]
)
def test_what_cannot_be_had_is_said(run, folder, name):
    with pytest.raises(UnavailableError):
        ask(folder / name, run.pid, request(run, folder, "edge-1"))


def test_a_folder_that_others_may_write_to_is_not_trusted(run, folder):
    folder.chmod(0o777)

    with pytest.raises(UnavailableError, match="others may write"):
        ask(folder, run.pid, request(run, folder, "edge-1"))


def test_a_start_that_failed_is_not_tried_again_in_the_same_run(run, folder, tmp_path):
    asked = request(run, folder, "edge-1")
    tries = tmp_path / "tries"
    broken = f"with open({str(tries)!r}, 'a') as tries: tries.write('x')\nraise SystemExit(1)\n"
    (tmp_path / "sitecustomize.py").write_text(broken, encoding="utf-8")
    asked["environment"] = {**asked["environment"], "PYTHONPATH": str(tmp_path)}
    for words in ("does not start", "did not start before in this run"):
        with pytest.raises(UnavailableError, match=words):
            ask(folder, run.pid, asked)
    assert tries.read_text() == "x"
    (marker,) = folder.glob(".dx_failed_*")
    marker.write_text(f"{run.pid} of another boot", encoding="ascii")
    assert ask(folder, run.pid, request(run, folder, "edge-1"))["rc"] == 0
