# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Look for a secret by its value, wherever it could have got to."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Self

import yaml

from tests.integration.chain.shell import ROOT

VAULT = ROOT / "inventories/lab/group_vars/all/vault.yml"
KEYS_BY_NAME = yaml.safe_load(VAULT.read_text())["vault_dx_keys"]
KEYS = tuple(KEYS_BY_NAME.values())


class CommandLines:
    """Every command line that any process shows while the block runs."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        assert len(self.seen) > 10, "the watcher has seen almost nothing"

    def _watch(self) -> None:
        while not self._over.wait(0.005):
            for process in Path("/proc").glob("[0-9]*"):
                try:
                    self.seen.add((process / "cmdline").read_bytes().decode(errors="replace"))
                except OSError:
                    continue


def places_of(secret: str, folder: Path, but: tuple[str, ...] = ()) -> list[str]:
    """Return the files below a folder that hold the secret, but for those that must."""
    return [
        str(path)
        for path in folder.rglob("*")
        if path.is_file() and path.name not in but and secret.encode() in path.read_bytes()
    ]
