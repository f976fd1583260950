# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Only processes that carry the lab's token are ever ended."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from lab.processes import MARK, Process, end_all, identify, marked

SLEEPER = [sys.executable, "-c", "print(flush=True); import time; time.sleep(60)"]


@pytest.fixture
def sleeper():
    """Start a sleeper that carries a token; wait until it is itself and not a copy of us."""
    started = []

    def start(token):
        process = subprocess.Popen(SLEEPER, stdout=subprocess.PIPE, env={**os.environ, MARK: token})
        process.stdout.readline()
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def test_a_token_ends_its_own_processes_and_no_others(sleeper):
    ours, also_ours, alien = sleeper("token-a"), sleeper("token-a"), sleeper("token-ab")
    assert end_all("token-a") == 2
    assert (ours.wait(5), also_ours.wait(5)) == (-9, -9)
    assert alien.poll() is None


def test_a_number_that_is_used_again_is_another_process(sleeper):
    process = sleeper("token-c")
    known = identify(process.pid)
    assert known.alive
    assert not Process(pid=known.pid, born=known.born - 1).alive


def test_a_process_that_has_ended_is_not_alive(sleeper):
    process = sleeper("token-d")
    known = identify(process.pid)
    process.kill()
    process.wait()
    assert not known.alive
    assert marked("token-d") == []
