# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A program: run another, and write its seconds and all its CPU seconds to a file as JSON.

What the other leaves running becomes a child of this one, so that its CPU time counts as well: an
Ansible run starts processes that end after it. Arguments: the file, the command.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36  # see prctl(2)


def main(file: str, *command: str) -> int:
    """Run the command; return what it returns."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    began = time.monotonic()
    returned = subprocess.call(command)
    seconds = time.monotonic() - began
    try:
        while True:
            os.wait()
    except ChildProcessError:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
    result = {"seconds": seconds, "cpu": used.ru_utime + used.ru_stime}
    Path(file).write_text(json.dumps(result), encoding="utf-8")
    return returned


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
