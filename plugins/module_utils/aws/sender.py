# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One action, one call: never sent again unless it is certain that AWS did not act.

A create call has no idempotency token, and the second one may be a second port. Only a call that
AWS turned away because there were too many is sent again. After a failure that leaves the outcome
open the object is looked at: what is there was done.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ..core.plan import Reference
from ..core.planner.identity import ESTATE_TAG, ORDERED_TAG
from .errors import AWS_ERRORS, is_throttled, outcome_is_unknown
from .handlers import HANDLERS
from .read_back import read_back
from .tagging import set_tags
from .waits import Watch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..core.plan import Action
    from .made import Ids, Made
    from .session import Aws
    from .waits import Patience

# With the pauses between them these take 20 s: longer than AWS's buckets need to fill.
THROTTLED_ATTEMPTS = 10

# How a kind that says nothing else sets tags.
TAGGING = {"adopt": set_tags, "tag": set_tags}

# What leaves an object behind that was not there before.
MAKING = ("create", "accept")

UNKNOWN = "whether AWS carried it out is unknown: run again, the next run looks first"
NOT_SEEN = (
    "the object is not to be seen; the call was sent once and is not sent again by this run: "
    "run again, the next run looks first and orders nothing that is there"
)


class LostError(Exception):
    """A call's outcome stays unknown; the text tells the operator what to do."""


class Sender:
    """Sends the calls of one run."""

    def __init__(self, aws: Aws, ids: Ids, patience: Patience) -> None:
        """Send on one account, with the ids that the run learns."""
        self._aws = aws
        self._ids = ids
        self._patience = patience

    def send(self, action: Action, parents: Mapping[str, str]) -> Made | None:
        """Carry out an action; return what a create call has made.

        Args:
            action: What to do.
            parents: By id, the parent of what AWS lists for one parent at a time.

        Raises:
            LostError: The outcome stays unknown; its cause is the failure.
            Exception: One of AWS_ERRORS: AWS said no.
        """
        if action.verb == "create" and ESTATE_TAG in action.tags:
            action = replace(action, tags={**action.tags, ORDERED_TAG: _now()})
        if action.verb != "create" and action.id is None:
            # What the same run has made.
            itself = Reference(kind=action.kind, name=action.name)
            action = replace(action, id=self._ids.find(itself))
        try:
            return self._call(action)
        except AWS_ERRORS as error:
            if not outcome_is_unknown(error):
                raise
            made = self._find(action, parents)
            if made is None:
                raise LostError(NOT_SEEN if action.verb == "create" else UNKNOWN) from error
            return made if action.verb in MAKING else None

    def _call(self, action: Action) -> Made | None:
        """Send the call; one that AWS had no time for is sent again, after longer and longer."""
        write = HANDLERS[action.kind].writes.get(action.verb) or TAGGING[action.verb]
        watch = Watch(self._patience)
        for attempt in range(1, THROTTLED_ATTEMPTS + 1):
            try:
                return write(self._aws, action, self._ids)
            except AWS_ERRORS as error:
                last = attempt == THROTTLED_ATTEMPTS or not watch.has_time(people=False)
                if last or not is_throttled(error):
                    raise
            watch.pause()
        raise AssertionError  # the last attempt returns or raises

    def _find(self, action: Action, parents: Mapping[str, str]) -> Made | None:
        watch = Watch(self._patience)
        while True:
            try:
                made = read_back(self._aws, action, self._ids, parents)
            except AWS_ERRORS:
                made = None
            if made is not None or not watch.has_time(people=False):
                return made
            watch.pause()


def _now() -> str:
    """Return the time to the millisecond: of two twins the earlier stays."""
    return datetime.now(tz=UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
