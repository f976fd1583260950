# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a commit goes back: by this session, or by the router's scheduler when nobody is there."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from napalm.base.exceptions import CommandErrorException, CommitConfirmException

from ...masking import mask
from . import answers, preconditions, timer

if TYPE_CHECKING:
    from .driver import NXOSDriver

TOO_LATE_SECONDS = 5  # a timer that is as near as this may have begun its work
WORKS_SECONDS = 60  # and may be at it for as long
DESCRIPTION_LONGEST = 80  # of a checkpoint


class RejectedError(Exception):
    """The router complained about a line."""


class WayBack:
    """The checkpoints and jobs of this collection on one router.

    Attributes:
        name: Of the checkpoint that this session can go back to; empty where it has none.
    """

    def __init__(self, router: NXOSDriver) -> None:
        """Begin without a way back."""
        self._router = router
        self.name = ""

    def prepare(self, revert_in: int | None) -> None:
        """Start the timer, then keep the configuration that it goes back to.

        In this order the job is a part of the checkpoint, and no rollback takes it away under way.

        Raises:
            CommandErrorException: There would be no way back; nothing was changed.
        """
        told = self._router.clock() if revert_in is not None else None
        end = timer.minute_after(told[0], revert_in) if told and revert_in is not None else None
        self.name = name = timer.new_name(end)
        try:
            if revert_in is not None:
                self._arm(name)
            self._keep(name)
        except RejectedError as error:
            self.forget(name)
            raise CommandErrorException(
                f"nothing was changed, for there would be no way back: {error}"
            ) from None

    def _arm(self, name: str) -> None:
        if timer.deadline_of(name) is None:
            raise RejectedError(preconditions.NO_CLOCK)
        self._router.configure(timer.arming(name))
        if name not in self._schedules():
            raise RejectedError("the scheduler did not take the job")

    def _keep(self, name: str) -> None:
        owner = self._router.owner[:DESCRIPTION_LONGEST].strip()
        said = self._router.show(f"checkpoint {name} description {owner}")
        if name not in self._router.checkpoints():
            raise RejectedError(f"the router did not keep a checkpoint: {said.strip()}")

    def _schedules(self) -> dict[str, str]:
        return answers.schedules(self._router.show("show scheduler schedule"))

    def waiting(self) -> tuple[str, dict[str, str | None]] | None:
        """Return the name of a pending commit, whose it is, since when and until when."""
        schedules = self._schedules()
        deadlines = {name: end for name in schedules if (end := timer.deadline_of(name))}
        told = self._router.clock() if deadlines else None
        if told is None:
            return None
        now, zone = told
        over = now - timedelta(seconds=WORKS_SECONDS)
        name = next((name for name, end in deadlines.items() if end > over), "")
        if not name:
            return None
        kept = self._router.checkpoints().get(name)
        owner = kept.description or kept.user if kept else schedules[name]
        if owner == self._router.owner[:DESCRIPTION_LONGEST].strip():
            owner = self._router.owner
        return name, {
            "owner": owner,
            "since": f"{kept.since} {zone}" if kept else None,
            "deadline": f"{deadlines[name]} {zone}",
        }

    def is_too_late(self, name: str) -> bool:
        """Whether a timer may have begun its work."""
        told, end = self._router.clock(), timer.deadline_of(name)
        margin = timedelta(seconds=TOO_LATE_SECONDS)
        return told is None or end is None or end - told[0] < margin

    def go(self, name: str) -> None:
        """Go back to a checkpoint, and delete it.

        Raises:
            CommandErrorException: It failed; where there is a timer, it goes on and tries as well.
        """
        answer = self._router.show(f"rollback running-config checkpoint {name} atomic")
        if "completed successfully" not in answer.lower():
            told = [line.strip() for line in answer.splitlines() if line.strip()]
            raise CommandErrorException(
                f"the router did not go back to its checkpoint {name}: {mask(' '.join(told[-2:]))}"
            )
        self.forget(name)

    def forget(self, name: str) -> None:
        """Stop the timer of a checkpoint, and delete both."""
        if timer.deadline_of(name) is not None:
            for line in timer.disarming(name):
                with suppress(RejectedError):  # it may be gone, or have never come
                    self._router.configure([line])
            if name in self._schedules():
                raise CommitConfirmException(f"the router did not delete the schedule {name}")
        self._router.show(f"no checkpoint {name}")
        self.name = "" if name == self.name else self.name

    def sweep(self) -> None:
        """Take away what sessions that have died left; their timers have done their work."""
        commands = ("show checkpoint summary", "show scheduler schedule", "show scheduler job")
        shown = "\n".join(self._router.show(command) for command in commands)
        for name in sorted({found[0] for found in timer.NAME.finditer(shown)}):
            self.forget(name)

    def leave(self) -> None:
        """Delete the checkpoint of a commit that stays; that of a timer is its own."""
        if self.name and timer.deadline_of(self.name) is None:
            self.forget(self.name)
