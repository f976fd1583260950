# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Show commands that a router does not take: its command line says so in the place of an answer.

NAPALM returns these words as the answer. Who parses them finds nothing, and nothing is what a
router with room for everything shows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from napalm.base.exceptions import CommandErrorException

if TYPE_CHECKING:
    from collections.abc import Mapping

_FORBIDDEN = re.compile(
    r"\s*(?:%\s*Permission denied|%?\s*(?:Command )?authorization failed)", re.IGNORECASE
)
_UNKNOWN = re.compile(
    r"\s*(?:%\s*(?:Invalid|Incomplete|Ambiguous|Unknown|Bad|Command incomplete)\b"
    r"|Syntax error while parsing|Cmd exec error)"
)
# A line that it echoes, a caret below the fault, and the words.
_LINES = 3


def forbidden(answer: str) -> str:
    """Return the words by which a router says that this user may not ask; empty if it did not."""
    return _found(_FORBIDDEN, answer)


def refused(answer: str) -> str:
    """Return the words by which a router does not take a command; empty if it has answered.

    Only where the answer begins: a log, a banner or a configuration may quote such words.
    """
    return forbidden(answer) or _found(_UNKNOWN, answer)


def told(answers: Mapping[str, str]) -> dict[str, str]:
    """Return answers by their commands.

    Raises:
        CommandErrorException: The router did not take some; all of them are named.
    """
    faults = {command: refused(answer) for command, answer in answers.items()}
    if any(faults.values()):
        words = [f"{command}: {fault}" for command, fault in faults.items() if fault]
        raise CommandErrorException("; ".join(words))
    return dict(answers)


def _found(pattern: re.Pattern[str], answer: str) -> str:
    lines = [line for line in answer.splitlines() if line.strip()][:_LINES]
    return next((line.strip() for line in lines if pattern.match(line)), "")
