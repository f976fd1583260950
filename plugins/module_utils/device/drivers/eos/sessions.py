# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Configuration sessions and commits, read from `show configuration sessions detail`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

OPEN, TIMED = "pending", "pendingCommitTimer"
_EPOCH = 1_000_000_000.0  # a time that is greater counts from 1970, a smaller one from the boot


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """A commit that awaits its confirmation; since and deadline by the router's clock, in UTC."""

    session: str
    user: str
    since: str | None
    deadline: str | None


def opened(answer: Mapping[str, Any]) -> dict[str, str]:
    """Return the sessions that are neither committed nor aborted, and whose they are."""
    return {
        name: _users(record)
        for name, record in answer["sessions"].items()
        if record["state"] == OPEN
    }


def _users(record: Mapping[str, Any]) -> str:
    users = {each.get("user", "") for each in record.get("instances", {}).values()}
    return ", ".join(sorted(users - {""})) or "nobody who is there"


def pending(answer: Mapping[str, Any], booted_at: float) -> Commit | None:
    """Return the commit that awaits its confirmation: EOS has one at a time.

    Args:
        answer: The sessions. EOS 4.32 tells of the commit beside them, and earlier ones in them.
        booted_at: Seconds since 1970.
    """
    records = answer["sessions"]
    name = answer.get("commitTimerSessionName") or next(
        (name for name, record in records.items() if TIMED in record["state"]), ""
    )
    if not name:
        return None
    record = records.get(name, {})
    deadline = float(answer.get("commitTimerExpireTime", record.get("commitBy", -1)))
    if 0 <= deadline < _EPOCH:
        deadline += booted_at
    return Commit(
        session=name,
        user=record.get("commitUser", ""),
        since=_said(float(record.get("completedTime", -1))),
        deadline=_said(deadline),
    )


def waits(commit: Commit) -> str:
    """Say that a commit awaits its confirmation, and what to do."""
    until = f", the router takes it back at {commit.deadline}" if commit.deadline else ""
    return (
        f"commit {commit.session} of {commit.user or 'an unknown user'} awaits its confirmation"
        f" since {commit.since}{until}: wait, or have it confirmed or aborted"
    )


def _said(moment: float) -> str | None:
    if moment < 0:
        return None
    return f"{datetime.fromtimestamp(round(moment), UTC):%Y-%m-%d %H:%M:%S} UTC"
