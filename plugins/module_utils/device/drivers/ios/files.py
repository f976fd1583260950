# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Candidates as files on the control node, for a transfer that knows files only."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def content(filename: str | None, config: str | None) -> str:
    """Return the text that a candidate is given as, by either way of NAPALM's."""
    return Path(filename).read_text(encoding="utf-8") if filename else config or ""


@contextmanager
def private(text: str) -> Iterator[str]:
    """Lend a text, which holds keys, as a file that only we can read, and that goes at once."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "candidate.cfg"
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")
        yield str(path)
