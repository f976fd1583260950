# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Failover tests: AWS holds sessions down for a while, and lets go by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import virtual_interfaces
from .clock import as_datetime
from .errors import ClientError
from .ids import new_uuid
from .request import Answer, Request, operation
from .state import FailoverTest

if TYPE_CHECKING:
    from .state import VirtualInterface

DEFAULT_MINUTES, LONGEST_MINUTES = 180, 4320


@operation("StartBgpFailoverTest")
def start(request: Request) -> Answer:
    """Put sessions of a virtual interface down: those named, or all."""
    found = _find(request)
    minutes = request.parameters.get("testDurationInMinutes", DEFAULT_MINUTES)
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise ClientError(f"Test duration must be between 1 and {LONGEST_MINUTES} minutes.")
    if request.world.running_test(found) is not None:
        raise ClientError(f"A failover test is already in progress on {found.id}.")
    test = FailoverTest(
        id=new_uuid(),
        virtual_interface_id=found.id,
        peer_ids=_peers(request, found),
        minutes=minutes,
        started_at=request.world.now,
    )
    request.ledger.tests.append(test)
    request.world.nudge()
    return {"virtualInterfaceTest": describe(request, test)}


def _find(request: Request) -> VirtualInterface:
    """Return the interface that the call names: a test is its owner's alone to run."""
    found = virtual_interfaces.find(request, request.parameters["virtualInterfaceId"])
    if found.account != request.account:
        raise ClientError(f"Only the owner of Virtual Interface {found.id} can test its failover.")
    return found


def _peers(request: Request, virtual_interface: VirtualInterface) -> tuple[str, ...]:
    present = [peer.id for peer in virtual_interface.live_peers]
    wanted = request.parameters.get("bgpPeers") or present
    if unknown := [peer for peer in wanted if peer not in present]:
        raise ClientError(f"BGP peer {unknown[0]} does not exist.")
    return tuple(wanted)


@operation("StopBgpFailoverTest")
def stop(request: Request) -> Answer:
    """Let the sessions come up again before the time is over."""
    found = _find(request)
    test = request.world.running_test(found)
    if test is None:
        raise ClientError(f"No failover test is in progress on {found.id}.")
    test.stopped_at = request.world.now
    request.world.nudge()
    return {"virtualInterfaceTest": describe(request, test)}


@operation("ListVirtualInterfaceTestHistory")
def history(request: Request) -> Answer:
    """Return the tests of what the account owns or carries in the Region, by pages."""
    wanted = request.parameters
    found = [
        test
        for test in _seen(request)
        if wanted.get("testId") in (None, test.id)
        and wanted.get("virtualInterfaceId") in (None, test.virtual_interface_id)
        and wanted.get("status") in (None, _status(request, test))
        and set(wanted.get("bgpPeers") or test.peer_ids) <= set(test.peer_ids)
    ]
    return request.page("virtualInterfaceTestHistory", found, lambda test: describe(request, test))


def _seen(request: Request) -> list[FailoverTest]:
    seen = {
        each.id
        for each in request.world.virtual_interfaces()
        if virtual_interfaces.is_seen(request, each)
    }
    tests = [test for _, _, ledger in request.world.ledgers() for test in ledger.tests]
    return [test for test in tests if test.virtual_interface_id in seen]


def _owner(request: Request, test: FailoverTest) -> str:
    """Return who owns the interface that is tested."""
    return next(
        each.account
        for each in request.world.virtual_interfaces()
        if each.id == test.virtual_interface_id
    )


def _status(request: Request, test: FailoverTest) -> str:
    return "IN_PROGRESS" if test.ended_at(request.world.now) is None else "COMPLETED"


def describe(request: Request, test: FailoverTest) -> Answer:
    """Return a test as the service words it."""
    answer: Answer = {
        "testId": test.id,
        "virtualInterfaceId": test.virtual_interface_id,
        "bgpPeers": list(test.peer_ids),
        "status": _status(request, test),
        "ownerAccount": _owner(request, test),
        "testDurationInMinutes": test.minutes,
        "startTime": as_datetime(test.started_at),
    }
    ended = test.ended_at(request.world.now)
    if ended is not None:
        answer["endTime"] = as_datetime(ended)
    return answer
