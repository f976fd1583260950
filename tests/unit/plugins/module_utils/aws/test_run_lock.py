# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lock of an estate: what a run that is refused says of who has it."""

from __future__ import annotations

import fcntl
from threading import Event, Thread

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.aws import run_lock
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.run_lock import HOME
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.waits import Patience
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan import PlanError

ESTATE = "111122223333", "acme"
AT_ONCE = Patience(settle_seconds=0)


def lock(patience=AT_ONCE):
    return run_lock.run_lock(*ESTATE, patience)


@pytest.fixture(autouse=True)
def _a_home_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv(HOME, str(tmp_path))


@pytest.fixture
def file(tmp_path):
    """Give the file of the lock, after one run that has ended."""
    with lock():
        pass
    (path,) = (tmp_path / "crossconnect" / "locks").iterdir()
    with path.open("r+b") as opened:
        yield opened


def test_who_has_the_lock_is_named():
    with lock(), pytest.raises(PlanError, match=r"\(process \d+ on \S+, since \S+Z\)"), lock():
        pass


def test_who_has_just_taken_the_lock_gets_the_time_to_say_who_it_is(file, monkeypatch):
    looked = Event()
    read = run_lock._read  # noqa: SLF001

    def seen(path):
        looked.set()
        return read(path)

    monkeypatch.setattr(run_lock, "_read", seen)
    fcntl.flock(file, fcntl.LOCK_EX)

    def say():
        looked.wait()
        file.write(b'{"pid": 7, "host": "there", "since": "now"}'.ljust(run_lock.RECORD_BYTES))
        file.flush()

    speaker = Thread(target=say)
    speaker.start()
    with pytest.raises(PlanError, match=r"\(process 7 on there, since now\)"), lock():
        pass
    speaker.join()


def test_who_never_says_who_it_is_is_told_of_all_the_same(file, monkeypatch):
    monkeypatch.setattr(run_lock, "NAMING", Patience(settle_seconds=0))
    fcntl.flock(file, fcntl.LOCK_EX)

    with (
        pytest.raises(PlanError, match=r"\(which has not said who it is\): nothing was done"),
        lock(),
    ):
        pass


def test_after_a_killed_run_nobody_knows_how_long_it_went_on(file):
    file.write(b'{"pid": 7, "host": "there", "since": "then"}'.ljust(run_lock.RECORD_BYTES))
    file.flush()

    with lock() as until:
        assert until == float("inf")
