# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a running lab knows of itself, in files under /run.

`lab.json` is written before anything else is made, so that `down` finds its way after any crash.
"""

from __future__ import annotations

import json
import os
import socket
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import LabError

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path("/run/crossconnect")
LOCK_SECONDS = 30.0
ALL_LABS = "*"  # locks what labs share: the folders that the first makes and the last removes


@dataclass(frozen=True, slots=True, kw_only=True)
class LabState:
    """The state directory of one lab."""

    name: str

    @property
    def directory(self) -> Path:
        """Return the folder of all files of this lab."""
        return ROOT / self.name

    @property
    def private_key(self) -> Path:
        """Return the key that opens every node."""
        return self.directory / "id_ed25519"

    @property
    def known_hosts(self) -> Path:
        """Return the host keys of all nodes, as OpenSSH reads them."""
        return self.directory / "known_hosts"

    @property
    def calls(self) -> Path:
        """Return the call log of the model of AWS."""
        return self.directory / "calls.jsonl"

    @property
    def logins(self) -> Path:
        """Return the log of SSH logins."""
        return self.directory / "logins.jsonl"

    def read(self, file: str = "lab.json") -> dict[str, Any]:
        """Return a JSON file of the state; an absent one is empty."""
        return read_json(self.directory / file)

    def write(self, document: dict[str, Any], file: str = "lab.json") -> None:
        """Write a JSON file of the state, whole or not at all."""
        write_json(self.directory / file, document)

    def running(self) -> dict[str, Any]:
        """Return lab.json of a lab that is up.

        Raises:
            LabError: The lab is not up.
        """
        document = self.read()
        if document.get("phase") != "up":
            raise LabError(f"lab {self.name} is not up: run `python -m lab up` first")
        return document


def read_json(file: Path) -> dict[str, Any]:
    """Return the mapping in a file; an absent file is an empty one."""
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    if not isinstance(document, dict):
        raise LabError(f"{file} does not hold a mapping")
    return document


def write_json(file: Path, document: dict[str, Any]) -> None:
    """Write a mapping so that a reader sees the old one or the new one, never a half."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    draft.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    draft.replace(file)


def append_line(file: Path, document: dict[str, Any]) -> None:
    """Add one line of JSON to a log."""
    with file.open("a", encoding="utf-8") as log:
        log.write(json.dumps(document) + "\n")


def read_lines(file: Path) -> list[dict[str, Any]]:
    """Return the records of a log; an absent log is empty, a half-written last line is left out."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    whole = text[: text.rfind("\n") + 1]
    return [json.loads(line) for line in whole.splitlines()]


@contextmanager
def sole_command(name: str) -> Iterator[None]:
    """Let one command at a time change a lab.

    The lock is an abstract socket: it leaves no file, and the kernel drops it with its holder.
    """
    deadline = time.monotonic() + LOCK_SECONDS
    with socket.socket(socket.AF_UNIX) as lock:
        while True:
            try:
                lock.bind(f"\0crossconnect-lab-{name}")
                break
            except OSError as error:
                if time.monotonic() > deadline:
                    raise LabError(f"another command is still at work on lab {name}") from error
                time.sleep(0.05)
        yield
