# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The agent as one file that a router's Python can run: a zip of the folder `agent`."""

from __future__ import annotations

import hashlib
import io
import zipfile
from functools import cache
from pathlib import Path

MAIN = "from agent.main import main\n\nmain()\n"
EPOCH = (2020, 1, 1, 0, 0, 0)  # the same sources give the same file


@cache
def build() -> tuple[str, bytes]:
    """Return the file's name, which tells its content, and the file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("__main__.py", EPOCH), MAIN)
        archive.writestr(zipfile.ZipInfo("agent/__init__.py", EPOCH), "")
        for path in sorted((Path(__file__).parent / "agent").glob("*.py")):
            info = zipfile.ZipInfo(f"agent/{path.name}", EPOCH)
            archive.writestr(info, path.read_text(encoding="utf-8"), zipfile.ZIP_DEFLATED)
    content = buffer.getvalue()
    return f"agent-{hashlib.sha256(content).hexdigest()[:12]}.pyz", content
