# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Failover tests at AWS: read them, start one, stop it.

Either call is sent once: when its answer is lost, the history tells what became of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..core.failover import FailoverTest
from .errors import AWS_ERRORS, AwsError, is_throttled, outcome_is_unknown, sentence
from .paging import all_pages
from .waits import Patience, Watch

if TYPE_CHECKING:
    from collections.abc import Callable

    from .session import Aws

LOST = (
    "the call was sent once, and nothing is to be seen of it: run again with state judged, which "
    "tells; AWS ends a test by itself when its time is over"
)


def read_tests(aws: Aws, interface_id: str) -> tuple[FailoverTest, ...]:
    """Return an interface's tests, the oldest first, and one that runs last of all."""
    call = aws.reader().list_virtual_interface_test_history
    pages = all_pages(call, "virtualInterfaceTestHistory", virtualInterfaceId=interface_id)
    tests = (found_test(answer) for answer in pages)
    return tuple(sorted(tests, key=lambda test: (test.runs, str(test.started), test.id)))


def found_test(answer: dict[str, Any]) -> FailoverTest:
    """Return a test as AWS describes it."""
    return FailoverTest(
        id=answer.get("testId", ""),
        virtual_interface_id=answer.get("virtualInterfaceId", ""),
        peer_ids=tuple(answer.get("bgpPeers", [])),
        status=answer.get("status", "unknown"),
        minutes=answer.get("testDurationInMinutes", 0),
        started=answer.get("startTime"),
        ended=answer.get("endTime"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A test that shall start.

    Attributes:
        interface_id: The virtual interface.
        peer_ids: Its peers that go down.
        minutes: When AWS ends the test by itself.
        earlier: The ids of earlier tests.
    """

    interface_id: str
    peer_ids: tuple[str, ...]
    minutes: int
    earlier: frozenset[str]


def start_test(aws: Aws, start: Start, *, patience: Patience) -> None:
    """Take sessions down until the test is stopped or its time is over.

    Args:
        aws: The account.
        start: The test.
        patience: How long to send what AWS turns away, and to look for what it did not answer.

    Raises:
        AwsError: AWS refused, or what became of the call cannot be told.
    """
    _send(
        "start the failover test",
        lambda: aws.writer().start_bgp_failover_test(
            virtualInterfaceId=start.interface_id,
            bgpPeers=list(start.peer_ids),
            testDurationInMinutes=start.minutes,
        ),
        lambda: any(
            test.runs and test.id not in start.earlier
            for test in read_tests(aws, start.interface_id)
        ),
        patience,
    )


def stop_test(aws: Aws, interface_id: str, *, patience: Patience) -> None:
    """Let the sessions come up again.

    Raises:
        AwsError: AWS refused, or what became of the call cannot be told.
    """
    _send(
        "stop the failover test",
        lambda: aws.writer().stop_bgp_failover_test(virtualInterfaceId=interface_id),
        lambda: not any(test.runs for test in read_tests(aws, interface_id)),
        patience,
    )


def _send(
    doing: str, call: Callable[[], Any], is_done: Callable[[], bool], patience: Patience
) -> None:
    """Send a call; again only if AWS turned it away for being too busy."""
    watch = Watch(patience)
    while True:
        try:
            call()
        except AWS_ERRORS as error:
            if is_throttled(error) and watch.has_time(people=False):
                watch.pause()
                continue
            if not outcome_is_unknown(error):
                raise AwsError(sentence(doing, error)) from error
            if not _comes_true(is_done, Watch(patience)):
                raise AwsError(f"{sentence(doing, error)}; {LOST}") from error
        return


def _comes_true(is_done: Callable[[], bool], watch: Watch) -> bool:
    """Read back until it is done, or patience is over."""
    while True:
        try:
            done = is_done()
        except AWS_ERRORS:
            done = False
        if done or not watch.has_time(people=False):
            return done
        watch.pause()
