# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The end of another process is noticed, however it ends."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.watch import (
    Process,
    when_ended,
)

WAIT = [sys.executable, "-c", "input()"]


@pytest.fixture
def child():
    with subprocess.Popen(WAIT, stdin=subprocess.PIPE) as process:
        yield process
        process.kill()


def test_a_process_that_runs_is_alive_and_nothing_happens(child):
    ended = threading.Event()
    when_ended(Process(child.pid), ended.set)
    assert Process(child.pid).alive
    assert not ended.wait(0.7)


def test_a_killed_process_is_noticed_also_before_anybody_has_waited_for_it(child):
    ended = threading.Event()
    process = Process(child.pid)
    when_ended(process, ended.set)
    child.kill()
    assert ended.wait(5)
    assert not process.alive


def test_a_process_that_had_ended_before_is_not_alive(child):
    child.kill()
    child.wait()
    assert not Process(child.pid).alive


def test_another_process_with_the_same_number_is_not_the_one_that_is_meant(child):
    process = Process(os.getpid())
    process.pid = child.pid
    assert not process.alive
