# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One run of the module failover_test: bring the test to its state, look, judge."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..core.failover import (
    FailoverTest,
    Look,
    ids_up,
    objections,
    peers_to_test,
    sessions_of,
    to_the_same_place,
    verdict,
)
from ..core.failover_words import (
    looks_as_data,
    looks_from_data,
    no_consent,
    other_test,
    record,
    start_text,
    stop_text,
)
from ..core.plan import PlanError
from ..core.planner.identity import identify
from .errors import AWS_ERRORS, AwsError, sentence
from .failover_tests import Start, read_tests, start_test, stop_test
from .virtual_interfaces import read_virtual_interfaces
from .waits import Patience, Watch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..core.snapshot import FoundVirtualInterface
    from .session import Aws


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The interface, all sessions to the same place, and the interface's tests, oldest first."""

    found: FoundVirtualInterface
    seen: Look
    tests: tuple[FailoverTest, ...]

    @property
    def test(self) -> FailoverTest | None:
        """The latest test: the one that runs, if there is one."""
        return self.tests[-1] if self.tests else None

    @property
    def running(self) -> FailoverTest | None:
        """The test that holds sessions down right now."""
        return self.test if self.test and self.test.runs else None


def run_failover_test(options: Mapping[str, Any], aws: Aws, *, check_mode: bool) -> dict[str, Any]:
    """Start, stop or judge a failover test, and return the module's result.

    Raises:
        PlanError: The interface is not there, or something speaks against the test.
        AwsError: A call failed.
    """
    return Run(options, aws, check_mode=check_mode).result()


class Run:
    """One run on one interface."""

    def __init__(self, options: Mapping[str, Any], aws: Aws, *, check_mode: bool) -> None:
        """Take the module's options; nothing is called yet."""
        self._options = options
        self._aws = aws
        self._check_mode = check_mode
        self._name = str(options["virtual_interface"])
        seconds = options["settle_seconds"]
        self._patience = Patience(settle_seconds=seconds, wait_seconds=seconds)
        self._looks = looks_from_data(options["looks"] or {})

    def result(self) -> dict[str, Any]:
        """Bring the test to its state, look, and tell."""
        scene = self._read()
        text = self._bring(scene)
        if not (text and self._check_mode):
            scene = self._look(scene, changed=bool(text))
        return {
            "changed": bool(text),
            "test": record(scene.test) if scene.test else None,
            "history": [record(test) for test in reversed(scene.tests)],
            "looks": looks_as_data(self._looks),
            "verdict": verdict(scene.test, self._looks),
            "calls": dict(sorted(self._aws.calls.items())),
            "diff": {"prepared": text} if text else {},
        }

    def _bring(self, scene: Scene) -> str:
        """Start or stop the test, if that is due; return what changes as text."""
        if self._options["state"] == "started":
            return self._start(scene)
        if self._options["state"] == "stopped" and scene.running:
            return self._stop(scene, scene.running)
        return ""

    def _start(self, scene: Scene) -> str:
        options = self._options
        tested = peers_to_test(scene.found, options["families"])
        if scene.running:
            _refuse(other_test(self._name, scene.running, tested))
            return ""
        faults = objections(scene.found, tested, scene.seen, options["families"])
        consented = self._name in options["consent"]
        if not consented and not self._check_mode:
            faults.append(no_consent(self._name, tested, options["minutes"]))
        _refuse(faults)
        if not self._check_mode:
            self._looks = replace(self._looks, before=scene.seen, during=None, after=None)
            start = Start(
                interface_id=scene.found.id,
                peer_ids=tuple(each.id for each in tested),
                minutes=options["minutes"],
                earlier=frozenset(test.id for test in scene.tests),
            )
            start_test(self._aws, start, patience=self._patience)
        return start_text(self._name, tested, options["minutes"], consented=consented)

    def _stop(self, scene: Scene, running: FailoverTest) -> str:
        if not self._check_mode:
            self._looks = replace(self._looks, during=scene.seen)
            stop_test(self._aws, scene.found.id, patience=self._patience)
        return stop_text(self._name, running)

    def _look(self, scene: Scene, *, changed: bool) -> Scene:
        """Look until the sessions are as they should be, or until patience is over."""
        watch = Watch(self._patience)
        # What was read before a change is no look after it.
        scene = self._read() if changed else scene
        while not self._is_settled(scene, changed=changed) and watch.has_time(people=True):
            watch.pause()
            scene = self._read()
        if scene.running:
            self._looks = replace(self._looks, during=scene.seen)
        elif scene.test:
            self._looks = replace(self._looks, after=scene.seen)
        return scene

    def _is_settled(self, scene: Scene, *, changed: bool) -> bool:
        """Return whether the tested sessions are down, or all that were up before are up again."""
        up = ids_up(scene.seen)
        if self._check_mode or scene.test is None:
            return not changed
        if changed and bool(scene.running) != (self._options["state"] == "started"):
            # AWS's history is not as young as the call.
            return False
        if scene.running:
            return not up & set(scene.test.peer_ids)
        if self._looks.before is not None:
            return ids_up(self._looks.before) <= up
        return not changed or set(scene.test.peer_ids) <= up

    def _read(self) -> Scene:
        """Read the interfaces by one call, and the tests of this one by another."""
        try:
            things = read_virtual_interfaces(self._aws)
            found = self._find(things)
            tests = read_tests(self._aws, found.id)
        except AWS_ERRORS as error:
            raise AwsError(sentence(f"look at virtual_interface {self._name}", error)) from error
        seen = sessions_of(to_the_same_place(found, things))
        return Scene(found=found, seen=seen, tests=tests)

    def _find(self, things: tuple[FoundVirtualInterface, ...]) -> FoundVirtualInterface:
        estate = self._options["estate"] or ""
        match = identify("virtual_interface", self._name, estate=estate, candidates=things)
        if match.found is None:
            lacking = f"there is no virtual_interface {self._name} in this account"
            raise PlanError(match.fault or lacking)
        return match.found


def _refuse(faults: list[str]) -> None:
    """Stop before the first call that changes anything, with all faults at once."""
    if faults:
        raise PlanError("\n".join(faults))
