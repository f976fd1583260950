# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The control node dies in the middle: the router ends in one whole configuration, and free."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from napalm.base.exceptions import ConnectionException, LockError

from tests.fixtures.polling import until
from tests.integration.device.attachment import attachment

pytestmark = pytest.mark.lab

REPOSITORY = Path(__file__).parents[3]
PROGRAM = "tests.integration.device.transaction_program"


@pytest.fixture
def transaction(router):
    """Start a transaction in a process of its own, which may be killed."""
    options = json.dumps({**router.options, "owner": "the run that dies"})
    with subprocess.Popen(
        [sys.executable, "-m", PROGRAM, router.address, options],
        cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={"PYTHONPATH": f"{REPOSITORY}:{REPOSITORY / 'collections'}"},
    ) as process:  # fmt: skip
        yield process
        process.kill()


def reach(process, step):
    """Let the program go on until it is about to begin the step."""
    while (line := process.stdout.readline().strip()) != step:
        assert line, f"the program ended before {step}"
        go(process)


def go(process):
    process.stdin.write("\n")
    process.stdin.flush()


@pytest.mark.parametrize(
    ("step", "seconds", "kept"),
    [
        pytest.param("load", 0, False, id="before the load"),
        pytest.param("commit", 0, False, id="after the load"),
        pytest.param("commit", 0.05, False, id="while the timer starts"),
        pytest.param("commit", 0.3, False, id="while the candidate is applied"),
        pytest.param("gates", 0, False, id="after the commit"),
        pytest.param("gates", 0.1, False, id="at the gates"),
        pytest.param("confirm", 0.02, None, id="during the confirmation"),
        pytest.param("compare", 0.1, True, id="during the second comparison"),
    ],
)
def test_a_killed_transaction_leaves_one_whole_configuration_and_a_router_that_is_free(
    router, transaction, step, seconds, kept
):
    old = router.running()
    reach(transaction, step)
    if seconds:
        go(transaction)
        time.sleep(seconds)  # where in the step it is killed, not how long we wait for anything
    transaction.kill()

    with router.driver(owner="the next run") as driver:
        until(lambda: is_free(driver), "the router, free for the next run", 20)
        driver.load_merge_candidate(config=attachment())
        nothing_left = driver.compare_config() == ""
        running = router.running()
        driver.discard_config()
        assert nothing_left if kept else kept is None or running == old
        assert nothing_left or running == old, "a half configuration"
        if nothing_left:
            until(lambda: "DX-VIF101" in router.saved(), "the saved configuration")
            driver.rollback()


def is_free(driver):
    """Whether the lock can be had; what nobody will confirm is undone by that."""
    try:
        driver.load_merge_candidate(config=attachment())
    except LockError:
        return False
    return True


def test_a_rollback_whose_agent_is_killed_is_seen_to_its_end_by_the_timer(router, driver):
    before = router.running()
    driver.load_merge_candidate(config=attachment())
    driver.commit_config(revert_in=300)
    with ThreadPoolExecutor() as pool:
        killer = pool.submit(
            router.shell,
            "while [ ! -e /var/lib/crossconnect/reverting ]; do :; done;"
            "kill -9 $(pgrep -f 'agent-.*[.]pyz serve')",
        )
        with pytest.raises(ConnectionException):
            driver.rollback()
        killer.result()
    until(lambda: router.running() == before, "the old configuration", 20)
    until(lambda: "reverting" not in router.shell("ls /var/lib/crossconnect"), "the end", 20)
