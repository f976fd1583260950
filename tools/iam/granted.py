# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The policies as a table of the product, from which an error tells what to attach."""

from __future__ import annotations

import json

from .jobs import JOBS
from .policies import granting_jobs

GRANTED = "plugins/module_utils/aws/granted.py"
_HEAD = '''# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which policies of iam/ allow an action. Written by `python -m tools.iam`: change nothing here."""

from __future__ import annotations

'''


def text() -> str:
    """Return the module's source, formatted as ruff would."""
    lines = [
        f"    {json.dumps(action)}: {_told(jobs)}," for action, jobs in granting_jobs().items()
    ]
    every = f"EVERY_JOB = {_tuple(tuple(JOBS))}"
    return "\n".join([_HEAD + every, "GRANTED_BY: dict[str, tuple[str, ...]] = {", *lines, "}", ""])


def _told(jobs: tuple[str, ...]) -> str:
    return "EVERY_JOB" if jobs == tuple(JOBS) else _tuple(jobs)


def _tuple(jobs: tuple[str, ...]) -> str:
    told = ", ".join(json.dumps(job) for job in jobs)
    return f"({told},)" if len(jobs) == 1 else f"({told})"
