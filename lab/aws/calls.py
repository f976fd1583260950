# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The call log: who called what, and how it ended. Never a parameter, for some are keys."""

from __future__ import annotations

import json
import re
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

READING = re.compile(r"^(Describe|List|Get|Search|Head|AssumeRole|BatchGet|Lookup)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of the API: service as botocore names it, error code or None."""

    account: str
    service: str
    operation: str
    error: str | None

    @property
    def mutating(self) -> bool:
        """Tell whether the operation changes anything."""
        return READING.match(self.operation) is None


class CallLog:
    """Lines of JSON in the state directory's calls.jsonl, one a call."""

    def __init__(self, path: Path) -> None:
        """Log to this file, which stays open: opening it takes longer than writing a line."""
        self._log = path.open("a", encoding="utf-8", buffering=1)
        self._lock = threading.Lock()

    def write(self, call: Call) -> None:
        """Append one line, with the time in UTC."""
        now = datetime.now(tz=UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        line = json.dumps(
            {
                "time": now,
                "account": call.account,
                "service": call.service,
                "operation": call.operation,
                "mutating": call.mutating,
                "error": call.error,
            }
        )
        with self._lock:
            self._log.write(line + "\n")
